/** Offers a new version of the app on the page that is open. */
import { refreshed } from "./refresh.js";

export async function offer() {
  if (document.querySelector("[data-module=update]")) return;
  const answer = await fetch("/offline/update");
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("main").before(...page.body.children);
  refreshed(document.body);
}
