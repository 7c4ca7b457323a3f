/** On a page from the phone's copy: as soon as the server answers, what it says takes its place. */
import { refreshMain } from "../lib/refresh.js";

const [PATIENCE, PAUSE] = [8_000, 20_000];
const QUESTION = "/offline/shell.json";

export function start(stamp) {
  if (!stamp.isConnected) return;
  look(stamp);
}

async function look(stamp) {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const isThere = await fetch(QUESTION, { method: "HEAD", signal }).catch(() => null);
  if (!stamp.isConnected) return;
  if (isThere?.ok) await refreshMain();
  await Promise.race([
    new Promise((resolve) => setTimeout(resolve, PAUSE)),
    new Promise((resolve) => addEventListener("online", resolve, { once: true })),
  ]);
  start(stamp);
}
