/** Marks what the page shows as read once somebody can see it; the form's button does the same. */

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
  document.querySelector(".top-inbox .icon")?.setAttribute("aria-label", leftWords);
  const count = document.querySelector(".top-inbox .count");
  if (count) count.textContent = left;
  await (left ? navigator.setAppBadge?.(left) : navigator.clearAppBadge?.());
}
