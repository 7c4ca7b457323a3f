/** Signing in and out: nothing is left of whoever was here before, with a network or without. */
import { alone, wipe } from "./caching.js";

const [STATE, SIGNED_OUT] = ["state", "/offline/signed-out"];
// Whoever leaves waits no longer for the server: nothing of theirs is left here by then.
const [HASTE, OWED] = [5_000, { method: "POST", redirect: "manual" }];
let isSignedOut;
/** False where it is known without waiting that nobody signed out here. */
export const mayBeSignedOut = () => isSignedOut !== false;
/** Whether somebody signed out here and the server has not heard of it yet. */
export async function signedOut() {
  isSignedOut ??= Boolean(await caches.match(SIGNED_OUT, { cacheName: STATE }));
  return isSignedOut;
}

/** Answer, once the server has heard of what it is owed; until then nobody gets anything. */
export async function unlessSignedOut(request, answer) {
  try {
    if (await signedOut()) await finishLeaving();
  } catch {
    return request.mode === "navigate" ? alone(SIGNED_OUT) : Response.error();
  }
  return answer(request);
}

async function finishLeaving() {
  const { type, ok } = await tellServer();
  if (!ok && type !== "opaqueredirect") throw new Error("not signed out yet");
  await caches.delete(STATE);
  isSignedOut = false;
}

const tellServer = () => fetch("/sign-out", { ...OWED, signal: AbortSignal.timeout?.(HASTE) });

/** Sign out: here at once, at the server now or as soon as there is a network. */
export async function leave() {
  await wipe();
  try {
    return await tellServer();
  } catch {
    isSignedOut = true;
    await (await caches.open(STATE)).put(SIGNED_OUT, new Response());
    const held = await registration.pushManager?.getSubscription().catch(() => null);
    await held?.unsubscribe().catch(() => {});
    return alone(SIGNED_OUT);
  }
}

/** Sign in: whatever was kept is another account's, or will be kept anew. */
export async function enter(request) {
  await wipe();
  return fetch(request);
}
