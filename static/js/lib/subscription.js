/** A push subscription: made, described to the server, compared. The service worker has it too. */

/** Subscribe with our public key (base64url); the browser must have been allowed to. */
export function subscribe({ pushManager }, key) {
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** What the server is told of a subscription. */
export function described(held) {
  const { endpoint, keys } = held.toJSON();
  return { endpoint, keys, key: base64url(held.options.applicationServerKey) };
}

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The public key to subscribe with from now on. */
export async function currentKey() {
  return (await answerOf(await fetch("/push/key"))).key;
}

/** Tell the server `what` as JSON; its answer, or an error where it is none. */
export async function tell(address, what) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(what);
  return answerOf(await fetch(address, { method: "POST", headers, body }));
}

function answerOf(response) {
  if (!response.ok || response.redirected) throw new Error(`refused: ${response.status}`);
  return response.json();
}
