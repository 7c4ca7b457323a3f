/**
 * Two photos in one place: a line moved between them, both side by side, or the earlier one while
 * it is held. Without this they stand side by side.
 */
import { say } from "../lib/announce.js";

export function start(root) {
  const stage = root.querySelector("[data-stage]");
  stage.style.setProperty("--ratio", ratioOf(stage.querySelector("img")));
  slide(root, stage);
  hold(root, stage);
  modes(root);
}

/** From the attributes: they are there before the picture is. */
const ratioOf = (image) => image.getAttribute("width") / image.getAttribute("height");

function modes(root) {
  const group = root.querySelector("[data-modes]");
  const show = (chosen) => {
    root.dataset.shown = chosen;
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.dataset.mode === chosen);
    }
    for (const part of root.querySelectorAll("[data-for]")) {
      part.hidden = part.dataset.for !== chosen;
    }
    root.querySelector("[type=range]").hidden = chosen !== "slide";
  };
  group.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) show(button.dataset.mode);
  });
  group.hidden = false;
  show("slide");
}

function slide(root, stage) {
  const range = stage.querySelector("[type=range]");
  const move = (to, glides = false) => {
    range.value = to;
    stage.classList.toggle("is-gliding", glides);
    stage.style.setProperty("--at", `${range.value}%`);
    range.setAttribute("aria-valuetext", range.dataset.words.replace("{part}", range.value));
  };
  range.addEventListener("input", () => move(range.value));
  whilePressed(stage, () => root.dataset.shown === "slide", {
    begin: (event) => move(placeOf(event, stage)),
    move: (event) => move(placeOf(event, stage)),
  });
  for (const button of root.querySelectorAll("[data-to]")) {
    button.addEventListener("click", () => move(button.dataset.to, true));
  }
  move(range.value);
}

/** Where in the stage something points, from where lines begin: 0 to 100. */
function placeOf({ clientX }, stage) {
  const { left, width } = stage.getBoundingClientRect();
  const part = Math.min(1, Math.max(0, (clientX - left) / width));
  return Math.round(100 * (getComputedStyle(stage).direction === "rtl" ? 1 - part : part));
}

function hold(root, stage) {
  const button = root.querySelector("[data-hold]");
  const keep = root.querySelector("[data-keep]");
  const words = [...stage.querySelectorAll("figcaption")].map(({ textContent }) => textContent);
  const [earlier, later] = words;
  const show = (isHeld) => {
    const isShown = isHeld || keep.getAttribute("aria-pressed") === "true";
    if (isShown === root.hasAttribute("data-held")) return;
    root.toggleAttribute("data-held", isShown);
    say(isShown ? earlier : later);
  };
  const held = { begin: () => show(true), end: () => show(false) };
  whilePressed(stage, () => root.dataset.shown === "hold", held);
  whilePressed(button, () => true, held);
  const isKey = ({ key }) => key === " " || key === "Enter";
  button.addEventListener("keydown", (event) => isKey(event) && show(true));
  button.addEventListener("keyup", (event) => isKey(event) && show(false));
  button.addEventListener("blur", () => show(false));
  keep.addEventListener("click", () => {
    keep.setAttribute("aria-pressed", keep.getAttribute("aria-pressed") !== "true");
    show(false);
  });
}

/** Follow one finger, or the mouse, from where it is put down until it goes. */
function whilePressed(element, isWanted, { begin, move, end }) {
  let pointer = null;
  element.addEventListener("pointerdown", (event) => {
    if (!isWanted() || !event.isPrimary || event.button !== 0) return;
    pointer = event.pointerId;
    element.setPointerCapture(pointer);
    begin(event);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) move?.(event);
  });
  const leave = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    end?.(event);
  };
  element.addEventListener("pointerup", leave);
  element.addEventListener("pointercancel", leave);
  // A long press asks to hold here, not for the menu of a picture.
  element.addEventListener("contextmenu", (event) => isWanted() && event.preventDefault());
}
