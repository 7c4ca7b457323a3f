/** The form for a code: the app on the Home Screen asks for one by itself; and whoever types one
 * may be offered to keep the app, while whoever came by a link is not (modules/install.js). */
import { showBadge } from "../lib/badge.js";
import { isInstalled } from "../lib/push.js";

export function start(form) {
  const { code } = form.elements;
  if (isInstalled() && document.activeElement === document.body) code.focus();
  // Nobody is signed in, so nothing is unread.
  showBadge(0);
  sessionStorage.removeItem("typed");
  form.addEventListener("submit", () => {
    if (!code.disabled) sessionStorage.setItem("typed", "yes");
  });
}
