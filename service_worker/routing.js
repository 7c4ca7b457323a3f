/** What a request is to the worker, and what of the copy is shown when: nothing but arguments. */

const DOORS = ["/sign-in", "/sign-in/staff", "/join", "/join-staff", "/welcome", "/new-password"];

/** `asset`, `page` (one of `pages`, the paths of the copy), `place` (any other page), `door` (somebody
 * signs in), `leaving` (somebody signs out) or `other`. */
export function kindOf({ url, method, mode, headers }, origin, pages) {
  const { origin: its, pathname } = new URL(url);
  const isNavigation = mode === "navigate";
  if (its !== origin) return "other";
  if (method === "POST" && isNavigation && pathname === "/sign-out") return "leaving";
  if (method === "POST" && isNavigation && DOORS.includes(pathname)) return "door";
  if (method !== "GET") return "other";
  if (/^\/(assets|icons)\//.test(pathname)) return "asset";
  // A page that looks after itself asks for `text/html` and nothing else.
  const isForPage = isNavigation || headers.get("Accept") === "text/html";
  if (isForPage && pages.includes(pathname)) return "page";
  return isNavigation ? "place" : "other";
}

/** What the copy was kept with (milliseconds): the server's instant, what the phone's clock read. */
export const keptWith = (headers) => ({
  server: Date.parse(/\bnow;desc="([^"]+)"/.exec(headers.get("Server-Timing"))?.[1]),
  shown: Number(headers.get("X-Kept-At")),
});
/** The server's present: its instant, carried on by the phone's clock; never before that instant. */
export const presentOf = ({ server, shown }, now) => server + Math.max(0, now - shown);

/** The document for a path when the phone's clock reads `now`, or null where the copy has none. */
export function documentAt(copy, path, kept, now) {
  const page = copy.pages[path];
  const present = presentOf(kept, now);
  // An instant that cannot be read is none to go by.
  if (!page || !(present < Date.parse(copy.ends_at))) return null;
  const begun = page.states.filter(([at]) => Date.parse(at) <= present);
  const [, main] = begun.at(-1) ?? page.states[0];
  return page.before + stampOf(copy, kept, now) + main + page.after;
}

function stampOf(copy, kept, now) {
  const isWrong = Math.abs(kept.shown - kept.server) > copy.most_skew || now < kept.shown;
  const words = isWrong ? `${copy.stamp} ${copy.skew}` : copy.stamp;
  const at = new Date(presentOf(kept, now)).toISOString();
  return copy.frame.replace("{at}", at).replace("{words}", () => words);
}
