"""The client's start page as plain words. The same for the client and for staff who look on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from webapp.domain.phases import PhaseAt
from webapp.domain.plan import AftercarePlan, Lift, NextSession, Wash
from webapp.domain.protocol import Answer, PhaseId
from webapp.services.today import Facts, Place
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters import wash
from webapp.web.presenters.answers import (
    Allowed,
    Group,
    Shared,
    View,
    allowed,
    waiting_groups,
    waits_for,
)
from webapp.web.presenters.help import HelpBar, help_of
from webapp.web.presenters.no_plan import no_plan_words
from webapp.web.presenters.times import (
    countdown,
    in_own_zone,
    iso,
    next_quarter,
    words_change_at,
)

ICONS = {PhaseId.PREPARING: "calendar", PhaseId.HEALED: "check"}
MOST_NEXT = 3


class Ring(NamedTuple):
    """The arguments of components/phase_ring.html."""

    percent: int
    number: str
    unit: str
    title: str
    detail: str = ""
    note: str = ""
    level: int = 1
    icon_name: str = "drop"


class NextLift(NamedTuple):
    """The arguments of components/next_lift.html."""

    label: str
    words: str
    when: str = ""
    at: str = ""
    countdown_words: str = ""


class Notice(NamedTuple):
    """A standing message on the page: kind and words of components/notice.html."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything the page says. `changes_at`: the next instant (UTC) at which a word of it may
    be another one, if nobody changes the course."""

    ring: Ring
    question: str
    state: wash.State
    states_to_come: list[wash.State]
    help: HelpBar
    changes_at: datetime
    notice: Notice | None = None
    next_lift: NextLift | None = None
    waiting_title: str = ""
    waiting: tuple[Group, ...] = ()
    more_words: str = ""
    allowed_title: str = ""
    allowed: tuple[Allowed, ...] = ()
    session: Mapping[str, Any] | None = None
    call: Mapping[str, str] | None = None


def present_today(facts: Facts, now: datetime, own_zone: str = "") -> TodayPage:
    """Word what `facts` say at `now` (UTC). `own_zone`: the IANA zone of the reader's phone."""
    if facts.plan is None:
        return _without_plan(facts, View(now, facts.zone, own_zone))
    plan = facts.plan
    now = plan.now
    view = View(now, facts.zone, own_zone)
    shared = plan.outlooks_at(now)
    lift = _first_lift(plan, shared)
    no = Answer.NO
    refused = [(ahead, alike) for ahead, alike in shared if ahead.answer is no]
    restricted = sum([len(alike) for _ahead, alike in refused])
    hair = plan.answer_at(wash.HAIR, now)
    following = plan.next_session_at(now)
    return TodayPage(
        ring=_ring(facts, plan, view),
        question=_("Can I wash my hair?"),
        state=wash.state_now(plan, hair, view),
        states_to_come=wash.states_to_come(plan, hair, following, view),
        help=help_of(facts),
        changes_at=_changes_at(plan, hair.until, lift, now),
        notice=_closed() if facts.is_closed else None,
        next_lift=_next_lift(plan, view, lift),
        waiting_title=_("Not yet"),
        waiting=tuple(waiting_groups(plan, refused, view, wash.WASHING)),
        more_words=ngettext("See it", "See all %(num)s", restricted),
        allowed_title=_("You can"),
        allowed=tuple(allowed(plan, shared, wash.WASHING)),
        session=_session(plan, following, facts.place, view) if following else None,
        call=_call(facts) if plan.unconfirmed_session else None,
    )


def _call(facts: Facts) -> dict[str, str] | None:
    """The arguments of components/button.html: a call settles what waits for the clinic."""
    if not facts.place.phone:
        return None
    href = f"tel:{facts.place.phone}"
    return {"words": _("Call your clinic"), "icon_name": "phone", "href": href}


def _without_plan(facts: Facts, view: View) -> TodayPage:
    """No course yet, or one that cannot be read: then every answer is "ask your clinic"."""
    title = _("Your dates cannot be shown") if facts.is_unreadable else _("Welcome")
    return TodayPage(
        ring=Ring(0, "", "", title, icon_name="calendar"),
        question=_("Can I wash my hair?"),
        state=wash.State(Answer.ASK.word, _("Ask your clinic")),
        states_to_come=[],
        help=help_of(facts),
        changes_at=next_quarter(view.now),
        notice=Notice("wait" if facts.is_unreadable else "info", no_plan_words(facts)),
        call=_call(facts) if facts.is_unreadable else None,
    )


