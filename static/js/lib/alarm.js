/** Calls at an instant of the server, also when the phone slept or its own clock is wrong. */
import { ask, clocks, isDoubtful, isKnown, isRecent, sinceThen, soonest } from "./present.js";
import { refreshMain } from "./refresh.js";

const LONGEST_WAIT = 60_000;
const SHORTEST_PAUSE = 20_000;
const pending = new Map();
let timer = 0;
let asked = null;
let isAsking = false;
// Whether the phone slept over the answer asked for last.
let isOwed = false;

/**
 * Call `ring` once `present()` has reached `instant` (milliseconds); returns a function that takes
 * it back. As long as the server's present is unknown nothing rings.
 */
export function ringAt(instant, ring, present = soonest) {
  const key = {};
  pending.set(key, { instant, ring, present });
  look();
  return () => pending.delete(key);
}

function look() {
  if (isAsking || !pending.size) return;
  const mayAsk = !asked || sinceThen(asked) >= SHORTEST_PAUSE;
  if ((isOwed || isDoubtful()) && mayAsk) makeSure();
  else ringDue();
}

/** Let the server say what is so before anything rings; without it the clocks at hand decide. */
async function makeSure() {
  isAsking = true;
  isOwed = false;
  asked = clocks();
  try {
    const isNew = isKnown() && document.querySelector("[data-flips]") && (await refreshMain());
    if (!isNew) isOwed = !(await ask(location.href, { method: "HEAD", cache: "no-store" }));
  } catch {
    // No network: `soonest` and `latest` know what may be said without it.
  }
  isAsking = false;
  look();
}

function ringDue() {
  for (const [key, { instant, ring, present }] of [...pending]) {
    if (instant <= present() && pending.delete(key)) ring();
  }
  const left = [...pending.values()].map(({ instant, present }) => instant - present());
  const next = isKnown() ? Math.max(Math.min(...left), 50) : SHORTEST_PAUSE;
  const longest = isOwed ? SHORTEST_PAUSE : LONGEST_WAIT;
  clearTimeout(timer);
  if (pending.size) timer = setTimeout(look, Math.min(next, longest));
}

function wake() {
  const isAwake = document.visibilityState === "visible" && pending.size && !isAsking;
  if (isAwake && !isRecent()) makeSure();
  else look();
}

for (const event of ["visibilitychange", "pageshow", "focus", "online"]) {
  addEventListener(event, wake);
}
