/** Photos that are not sent yet, kept in this browser until they are; wiped with a sign-out. */

const [NAME, FILES] = ["photos-waiting", "files"];
let opened = null;

/** Everything of this account, the oldest first. What somebody else left here is removed. */
export async function kept(account) {
  const every = await ask("readonly", (files) => files.getAll());
  const foreign = every.filter((one) => one.account !== account);
  await Promise.all(foreign.map(({ id }) => forget(id)));
  return every.filter((one) => one.account === account).sort((a, b) => a.at - b.at);
}

export const keep = (item) => ask("readwrite", (files) => files.put(item));
export const forget = (id) => ask("readwrite", (files) => files.delete(id));
/** Whether it is still to be sent: another window may have done it. */
export const isKept = async (id) => (await ask("readonly", (files) => files.count(id))) > 0;

async function ask(mode, what) {
  opened ??= open().catch((error) => {
    opened = null;
    throw error;
  });
  const transaction = (await opened).transaction(FILES, mode, { durability: "strict" });
  const request = what(transaction.objectStore(FILES));
  // A request that worked is undone with a page that is closed before its transaction is through.
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, 1);
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => request.result.createObjectStore(FILES, { keyPath: "id" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // A sign-out elsewhere may remove it all at once.
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
  });
}