def _closed() -> Notice:
    words = _("Your clinic has closed this course. Ask your clinic what comes next.")
    return Notice("info", words)


def _ring(facts: Facts, plan: AftercarePlan, view: View) -> Ring:
    phase = plan.phase_at(view.now)
    title = _(plan.protocol.phases[phase.id].title)
    return Ring(
        _percent(phase, view.now),
        "" if phase.day is None else str(phase.day),
        _("Day"),
        title[:1].upper() + title[1:],
        _counted_from(facts, plan, phase),
        _("Until %(when)s", when=view.short(phase.ends_at)) if phase.ends_at else "",
        icon_name=ICONS.get(phase.id, "drop"),
    )


def _percent(phase: PhaseAt, now: datetime) -> int:
    if phase.starts_at is None:
        return 0
    if phase.ends_at is None:
        return 100
    return int((now - phase.starts_at) * 100 / (phase.ends_at - phase.starts_at))


def _counted_from(facts: Facts, plan: AftercarePlan, phase: PhaseAt) -> str:
    if phase.session is None:
        return _("Before your first session")
    if facts.is_touch_up and plan.course.planned_sessions == 1:
        return _("After your touch-up")
    if phase.day is None:
        return _("Session %(number)s", number=phase.session)
    return _("After session %(number)s", number=phase.session)


def _first_lift(plan: AftercarePlan, shared: Iterable[Shared]) -> Lift | None:
    """The next lift of anything that is restricted now."""
    ends = [(ahead.until, alike) for ahead, alike in shared if ahead.until]
    if not ends:
        return None
    first = min([until for until, _alike in ends])
    lifted: dict[str, Answer] = {}
    for until, alike in ends:
        if until == first:
            lifted |= dict.fromkeys(alike, plan.bare_answer_at(alike[0], first))
    return Lift(first, lifted)


def _next_lift(plan: AftercarePlan, view: View, lift: Lift | None) -> NextLift | None:
    """What may be done next, and when; the date only where the answer above has not said it."""
    if lift:
        words = wash.lifted_words(plan, lift, MOST_NEXT)
        if wash.HAIR in lift.activities:
            return NextLift(_("Then"), words)
        left = countdown(lift.at, view.now)
        return NextLift(_("Next"), words, view.short(lift.at), iso(lift.at), left)
    if plan.unconfirmed_session or not plan.course.live:
        return None
    healed = plan.healed_at(view.now)
    if healed.estimate:
        words = _("healed about %(date)s, an estimate", date=view.day(healed.estimate))
        return NextLift(_("Next"), words)
    return None if healed.is_confirmed else NextLift(_("Next"), waits_for(None))


def _session(
    plan: AftercarePlan, following: NextSession, place: Place, view: View
) -> dict[str, Any]:
    """The arguments of components/session_card.html."""
    own = in_own_zone(following.starts_at, view.zone, view.own_zone, view.now)
    address = ", ".join(filter(None, (place.name, place.address)))
    lines = [("pin", address), ("clock", own), ("drop", _wash_before(following.wash))]
    planned = max(plan.course.planned_sessions, following.number)
    return {
        "label": _("Next session"),
        "title": _("Session %(number)s of %(all)s", number=following.number, all=planned),
        "when": view.long(following.starts_at),
        "at": iso(following.starts_at),
        "lines": [{"icon": icon, "words": words} for icon, words in lines if words],
        "preparation_title": _("How to prepare"),
        "preparation": [_(step) for step in plan.protocol.preparation_steps],
        "href": f"/dates/sessions/{following.number}",
        "href_words": _("Prepare for it"),
    }


def _wash_before(kind: Wash) -> str:
    return {
        Wash.SHAMPOO: _("By then you may wash with shampoo."),
        Wash.WATER: _("By then you may wash with lukewarm water only."),
        Wash.NONE: _("By then you may not wash yet. Come as you are."),
    }[kind]


def _changes_at(
    plan: AftercarePlan, until: datetime | None, lift: Lift | None, now: datetime
) -> datetime:
    """Words change at a switch, with a countdown, and with the date in some zone. Dates begin,
    and expected ends move on to another date, at a quarter of an hour everywhere on earth."""
    counted = {at for at in (until, lift and lift.at) if at}
    changes = [words_change_at(at, now) for at in counted]
    switch = plan.next_switch_after(now)
    return min([*changes, *([switch] if switch else []), next_quarter(now)])
