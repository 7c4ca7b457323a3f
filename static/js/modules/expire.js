/** Hides an element once its instant (data-until) is reached: an undo that no longer works. */
import { ringAt } from "../lib/alarm.js";

export function start(element) {
  ringAt(Date.parse(element.dataset.until), () => (element.hidden = true));
}
