"""The page's own script modules, called as its other scripts call them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_CALL = """async ([path, name]) => {
  const main = document.querySelector("script[src$='js/main.js']").src;
  return (await import(main.replace("main.js", path)))[name]();
}"""


def refresh(page: Page) -> bool:
    """What a page does by itself where something may have changed; tells whether it did."""
    return bool(call(page, "lib/refresh.js", "refreshMain"))


def call(page: Page, path: str, name: str) -> Any:
    """What a function answers that a module exports; the module is the one that runs."""
    return page.evaluate(_CALL, [path, name])
