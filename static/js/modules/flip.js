/**
 * At a switch instant, shows the state that the server sent beforehand in a <template data-at>;
 * then asks the server for the page again. It compares instants and knows no rule:
 * the server marks the states that are stricter than the one before (data-stricter). When the
 * clocks at hand disagree, those are shown by the later one and all others by the earlier one.
 */
import { announce } from "../lib/announce.js";
import { ringAt } from "../lib/alarm.js";
import { latest, soonest } from "../lib/present.js";
import { refreshed, refreshMain } from "../lib/refresh.js";

/** Watch a `[data-flips]` element whose templates stand in the order of their instants. */
export function start(element) {
  const next = element.querySelector(":scope > template[data-at]");
  if (next) ringAt(Date.parse(next.dataset.at), () => flip(element), presentFor(next));
}

function presentFor(template) {
  return "stricter" in template.dataset ? latest : soonest;
}

const isDue = (template) => Date.parse(template.dataset.at) <= presentFor(template)();

function flip(element) {
  if (!element.isConnected) return;
  const waiting = [...element.querySelectorAll(":scope > template[data-at]")];
  let due = null;
  while (waiting.length && isDue(waiting[0])) due = waiting.shift();
  if (due) {
    element.replaceChildren(due.content, ...waiting);
    announce(element.innerText);
    refreshed(element);
  }
  start(element);
  refreshMain();
}
