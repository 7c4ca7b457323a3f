"""The app as a phone keeps it, in the words of the clinic and the language of the page."""

from __future__ import annotations

from typing import Any

from webapp.domain.colour import LIGHT_GROUND, accent_pair
from webapp.services.clinic import ClinicLook
from webapp.web.assets import asset_url
from webapp.web.icons import icon_mark, icon_url
from webapp.web.language import gettext as _
from webapp.web.language import reading

# Longer names are cut off under an icon.
LONGEST_SHORT = 12
# As tests/journeys/screens.py makes them; a test compares this with the files.
SCREENSHOTS = (("narrow", "390x844"), ("wide", "1280x800"))


def present_manifest(clinic: ClinicLook) -> dict[str, Any]:
    """The manifest's fields; see https://www.w3.org/TR/appmanifest/."""
    words = reading()
    return {
        "id": "/",
        "name": clinic.name,
        "short_name": short_name(clinic.name),
        "description": _("What you may do after your session, and from when."),
        "lang": words.lang,
        "dir": words.dir,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": accent_pair(clinic.accent_colour)[0],
        "background_color": LIGHT_GROUND,
        "orientation": "any",
        "categories": ["health", "lifestyle"],
        "launch_handler": {"client_mode": ["focus-existing", "auto"]},
        "icons": _icons(icon_mark(clinic)),
        "shortcuts": _shortcuts(icon_mark(clinic)),
        "screenshots": [_screenshot(form, sizes) for form, sizes in SCREENSHOTS],
    }


def short_name(name: str) -> str:
    """As many whole words as have room under an icon; of a long first word what has room.

    >>> short_name("Quiet Lake Clinic")
    'Quiet Lake'
    """
    if len(name) <= LONGEST_SHORT:
        return name
    cut = name[: LONGEST_SHORT + 1].rpartition(" ")[0].rstrip(" ,-–·&")
    return cut or name[:LONGEST_SHORT]


def _icons(mark: str) -> list[dict[str, str]]:
    return [
        _icon(mark, "any", 192),
        _icon(mark, "any", 512),
        _icon(mark, "maskable", 192),
        _icon(mark, "maskable", 512),
        _icon(mark, "monochrome", 512),
    ]


def _icon(mark: str, purpose: str, size: int) -> dict[str, str]:
    src = icon_url(mark, f"{purpose}-{size}")
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _shortcuts(mark: str) -> list[dict[str, Any]]:
    places = (
        (_("Can I wash?"), "/can-i?q=wash%20hair"),
        (_("Today"), "/"),
        (_("Dates"), "/dates"),
        (_("Photos"), "/photos"),
    )
    return [{"name": name, "url": url, "icons": [_icon(mark, "any", 192)]} for name, url in places]


def _screenshot(form: str, sizes: str) -> dict[str, str]:
    return {
        "src": asset_url(f"images/screenshot-{form}.png"),
        "sizes": sizes,
        "type": "image/png",
        "form_factor": form,
        "label": _("Today: what you may do now, and when the next thing lifts"),
    }
