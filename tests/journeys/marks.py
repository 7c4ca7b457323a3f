"""What on a phone tells whose it was: names, numbers, addresses that are theirs alone, dates."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys import photo_desk
from tests.journeys.offline_phone import keep_in_database, stored
from tests.journeys.served import Served
from webapp.services.demo_personas import PERSONAS

PHOTO_ID = re.compile(r"/photos/([\w-]{16,24})")


def marks_of(page: Page) -> set[str]:
    """The dates that stand on this client's pages and on nobody else's."""
    text = stored(page)
    return set(re.findall(r'datetime="([^"]+)"', text)) | set(
        re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text)
    )


def bytes_of(marks: set[str], page: Page) -> int:
    """How much of these marks is still on this phone, or on the page that it shows."""
    text = stored(page)
    return sum(len(mark) * text.count(mark) for mark in marks)


def tell_who(page: Page, served: Served, key: str) -> set[str]:
    """Walk over the pages that say who this client is; each mark was seen on this phone."""
    persona = next(persona for persona in PERSONAS if persona.key == key)
    return {
        *_seen(page, {persona.name}, f"{served.url}/devices"),
        *_seen(page, _photos(page, served, key)),
        *_seen(page, {_feed(page, served)}),
    }


def keep_number(page: Page, key: str) -> set[str]:
    """This client's phone number, which none of their pages shows, in a database of the browser:
    whoever signs out leaves that as little as anything else."""
    number = next(persona.phone for persona in PERSONAS if persona.key == key)
    keep_in_database(page, "left-behind", number)
    return _seen(page, {number, f"in a file: {number}"})


def _seen(page: Page, marks: set[str], address: str = "") -> set[str]:
    """These marks, all of them on the phone while the page is open that shows them."""
    if address:
        page.goto(address)
    text = stored(page)
    assert marks
    assert [mark for mark in marks if mark not in text] == []
    return marks


def _photos(page: Page, served: Served, key: str) -> set[str]:
    """The ids in the addresses of this client's photos."""
    photo_desk.until_stored(served, photo_desk.client_of(served, key), 1)
    page.goto(f"{served.url}/photos?show=yes")
    expect(page.locator("main img").first).to_be_attached()
    return set(PHOTO_ID.findall(page.content()))


def _feed(page: Page, served: Served) -> str:
    """The address from which a calendar reads this client's dates."""
    page.goto(f"{served.url}/dates/calendar")
    page.locator(".choice-form button").click()
    return page.locator(".address").inner_text().rpartition("/")[2]
