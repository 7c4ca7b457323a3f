/** On the page of whoever signed out without a network: what the worker cannot reach goes too. */

export async function start() {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of (await indexedDB.databases?.()) ?? []) indexedDB.deleteDatabase(name);
}
