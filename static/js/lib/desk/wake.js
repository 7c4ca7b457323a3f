/** Keeps the screen on while somebody works with it, where the browser can. */

let lock = null;

export async function stayAwake() {
  if (lock && !lock.released) return;
  // Refused on an empty battery: then it is as it always was.
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}

export function maySleep() {
  lock?.release().catch(() => {});
  lock = null;
}
