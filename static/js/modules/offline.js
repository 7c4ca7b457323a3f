/** On a page from the phone's copy: as soon as the server answers, what it says takes its place. */
import { refreshMain } from "../lib/refresh.js";

const PAUSE = 20_000;

export function start(stamp) {
  if (!stamp.isConnected) return;
  look(stamp);
}

async function look(stamp) {
  const isThere = await fetch("/offline/shell.json", { method: "HEAD" }).catch(() => null);
  if (!stamp.isConnected) return;
  if (isThere?.ok) await refreshMain();
  await Promise.race([
    new Promise((resolve) => setTimeout(resolve, PAUSE)),
    new Promise((resolve) => addEventListener("online", resolve, { once: true })),
  ]);
  start(stamp);
}
