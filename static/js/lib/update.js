/** Offers a new version of the app on the page that is open, with a network or without. */
import { refreshed } from "./refresh.js";

const OFFER = "/offline/update";

export async function offer() {
  if (document.querySelector("[data-module=update]")) return;
  const kept = "caches" in window && (await caches.match(OFFER));
  const answer = kept || (await fetch(OFFER));
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("main").before(...page.body.children);
  refreshed(document.body);
}
