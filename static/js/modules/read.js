/** Marks what the page shows as read once somebody can see it; the form's button does the same. */
import { showBadge } from "../lib/badge.js";

export function start(form) {
  const look = () => {
    if (document.visibilityState !== "visible") return;
    removeEventListener("visibilitychange", look);
    send(form).catch(() => (form.hidden = false));
  };
  form.hidden = true;
  addEventListener("visibilitychange", look);
  look();
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") throw new Error("not marked");
  const { left, leftWords } = form.dataset;
  const inbox = document.querySelector(".top-inbox");
  if (inbox) {
    inbox.dataset.unread = left;
    inbox.querySelector(".icon").setAttribute("aria-label", leftWords);
    inbox.querySelector(".count").textContent = left;
  }
  showBadge(Number(left));
}
