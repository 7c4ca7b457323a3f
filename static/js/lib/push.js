/** How this browser stands with push, and what it remembers of it. */

const MEMORY = "push";
const AGAIN = "again";
const listeners = new Set();

/** For which account push was turned on here, `again` where it has to be once more, or "". */
export function remembered() {
  try {
    return localStorage.getItem(MEMORY) ?? "";
  } catch {
    return "";
  }
}

/** Take up what the server said of this browser; `account` is for whom. */
export function remember({ state, account }) {
  try {
    if (state === "off") localStorage.removeItem(MEMORY);
    else localStorage.setItem(MEMORY, state === "on" ? account : AGAIN);
  } catch {
    // A browser that keeps nothing is compared with the server again next time.
  }
  listeners.forEach((listener) => listener());
}

/** Call `listener` whenever this browser may stand otherwise than before. */
export function onPushChange(listener) {
  listeners.add(listener);
}

/**
 * `install` (an iPhone lets only apps on the Home Screen receive), `unsupported`, `denied`,
 * `offer`, `allowed` (but not turned on), `again` or `on`.
 */
export async function pushState() {
  if (isApplePhone() && !isInstalled()) return "install";
  if (!("PushManager" in window && "Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (remembered() === AGAIN) return AGAIN;
  const registration = await navigator.serviceWorker.getRegistration();
  const held = await registration?.pushManager.getSubscription();
  if (held && remembered()) return "on";
  return Notification.permission === "granted" ? "allowed" : "offer";
}

export function isApplePhone() {
  const { userAgent, platform, maxTouchPoints } = navigator;
  return /iP(hone|ad|od)/.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);
}

export function isInstalled() {
  return navigator.standalone || matchMedia("(display-mode: standalone)").matches;
}

/** Of an element, show the parts (data-when) that fit a state and hide the others. */
export function show(element, state) {
  for (const part of element.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(state);
  }
}
