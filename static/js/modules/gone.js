/** On a page for whoever is not signed in: the other windows of this phone hear of it. */

export function start() {
  const isSignedIn = Boolean(document.documentElement.dataset.zoneUrl);
  if (isSignedIn || !("BroadcastChannel" in window)) return;
  const others = new BroadcastChannel("signed-out");
  others.postMessage("ask again");
  others.close();
}
