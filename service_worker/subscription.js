/** The browser exchanged its subscription by itself: the server must hear of the new one. */
import { currentKey, described, subscribe, tell } from "../static/js/lib/subscription.js";

/** Have a subscription again, and tell it; where that fails, the next opening mends it. */
export async function renew(fresh) {
  try {
    const held = fresh ?? (await subscribe(registration, await currentKey()));
    await tell("/push/comparison", { subscription: described(held) });
  } catch (error) {
    console.warn(error);
  }
}
