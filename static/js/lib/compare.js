/** Tells the server what this browser holds; it says what is so, and small damage is mended. */
import { remember, remembered } from "./push.js";
import { currentKey, described, subscribe, tell } from "./subscription.js";

export async function compare() {
  const registration = await navigator.serviceWorker.ready;
  const account = Number(remembered()) || 0;
  let held = await registration.pushManager.getSubscription();
  if (!held && !remembered()) return;
  if (!held && account) held = await renewed(registration);
  const subscription = held && described(held);
  const standing = await tell("/push/comparison", { subscription, account });
  if (standing.state === "off") await held?.unsubscribe();
  remember(standing);
}

/** A browser that lost what it held, and may still receive, gets it back without a question. */
async function renewed(registration) {
  if (Notification.permission !== "granted") return null;
  return subscribe(registration, await currentKey()).catch(() => null);
}
