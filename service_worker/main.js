/** The service worker: what it listens to. The server joins its modules into one script and puts
 * before them, as WORDS, the few words that it says by itself. */
import { asset, keepCopy, keepShell, page, place } from "./caching.js";
import { enter, leave, mayBeSignedOut, signedOut, unlessSignedOut } from "./leaving.js";
import { keepPictures, notify, openAt, ownAddress } from "./notifications.js";
import { kindOf } from "./routing.js";
import { renew } from "./subscription.js";

const PAGES = WORDS.pages.split(" ");
const ANSWERS = { asset, page, place, door: enter, leaving: leave };
// A new version waits until the page has offered it, or until nobody looks at the old one.
addEventListener("install", (event) => {
  event.waitUntil(Promise.allSettled([keepPictures(WORDS), keepShell()]));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepCopy().catch(console.warn));
  if (event.data === "update") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const answer = ANSWERS[kindOf(request, location.origin, PAGES)];
  const waits = answer !== asset && mayBeSignedOut();
  if (waits) event.respondWith(unlessSignedOut(request, answer ?? fetch));
  else if (answer) event.respondWith(answer(request));
});

addEventListener("push", (event) => event.waitUntil(notify(event.data, signedOut())));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openAt(ownAddress(event.notification.data?.opens, location.origin)));
});
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.newSubscription)));
