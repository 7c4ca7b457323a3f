"""What is seen and done on the pages of photos, for their journeys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

COMPARE = "/photos/compare?zone=crown&show=yes"
WORKER_IS_READY = """() => Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((_, fail) => setTimeout(fail, 15_000, new Error("no worker came"))),
])"""
KEPT_OF_PHOTOS = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  }
  return found.filter((url) => new URL(url).pathname.startsWith("/photos"));
}"""


def is_blurred(picture: Locator) -> bool:
    blur: str = picture.evaluate("image => getComputedStyle(image).filter")
    return blur.startswith("blur")


def expect_loaded(picture: Locator) -> None:
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0


def at(page: Page) -> str:
    """How much of the earlier photo is shown, as a reader hears it."""
    return page.get_by_role("slider").get_attribute("aria-valuetext") or ""


def line(page: Page) -> float:
    """Where the line stands on the picture, from its left: 0 to 1."""
    stage, found = page.locator(".stage").bounding_box(), page.locator(".stage-line").bounding_box()
    assert stage is not None
    assert found is not None
    return (found["x"] + found["width"] / 2 - stage["x"]) / stage["width"]


def drag(page: Page, *parts: float) -> None:
    """Put a finger on the picture and draw it over these parts of its width."""
    stage = page.locator(".stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    places = [(box["x"] + part * box["width"], box["y"] + box["height"] / 2) for part in parts]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()
