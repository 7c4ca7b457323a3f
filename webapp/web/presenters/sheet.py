"""The aftercare of one client on one sheet of paper, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from webapp.domain.course import SessionStatus
from webapp.domain.plan import AftercarePlan
from webapp.services.sheet import Sheet
from webapp.services.today import Facts
from webapp.web.context import settings
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import View, sentence, waits_for
from webapp.web.presenters.no_plan import no_plan_words
from webapp.web.presenters.qr import qr
from webapp.web.presenters.times import at_time, long_date, zone_words
from webapp.web.presenters.timetable import Dated, Timetable, timetable
from webapp.web.presenters.today import present_today
from webapp.web.presenters.wrong import short_signs

NO_TABLE = Timetable([], [], [], "", "")


class Date(NamedTuple):
    """A date to come, as components/data_list.html takes it; `value` also says how sure it is."""

    term: str
    value: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything the sheet says. `session`: the arguments of components/session_card.html.
    `warnings`: sentences that stand above everything else."""

    name: str
    as_of: str
    warnings: list[str]
    counts_until: str
    table: Timetable
    estimate_note: str
    session: Mapping[str, Any] | None
    dates: list[Date]
    signs: list[Dated]
    closing: str
    contacts: list[Mapping[str, str]]
    app: str
    app_qr: Markup


def present_sheet(sheet: Sheet, name: str, now: datetime) -> SheetPage:
    """Word the sheet of the client called `name` at `now` (UTC), on the clinic's own clock."""
    facts, plan = sheet.facts, sheet.facts.plan
    view = View(now, facts.zone)
    app = f"{settings().base_url.rstrip('/')}/"
    table = timetable(plan, view) if plan else NO_TABLE
    return SheetPage(
        name=name,
        as_of=_as_of(view),
        warnings=list(_warnings(facts)),
        counts_until=_counts_until(plan, view),
        table=table,
        estimate_note=_estimate_note(table),
        session=_session(facts, now),
        dates=_dates(sheet, view),
        signs=short_signs(sheet.signs),
        closing=_(sheet.closing),
        contacts=list(_contacts(facts)),
        app=app,
        app_qr=qr(app),
    )


def _as_of(view: View) -> str:
    return _(
        "As of %(date)s, %(time)s, %(zone)s. Dates may have changed since; the app always knows.",
        date=long_date(view.now, view.zone),
        time=at_time(view.now, view.zone),
        zone=zone_words(view.zone.key),
    )


def _warnings(facts: Facts) -> Iterator[str]:
    if facts.plan is None:
        yield no_plan_words(facts)
    elif facts.is_closed:
        yield _("Your clinic has closed this course. Ask your clinic what comes next.")
    elif facts.plan.unconfirmed_session:
        yield sentence(waits_for(facts.plan.unconfirmed_session))


def _counts_until(plan: AftercarePlan | None, view: View) -> str:
    """Until when the sheet can be right: paper does not hear of what begins then."""
    following = plan.next_session_at(plan.now) if plan else None
    if following is None:
        return ""
    return _(
        "This sheet counts until session %(number)s begins, %(when)s. From then on everything "
        "waits anew: print a new one.",
        number=following.number,
        when=view.short(following.starts_at),
    )


def _session(facts: Facts, now: datetime) -> Mapping[str, Any] | None:
    """As on Today, without the place: that stands at the foot of the sheet."""
    found = present_today(facts, now).session
    if found is None:
        return None
    return {**found, "lines": [line for line in found["lines"] if line["icon"] != "pin"]}


def _estimate_note(table: Timetable) -> str:
    if all(row.at or not row.note for row in table.waiting):
        return ""
    return _("Estimates may move, and something may still hold then: look into the app first.")


def _dates(sheet: Sheet, view: View) -> list[Date]:
    """What is still to come: the sure dates in their order, then what has none yet."""
    facts = sheet.facts
    sure = [
        (visit.starts_at, _visit_name(visit.kind), _("booked"))
        for visit in sheet.visits
        if visit.status == "scheduled" and visit.starts_at > view.now
    ]
    sure += _sure_dates(facts.plan, view) if facts.plan else []
    dated = [Date(title, _noted(view.short(at), note)) for at, title, note in sorted(sure)]
    return dated + (list(_open_dates(facts.plan, view)) if facts.plan else [])


def _visit_name(kind: str) -> str:
    return _("Consultation") if kind == "consultation" else _("Follow-up visit")


def _sure_dates(plan: AftercarePlan, view: View) -> list[tuple[datetime, str, str]]:
    found = [
        (treatment.starts_at, _("Session %(number)s", number=treatment.number), _("booked"))
        for treatment in plan.course.sessions
        if treatment.status is SessionStatus.SCHEDULED
        and treatment.starts_at
        and treatment.starts_at > view.now
    ]
    healed = plan.healed_at(plan.now).at
    if healed and healed > view.now:
        found.append((healed, _("Healed"), _("sure")))
    ahead = [at for at in plan.follow_ups() if at > view.now]
    if ahead:
        found.append((ahead[0], _("Yearly follow-up"), _("arrange the day with your clinic")))
    return found


def _open_dates(plan: AftercarePlan, view: View) -> Iterator[Date]:
    if not plan.course.is_last_confirmed:
        last = max((treatment.number for treatment in plan.course.live), default=0)
        for number in range(last + 1, plan.course.planned_sessions + 1):
            yield Date(_("Session %(number)s", number=number), _("not booked yet"))
    estimate = plan.healed_at(plan.now).estimate
    if estimate:
        about = _("about %(date)s", date=view.day(estimate))
        yield Date(_("Healed"), _noted(about, _("an estimate")))


def _noted(when: str, note: str) -> str:
    return _("%(when)s (%(note)s)", when=when, note=note)


def _contacts(facts: Facts) -> Iterator[Mapping[str, str]]:
    """Rows of components/data_list.html."""
    place = facts.place
    yield {"term": _("Where"), "value": ", ".join(filter(None, (place.name, place.address)))}
    if place.phone:
        yield _number(_("Phone"), place.phone)
    if facts.clinic.whatsapp:
        yield {"term": _("WhatsApp"), "value": facts.clinic.whatsapp}
    if facts.clinic.emergency_number:
        yield _number(_("Emergency number"), facts.clinic.emergency_number)


def _number(term: str, number: str) -> Mapping[str, str]:
    return {"term": term, "value": number, "href": f"tel:{number}", "href_words": _("Call")}
