"""The privacy notice and consents, in words."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from webapp.domain.people import SignedIn
from webapp.services import locations
from webapp.services.privacy import Given, Notice
from webapp.web.context import moment
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.presenters.times import long_date, when
from webapp.web.presenters.zones import own_zone


def notice_page(notice: Notice | None) -> dict[str, Any]:
    """Values of public/privacy.html."""
    return {"version_words": _version_words(notice), "paragraphs": paragraphs(notice)}


def consent_page(notice: Notice | None, form: Form) -> dict[str, Any]:
    """Values of account/consent.html."""
    return notice_page(notice) | {
        "form": form,
        "version": notice.version if notice else 0,
        "errors": errors_of(form),
    }


def record_page(notice: Notice | None, given: list[Given], person: SignedIn) -> dict[str, Any]:
    """Values of account/privacy.html: what this client agreed to, and when."""
    return notice_page(notice) | {
        "rows": [_consent_row(one, person) for one in given],
        "has_consented": any(one.withdrawn_at is None for one in given),
    }


def paragraphs(notice: Notice | None) -> list[str]:
    """The text as paragraphs: an empty line parts two."""
    text = notice.text.replace("\r\n", "\n") if notice else ""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _version_words(notice: Notice | None) -> str:
    if notice is None:
        return ""
    published = long_date(notice.published_at, locations.home_zone())
    return _("Version %(number)s, %(date)s", number=notice.version, date=published)


def _consent_row(one: Given, person: SignedIn) -> dict[str, str]:
    zone, now = own_zone(person), moment()
    note = ""
    if one.withdrawn_at:
        note = _("Withdrawn %(when)s", when=when(one.withdrawn_at, zone, now))
    return {
        "term": _("Version %(number)s", number=one.version),
        "value": _("Agreed %(when)s", when=when(one.consented_at, zone, now)),
        "note": note,
    }
