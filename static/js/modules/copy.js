/** A button that copies data-copy and says so with data-done for a moment. */
import { say } from "../lib/announce.js";

const MOMENT = 2_000;

export function start(button) {
  if (!navigator.clipboard) return;
  const label = button.querySelector("span");
  const words = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => (label.textContent = words), MOMENT);
  });
}
