// A browser whose push service is played: it keeps one subscription, made of a real key pair, and
// answers its holder's questions as PRETENDED says. What it was asked is counted in the tab.
const KEPT = "pretended-subscription";
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const asked = () => Number(sessionStorage.getItem("asked"));

function kept() {
  const stored = JSON.parse(localStorage.getItem(KEPT));
  if (!stored) return null;
  return {
    endpoint: stored.endpoint,
    options: { applicationServerKey: bytes(stored.key).buffer },
    toJSON: () => ({ endpoint: stored.endpoint, expirationTime: null, keys: PRETENDED.keys }),
    unsubscribe: async () => localStorage.removeItem(KEPT) ?? true,
  };
}

Object.defineProperty(Notification, "permission", {
  get: () => sessionStorage.getItem("answered") ?? PRETENDED.permission,
});
Notification.requestPermission = async () => {
  sessionStorage.setItem("asked", asked() + 1);
  sessionStorage.setItem("answered", PRETENDED.answer);
  return PRETENDED.answer;
};
PushManager.prototype.getSubscription = async () => kept();
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  const held = JSON.parse(localStorage.getItem(KEPT));
  if (!userVisibleOnly || Notification.permission !== "granted") throw new Error("not allowed");
  if (held && held.key !== applicationServerKey) throw new Error("another key is in the way");
  const endpoint = held?.endpoint ?? `${PRETENDED.endpoint}${crypto.randomUUID()}`;
  localStorage.setItem(KEPT, JSON.stringify({ endpoint, key: applicationServerKey }));
  return kept();
};
