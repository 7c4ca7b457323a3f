/** The number on the app's icon: what is unread in the inbox, as the server counted it. */
import { onRefresh } from "./refresh.js";

/** Once an opening of the app, and whenever the page is fetched anew. */
export function follow() {
  onRefresh(look);
  look();
}

export function showBadge(count) {
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  // Where it may show no number, nothing else is amiss.
  shown?.catch(() => {});
}

function look() {
  // A page from the copy does not know, and the staff have no inbox.
  if (document.querySelector("[data-offline]")) return;
  const inbox = document.querySelector(".top-inbox");
  if (inbox) showBadge(Number(inbox.dataset.unread));
}
