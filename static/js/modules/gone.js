/** On a page for whoever is not signed in: the other windows of this phone hear of it. */

export function start() {
  if (!("BroadcastChannel" in window)) return;
  const others = new BroadcastChannel("signed-out");
  others.postMessage("ask again");
  others.close();
}
