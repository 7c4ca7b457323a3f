"""Looking at pages: variants of light, width and text size, and what axe finds in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.conftest import PHONE
from tests.journeys.served import Served
from tests.journeys.settling import count_fetches
from webapp.services import demo, logins, privacy
from webapp.services.attempts import Source
from webapp.services.demo_personas import DUBAI, Persona
from webapp.services.redemption import Attempt, by_code, enter

NARROW: ViewportSize = {"width": 320, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 900}
# A phone that stands still while it is looked at.
PICTURE = {"locale": "en-GB", "timezone_id": "Asia/Dubai", "reduced_motion": "reduce"}
# Everything axe knows for WCAG 2.2 AA and below, and its own advice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Variant:
    """One way to look at a page: options of a browser context, and the text's size."""

    name: str
    options: dict[str, Any] = field(default_factory=dict)
    text_percent: int = 100
    query: str = ""


LIGHT = Variant("light")
DARK = Variant("dark", {"color_scheme": "dark"})
NARROW_LIGHT = Variant("narrow", {"viewport": NARROW})
LARGE_TEXT = Variant("large-text", text_percent=200)
RIGHT_TO_LEFT = Variant("right-to-left", query="dir=rtl")
ROTATING = (DARK, NARROW_LIGHT, LARGE_TEXT, RIGHT_TO_LEFT)
ALL = (LIGHT, *ROTATING)
# What a page asks through its worker does not come past a test that keeps answers back.
WITHOUT_WORKER = Variant("without-worker", {"service_workers": "block"})


def show(page: Page, address: str, variant: Variant) -> None:
    """Open an address as the variant wants it; language and zone stay those of its context."""
    page.emulate_media(color_scheme=variant.options.get("color_scheme", "light"))
    page.set_viewport_size(variant.options.get("viewport", PHONE))
    joiner = "&" if "?" in address else "?"
    page.goto(f"{address}{joiner}{variant.query}" if variant.query else address)
    if variant.text_percent != LIGHT.text_percent:
        # What a person who enlarges the text of a phone does; the pages' style sheets allow no
        # inline style, so the size is set through the object model.
        page.evaluate(
            "percent => document.documentElement.style.fontSize = `${percent}%`",
            variant.text_percent,
        )


def violations(page: Page) -> list[str]:
    """What axe finds, one line a rule; the page is laid out at its full height first, because
    the bar at the thumb would cover whatever happens to be scrolled below it."""
    width = page.viewport_size
    assert width is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width["width"], "height": height + 200})
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    page.set_viewport_size(width)
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found.response["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether anything is wider than the screen."""
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider


def token_of(served: Served, persona: Persona, zone: str) -> str:
    """A login of a demo client who has agreed to the privacy notice, made beside the server, on a
    phone that has reported this time zone (or none yet)."""
    with served.beside.app_context():
        collaborators = served.beside.extensions["collaborators"]
        made = demo.persona_code(collaborators, persona.key)
        attempt = Attempt(by_code(made.code), Source(persona.key.encode()), "a phone")
        token = enter(collaborators, attempt)
        person = logins.find(collaborators, token)
        assert person is not None
        if not person.consented_version:
            privacy.consent(collaborators, person, 1)
        if zone:
            logins.report_zone(person, zone)
    return token


def phone_of(
    browser: Browser, served: Served, persona: Persona, variant: Variant, zone: str = DUBAI
) -> Page:
    """A signed-in client's phone. A page that reports its zone draws itself anew a moment later;
    to look at it in peace, the zone was reported before."""
    page = new_page(browser, variant)
    token = token_of(served, persona, zone)
    cookie: Any = {"name": "liftday", "value": token, "url": served.url}
    page.context.add_cookies([cookie])
    return page


def new_page(browser: Browser, variant: Variant) -> Page:
    """A page nobody is signed in on, phone-sized unless the variant says otherwise."""
    options: dict[str, Any] = PICTURE | {"viewport": PHONE} | variant.options
    context = browser.new_context(**options)
    count_fetches(context)
    return context.new_page()
