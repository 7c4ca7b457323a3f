/** Looks again (data-again, in milliseconds) what became of a test, until the server is sure. */
import { say } from "../lib/announce.js";
import { refreshed } from "../lib/refresh.js";

export function start(element) {
  setTimeout(() => look(element).catch(() => start(element)), Number(element.dataset.again));
}

async function look(element) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(element.id);
  if (!fresh) return location.reload();
  if (fresh.innerHTML === element.innerHTML) return start(element);
  element.replaceWith(fresh);
  say(fresh.firstElementChild.innerText);
  refreshed(fresh.parentElement);
}
