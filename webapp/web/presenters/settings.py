"""The settings pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for

from webapp.domain.colour import accent_pair, is_colour
from webapp.domain.people import SignedIn
from webapp.services import (
    alarms,
    clinic_settings,
    locations,
    privacy,
    second_factors,
    sending_health,
    staff_accounts,
)
from webapp.services.clinic_settings import ClinicSettings
from webapp.web.context import collaborators, moment
from webapp.web.forms.clinic import DetailsForm
from webapp.web.forms.phones import as_shown
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.conflicts import conflict
from webapp.web.presenters.security import security_row
from webapp.web.presenters.sending import sending_row
from webapp.web.presenters.times import when
from webapp.web.presenters.zones import own_zone

ALARM_SHOWN_SPAN = timedelta(days=7)


def overview(person: SignedIn) -> dict[str, Any]:
    """Values of settings/show.html: rows of the clinic for its owner, own rows for everybody."""
    return {
        "clinic_rows": _clinic_rows() if person.is_owner else [],
        "own_rows": [
            security_row(second_factors.of(person.account_id)),
            {
                "title": _("Signed-in devices"),
                "detail": _("See them, and sign out the ones you no longer use"),
                "href": url_for("devices.show"),
                "icon_name": "device",
            },
            {
                "title": _("Notifications"),
                "detail": _("Be told on this device what waits for you"),
                "href": url_for("notifications.show"),
                "icon_name": "bell",
            },
        ],
        "alarm": _alarm(person) if person.is_owner else None,
    }


def _clinic_rows() -> list[dict[str, Any]]:
    details = clinic_settings.current().details
    places = [place for place in locations.every() if not place.archived_at]
    people = [one for one in staff_accounts.staff() if not one.is_disabled]
    return [
        {
            "title": _("Name, colour and numbers"),
            "detail": details.name,
            "href": url_for("settings.details"),
            "icon_name": "home",
        }
        | _needed(bool(details.emergency_number), _("Add the emergency number")),
        {
            "title": _("Locations and hours"),
            "detail": ", ".join(place.details.name for place in places),
            "href": url_for("locations.show"),
            "icon_name": "pin",
        }
        | _needed(bool(places), _("Add a location")),
        _notice_row(),
        {
            "title": _("Logo and photos"),
            "detail": _("The clinic’s logo, and how long photos must be kept"),
            "href": url_for("photo_settings.show"),
            "icon_name": "photo",
        },
        {
            "title": _("Warning signs"),
            "detail": _("What clients read under Something is wrong"),
            "href": url_for("warning_signs.show"),
            "icon_name": "alert",
        },
        {
            "title": _("What clients ask"),
            "detail": _("Searches without an answer, and your own words"),
            "href": url_for("radar.show"),
            "icon_name": "question",
        },
        {
            "title": _("Staff"),
            "detail": ngettext("%(num)s person", "%(num)s people", len(people)),
            "href": url_for("staff_accounts.show"),
            "icon_name": "users",
        },
        sending_row(sending_health.health(collaborators())),
    ]


def _notice_row() -> dict[str, Any]:
    notice = privacy.in_force()
    detail = _("Version %(number)s", number=notice.version) if notice else _("Not filled in yet")
    return {
        "title": _("Privacy notice"),
        "detail": detail,
        "href": url_for("notice.show"),
        "icon_name": "lock",
    } | _needed(notice is not None, _("Needed before clients are invited"))


def _needed(is_there: bool, words: str) -> dict[str, str]:
    return {} if is_there else {"status_kind": "wait", "status_words": words}


def _alarm(person: SignedIn) -> dict[str, Any] | None:
    at = alarms.last_at(moment() - ALARM_SHOWN_SPAN)
    if at is None:
        return None
    return {
        "kind": "wait",
        "title": _("Somebody is guessing codes"),
        "words": _(
            "On %(when)s there were more than 200 wrong codes within an hour. Codes from the desk "
            "keep working. If it goes on, tell whoever runs your server.",
            when=when(at, own_zone(person), moment()),
        ),
    }


def details_form(current: ClinicSettings) -> DetailsForm:
    """The form as it stands in the database."""
    found = current.details
    return DetailsForm(
        data={
            "version": str(current.version),
            "name": found.name if current.version else "",
            "accent_colour": found.accent_colour,
            "emergency_number": as_shown(found.emergency_number),
            "whatsapp": as_shown(found.whatsapp),
            "offers": found.offers,
        }
    )


def details_page(form: DetailsForm, saved: DetailsForm | None = None) -> dict[str, Any]:
    """Values of settings/clinic.html; `saved` is what somebody else saved meanwhile."""
    labels = {
        "name": _("Name"),
        "accent_colour": _("Colour"),
        "emergency_number": _("Emergency number"),
        "whatsapp": _("WhatsApp"),
        "offers": _("Offers"),
    }
    return {
        "form": form,
        "labels": labels,
        "errors": errors_of(form),
        "conflict": conflict(form, saved, labels),
        "colours": _colours(form.accent_colour.data or ""),
    }


def _colours(chosen: str) -> dict[str, str] | None:
    """The chosen colour and what pages show of it, in light and dark."""
    if not is_colour(chosen):
        return None
    light, dark = accent_pair(chosen)
    return {"chosen": chosen.lower(), "light": light, "dark": dark}
