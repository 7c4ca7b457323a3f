/** What this browser keeps: the offline copy, and whether it may throw it away. */
import { show } from "../lib/push.js";

export function start(element) {
  look(element).catch(console.warn);
  element.querySelector("[data-persist]")?.addEventListener("click", async () => {
    await navigator.storage.persist();
    look(element);
  });
}

async function look(element) {
  const copy = "caches" in window ? await caches.match("/offline.json") : null;
  const words = copy ? ((await copy.json()).as_of_words ?? "") : "";
  element.querySelector("[data-as-of]").textContent = words;
  const isKept = await navigator.storage?.persisted?.();
  show(element, `${copy ? "copy" : "none"}-${isKept ? "firm" : "loose"}`);
}
