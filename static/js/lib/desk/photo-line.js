/**
 * Photos on their way, one after the other: each is kept in this browser first and forgotten when
 * the server has it, so that neither a lost connection nor a closed page loses one.
 */
import { hashOf, prepared } from "./photo-prepare.js";
import { send } from "./photo-send.js";
import { forget, isKept, keep, kept } from "./photo-store.js";

const [SHORTEST_WAIT, LONGEST_WAIT] = [1_000, 30_000];
const DONE = ["kept", "known"];
const items = new Map();
const listeners = new Set();
let account = "";
let isRunning = false;
let timer = 0;

/** Call `listener(items)` whenever something changes; the oldest item comes first. */
export function follow(listener) {
  listeners.add(listener);
  listener([...items.values()]);
}

/** Take up what was not sent when a page was closed. `holder` is the account that is signed in. */
export async function begin(holder) {
  account = holder;
  const waiting = await kept(account).catch(() => []);
  for (const item of waiting) {
    if (!items.has(item.id)) items.set(item.id, { ...item, state: "waiting", tries: 0, due: 0 });
  }
  run();
}

/** Send a file (or what a camera gave) to an address; `zone` says what it shows. */
export async function add(file, { address, name, zone }) {
  const item = { id: crypto.randomUUID(), account, address, name, zone, at: Date.now() };
  items.set(item.id, { ...item, blob: file, state: "preparing", tries: 0, due: 0 });
  changed();
  const blob = await prepared(file);
  const whole = { ...item, blob, hash: await hashOf(blob).catch(() => "") };
  const isStored = await keep(whole).then(() => true, () => false);
  // Whoever was quick has taken it back meanwhile.
  if (!items.has(item.id)) return forget(item.id).catch(() => {});
  change(item.id, { ...whole, isStored, state: "waiting" });
  run();
}

/** Do not send it after all. */
export function cancel(id) {
  items.get(id)?.abort?.abort();
  items.delete(id);
  forget(id).catch(() => {});
  changed();
}

/** Try one now that failed before. */
export function again(id) {
  change(id, { state: "waiting", due: 0, words: "" });
  run();
}

function change(id, values) {
  if (items.has(id)) items.set(id, { ...items.get(id), ...values });
  changed();
}

const changed = () => listeners.forEach((listener) => listener([...items.values()]));

function next() {
  const isDue = ({ state, due }) => state === "waiting" || (state === "later" && due <= Date.now());
  return [...items.values()].find(isDue);
}

/** One window at a time: another one sends what is here too, and would send it twice. */
async function run() {
  if (isRunning || !next()) return wakeLater();
  isRunning = true;
  const sendAll = async () => {
    for (let item = next(); item; item = next()) await sendOne(item);
  };
  await (navigator.locks ? navigator.locks.request("photo-line", sendAll) : sendAll());
  isRunning = false;
  wakeLater();
}

async function sendOne(item) {
  const isElsewhere = item.isStored !== false && !(await isKept(item.id).catch(() => true));
  if (isElsewhere) return change(item.id, { state: "kept" });
  const abort = new AbortController();
  change(item.id, { state: "sending", share: 0, abort });
  const onProgress = (share) => change(item.id, { share });
  const { kind, words } = await send(item, { onProgress, signal: abort.signal });
  if (!items.has(item.id)) return;
  const wait = Math.min(SHORTEST_WAIT * 2 ** item.tries, LONGEST_WAIT);
  const due = Date.now() + wait;
  change(item.id, { state: kind, words, due, tries: item.tries + 1, abort: null });
  if (DONE.includes(kind) || kind === "refused") await forget(item.id).catch(() => {});
}

function wakeLater() {
  const dues = [...items.values()].filter(({ state }) => state === "later").map(({ due }) => due);
  clearTimeout(timer);
  if (dues.length) timer = setTimeout(run, Math.max(Math.min(...dues) - Date.now(), 50));
}

addEventListener("online", () => {
  for (const { id, state } of items.values()) if (state === "later") change(id, { due: 0 });
  run();
});
