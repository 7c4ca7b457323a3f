/** Offers a new version of the app on the page that is open, with a network or without. */
import { onRefresh, refreshed } from "./refresh.js";

const OFFER = "/offline/update";

export async function offer() {
  if (document.querySelector("[data-module=update]")) return;
  const kept = "caches" in window && (await caches.match(OFFER));
  const answer = kept || (await fetch(OFFER));
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.getElementById("main");
  const [card] = page.body.children;
  main.prepend(card);
  refreshed(document.body);
  // Whatever takes the page's place, the offer stays.
  onRefresh((root) => root === main && !card.isConnected && main.prepend(card));
}
