"""Every page there is: which rules answer with one, who opens it, and where.

The rules are read from the application. The values of their parameters are looked for among what
the demo clinic has, until the page opens; what has no page of its own is named in NOT_OPENED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from zlib import crc32

from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule

from tests.journeys.household import Belongings, belongings
from tests.journeys.looks import LIGHT, ROTATING, Variant, new_page, phone_of
from tests.journeys.photo_desk import staff_phone
from tests.journeys.served import Served
from webapp.domain.people import Role
from webapp.services.demo_personas import PERSONAS, Persona
from webapp.web.access import EVERYBODY, audience_of

A_FILE = "answers with a file or with data"
A_PART = "answers with a part of a page"
LEADS_ON = "only leads on to another page"
SECOND_FACTOR, PHOTOS = "test_second_factor_looks.py", "test_photo_looks.py"
PUSH, OFFLINE = "test_push_looks.py", "test_offline_looks.py"
FILES = (
    "/assets/<release>/<path:path>",
    "/assets/<release>/app-<colour>.css",
    "/calendar/<feed_token>.ics",
    "/dates/sessions/<int:number>/event.ics",
    "/dates/visits/<int:visit_id>/event.ics",
    "/favicon.ico",
    "/health",
    "/icons/<mark>/<picture>.png",
    "/manifest.webmanifest",
    "/offline.json",
    "/offline/shell.json",
    "/photos/<public_id>/<int:side>.<ending>",
    "/photos/<public_id>/download",
    "/push/key",
    "/service-worker.js",
    "/staff/clients/<int:client_id>/photos/export",
    "/staff/logo.png",
    "/staff/photos/<public_id>/<int:side>.<ending>",
    "/staff/photos/<public_id>/download",
    "/staff/photos/<public_id>/locked/<int:side>.<ending>",
    "/switches.json",
)
# Rules that are not opened here, each with the reason, or with who looks at it in a state of its
# own: with a device that keeps passkeys, a push service, a camera, a phone that has a copy.
NOT_OPENED = dict.fromkeys(FILES, A_FILE) | {
    "/all-answers": LEADS_ON,
    "/can-i/typed": A_PART,
    "/offline/update": A_PART,
    "/notifications/tests/<int:proof_id>": PUSH,
    "/offline/no-copy": OFFLINE,
    "/offline/signed-out": OFFLINE,
    "/sign-in/passkey": LEADS_ON,
    "/sign-in/staff/second": SECOND_FACTOR,
    "/sign-in/staff/second/passkey": SECOND_FACTOR,
    "/staff/clients/<int:client_id>/erase": PHOTOS,
    "/staff/clients/<int:client_id>/photos": PHOTOS,
    "/staff/clients/<int:client_id>/photos/ask": PHOTOS,
    "/staff/clients/<int:client_id>/photos/bin": PHOTOS,
    "/staff/clients/<int:client_id>/photos/camera": PHOTOS,
    "/staff/clients/<int:client_id>/photos/compare": PHOTOS,
    "/staff/clients/<int:client_id>/photos/consents": PHOTOS,
    "/staff/clients/<int:client_id>/photos/locked": PHOTOS,
    "/staff/clients/<int:client_id>/photos/new": PHOTOS,
    "/staff/photos/<public_id>": PHOTOS,
    "/staff/photos/<public_id>/delete": PHOTOS,
    "/staff/prove": SECOND_FACTOR,
    "/staff/prove/passkey": SECOND_FACTOR,
    "/staff/security/app": SECOND_FACTOR,
    "/staff/security/app/key": SECOND_FACTOR,
    "/staff/security/app/remove": SECOND_FACTOR,
    "/staff/security/passkeys/<int:passkey_id>": SECOND_FACTOR,
    "/staff/security/passkeys/<int:passkey_id>/remove": SECOND_FACTOR,
    "/staff/security/passkeys/new": SECOND_FACTOR,
    "/staff/security/recovery": SECOND_FACTOR,
    "/staff/settings/photos": PHOTOS,
}
NOBODY, CLIENT, STAFF = "nobody", "client", "staff"
# Whoever is only led on there, to a page of their own.
LED_ON = {("/", STAFF)}
# Open to everybody, and more to whoever is known.
ALSO_FOR_CLIENTS = {"/privacy", "/something-is-wrong"}
FIRST = "keep-dry"
PARAMETER = re.compile(r"<(?:[^>]*:)?(\w+)>")


@dataclass(frozen=True)
class Opened:
    """A page that is there, before somebody who may open it."""

    page: Page
    path: str
    variant: Variant


@dataclass
class Visitors:
    """Nobody, the demo's clients and its owner, each with a phone of their own."""

    browser: Browser
    served: Served
    phones: dict[str, Page] = field(default_factory=dict)
    belongings: Belongings = field(init=False)

    def __post_init__(self) -> None:
        self.belongings = belongings(self.served)

    def open(self, rule: str, who: str) -> Opened:
        """The first address of this rule that opens for this kind of visitor. Fails where there
        is none: let `household` have what it takes, or name the rule in NOT_OPENED."""
        for page, path in self._ways(rule, who):
            answer = page.context.request.get(self.served.url + path, max_redirects=0)
            if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
                return Opened(page, path, variant_of(rule, who))
        raise AssertionError(f"nobody of the demo opens {rule} as {who}")

    def _ways(self, rule: str, who: str) -> Iterator[tuple[Page, str]]:
        names = PARAMETER.findall(rule)
        for persona in sorted(PERSONAS, key=lambda one: one.key != FIRST):
            has = self.belongings[persona.key]
            for values in product(*(has.get(name, ()) for name in names)):
                filled = dict(zip(names, values, strict=True))
                path = PARAMETER.sub(lambda found: str(filled[found[1]]), rule)  # noqa: B023
                yield self._phone(who, persona), path
            if not names:
                return

    def _phone(self, who: str, persona: Persona) -> Page:
        key = persona.key if who == CLIENT else who
        if key not in self.phones:
            self.phones[key] = self._new_phone(who, persona)
        return self.phones[key]

    def _new_phone(self, who: str, persona: Persona) -> Page:
        if who == STAFF:
            return staff_phone(self.browser, self.served, LIGHT, "owner")
        if who == CLIENT:
            return phone_of(self.browser, self.served, persona, LIGHT)
        return new_page(self.browser, LIGHT)


def rules(served: Served) -> dict[str, Rule]:
    """Every rule that somebody can look at, by its words."""
    found = sorted(served.beside.url_map.iter_rules(), key=str)
    return {str(rule): rule for rule in found if "GET" in (rule.methods or ())}


def to_open(served: Served) -> list[tuple[str, str]]:
    """(rule, visitor) of every page that is opened here."""
    here = [rule for words, rule in rules(served).items() if words not in NOT_OPENED]
    found = [(str(rule), who) for rule in here for who in _visitors_of(served, rule)]
    return [one for one in found if one not in LED_ON]


def _visitors_of(served: Served, rule: Rule) -> Iterator[str]:
    audience = audience_of(served.beside, rule.endpoint)
    if audience == EVERYBODY:
        yield NOBODY
    if Role.CLIENT in audience or str(rule) in ALSO_FOR_CLIENTS:
        yield CLIENT
    if audience - {Role.CLIENT}:
        yield STAFF


def variant_of(rule: str, who: str) -> Variant:
    """The one way to look at this page; the same whatever other pages there are."""
    return ROTATING[crc32(f"{rule} {who}".encode()) % len(ROTATING)]
