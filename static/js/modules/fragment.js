/** Takes a one-time token out of the address (#t=…) into the form; only a tap sends it. */

export function start(form) {
  take(form);
  addEventListener("hashchange", () => take(form));
}

function take(form) {
  const token = new URLSearchParams(location.hash.slice(1)).get("t");
  if (!token) return;
  form.elements.token.value = token;
  history.replaceState(history.state, "", location.pathname + location.search);
  form.querySelectorAll("[data-with-token]").forEach((part) => (part.hidden = false));
  form.querySelectorAll("[data-without-token]").forEach((part) => {
    part.hidden = true;
    part.querySelectorAll("input").forEach((input) => (input.disabled = true));
  });
}
