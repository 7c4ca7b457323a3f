/** A page brought back by Back asks the server again, so that nothing shows after signing out. */

export function start() {
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
