"""One appointment of a client: when, where, what to prepare, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import url_for

from webapp.domain.appointments import starting_again
from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.plan import AftercarePlan
from webapp.services.dates import SessionFound, VisitFound
from webapp.services.today import Facts
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View, sentence, shortened, waits_for
from webapp.web.presenters.dates import visit_title
from webapp.web.presenters.help import HelpBar, help_of
from webapp.web.presenters.opening_hours import Day, opening
from webapp.web.presenters.preparation import Checklist, checklist
from webapp.web.presenters.times import at_time, in_own_zone, iso, next_quarter, zone_words
from webapp.web.presenters.wash import WASHING

MOST_NAMES = 8
# Opens in the app for maps that a phone has, on iPhones and Android phones alike, else in the
# browser; `geo:` does nothing on an iPhone.
MAPS = "https://www.google.com/maps/search/?"
# Nobody else learns from which page, or that it was from here, a map was asked for.
OUTSIDE = {"target": "_blank", "rel": "noreferrer"}


class AppointmentPage(NamedTuple):
    """Everything the page says. `buttons`: arguments of components/button.html. `changes_at`
    (UTC) as on Today."""

    title: str
    when: str
    at: str
    status_kind: str
    status_words: str
    note: str
    lines: list[dict[str, str]]
    buttons: list[dict[str, Any]]
    checklist: Checklist | None
    again: str
    hours: Sequence[dict[str, str]]
    help: HelpBar
    changes_at: datetime


def present_session(found: SessionFound, now: datetime, own_zone: str) -> AppointmentPage:
    """Word one treatment session at `now` (UTC)."""
    facts, treatment = found.facts, found.treatment
    plan, starts_at = facts.plan, treatment.starts_at
    assert plan is not None
    assert starts_at is not None
    view = View(now, facts.zone, own_zone)
    is_ahead = treatment.status is SessionStatus.SCHEDULED and starts_at > now
    event = url_for("appointments.session_event", number=treatment.number) if is_ahead else ""
    frame = _page(facts, _("Session %(number)s", number=treatment.number), starts_at, view)
    kind, words, note = _session_state(treatment, view)
    return frame._replace(
        when=_span(treatment, view),
        status_kind=kind,
        status_words=words,
        note=note,
        buttons=_buttons(facts, event) if is_ahead else [],
        checklist=checklist(plan, treatment.number, found.ticked, view),
        again=_again(plan, starts_at) if is_ahead else "",
        hours=_hours(found.week, view) if is_ahead else [],
        changes_at=min(filter(None, (frame.changes_at, plan.next_switch_after(now)))),
    )


def present_visit(found: VisitFound, now: datetime, own_zone: str) -> AppointmentPage:
    """Word one consultation or follow-up at `now` (UTC)."""
    view = View(now, found.facts.zone, own_zone)
    visit = found.visit
    is_ahead = visit.status == "scheduled" and visit.starts_at > now
    event = url_for("appointments.visit_event", visit_id=visit.id) if is_ahead else ""
    kind, words = _visit_state(visit.status, is_ahead)
    return _page(found.facts, visit_title(visit.kind), visit.starts_at, view)._replace(
        status_kind=kind,
        status_words=words,
        buttons=_buttons(found.facts, event) if is_ahead else [],
        hours=_hours(found.week, view) if is_ahead else [],
    )


def _page(facts: Facts, title: str, starts_at: datetime, view: View) -> AppointmentPage:
    """What every appointment has, whatever became of it."""
    zone = zone_words(view.zone.key)
    return AppointmentPage(
        title=title,
        when=_("%(when)s, %(zone)s", when=view.long(starts_at), zone=zone),
        at=iso(starts_at),
        status_kind="",
        status_words="",
        note="",
        lines=_lines(facts, starts_at, view),
        buttons=[],
        checklist=None,
        again="",
        hours=[],
        help=help_of(facts),
        changes_at=min(starts_at, next_quarter(view.now))
        if starts_at > view.now
        else next_quarter(view.now),
    )


def _lines(facts: Facts, starts_at: datetime, view: View) -> list[dict[str, str]]:
    """The rows of components/facts.html."""
    own = in_own_zone(starts_at, view.zone, view.own_zone, view.now)
    address = ", ".join(filter(None, (facts.place.name, facts.place.address)))
    lines = (("clock", own), ("pin", address))
    return [{"icon": icon, "words": words} for icon, words in lines if words]


def _span(treatment: TreatmentSession, view: View) -> str:
    """`Monday 2 March, 13:00 to 16:30, Dubai time`; the end only where it is known."""
    assert treatment.starts_at is not None
    when = view.long(treatment.starts_at)
    if treatment.ended_at:
        when = _("%(begun)s to %(end)s", begun=when, end=at_time(treatment.ended_at, view.zone))
    return _("%(when)s, %(zone)s", when=when, zone=zone_words(view.zone.key))


def _session_state(treatment: TreatmentSession, view: View) -> tuple[str, str, str]:
    """(kind and words of a badge, a sentence)."""
    settled = {
        SessionStatus.PERFORMED: ("yes", _("Done")),
        SessionStatus.CANCELLED: ("no", _("Cancelled")),
        SessionStatus.MISSED: ("no", _("Did not take place")),
    }
    if treatment.status in settled:
        return *settled[treatment.status], ""
    if treatment.starts_at and treatment.starts_at > view.now:
        return "info", _("Booked"), _("The time is firm unless your clinic moves it.")
    return "wait", _("Not confirmed yet"), sentence(waits_for(treatment.number))


def _visit_state(status: str, is_ahead: bool) -> tuple[str, str]:
    if status == "scheduled":
        return ("info", _("Booked")) if is_ahead else ("wait", _("Not confirmed yet"))
    return {
        "held": ("yes", _("Done")),
        "cancelled": ("no", _("Cancelled")),
        "missed": ("no", _("Did not take place")),
    }.get(status, ("ask", _("Ask your clinic")))


def _buttons(facts: Facts, event_href: str) -> list[dict[str, Any]]:
    """The ways on: into the calendar, to the place, to somebody who answers."""
    buttons = [_button(_("Add to calendar"), "calendar", event_href, "primary")]
    if facts.place.address:
        href = MAPS + urlencode({"api": "1", "query": facts.place.address})
        buttons.append(_button(_("Open in Maps"), "pin", href) | {"extra": OUTSIDE})
    if facts.place.phone:
        buttons.append(_button(_("Call"), "phone", f"tel:{facts.place.phone}"))
    return buttons


def _button(words: str, icon_name: str, href: str, kind: str = "second") -> dict[str, Any]:
    return {"words": words, "kind": kind, "icon_name": icon_name, "href": href}


def _again(plan: AftercarePlan, starts_at: datetime) -> str:
    """`Hair wash, Shampoo, Touching, 12 more`: what has to wait anew once the session begins."""
    again = starting_again(plan, starts_at)
    hidden = WASHING - {"wash-hair"} if "wash-hair" in again else frozenset()
    names = [plan.protocol.activities[one].name for one in again if one not in hidden]
    return ", ".join(shortened(names, MOST_NAMES))


def _hours(week: Sequence[Day], view: View) -> Sequence[dict[str, str]]:
    """The rows of components/data_list.html."""
    found = opening("", week, view.zone, view.now)
    rows = found.rows if found else []
    return [{"term": row["when"], "value": row["hours"]} for row in rows]
