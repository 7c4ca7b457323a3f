/** On a page for whoever is not signed in: what is left of whoever was is taken away, whatever the
 * browser makes of the header that asks for it, and what no worker can reach. */

const TYPED = "typed"; // whether a code is being typed just now
const WAITING = "photos-waiting";

export async function start() {
  if (document.documentElement.dataset.zoneUrl) return;
  localStorage.clear();
  for (const key of Object.keys(sessionStorage)) {
    if (key !== TYPED) sessionStorage.removeItem(key);
  }
  const found = (await indexedDB.databases?.()) ?? [{ name: WAITING }];
  for (const { name } of found) indexedDB.deleteDatabase(name);
}
