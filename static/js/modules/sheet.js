/** A link whose page comes up as a sheet over this one; whatever fails, it is a link. */
import { refreshed } from "../lib/refresh.js";

export function start(link) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href).catch(() => location.assign(link.href));
  });
}

async function open(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const sheet = page.querySelector("[data-sheet]");
  const dialog = document.createElement("dialog");
  dialog.className = "drawer-frame";
  dialog.setAttribute("aria-labelledby", sheet.getAttribute("aria-labelledby"));
  dialog.append(sheet);
  dialog.addEventListener("click", (event) => close(dialog, event));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  refreshed(dialog);
  dialog.showModal();
}

/** A way back inside the sheet, or a tap beside it, only closes it. */
function close(dialog, event) {
  if (event.target !== dialog && !event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
}
