/** The service worker, and once an opening of the app what must be compared with the server. */
import { follow } from "./badge.js";
import { remembered } from "./push.js";
import { onRefresh } from "./refresh.js";

const COMPARED = "compared";

/** Have the worker registered; from then on `navigator.serviceWorker.ready` keeps its word. */
export const register = () =>
  navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });

/** What every page does last. */
export async function begin() {
  follow();
  if (!("serviceWorker" in navigator)) return;
  const registration = await register();
  const { pushManager } = registration;
  watch(registration);
  const isSignedIn = Boolean(document.documentElement.dataset.zoneUrl);
  // Whoever signs in next in this tab is compared anew.
  if (!isSignedIn) return sessionStorage.removeItem(COMPARED);
  if (document.body.classList.contains("client")) {
    await keep();
    // What the page has just learned, the copy is to know too.
    onRefresh(({ id }) => id === "main" && keep());
  }
  if (!pushManager || sessionStorage.getItem(COMPARED)) return;
  if (remembered() || (await pushManager.getSubscription())) {
    await (await import("./compare.js")).compare();
  }
  sessionStorage.setItem(COMPARED, "yes");
}

/** Let the worker have this client's pages for the time without a network. */
async function keep() {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage("keep");
}

/** Offer a new version where one waits; the first one ever is nothing to offer. */
function watch(registration) {
  if (registration.waiting) offer();
  registration.addEventListener("updatefound", ({ target: { installing } }) => {
    installing.addEventListener("statechange", () => {
      if (registration.waiting && navigator.serviceWorker.controller) offer();
    });
  });
}

const offer = () => import("./update.js").then((update) => update.offer()).catch(console.warn);
