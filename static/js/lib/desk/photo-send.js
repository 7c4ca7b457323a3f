/** One request for one photo. */

const [KEPT, KNOWN] = [201, 200];
const LATER = [408, 429, 500, 502, 503, 504];

/**
 * What became of it: `kept`, `known` (it was there), `refused` (with words), `later` (the same
 * again may be taken), `held` (somebody has to sign in first) or `cancelled`.
 */
export function send(item, { onProgress, signal }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", item.address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (item.hash) request.setRequestHeader("X-Photo-Hash", item.hash);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => resolve(outcome(request));
    request.onerror = () => resolve({ kind: "later", words: "" });
    request.onabort = () => resolve({ kind: "cancelled", words: "" });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(item.blob);
  });
}

function outcome({ status, responseText }) {
  const told = parsed(responseText);
  if (told && status === KEPT) return { kind: "kept", words: "" };
  if (told && status === KNOWN) return { kind: "known", words: "" };
  if (told?.words) return { kind: told.may_try_again ? "later" : "refused", words: told.words };
  if (LATER.includes(status)) return { kind: "later", words: "" };
  // A page instead of an answer: the sign-in, or the question for the password.
  return { kind: "held", words: "" };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
