/**
 * Photos taken on the page: they go on their way at once and never into the phone's own gallery.
 * Without a camera, or where it is denied, the form below stays as it is.
 */
import { say } from "../../lib/announce.js";
import { close, open, still } from "../../lib/desk/camera-stream.js";
import { add, follow } from "../../lib/desk/photo-line.js";
import { jpegOf } from "../../lib/desk/photo-prepare.js";
import { maySleep, stayAwake } from "../../lib/desk/wake.js";

const DONE = ["kept", "known"];
const REFUSED = ["NotAllowedError", "SecurityError"];

export function start(section) {
  const parts = partsOf(section);
  const turn = () => (document.visibilityState === "visible" ? begin(parts) : end(parts));
  addEventListener("visibilitychange", turn);
  addEventListener("pagehide", () => end(parts));
  addEventListener("pageshow", ({ persisted }) => persisted && turn());
  parts.zones.addEventListener("change", () => showGhost(parts));
  parts.strength.addEventListener("input", () => showGhost(parts));
  parts.shutter.addEventListener("click", () => take(parts));
  toggle(parts.ghostToggle, () => showGhost(parts));
  toggle(parts.gridToggle, (isOn) => (parts.grid.hidden = !isOn));
  follow((items) => count(parts, items));
  turn();
}

/** How many are sent, on the picture itself: the line of them stands below it, out of sight. */
function count({ counter, words }, items) {
  const done = items.filter(({ state }) => DONE.includes(state)).length;
  counter.hidden = !items.length;
  counter.textContent = words.total.replace("{done}", done).replace("{all}", items.length);
}

function partsOf(section) {
  const one = (selector) => section.querySelector(selector);
  return {
    section,
    words: JSON.parse(section.dataset.words),
    message: document.querySelector("[data-camera-words]"),
    form: document.querySelector("[data-without-camera] form"),
    video: one("video"),
    view: one(".camera-view"),
    zones: one(".camera-zones"),
    shutter: one("[data-shutter]"),
    grid: one("[data-grid]"),
    counter: one("[data-count]"),
    gridToggle: one("[data-grid-toggle]"),
    ghostToggle: one("[data-ghost-toggle]"),
    strength: one("[data-strength]"),
    strengthLine: one("[data-strength-line]"),
  };
}

async function begin(parts) {
  try {
    await open(parts.video);
  } catch (error) {
    const { denied, missing } = parts.words;
    parts.message.textContent = REFUSED.includes(error.name) ? denied : missing;
    parts.message.hidden = false;
    parts.section.hidden = true;
    parts.form.parentElement.classList.remove("is-below");
    return;
  }
  parts.message.hidden = true;
  parts.section.hidden = false;
  parts.form.parentElement.classList.add("is-below");
  showGhost(parts);
  stayAwake();
}

function end(parts) {
  close(parts.video);
  maySleep();
}

function zoneOf({ zones }) {
  return zones.querySelector(":checked");
}

/** The last photo of the part, over the picture, as strong as somebody wants it. */
function showGhost({ section, zones, ghostToggle, strength, strengthLine }) {
  const isOn = ghostToggle.getAttribute("aria-pressed") === "true";
  const zone = zoneOf({ zones }).value;
  for (const ghost of section.querySelectorAll("[data-ghost]")) {
    ghost.hidden = !isOn || ghost.dataset.ghost !== zone;
    ghost.style.opacity = strength.value / 100;
  }
  const isThere = Boolean(section.querySelector(`[data-ghost="${zone}"]`));
  ghostToggle.disabled = !isThere;
  strengthLine.hidden = !isOn || !isThere;
}

function toggle(button, then) {
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", isOn);
    then(isOn);
  });
}

async function take(parts) {
  const { video, view, form } = parts;
  if (!video.videoWidth) return;
  const [zone, part] = [zoneOf(parts).value, zoneOf(parts).nextElementSibling.textContent];
  const canvas = still(video);
  view.classList.add("is-taken");
  setTimeout(() => view.classList.remove("is-taken"), 150);
  const session = form.elements.session.value;
  const said = new URLSearchParams({ zone, session, taken: Date.now() });
  say(parts.words.taken.replace("{part}", part));
  add(await jpegOf(canvas), { address: `${parts.section.dataset.files}?${said}`, name: "", zone });
}
