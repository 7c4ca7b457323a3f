/** What this browser keeps: the offline copy, and whether it may throw it away. */
import { show } from "../lib/push.js";

export function start(element) {
  const [copy, firm] = element.querySelectorAll("[data-copy], [data-firm]");
  showCopy(copy).catch(console.warn);
  showFirm(firm).catch(console.warn);
  firm.querySelector("[data-persist]").addEventListener("click", async () => {
    const isKept = await navigator.storage.persist().catch(() => false);
    show(firm, isKept ? "firm" : "refused");
  });
}

async function showCopy(element) {
  if (!("serviceWorker" in navigator && "caches" in window)) return show(element, "never");
  const copy = await caches.match("/offline.json");
  if (copy) element.querySelector("[data-as-of]").textContent = (await copy.json()).as_of_words;
  show(element, copy ? "copy" : "none");
}

async function showFirm(element) {
  const isFirm = await navigator.storage?.persisted?.();
  show(element, isFirm === undefined ? "unknown" : isFirm ? "firm" : "loose");
}
