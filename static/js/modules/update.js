/** The offer of a new version: a tap lets the worker that waits take over, and the page follows. */

export function start(offer) {
  offer.querySelector("button").addEventListener("click", async () => {
    const registration = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    registration.waiting?.postMessage("update");
  });
}
