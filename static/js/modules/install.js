/** Keeping the app: the browser's question is held back until somebody taps on our own card. */
import { offer } from "../lib/offer.js";

const MEMORY = "install";
const VISIT = "visited";

addEventListener("appinstalled", async () => {
  (await import("../lib/keeping.js")).installed(offer);
});

/** `data-pause`: Today's card, not at a first visit. Without: settings, always. */
export async function start(element) {
  if (element.dataset.pause && !mayOffer()) return;
  (await import("../lib/keeping.js")).begin(element, offer);
}

/** From the second visit on, or where a code was typed in this tab (modules/code.js). */
function mayOffer() {
  try {
    const memory = { visits: 0, ...JSON.parse(localStorage[MEMORY] ?? "{}") };
    if (!sessionStorage[VISIT]) memory.visits += 1;
    sessionStorage[VISIT] = "yes";
    localStorage[MEMORY] = JSON.stringify(memory);
    return memory.visits > 1 || "typed" in sessionStorage;
  } catch {
    // A browser that keeps nothing is never asked.
    return false;
  }
}
