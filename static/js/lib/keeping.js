/** The card that offers to keep the app, and how often it does; loaded from the second visit on. */
import { isApplePhone, isInstalled, show } from "./push.js";

const MEMORY = "install";

/** `offer`: the browser's held question, and whom to tell that it came. */
export function begin(element, offer) {
  const isRare = "pause" in element.dataset;
  offer.look = () => {
    const is = isRare && !isTime(Number(element.dataset.pause)) ? "" : state(offer);
    show(element, is);
    element.hidden = isRare && !["prompt", "steps"].includes(is);
  };
  addEventListener("appinstalled", () => offer.look());
  element.querySelector("[data-install]")?.addEventListener("click", () => ask(offer));
  element.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    const memory = JSON.parse(localStorage[MEMORY]);
    localStorage[MEMORY] = JSON.stringify({ ...memory, no: [...memory.no, Date.now()] });
    offer.look();
  });
  offer.look();
}

/** After a first no once more, when the pause is over; then never again. */
function isTime(pause) {
  const { no } = JSON.parse(localStorage[MEMORY]);
  return no.length === 0 || (no.length === 1 && Date.now() - no[0] >= pause);
}

function state({ held }) {
  if (isInstalled()) return "installed";
  if (held) return "prompt";
  return isApplePhone() ? "steps" : "menu";
}

async function ask(offer) {
  const { held } = offer;
  offer.held = null;
  await held.prompt();
  offer.look();
}
