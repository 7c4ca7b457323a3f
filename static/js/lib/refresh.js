/** Fetches the page again and exchanges what stands in #main, without moving the reader. */
import { ask, clocks, sinceThen } from "./present.js";

// The phone's own copy is no answer of the server's: soon it is asked again.
const [SHORTEST_PAUSE, AFTER_COPY] = [20_000, 5_000];
const listeners = new Set();
let [asked, rest, later] = [null, SHORTEST_PAUSE, 0];

/** Call `listener(root)` whenever new elements have come into the page. */
export function onRefresh(listener) {
  listeners.add(listener);
}

// What was asked while there was no network is no reason to wait.
addEventListener("online", () => (asked = null));

/** Say that `root` holds new elements. */
export function refreshed(root) {
  listeners.forEach((listener) => listener(root));
}

/**
 * Show the server's present answer; offline, or while somebody types, the page stays as it is.
 * Whoever calls soon after another is served after a pause. Tells whether the answer came; one
 * that the phone slept over is not shown but asked for anew.
 */
export async function refreshMain() {
  const main = document.getElementById("main");
  const isTyping = main.contains(document.activeElement?.closest("form") ?? document);
  // Without a network the worker, where there is one, answers from its copy.
  const mayAnswer = navigator.onLine || navigator.serviceWorker?.controller;
  if (isTyping || !mayAnswer) return false;
  const pause = asked ? rest - sinceThen(asked) : 0;
  clearTimeout(later);
  if (pause > 0) {
    later = setTimeout(refreshMain, pause);
    return false;
  }
  [asked, rest] = [clocks(), SHORTEST_PAUSE];
  try {
    const answer = await ask(location.href, { headers: { Accept: "text/html" } });
    if (!answer) return refreshMain();
    if (answer.response.redirected) location.reload();
    else if (answer.response.ok) show(answer.text, main);
    return answer.response.ok;
  } catch {
    // No network after all: what the page knew beforehand is still right.
    return false;
  }
}

function show(text, main) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) return;
  if (fresh.querySelector("[data-offline]")) rest = AFTER_COPY;
  showInbox(page);
  const hadFocus = main.contains(document.activeElement);
  main.replaceChildren(...fresh.childNodes);
  if (hadFocus) main.focus({ preventScroll: true });
  refreshed(main);
}

/** How much is unread stands above #main. */
function showInbox(page) {
  const [had, has] = [document, page].map((one) => one.querySelector(".top-inbox"));
  if (had && has && had !== document.activeElement) had.replaceWith(has);
}
