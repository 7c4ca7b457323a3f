/** Turns push on, straight from a tap; the sheet around says what that means. */
import { remember, remembered, show } from "../lib/push.js";
import { currentKey, described, subscribe, tell } from "../lib/subscription.js";
import { register } from "../lib/worker.js";
import { start as follow } from "./push-state.js";

export function start(sheet) {
  const button = sheet.querySelector("[data-turn-on]");
  button.addEventListener("click", () => turnOn(sheet));
  // Only now, so that the button never shows before it works.
  follow(sheet);
}

async function turnOn(sheet) {
  // Nothing is waited for before the browser's question: it must come from the tap itself.
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return showNow(sheet, permission === "denied" ? "denied" : "offer");
  showNow(sheet, "working");
  try {
    await register();
    const registration = await navigator.serviceWorker.ready;
    const standing = await registered(registration, sheet.dataset.key);
    remember(standing);
    showNow(sheet, standing.state === "on" ? "on" : "failed");
  } catch (error) {
    console.warn(error);
    showNow(sheet, "failed");
  }
}

/** Registered with the server; with a key that it has just exchanged, once more. */
async function registered(registration, key) {
  const told = await offer(registration, key);
  return told.state === "again" ? offer(registration, await currentKey()) : told;
}

async function offer(registration, key) {
  const subscription = await held(registration, key);
  return tell("/push/subscriptions", { subscription });
}

async function held(registration, key) {
  const old = await registration.pushManager.getSubscription();
  const isGood = old && remembered() !== "again" && described(old).key === key;
  // Made with another key it receives nothing, and stands in the way of a new one.
  if (old && !isGood) await old.unsubscribe();
  return described(isGood ? old : await subscribe(registration, key));
}

function showNow(sheet, state) {
  show(sheet, state);
  sheet.querySelector("[tabindex]:not([hidden])")?.focus();
}
