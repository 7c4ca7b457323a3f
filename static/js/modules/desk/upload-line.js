/** Tells of photos on their way: a line each with what becomes of it, and how many are sent. */
import { say } from "../../lib/announce.js";
import { again, begin, cancel, follow } from "../../lib/desk/photo-line.js";

const DONE = ["kept", "known"];
const AGAIN = ["later", "held"];
const LEAVES = ["preparing", "sending", "waiting", "later", "held"];

export function start(section) {
  const words = JSON.parse(section.dataset.words);
  const rows = new Map();
  let said = "";
  follow((items) => {
    section.hidden = !items.length;
    const list = section.querySelector("[data-rows]");
    for (const [id, row] of rows) if (!items.some((item) => item.id === id)) remove(rows, id, row);
    items.forEach((item, place) => {
      if (!rows.has(item.id)) rows.set(item.id, list.appendChild(rowOf(section, item)));
      show(rows.get(item.id), item, words, nameOf(item, place, words));
    });
    const done = items.filter(({ state }) => DONE.includes(state)).length;
    section.querySelector("[data-all-sent]").hidden = done < items.length;
    const total = words.total.replace("{done}", done).replace("{all}", items.length);
    if (total !== said) section.querySelector("[data-total]").textContent = said = total;
    // A page that is closed goes on when it is opened again; what no device keeps would be lost.
    mind(items.some((item) => item.isStored === false && LEAVES.includes(item.state)));
  });
  begin(section.dataset.account);
}

function rowOf(section, { id }) {
  const row = section.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-again]").addEventListener("click", () => again(id));
  row.querySelector("[data-cancel]").addEventListener("click", () => {
    cancel(id);
    section.querySelector("[data-total]").focus?.();
  });
  return row;
}

function remove(rows, id, row) {
  URL.revokeObjectURL(row.querySelector("img").src);
  row.remove();
  rows.delete(id);
}

function nameOf({ name, zone }, place, words) {
  const part = words.zones[zone] ?? "";
  return [part, name || words.photo.replace("{number}", place + 1)].filter(Boolean).join(" · ");
}

function show(row, item, words, name) {
  const { state } = item;
  const was = row.dataset.state;
  row.dataset.state = state;
  text(row.querySelector("[data-name]"), name);
  text(row.querySelector("[data-state]"), stateWords(item, words));
  const progress = row.querySelector("progress");
  progress.hidden = state !== "sending";
  progress.value = Math.round((item.share ?? 0) * 100);
  progress.setAttribute("aria-label", name);
  control(row.querySelector("[data-again]"), AGAIN.includes(state), words.again, name);
  control(row.querySelector("[data-cancel]"), !DONE.includes(state), words.cancel, name);
  if (state === "refused" && was !== state) say(`${name}: ${item.words}`);
  picture(row.querySelector("img"), item);
}

function stateWords(item, words) {
  if (item.words) return item.words;
  if (item.state === "waiting" && item.isStored === false) return words.unstored;
  return words[item.state]?.replace("{percent}", Math.round((item.share ?? 0) * 100)) ?? "";
}

function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function control(button, isShown, label, name) {
  button.hidden = !isShown;
  button.setAttribute("aria-label", label.replace("{name}", name));
}

function picture(image, { blob }) {
  if (image.src || !blob) return;
  image.addEventListener("load", () => (image.hidden = false));
  image.src = URL.createObjectURL(blob);
}

let isMinded = false;
const ask = (event) => event.preventDefault();
function mind(isNeeded) {
  if (isNeeded === isMinded) return;
  isMinded = isNeeded;
  if (isNeeded) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
