"""Clients in words for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.edit_rules import EditRefused, healed_at
from webapp.services.client_access import ClientAccess
from webapp.services.clients import ClientFault, ClientFile, ClientLine
from webapp.services.courses import CourseFile, LocationCard, StillHealing
from webapp.web.icons import initials
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.client_access import access_rows, code_rows
from webapp.web.presenters.course_sessions import Desk, action
from webapp.web.presenters.courses import client_url, course_name, course_url
from webapp.web.presenters.edits import refusal_error
from webapp.web.presenters.times import on_date, when, zone_words

CODE_GROUP = 4
FAULTS: Mapping[ClientFault, tuple[str, str]] = {
    ClientFault.NAME_MISSING: ("name", later("Enter the client's name.")),
    ClientFault.NAME_TOO_LONG: ("name", later("The name is too long. Shorten it.")),
    ClientFault.NAME_UNREADABLE: (
        "name",
        later("There is a character in the name that cannot be shown. Type it again."),
    ),
    ClientFault.PHONE_WRONG: (
        "phone",
        later("We could not read this number. Enter it with the country, like +971 50 123 4567."),
    ),
    ClientFault.NOTE_TOO_LONG: ("note", later("The note is too long. Shorten it.")),
    ClientFault.NOTE_UNREADABLE: (
        "note",
        later("There is a character in the note that cannot be shown. Type it again."),
    ),
    ClientFault.LOCATION_UNKNOWN: ("location", later("Choose the location.")),
}


def fault_error(fault: ClientFault) -> dict[str, str]:
    """What is wrong, as an argument of components/form_errors.html."""
    field, words = FAULTS[fault]
    return {"field": field, "words": _(words)}


def search_page(query: str, found: Sequence[ClientLine], most: int) -> dict[str, Any]:
    """The list of clients, or why it is empty."""
    count = ngettext("%(num)s client", "%(num)s clients", len(found))
    return {
        "query": query,
        "rows": [_line(line) for line in found],
        "count": _("The first %(most)s. Type more to narrow it.", most=most)
        if len(found) >= most
        else count,
        "new_href": url_for("clients.add"),
        "past_href": url_for("clients.add_with_past"),
        "empty_title": _("Nobody by “%(query)s”", query=query) if query else _("No clients yet"),
        "empty_words": _(
            "Try the beginning of a first or last name, of the phone number or of "
            "the client's code."
        )
        if query
        else _("Add a client at the chair: name and phone are enough."),
    }


def _line(line: ClientLine) -> dict[str, str]:
    parts = [line.phone, line.location_name]
    detail = " · ".join(part for part in parts if part)
    return {
        "title": line.name,
        "detail": _("Restricted") if line.is_restricted else detail,
        "href": _href(line),
        "meta": line.code,
        "initials": initials(line.name),
    }


def _href(line: ClientLine) -> str:
    if line.is_restricted:
        return url_for("erasing.show", client_id=line.id)
    return client_url(line.id)


def _erase_href(client: ClientFile, desk: Desk) -> str:
    return url_for("erasing.show", client_id=client.id) if desk.person.is_owner else ""


def client_page(
    client: ClientFile,
    files: Sequence[CourseFile],
    access: ClientAccess,
    zone: ZoneInfo,
    desk: Desk,
) -> dict[str, Any]:
    """One client: the running course, older ones, the ways in. `zone` is the location's."""
    running = [file for file in files if file.closed_at is None][:1]
    return {
        "title": client.name,
        "label": _("Client %(code)s", code=client.code),
        "lead": client.location_name,
        "phone": client.phone,
        "note": client.note,
        "edit_href": client_url(client.id, "edit"),
        "code_href": url_for("invitations_desk.show", client_id=client.id),
        "as_client_href": url_for("as_client.show", client_id=client.id),
        "begin_href": client_url(client.id, "begin"),
        "erase_href": _erase_href(client, desk),
        "photos_href": url_for("photo_desk.show", client_id=client.id) if desk.is_clinician else "",
        "may_begin": any(_is_healed(file, desk) for file in running),
        "running": [_course_row(file, desk) for file in running],
        "older": [_course_row(file, desk) for file in files if file not in running],
        "access": [_phone_row(client), *access_rows(access, zone, desk)],
        "codes": code_rows(client, access, zone, desk),
    }


