/** The copy of a client's pages, and what pages are dressed in. */
import { documentAt, keptWith, presentOf } from "./routing.js";

const [COPY, COPY_URL] = ["copy", "/offline.json"];
const [SHELL, SHELL_URL] = ["shell", "/offline/shell.json"];
const ALONE = ["/offline/no-copy", "/offline/signed-out", "/offline/update"];
const PATIENCE = 3_000;
// What speaks of the answer as it travelled.
const ENCODED = ["Content-Encoding", "Content-Length", "ETag"];
const NOBODY = { credentials: "omit" };
let [wipes, isShellKept] = [0, false];

/** Have everything that pages are dressed in. What only an older release needed is forgotten once
 * the copy is of this one: until then it is what an older copy is dressed in. */
export async function keepShell(isCopyNew) {
  const wanted = [...(await (await fetch(SHELL_URL, NOBODY)).json()), ...ALONE];
  const shell = await caches.open(SHELL);
  const held = (await shell.keys()).map(({ url }) => new URL(url).pathname);
  const missing = wanted.filter((url) => ALONE.includes(url) || !held.includes(url));
  await shell.addAll(missing.map((url) => new Request(url, NOBODY)));
  isShellKept = isCopyNew || !(await caches.has(COPY));
  const over = isShellKept ? held.filter((url) => !wanted.includes(url)) : [];
  await Promise.all(over.map((url) => shell.delete(url)));
}

/** Have the copy of whoever is signed in; where nobody is, there is none. */
export async function keepCopy() {
  const [began, response] = [wipes, await fetch(COPY_URL)];
  if (!response.ok || response.redirected) return wipe();
  // With the headers it came with: its documents are as guarded as those from the server.
  const headers = new Headers(response.headers);
  ENCODED.forEach((name) => headers.delete(name));
  headers.set("X-Kept-At", Date.now());
  const copy = new Response(await response.text(), { headers });
  const store = await caches.open(COPY);
  // Whoever signed out while it was on its way leaves nothing all the same.
  if (began === wipes) await store.put(COPY_URL, copy);
  // Once while the worker lives: a new release brings a worker of its own.
  if (!isShellKept) await keepShell(true);
}

/** Leave nothing of whoever was signed in. */
export async function wipe() {
  wipes += 1;
  await caches.delete(COPY);
  for (const shown of await registration.getNotifications()) shown.close();
  await navigator.clearAppBadge?.().catch(() => {});
}

/** A page of the copy: from the server, else as it was kept. Only who opens it waits no longer. */
export async function page(request) {
  const online = fetch(request).then(forgetIfSentAway);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const isOpening = request.mode === "navigate";
  const first = await Promise.race(isOpening ? [online, patience] : [online]).catch(() => null);
  if (first?.status < 500) return first;
  return (await fromCopy(new URL(request.url).pathname)) ?? online.catch(noCopy);
}

/** Any other page; without a network, a word about that. */
export const place = (request) => fetch(request).catch(noCopy);
/** Something that pages are dressed in: its address changes with it. */
export const asset = async (request) => (await caches.match(request)) ?? fetch(request);
/** A page that was kept for the time without a network. */
export const alone = async (url) => (await caches.match(url)) ?? Response.error();
const noCopy = () => alone(ALONE[0]);

/** Whoever is led elsewhere from an own page is signed in no more, or as somebody else. */
async function forgetIfSentAway(response) {
  const isSentAway = response.type === "opaqueredirect" || response.redirected;
  if (isSentAway && (await caches.has(COPY))) await wipe();
  return response;
}

async function fromCopy(path) {
  const held = await caches.match(COPY_URL);
  if (!held) return null;
  const [kept, now, headers] = [keptWith(held.headers), Date.now(), new Headers(held.headers)];
  const text = documentAt(await held.json(), path, kept, now);
  if (!text) return null;
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Server-Timing", `now;desc="${new Date(presentOf(kept, now)).toISOString()}"`);
  return new Response(text, { headers });
}
