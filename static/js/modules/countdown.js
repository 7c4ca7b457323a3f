/** Keeps the words of every remaining time on the page current, with one timer for them all. */
import { announce } from "../lib/announce.js";
import { ringAt } from "../lib/alarm.js";
import { isKnown, soonest } from "../lib/present.js";
import { inWords, landmark, untilChange } from "../lib/remaining.js";

const running = new Set();
let forget = () => {};

/** Take up a `<time datetime data-countdown>` inside an element with data-labels. */
export function start(element) {
  const source = element.closest("[data-labels]")?.dataset.labels;
  if (!source) return;
  running.add({ element, instant: Date.parse(element.dateTime), labels: JSON.parse(source) });
  tick();
}

function tick() {
  forget();
  // Until the server's present is known, the words it sent stay: any instant rings then.
  if (!isKnown()) return void (forget = ringAt(-Infinity, tick));
  const now = soonest();
  let pause = Infinity;
  for (const entry of running) {
    if (!entry.element.isConnected) running.delete(entry);
    else pause = Math.min(pause, show(entry, now));
  }
  if (pause < Infinity) forget = ringAt(now + pause * 1000, tick);
}

function show(entry, now) {
  const { element, instant, labels } = entry;
  const seconds = Math.max(0, Math.ceil((instant - now) / 1000));
  const words = inWords(seconds, labels);
  if (element.textContent !== words) element.textContent = words;
  tell(entry, landmark(seconds, labels), seconds);
  return untilChange(seconds, labels);
}

function tell(entry, reached, seconds) {
  const region = entry.element.closest("[data-flips]");
  // The last minute is silent: what comes then is the new answer, and it must be heard at once.
  const isNews = entry.reached !== undefined && entry.reached !== reached && seconds > 60;
  if (region && isNews) announce(region.innerText);
  entry.reached = reached;
}
