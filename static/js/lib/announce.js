/** Tells a screen reader what changed. */

const PAUSE = 60_000;
let spokenAt = -PAUSE;
let waiting = 0;

/** Say `words` now: the answer to something the reader did. */
export function say(words) {
  spokenAt = performance.now();
  document.getElementById("announcer").textContent = words.replace(/\s+/g, " ");
}

/** Say `words` unasked: at most once a minute, and the latest words win. */
export function announce(words) {
  clearTimeout(waiting);
  waiting = setTimeout(say, Math.max(0, spokenAt + PAUSE - performance.now()), words);
}
