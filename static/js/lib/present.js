/**
 * The present as the server tells it: a phone's own clock may be days wrong.
 *
 * Each page carries the server's instant in its Server-Timing header. Unlike words in the page it
 * stays true when an unchanged page comes from a copy (the 304 brings the header anew), and a
 * script can read it of the page it stands in. From then on spans are counted, never read off.
 * Server instants are cut to seconds and taken as of their arrival: so this present may be a
 * moment late, but never early.
 */

const DOUBT = 5_000;
const RECENT = 20_000;
const PATIENCE = 8_000;
// Longer than any answer takes while the phone is awake: then it slept, or a clock was put right.
const ASLEEP = 10_000;
let anchor = null;

/** Whether the server has told its present since this page was opened. */
export const isKnown = () => anchor !== null;

/** The present, if the clocks disagree the earlier one: so that nothing is allowed too early. */
export const soonest = () => Math.min(...presents());

/** The same, if the clocks disagree the later one: so that nothing is refused too late. */
export const latest = () => Math.max(...presents());

/** Whether a clock was put right or stood still in sleep since the server told its present. */
export const isDoubtful = () => !isKnown() || latest() - soonest() > DOUBT;

/** Whether the server told its present only just now, by either clock. */
export const isRecent = () => !isDoubtful() && latest() - anchor.server < RECENT;

function presents() {
  if (!anchor) return [NaN];
  const counted = anchor.server + performance.now() - anchor.counted;
  const shown = anchor.server + Date.now() - anchor.shown;
  return [counted, shown];
}

/** What the phone's two clocks read: in sleep one of them may stand still. */
export const clocks = () => ({ counted: performance.now(), shown: Date.now() });

/** How long ago the clocks read so, by the one that says longer (milliseconds). */
export const sinceThen = ({ counted, shown }) =>
  Math.max(performance.now() - counted, Math.abs(Date.now() - shown));

/**
 * Fetch from the server, learn its present from the answer and return { response, text }.
 * Null if the phone slept meanwhile: then the answer tells of the time before, or never came.
 */
export async function ask(address, options) {
  const began = clocks();
  const signal = AbortSignal.timeout?.(PATIENCE);
  try {
    const response = await fetch(address, { signal, ...options });
    const text = await response.text();
    if (sinceThen(began) > ASLEEP) return null;
    const told = /\bnow;desc="([^"]+)"/.exec(response.headers.get("Server-Timing"))?.[1];
    learn(Date.parse(told), 0);
    return { response, text };
  } catch (error) {
    if (sinceThen(began) > ASLEEP) return null;
    throw error;
  }
}

function learn(server, age) {
  if (Number.isNaN(server)) return;
  anchor = { server, counted: performance.now() - age, shown: Date.now() - age };
}

/** From the page's own header, unless it may be older than it looks; or from the copy's stamp. */
function learnFromPage() {
  const [page] = performance.getEntriesByType("navigation");
  const carried = document.querySelector("[data-offline]")?.dataset.offline;
  if (carried) return learn(Date.parse(carried), performance.now() - page.responseStart);
  const told = page?.serverTiming?.find(({ name }) => name === "now")?.description;
  if (told && isFresh(page)) learn(Date.parse(told), performance.now() - page.responseStart);
}

/** Not if Back took the page from a copy without asking, nor if the phone can have slept since. */
function isFresh(page) {
  const wasHidden = performance.getEntriesByType("visibility-state").some(isHidden);
  const isSwift = page.responseStart - page.fetchStart < ASLEEP;
  return page.type !== "back_forward" && page.responseStart > 0 && isSwift && !wasHidden;
}

const isHidden = ({ name }) => name === "hidden";

learnFromPage();