def _is_healed(file: CourseFile, desk: Desk) -> bool:
    healed = healed_at(file.course)
    return healed is not None and healed <= desk.now


def _phone_row(client: ClientFile) -> dict[str, str]:
    return {"term": _("Number"), "value": client.phone or _("not known")}


def _course_row(file: CourseFile, desk: Desk) -> dict[str, str]:
    done = sum(treatment.is_performed for treatment in file.course.live)
    progress = _(
        "%(done)s of %(planned)s sessions done", done=done, planned=file.course.planned_sessions
    )
    begun = _("begun %(date)s", date=on_date(file.created_at, file.course.zone, desk.now))
    return {
        "title": course_name(file),
        "detail": f"{progress} · {begun}",
        "href": course_url(file),
        "status_kind": "info",
        "status_words": _("Closed") if file.closed_at else "",
    }


def form_page(title: str, back_href: str, confirm_words: str) -> dict[str, Any]:
    """A form about a client."""
    return {
        "title": title,
        "back_href": back_href,
        "back_words": _("Clients"),
        "confirm_words": confirm_words,
    }


def past_page(zone: ZoneInfo, places: Sequence[LocationCard], desk: Desk) -> dict[str, Any]:
    """A client who comes with past sessions."""
    title = _("Client with past sessions")
    page = form_page(title, url_for("clients.search"), _("Add the client"))
    zones = {place.zone for place in places}
    note = zone_words(zone.key)
    if len(zones) > 1:
        note = _("Times are meant as the clocks of the location show them.")
    return page | {
        "lead": _("For somebody whose course began before Liftday."),
        "zone_note": note,
        "last_options": [("no", _("No, more to come")), ("yes", _("Yes, it was the last one"))],
    }


def past_error(refusal: EditRefused) -> dict[str, str]:
    """A refused past session, beside the rows."""
    return refusal_error(refusal) | {"field": "past_1_on"}


def edit_page(client: ClientFile) -> dict[str, Any]:
    """The form with what is kept of a client."""
    page = form_page(_("Edit client"), client_url(client.id), _("Save"))
    return page | {"label": client.name, "back_words": _("Client")}


def form_data(client: ClientFile) -> dict[str, str]:
    """A client's values as the form shows them."""
    return {
        "version": str(client.version),
        "name": client.name,
        "phone": client.phone,
        "location": str(client.location_id),
        "note": client.note,
    }


def stale(client: ClientFile) -> dict[str, str]:
    """Somebody else saved this client meanwhile; arguments for staff/parts/stale.html."""
    return {
        "title": _("A colleague has changed this client meanwhile"),
        "words": _(
            "Nothing of yours was saved. What you entered is still below: look at the "
            "client, then send it again."
        ),
        "href": client_url(client.id),
        "href_words": _("Look at it"),
    }


def begin_page(client: ClientFile, locations: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The form of a new course."""
    return {
        "locations": locations,
        "title": _("New course"),
        "label": client.name,
        "back_href": client_url(client.id),
        "back_words": _("Client"),
        "kind_options": [
            ("regular", _("Regular course"), _("From the consultation to healed.")),
            ("touch-up", _("Touch-up"), _("A correction or yearly refresh, usually one session.")),
        ],
        "confirm_words": _("Begin the course"),
    }


def healing_words(healing: StillHealing, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """An earlier course is over but still restricts. `zone` is the client's location's."""
    until = when(healing.until, zone, now)
    words = _(
        "The earlier course still protects the scalp until %(until)s. "
        "Begin the new course after that. If the earlier one was closed by mistake, open it again.",
        until=until,
    )
    url = url_for("courses.show", course_id=healing.course_id)
    return {"words": words, "actions": [action(_("Open it"), url, "second")]}


def running_words(course_id: int) -> dict[str, Any]:
    """A course that is running already stands in the way of a new one."""
    return {
        "words": _(
            "This client already has a running course. Close it, or wait until it has healed."
        ),
        "actions": [action(_("Open it"), url_for("courses.show", course_id=course_id), "second")],
    }
