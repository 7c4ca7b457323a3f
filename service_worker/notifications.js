/** What a push becomes: exactly one notification, whatever came; and what a tap on it opens. */

const DIRECTIONS = ["auto", "ltr", "rtl"];
// Whatever cannot be read looks alike, and replaces what could not be read before.
const UNREADABLE = "unreadable";

const isText = (value) => typeof value === "string" && value.trim() !== "";
const isCount = (value) => Number.isInteger(value) && value >= 0;

/** Have its pictures in the browser's own store: a notification waits for them otherwise. */
export function keepPictures({ icon, badge }) {
  return Promise.allSettled([fetch(icon), fetch(badge)]);
}

/** Show a push, asking no network before: a silent one costs the permission. Signed out, as a
 * promise says, somebody is told that there is something, and not what. */
export async function notify(data, isSignedOut) {
  const text = ((await isSignedOut) ? null : data?.text()) ?? "";
  const { title, options, count } = notificationFor(text, WORDS, location.origin);
  await registration.showNotification(title, options);
  if (isCount(count)) await navigator.setAppBadge?.(count).catch(() => {});
}

/** Title, options and badge count for a pushed text; `words` stand for what cannot be read. */
export function notificationFor(text, words, origin) {
  const message = Object(parsed(text));
  const told = Object(message.notification);
  const { title, body } = isText(told.title) ? told : words;
  const options = {
    body: isText(body) ? body : "",
    dir: DIRECTIONS.includes(told.dir) ? told.dir : "auto",
    lang: isText(told.lang) ? told.lang : "",
    tag: isText(told.tag) ? told.tag : UNREADABLE,
    // A newer message takes the place of an older one, and is heard all the same.
    renotify: true,
    icon: words.icon,
    badge: words.badge,
    data: { opens: ownAddress(told.navigate, origin) },
  };
  return { title, options, count: [message.app_badge, told.app_badge].find(isCount) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** An address of this app, whatever a message said. */
export function ownAddress(address, origin) {
  try {
    const { origin: its, href } = new URL(address, origin);
    if (isText(address) && its === origin) return href;
  } catch {
    // It was no address at all.
  }
  return `${origin}/`;
}

/** Bring the app to the front at an address: in a window that is open, or in a new one. */
export async function openAt(address) {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ focused }) => focused) ?? windows[0];
  if (!open) return clients.openWindow(address);
  // A window that cannot come to the front is still led there; one that this worker does not
  // control cannot be led anywhere, so a new one opens.
  await open.focus().catch(() => {});
  await open.navigate(address).catch(() => clients.openWindow(address));
}
