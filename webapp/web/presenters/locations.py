"""The pages on which the owner keeps locations."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.services import locations
from webapp.services.locations import DEFAULT_ZONE, LocationRecord
from webapp.web.forms.clinic import DAYS, LocationForm
from webapp.web.forms.phones import as_shown
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.presenters.conflicts import conflict
from webapp.web.presenters.times import weekday_names, zone_words
from webapp.web.presenters.welcome import zone_options


def location_rows() -> list[dict[str, Any]]:
    """Arguments of components/list_row.html."""
    return [
        {
            "title": one.details.name,
            "detail": one.details.address or zone_words(one.details.time_zone),
            "href": url_for("locations.edit", location_id=one.location_id),
            "icon_name": "pin",
        }
        | ({"status_kind": "info", "status_words": _("Archived")} if one.archived_at else {})
        for one in locations.every()
    ]


def location_form(record: LocationRecord) -> LocationForm:
    """The form as the location stands in the database."""
    found = record.details
    hours: dict[str, str] = {}
    for day, span in enumerate(found.opening_hours):
        hours |= {f"opens_{day}": span[0], f"closes_{day}": span[1]} if span else {}
    return LocationForm(
        data={
            "version": str(record.version),
            "name": found.name,
            "address": found.address,
            "phone": as_shown(found.phone),
            "time_zone": found.time_zone,
        }
        | hours
    )


def zone_in_use_words() -> str:
    """Why the time zone cannot change now, and what to do."""
    return _(
        "Courses here are counted by the present time zone. Close them first and let their "
        "restrictions end, or add a new location instead."
    )


def location_page(
    form: LocationForm, record: LocationRecord | None = None, saved: LocationForm | None = None
) -> dict[str, Any]:
    """Values of settings/location.html; without a record it is a new location."""
    labels = {
        "name": _("Name"),
        "address": _("Address"),
        "phone": _("Phone"),
        "time_zone": _("Time zone"),
    }
    days = _days(form)
    return {
        "form": form,
        "labels": labels,
        "errors": errors_of(form),
        "conflict": conflict(form, saved, labels | _hour_labels(days)),
        "days": days,
        "zones": zone_options(form.time_zone.data or DEFAULT_ZONE),
        "zone": form.time_zone.data or DEFAULT_ZONE,
        "record": record,
    }


def _days(form: LocationForm) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "opens": form[f"opens_{day}"],
            "closes": form[f"closes_{day}"],
            "opens_label": _("%(day)s, opens", day=name),
            "closes_label": _("%(day)s, closes", day=name),
        }
        for day, name in zip(DAYS, weekday_names(), strict=True)
    ]


def _hour_labels(days: list[dict[str, Any]]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for day in days:
        labels |= {day["opens"].name: day["opens_label"], day["closes"].name: day["closes_label"]}
    return labels
