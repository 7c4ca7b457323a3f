"""The manifest, field by field, and the icons and pictures that it names."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.web.house import House
from tests.web.personas import Personas
from webapp.persistence.tables import Clinic
from webapp.web.assets import asset_url
from webapp.web.presenters.manifest import short_name

ADDRESS = "/manifest.webmanifest"
LABEL = "Today: what you may do now, and when the next thing lifts"


def manifest_of(browser: FlaskClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = browser.get(ADDRESS + query).get_json(force=True)
    return found


def become(house: House, name: str, colour: str) -> None:
    with house.writer() as writer:
        clinic = writer.get(Clinic, 1)
        assert clinic is not None
        clinic.name, clinic.accent_colour = name, colour


def icon(mark: str, purpose: str, size: int) -> dict[str, str]:
    src = f"/icons/{mark}/{purpose}-{size}.png"
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def screenshot(form: str, sizes: str) -> dict[str, str]:
    src = asset_url(f"images/screenshot-{form}.png")
    kind = {"sizes": sizes, "type": "image/png", "form_factor": form, "label": LABEL}
    return {"src": src, **kind}


def expected(mark: str, **own: str) -> dict[str, Any]:
    """All of it, with what is a clinic's and a language's own."""
    first = {"icons": [icon(mark, "any", 192)]}
    kinds = (("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512), ("monochrome", 512))
    return own | {
        "id": "/",
        "description": "What you may do after your session, and from when.",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f6f6",
        "orientation": "any",
        "categories": ["health", "lifestyle"],
        "launch_handler": {"client_mode": ["focus-existing", "auto"]},
        "icons": [icon(mark, purpose, size) for purpose, size in kinds],
        "shortcuts": [
            {"name": "Can I wash?", "url": "/can-i?q=wash%20hair", **first},
            {"name": "Today", "url": "/", **first},
            {"name": "Dates", "url": "/dates", **first},
            {"name": "Photos", "url": "/photos", **first},
        ],
        "screenshots": [screenshot("narrow", "390x844"), screenshot("wide", "1280x800")],
    }


@pytest.mark.parametrize(
    ("name", "short", "colour", "theme"),
    [
        ("Atelier", "Atelier", "#0f766e", "#0f766e"),
        ("Quiet Lake Clinic", "Quiet Lake", "#f2c14e", "#886c2c"),
    ],
)
def test_every_field_is_the_clinics_own(
    house: House, name: str, short: str, colour: str, theme: str
) -> None:
    become(house, name, colour)
    found = manifest_of(house.browser())
    mark = found["icons"][0]["src"].split("/")[2]
    own = {"name": name, "short_name": short, "theme_color": theme, "lang": "en", "dir": "ltr"}
    assert found == expected(mark, **own)


def test_a_page_read_from_right_to_left_leads_to_a_manifest_that_is(house: House) -> None:
    browser = house.browser()
    page = browser.get("/something-is-wrong?dir=rtl").text
    assert '<link rel="manifest" href="/manifest.webmanifest?lang=en&amp;dir=rtl">' in page
    found = manifest_of(browser, "?lang=en&dir=rtl")
    mark = found["icons"][0]["src"].split("/")[2]
    own = {"name": "Atelier", "short_name": "Atelier", "theme_color": "#0f766e"}
    assert found == expected(mark, **own, lang="en", dir="rtl")


def test_another_language_gets_words_of_its_own(house: House) -> None:
    found = manifest_of(house.browser(), "?lang=x-pseudo")
    assert found["lang"] == "x-pseudo"
    assert found["description"].startswith("[")


def test_it_is_asked_for_again_each_time_and_mostly_unchanged(house: House) -> None:
    first = house.browser().get(ADDRESS)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.content_type == "application/manifest+json; charset=utf-8"
    again = {"If-None-Match": first.headers["ETag"]}
    assert house.browser().get(ADDRESS, headers=again).status_code == 304
    become(house, "Another", "#0f766e")
    assert house.browser().get(ADDRESS, headers=again).status_code == 200


def test_declared_sizes_and_types_are_those_of_the_files(house: House) -> None:
    browser, found = house.browser(), manifest_of(house.browser())
    for one in [*found["icons"], *found["screenshots"]]:
        answer = browser.get(one["src"])
        with Image.open(BytesIO(answer.data)) as picture:
            assert f"{picture.width}x{picture.height}" == one["sizes"], one["src"]
            assert (picture.format, answer.content_type) == ("PNG", one["type"])


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Atelier Nor", "Atelier Nor"),
        ("Twelve signs", "Twelve signs"),
        ("Twelve signs more", "Twelve signs"),
        ("Hair & Scalp Studio", "Hair & Scalp"),
        ("Trichopigmentation", "Trichopigmen"),
        ("Lake – and shore house", "Lake – and"),
    ],
)
def test_a_short_name_ends_with_a_word(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize("picture", ["any-9999", "any-193", "../any-192", "apple-180%00", "any"])
def test_no_other_size_is_drawn(house: House, picture: str) -> None:
    assert house.browser().get(f"/icons/{'0' * 10}/{picture}.png").status_code == 404


def test_an_address_is_kept_for_ever_only_while_it_names_this_look(house: House) -> None:
    browser = house.browser()
    address = manifest_of(browser)["icons"][0]["src"]
    before = browser.get(address)
    assert "immutable" in before.headers["Cache-Control"]
    become(house, "Blue Door", "#1d4ed8")
    after = browser.get(address)
    assert "immutable" not in after.headers["Cache-Control"]
    assert after.data != before.data
    assert manifest_of(browser)["icons"][0]["src"] != address


def test_every_page_links_the_clinics_icons(house: House) -> None:
    page = house.browser().get("/sign-in").text
    assert '/favicon-48.png" type="image/png">' in page
    assert '/apple-180.png">' in page


def test_each_shortcut_leads_to_a_page_of_the_client(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    titles = {
        one["name"]: phone.get(one["url"]).text.partition("<title>")[2].partition(" ·")[0]
        for one in manifest_of(phone)["shortcuts"]
    }
    assert titles == {
        "Can I wash?": "Can I …?",
        "Today": "Today",
        "Dates": "Dates",
        "Photos": "Photos",
    }
    answer = phone.get("/can-i?q=wash%20hair").text
    assert "Until Thursday 5 March, 16:30" in answer
