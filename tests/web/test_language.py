"""Every text of the client's pages can be translated, and read from right to left."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SECRET, settings_for
from tests.web.personas import Personas
from webapp import create_app
from webapp.persistence.database import db
from webapp.services.demo_personas import PERSONAS
from webapp.web.language import gettext, ngettext

KEYS = [persona.key for persona in PERSONAS]
ASKED = ["/can-i?q=gym", "/can-i?q=shower", "/can-i?q=fly+a+kite", "/can-i?q=sauna&day=2026-04-01"]
PAGES = ["/", "/can-i", *ASKED, "/dates", "/something-is-wrong"]
PAGES += ["/sheet", "/hairdresser-card", "/slip", "/about-treatment"]
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
UNSPOKEN = {"script", "style"}
# What belongs to this clinic and is nobody's to translate; a day's name is the calendar's.
DATA = {"Halo Scalp Studio", "HS", "Marina Walk", "Vitosha Boulevard", "Sun"}
DATA |= {"http://localhost/", *(persona.name for persona in PERSONAS)}
ADDRESS = re.compile(r"(Marina Walk|Vitosha Boulevard), 12 \1")
NO_WORDS = re.compile(r"[\d\s:+–·,.%]*")
PRODUCTION = {"mode": "production", "base_url": "https://care.clinic.bg", "secret_key": SECRET}


class Texts(HTMLParser):
    """All that a page says: its text, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        if data.strip() and self.within not in UNSPOKEN:
            self.found.append(" ".join(data.split()))


def texts_of(body: str) -> list[str]:
    """Every text of a page in words; numbers, times and the clinic's own data left out."""
    parser = Texts()
    parser.feed(body)
    return [
        text
        for text in parser.found
        if text not in DATA and not NO_WORDS.fullmatch(text) and not ADDRESS.fullmatch(text)
    ]


def with_query(page: str, query: str) -> str:
    """The address with one more part in its query."""
    return f"{page}{'&' if '?' in page else '?'}{query}"


@pytest.fixture
def production(personas: Personas, told: Path, tmp_path: Path) -> FlaskClient:
    """Marta's phone at a clinic in production, behind HTTPS."""
    shutil.copy(told, tmp_path / "test.sqlite")
    app = create_app(settings_for(tmp_path, **PRODUCTION), personas.clock)
    with app.app_context():
        cookie = Personas(app, personas.clock).phone("keep-dry").get_cookie("liftday")
        db.engine.dispose()
    assert cookie is not None
    phone = app.test_client()
    phone.set_cookie("__Host-liftday", cookie.value, domain="care.clinic.bg", secure=True)
    return phone


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_translated(personas: Personas, key: str, page: str) -> None:
    answer = personas.phone(key, "Asia/Kathmandu").get(with_query(page, "lang=x-pseudo"))
    texts = texts_of(answer.text)
    assert len(texts) > 10
    assert [text for text in texts if "[" not in text] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_page_in_english_has_no_bracket(personas: Personas, key: str) -> None:
    texts = texts_of(personas.phone(key).get("/").text)
    assert [text for text in texts if "[" in text] == []


def test_the_words_of_the_scripts_are_translated_too(personas: Personas) -> None:
    body = personas.phone("keep-dry").get("/?lang=x-pseudo").text
    found = re.search(r'data-labels="([^"]+)"', body)
    assert found is not None
    labels = json.loads(found[1].replace("&#34;", '"'))
    words = [labels["join"], labels["whole"], labels["done"]]
    words += [form for _seconds, forms in labels["units"] for form in forms.values()]
    assert [text for text in words if not text.startswith("[")] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_from_right_to_left(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    assert '<html lang="en" dir="rtl"' in phone.get(with_query(page, "dir=rtl")).text
    assert '<html lang="en" dir="ltr"' in phone.get(page).text


def test_one_request_leaves_nothing_to_the_next(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    before = phone.get("/").data
    phone.get("/?lang=x-pseudo&dir=rtl")
    assert phone.get("/").data == before


@pytest.mark.parametrize("query", ["lang=x-pseudo", "dir=rtl", "lang=x-pseudo&dir=rtl"])
def test_production_reads_neither(production: FlaskClient, query: str) -> None:
    answer = production.get(f"/?{query}", base_url="https://care.clinic.bg")
    assert answer.status_code == 200
    assert "Can I wash my hair?" in answer.text
    assert '<html lang="en" dir="ltr"' in answer.text


@pytest.mark.parametrize("at", ["2026-03-06T17:00:00Z", "", "tomorrow"])
def test_production_refuses_to_travel_in_time(production: FlaskClient, at: str) -> None:
    url = "https://care.clinic.bg"
    assert production.get(f"/?at={at}", base_url=url).status_code == 400
    assert production.get("/", base_url=url).status_code == 200


def test_outside_production_a_page_travels_in_time(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    assert "Water only" in phone.get("/?at=2026-03-05T16:30:00%2B04:00").text
    assert "Keep dry" in phone.get("/?at=2026-03-05T16:29:59%2B04:00").text


def test_placeholders_survive_the_pseudo_language(app: Flask) -> None:
    with app.test_request_context("/?lang=x-pseudo"):
        app.preprocess_request()
        assert gettext("Until %(when)s", when="Monday") == "[Ûñtîl Monday]"
        assert ngettext("%(num)s day", "%(num)s days", 2) == "[2 dàýs]"
        app.do_teardown_request()
