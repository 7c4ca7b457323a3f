/** A form of files that sends each by itself, as soon as it is chosen or dropped. */
import { add } from "../../lib/desk/photo-line.js";

export function start(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  form.querySelector("[data-without-script]").hidden = true;
  form.querySelector("[data-drop-words]").hidden = !matchMedia("(any-pointer: fine)").matches;
  // What is chosen goes on its way at once, so nothing is ever sent by the form itself.
  form.addEventListener("submit", (event) => event.preventDefault());
  const send = () => {
    take(form, input.files);
    input.value = "";
  };
  input.addEventListener("change", send);
  // Somebody may be quicker than this script.
  send();
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", name.startsWith("drago") || name === "dragenter");
    });
  }
  drop.addEventListener("drop", ({ dataTransfer }) => take(form, dataTransfer.files));
}

function take(form, files) {
  const fields = new FormData(form);
  const [zone, session] = [fields.get("zone"), fields.get("session")];
  for (const file of files) {
    const said = new URLSearchParams({ zone, session, taken: file.lastModified });
    add(file, { address: `${form.dataset.files}?${said}`, name: file.name, zone });
  }
}
