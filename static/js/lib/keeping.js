/** The card that offers to keep the app, and how often it does; loaded where it may show. */
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
  element.querySelector("[data-install]")?.addEventListener("click", () => ask(offer));
  element.querySelector("[data-dismiss]")?.addEventListener("click", () => refuse(offer));
  offer.look();
}

/** By our card or by the browser's own menu: it is there now. */
export function installed(offer) {
  offer.held = null;
  remember({ isKept: true });
  offer.look();
}

/** After a first no once more, when the pause is over; then never again. */
function isTime(pause) {
  const { no } = memory();
  return no.length === 0 || (no.length === 1 && Date.now() - no[0] >= pause);
}

/** `installed`: this is the app. `kept`: it is on this phone, and this is the browser. */
function state({ held }) {
  if (isInstalled()) return "installed";
  // A browser that asks once more no longer has it.
  if (held) return "prompt";
  if (memory().isKept) return "kept";
  return isApplePhone() ? "steps" : "menu";
}

async function ask(offer) {
  const { held } = offer;
  // While the browser asks, a second tap does nothing.
  if (!held) return;
  offer.held = null;
  try {
    await held.prompt();
    const { outcome } = await held.userChoice;
    if (outcome === "dismissed") return refuse(offer);
    remember({ isKept: true });
  } catch (error) {
    // It asks once only, and not too late: its menu still has the way.
    console.warn(error);
  }
  offer.look();
}

/** A no to our card and a no to the browser's question count alike. */
function refuse(offer) {
  remember({ isKept: false, no: [...memory().no, Date.now()] });
  offer.look();
}

function memory() {
  try {
    return { no: [], ...JSON.parse(localStorage[MEMORY] ?? "{}") };
  } catch {
    return { no: [] };
  }
}

function remember(news) {
  try {
    localStorage[MEMORY] = JSON.stringify({ ...memory(), ...news });
  } catch {
    // A browser that keeps nothing has no card that could come back.
  }
}
