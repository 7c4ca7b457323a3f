"""A client's dates, past and to come, with what is sure and what is an estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from flask import url_for

from webapp.domain.appointments import numbered_session
from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.plan import AftercarePlan, Lift
from webapp.services.today import Facts, FoundVisit
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View, sentence, waits_for
from webapp.web.presenters.help import HelpBar, help_of
from webapp.web.presenters.no_plan import no_plan_words, unreadable_words
from webapp.web.presenters.times import in_own_zone, iso, next_quarter, zone_words
from webapp.web.presenters.wash import lifted_words

MOST_NAMES = 5
# A date on which nothing happened: no check mark may stand beside it.
OFF, OFF_STATUSES = "off", ("cancelled", "missed")
NO_DATE = datetime.max.replace(tzinfo=UTC)


class Entry(NamedTuple):
    """One date, as components/timeline.html takes it; `sort_at` only orders them."""

    sort_at: datetime
    state: str
    title: str
    when: str = ""
    at: str = ""
    firmness: str = ""
    detail: str = ""
    lines: Sequence[Mapping[str, str]] = ()
    href: str = ""


class DatesPage(NamedTuple):
    """Everything the page says; `changes_at` (UTC) as on Today. `warning` stands where dates are
    missing, however many are shown."""

    lead: str
    warning: str
    empty_words: str
    entries: list[Entry]
    help: HelpBar
    changes_at: datetime


def present_dates(
    facts: Facts, visits: Sequence[FoundVisit], now: datetime, own_zone: str = ""
) -> DatesPage:
    """Word all dates of the newest course at `now` (UTC), the earliest first."""
    view = View(now, facts.zone, own_zone)
    entries = [_visit(visit, facts, view) for visit in visits]
    changes = [next_quarter(now)]
    if facts.plan:
        entries += _of_course(facts, facts.plan, view)
        changes.append(facts.plan.next_switch_after(now) or next_quarter(now))
    changes += [visit.starts_at for visit in visits if visit.starts_at > now]
    entries.sort(key=lambda entry: entry.sort_at)
    warning = unreadable_words() if facts.is_unreadable and entries else ""
    return DatesPage(
        _lead(view), warning, no_plan_words(facts), entries, help_of(facts), min(changes)
    )


def _lead(view: View) -> str:
    zone = zone_words(view.zone.key)
    if in_own_zone(view.now, view.zone, view.own_zone, view.now):
        own = zone_words(view.own_zone)
        return _("Times are %(zone)s; %(own)s stands beside them.", zone=zone, own=own)
    return _("Times are %(zone)s.", zone=zone)


def _of_course(facts: Facts, plan: AftercarePlan, view: View) -> Iterator[Entry]:
    for treatment in plan.course.sessions:
        entry = _session(treatment, facts, plan, view)
        # A number leads to one page; what was planned anew stands there instead of what was off.
        if numbered_session(plan.course, treatment.number) is treatment:
            href = url_for("appointments.session", number=treatment.number)
            entry = entry._replace(href=href)
        yield entry
    for lift in plan.lifts_after(view.now):
        yield _lift(lift, plan, view)
    yield from _not_booked(plan)
    yield from _healed(plan, view)
    for at in plan.follow_ups():
        yield _entry(
            at, _("Yearly follow-up"), _("Your clinic will arrange the day with you"), view
        )


def _visit(visit: FoundVisit, facts: Facts, view: View) -> Entry:
    firmness = {
        "scheduled": _("Booked"),
        "held": _("Done"),
        "cancelled": _("Cancelled"),
        "missed": _("Did not take place"),
    }.get(visit.status, "")
    is_ahead = visit.status == "scheduled"
    place_of = facts if is_ahead else None
    entry = _entry(visit.starts_at, visit_title(visit.kind), firmness, view, place_of)
    entry = entry._replace(href=url_for("appointments.visit", visit_id=visit.id))
    return entry._replace(state=OFF) if visit.status in OFF_STATUSES else entry


def visit_title(kind: str) -> str:
    """What a visit is called to the client."""
    return _("Consultation") if kind == "consultation" else _("Follow-up visit")


def _session(treatment: TreatmentSession, facts: Facts, plan: AftercarePlan, view: View) -> Entry:
    at = treatment.starts_at or NO_DATE
    title = _("Session %(number)s", number=treatment.number)
    if treatment.status is SessionStatus.SCHEDULED and at <= view.now:
        return _entry(at, title, sentence(waits_for(treatment.number)), view)._replace(state="now")
    firmness = {
        SessionStatus.SCHEDULED: _("Booked"),
        SessionStatus.PERFORMED: _("Done"),
        SessionStatus.CANCELLED: _("Cancelled"),
        SessionStatus.MISSED: _("Did not take place"),
    }[treatment.status]
    is_ahead = treatment.status is SessionStatus.SCHEDULED
    entry = _entry(at, title, firmness, view, facts if is_ahead else None)
    return entry if treatment.status.is_live else entry._replace(state=OFF)


def _lift(lift: Lift, plan: AftercarePlan, view: View) -> Entry:
    title = _("Allowed again: %(names)s", names=lifted_words(plan, lift, MOST_NAMES))
    return _entry(lift.at, title, _("Sure, unless a session is booked before"), view)


def _not_booked(plan: AftercarePlan) -> Iterator[Entry]:
    if plan.course.is_last_confirmed:
        return
    last = max((treatment.number for treatment in plan.course.live), default=0)
    for number in range(last + 1, plan.course.planned_sessions + 1):
        title = _("Session %(number)s", number=number)
        yield Entry(NO_DATE, "estimate", title, firmness=_("Not booked yet"))


def _healed(plan: AftercarePlan, view: View) -> Iterator[Entry]:
    healed = plan.healed_at(view.now)
    if healed.at:
        yield _entry(healed.at, _("Healed"), _("Sure: your last session is confirmed"), view)
    elif healed.estimate:
        when = _("About %(date)s", date=view.day(healed.estimate))
        firmness = _("An estimate, until your clinic confirms your last session")
        yield Entry(NO_DATE, "estimate", _("Healed"), when, firmness=firmness)


def _entry(
    at: datetime, title: str, firmness: str, view: View, place_of: Facts | None = None
) -> Entry:
    """An entry with its exact date; with the place where there is one to go to."""
    lines = []
    own = in_own_zone(at, view.zone, view.own_zone, view.now)
    if own:
        lines.append({"icon": "clock", "words": own})
    if place_of:
        words = ", ".join(filter(None, (place_of.place.name, place_of.place.address)))
        lines.append({"icon": "pin", "words": words})
    state = "past" if at <= view.now else "future"
    return Entry(at, state, title, view.long(at), iso(at), firmness, lines=lines)
