"""When a page has come to rest: its scripts have started and nothing is asked of the server.

Playwright's "networkidle" comes once a document and is true ever after; what scripts fetch later
has to be counted in the page itself, until the text of the answer has been read.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

_COUNT_FETCHES = """
window.underWay = 0;
const hold = (promise) => {
  window.underWay += 1;
  return promise.finally(() => (window.underWay -= 1));
};
const rightly = window.fetch;
window.fetch = (...all) =>
  hold(rightly(...all).then((answer) => {
    const text = answer.text.bind(answer);
    answer.text = () => hold(text());
    return answer;
  }));
const loaded = new Set();
const hear = ({ name }) => loaded.add(name.split("/").at(-1));
const observer = new PerformanceObserver((list) => list.getEntries().forEach(hear));
observer.observe({ type: "resource", buffered: true });
// Whether every script that the page asks for by name is here; they come after the first paint.
window.areModulesHere = () =>
  [...document.querySelectorAll("[data-module]")]
    .flatMap(({ dataset }) => dataset.module.split(/\\s+/).filter(Boolean))
    .every((name) => loaded.has(`${name.split("/").at(-1)}.js`));
"""


def count_fetches(context: BrowserContext) -> None:
    """Let the pages of this phone count what they ask; `let_it_settle` needs it."""
    context.add_init_script(f"{{{_COUNT_FETCHES}}}")


def let_it_settle(page: Page, but_for: int = 0) -> None:
    """Wait until every script has run and nothing is asked of the server any more, but for what
    a test itself keeps back."""
    if not but_for:
        page.wait_for_load_state("networkidle")
        page.wait_for_function("() => window.areModulesHere()")
    page.wait_for_function("held => window.underWay <= held", arg=but_for)
