"""`./dev screens`: pictures of every page and phase, light and dark, into docs/screens."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import album, photo_desk
from tests.journeys.complaints import NO_NETWORK, NOT_FOUND, RECORD
from tests.journeys.conftest import PHONE, launch
from tests.journeys.looks import DARK, DESK, LIGHT, Variant, new_page, phone_of
from tests.journeys.offline_phone import phone_with_copy
from tests.journeys.served import ROOT, Served, serve
from tests.journeys.settling import let_it_settle
from webapp.services.demo_personas import PERSONAS

FOLDER = ROOT / "docs" / "screens"
# What a phone shows before it keeps the app; the manifest names their sizes.
IMAGES = ROOT / "static" / "images"
SHOTS = {"narrow": PHONE, "wide": {"width": 1280, "height": 800}}
COLOURS = 128
# Its scroll bars lie over the page, as on every phone, and take no room of it.
ON_A_PHONE = {"is_mobile": True, "has_touch": True}
CLIENT_PAGES = {
    "inbox": "/inbox",
    "can-i": "/can-i",
    "can-i-swimming": "/can-i?q=can+I+go+swiming",
    "can-i-gym": "/can-i?q=gym",
    "can-i-unknown": "/can-i?q=fly+a+kite",
    "dates": "/dates",
    "appointment": "/dates/sessions/2",
    "calendar": "/dates/calendar",
    "event": "/dates/event?{days}",
    "something-is-wrong": "/something-is-wrong",
    "slip": "/slip",
    "sheet": "/sheet",
    "hairdresser-card": "/hairdresser-card",
    "devices": "/devices",
    "one-more-device": "/devices/codes",
    "notifications": "/notifications",
    "turn-on": "/notifications/turn-on",
    "phone": "/phone",
    "privacy": "/privacy",
}
PHOTO_PAGES = {
    "photos": "/photos",
    "photos-shown": "/photos?show=yes",
    "photos-compare": "/photos/compare?show=yes",
    "photos-consents": "/photos/consents",
}
PICTURES_ARE_THERE = """() => [...document.images].every((image) => image.complete
  || image.getBoundingClientRect().top > innerHeight)"""
PUBLIC_PAGES = {"sign-in": "/sign-in", "staff-sign-in": "/sign-in/staff", "not-found": "/nothing"}
PUBLIC_PAGES |= {"about-treatment": "/about-treatment"}
PUBLIC_PAGES |= {"no-connection": "/offline/no-copy", "signed-out": "/offline/signed-out"}
WITHOUT_NETWORK = {"today-without-network": "/", "dates-without-network": "/dates"}
# Pages whose pictures come a moment after them.
STAFF_PHOTO_PAGES = {
    "photo-answer": "/staff/clients/6/photos?request=1",
    "photos": "/staff/clients/4/photos",
}
STAFF_PAGES = {
    "board": "/staff",
    "clients": "/staff/clients",
    "new-client": "/staff/clients/new",
    "client": "/staff/clients/4",
    "notices": "/staff/clients/4/notices",
    "photo-new": "/staff/clients/4/photos/new",
    "photo-consents": "/staff/clients/4/photos/consents",
    "photo-ask": "/staff/clients/4/photos/ask",
    "erase": "/staff/clients/4/erase",
    "new-course": "/staff/clients/10/begin",
    "as-client": "/staff/clients/4/as-client",
    "code": "/staff/clients/4/code",
    "course": "/staff/courses/4",
    "sheet": "/staff/courses/4/sheet",
    "session": "/staff/courses/4/sessions/2",
    "event": "/staff/courses/4/event?{days}",
    "plan-session": "/staff/courses/6/sessions/new",
    "end-session": "/staff/courses/7/sessions/2/end",
    "settings": "/staff/settings",
    "clinic": "/staff/settings/clinic",
    "logo-and-photos": "/staff/settings/photos",
    "locations": "/staff/settings/locations",
    "location": "/staff/settings/locations/1",
    "people": "/staff/settings/people",
    "security": "/staff/security",
    "notifications": "/notifications",
    "turn-on": "/notifications/turn-on",
    "privacy-notice": "/staff/settings/privacy",
    "warning-signs": "/staff/settings/warning-signs",
    "sending": "/staff/settings/sending",
    "radar": "/staff/radar",
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        served = serve(Path(stack.enter_context(tempfile.TemporaryDirectory())), is_demo=True)
        stack.callback(served.stop)
        album.fill(served)
        asked = album.ask(served)
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        for variant in (LIGHT, DARK):
            for page, name in _pages(browser, served, variant, asked):
                page.screenshot(path=folder / f"{name}-{variant.name}.png")
        if folder == FOLDER:
            picture_for_manifest(browser, served)
        heard = RECORD.judge((NOT_FOUND, NO_NETWORK))
    print(f"browser complaints: {len(heard)} of {RECORD.pages} pages", *heard, sep="\n")
    sys.exit(bool(heard))


def picture_for_manifest(browser: Browser, served: Served) -> None:
    """Today on a phone and on a screen at the desk, in few colours: they travel to phones."""
    persona = next(persona for persona in PERSONAS if persona.key == "water-only")
    for form, viewport in SHOTS.items():
        options = {"viewport": viewport} | (ON_A_PHONE if viewport == PHONE else {})
        page = phone_of(browser, served, persona, replace(LIGHT, options=options))
        page.goto(served.url)
        path = IMAGES / f"screenshot-{form}.png"
        page.screenshot(path=path)
        page.context.close()
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(COLOURS)
        few.save(path, optimize=True)


def _pages(
    browser: Browser, served: Served, variant: Variant, asked: int
) -> Iterator[tuple[Page, str]]:
    phone = replace(variant, options=variant.options | ON_A_PHONE)
    yield from _walk(new_page(browser, phone), served, PUBLIC_PAGES)
    for persona in PERSONAS:
        page = phone_of(browser, served, persona, phone)
        page.goto(served.url)
        let_it_settle(page)
        yield page, f"today-{persona.key}"
        if persona.key == "keep-dry":
            yield from _walk(page, served, CLIENT_PAGES)
            yield from _card(page, served)
        if persona.key == album.ALBUM_OF:
            yield from _walk(page, served, PHOTO_PAGES | {"photo-asked": f"/photos/asked/{asked}"})
        page.context.close()
    yield from _without_network(browser, served, phone)
    yield from _staff(new_page(browser, phone), served, "staff")
    desk = replace(variant, options=variant.options | {"viewport": DESK})
    yield from _staff(new_page(browser, desk), served, "desk")


def _without_network(
    browser: Browser, served: Served, variant: Variant
) -> Iterator[tuple[Page, str]]:
    page = phone_with_copy(browser, served, "keep-dry", variant)
    page.context.set_offline(True)
    yield from _walk(page, served, WITHOUT_NETWORK)
    page.context.close()


def _card(page: Page, served: Served) -> Iterator[tuple[Page, str]]:
    """The card for the hairdresser, which has another address each time."""
    page.goto(f"{served.url}/hairdresser-card")
    page.locator("main form.form button").click()
    page.goto(str(page.locator("a[href*='/card/']").get_attribute("href")))
    yield page, "card"


def _staff(page: Page, served: Served, kind: str) -> Iterator[tuple[Page, str]]:
    for persona, count in (("keep-dry", 4), ("settling", 1)):
        photo_desk.until_stored(served, photo_desk.client_of(served, persona), count)
    token = photo_desk.staff_token(served, "owner", is_confirmed=True)
    page.context.add_cookies([photo_desk.cookie(served, token)])
    for each, name in chain(_walk(page, served, STAFF_PAGES), _photo(page, served)):
        yield each, f"{kind}-{name}"
    page.context.close()


def _photo(page: Page, served: Served) -> Iterator[tuple[Page, str]]:
    """Pages with photos on them; one photo and two have other addresses each time."""
    for name, address in STAFF_PHOTO_PAGES.items():
        page.goto(served.url + address)
        page.wait_for_load_state("networkidle")
        yield page, name
    for name, way in (("photo", ".thumb a"), ("photo-pair", "a[href*='/compare']")):
        page.locator(way).first.click()
        page.wait_for_load_state("networkidle")
        yield page, name


def owner_sign_in(served: Served) -> tuple[str, str]:
    """The e-mail address and password of the demo's owner, as the start printed them."""
    words = next(line.split() for line in served.said.splitlines() if "owner@" in line)
    return words[1], words[2]


def _walk(page: Page, served: Served, pages: dict[str, str]) -> Iterator[tuple[Page, str]]:
    for name, address in pages.items():
        page.goto(served.url + address.format(days=event_days(served)))
        page.wait_for_function(PICTURES_ARE_THERE)
        yield page, name


def event_days(served: Served) -> str:
    """A holiday that begins two days after the next session of who keeps dry, as an address
    carries it."""
    first, last = (served.now().date() + timedelta(days=days) for days in (8, 16))
    return f"from={first}&to={last}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
