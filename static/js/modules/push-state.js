/** Shows of an element what fits how this browser stands with push, and keeps to it. */
import { onPushChange, pushState, show } from "../lib/push.js";

export function start(element) {
  const look = async () => element.isConnected && show(element, await pushState());
  onPushChange(look);
  look();
}
