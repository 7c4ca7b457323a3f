/** Keeping the app: the browser's question is held back until somebody taps on our own card. */
const MEMORY = "install";
const VISIT = "visited";
const offer = { held: null, look() {} };

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer.held = event;
  offer.look();
});

/** `data-pause`: Today's card, not at a first visit. Without: settings, always. */
export async function start(element) {
  if (element.dataset.pause && visits() < 2) return;
  (await import("../lib/keeping.js")).begin(element, offer);
}

function visits() {
  try {
    const memory = { visits: 0, no: [], ...JSON.parse(localStorage[MEMORY] ?? "{}") };
    if (!sessionStorage[VISIT]) memory.visits += 1;
    sessionStorage[VISIT] = "yes";
    localStorage[MEMORY] = JSON.stringify(memory);
    return memory.visits;
  } catch {
    // A browser that keeps nothing is never asked.
    return 0;
  }
}
