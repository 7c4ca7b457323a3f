/** A page brought back by Back, or beside which somebody signed out, asks the server again, so
 * that nothing shows after signing out. */

export function start() {
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  const isSignedIn = Boolean(document.documentElement.dataset.zoneUrl);
  if (!isSignedIn || !("BroadcastChannel" in window)) return;
  new BroadcastChannel("signed-out").addEventListener("message", () => location.reload());
}
