"""An event and what it meets in words: what client and staff read alike.

Everything here is as things stand: sessions that are booked are taken to happen, and an end that
rests on one is worded as expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.event_planning import SEARCHED_DAYS, PossibleDate, Proposal, WhyNone
from webapp.domain.events import Collision, Event, EventLift
from webapp.domain.plan import AftercarePlan, Lift
from webapp.domain.protocol import Answer
from webapp.domain.timeline import Open
from webapp.services.events import EventLook
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.answers import (
    FAR_AWAY,
    Allowed,
    Group,
    View,
    condition,
    sentence,
    shortened,
)
from webapp.web.presenters.times import iso
from webapp.web.presenters.wash import lifted_words

NOON = time(12)
MOST_LIFTED = 8
MOST_WAITING = 4


class Meeting(NamedTuple):
    """What an event meets, section by section; a section without content is not shown.

    `lifts` are entries of components/timeline.html, `waiting` groups of restriction_list.html,
    `careful` and
    `free` items of allowed_list.html; `ask` is a list of names.
    """

    lifts: list[dict[str, Any]]
    waiting: list[Group]
    free: tuple[Allowed, ...]
    careful: tuple[Allowed, ...]
    ask: str


def days_words(event: Event, view: View) -> str:
    """`Sun 12 Apr – Mon 20 Apr`, or one of them alone; with the year where it is not this one.
    A line breaks between the two, never within one."""
    first, last = (
        view.day(datetime.combine(on, NOON, view.zone)).replace(" ", "\u00a0")
        for on in (event.first_on, event.last_on)
    )
    return first if first == last else _("%(first)s – %(last)s", first=first, last=last)


def assumed_words(look: EventLook) -> str:
    """That all of it is expected, on which sessions it rests, and what can change it."""
    numbers = ", ".join(str(number) for number in look.outlook.assumed)
    words = _("As things stand now.")
    if numbers:
        words = ngettext(
            "As things stand now, if session %(numbers)s takes place as booked.",
            "As things stand now, if sessions %(numbers)s take place as booked.",
            len(look.outlook.assumed),
            numbers=numbers,
        )
    return words + " " + _("A session that is booked or moved later can change it.")


def meeting(look: EventLook, view: View) -> Meeting:
    """Word what is free, what lifts and what waits."""
    plan, outlook = look.plan, look.outlook
    known = plan.protocol.activities
    free = ", ".join(names_of(plan, outlook.free))
    careful = (
        Allowed(_(known[found.activity].title), _condition(plan, found))
        for found in outlook.careful
    )
    return Meeting(
        [_lift(plan, lift, view) for lift in outlook.lifts],
        waiting_groups(plan, outlook.waiting, view),
        (Allowed(free, ""),) if free else (),
        tuple(careful),
        ", ".join(names_of(plan, outlook.ask)),
    )


def names_of(plan: AftercarePlan, answers: Iterable[AnswerAt]) -> tuple[str, ...]:
    """The activities' names."""
    known = plan.protocol.activities
    return tuple(_(known[answer.activity].name) for answer in answers)


def _condition(plan: AftercarePlan, found: AnswerAt) -> str:
    return condition(plan, found) or _("At times only under a condition.")


def _lift(plan: AftercarePlan, lift: EventLift, view: View) -> dict[str, Any]:
    sure = _("Sure, unless a session is booked before")
    firmness = sure if lift.is_sure else _("Expected, if the sessions go as booked")
    return {
        "state": "future" if lift.is_sure else "estimate",
        "title": lifted_words(plan, Lift(lift.at, dict(lift.activities)), MOST_LIFTED),
        "when": view.full(lift.at),
        "at": iso(lift.at) if lift.is_sure else "",
        "firmness": firmness,
    }


def waiting_groups(plan: AftercarePlan, answers: Iterable[AnswerAt], view: View) -> list[Group]:
    """What waits, grouped by when it ends, the soonest first; every one of them named."""
    found: dict[str, list[AnswerAt]] = {}
    for answer in sorted(answers, key=_order):
        found.setdefault(_end(plan, answer, view), []).append(answer)
    return [
        Group(when, iso(same[0].until) if same[0].until else "", names_of(plan, same), "")
        for when, same in found.items()
    ]


def _order(answer: AnswerAt) -> tuple[datetime, bool]:
    return answer.until or answer.estimate or FAR_AWAY, answer.open is Open.PERMANENT


def _end(plan: AftercarePlan, answer: AnswerAt, view: View) -> str:
    """Until when something waits: sure, expected, open, or for good."""
    if answer.until:
        return _("Until %(when)s", when=view.short(answer.until))
    if answer.open is Open.PERMANENT:
        return _("Always")
    if answer.estimate and plan.bare_answer_at(answer.activity, answer.estimate) < answer.answer:
        return _("Until about %(date)s, if all goes as planned", date=view.day(answer.estimate))
    return _once_confirmed(plan, answer, view)


def _once_confirmed(plan: AftercarePlan, answer: AnswerAt, view: View) -> str:
    """Until when something waits that no time ends before staff have said something."""
    date = view.day(answer.estimate) if answer.estimate else ""
    number = plan.unconfirmed_session
    if number and date:
        words = _(
            "Until about %(date)s at the earliest, once session %(number)s is confirmed",
            date=date,
            number=number,
        )
    elif number:
        words = _("Until session %(number)s is confirmed", number=number)
    elif date:
        words = _(
            "Until about %(date)s at the earliest, once the last session is confirmed", date=date
        )
    else:
        words = _("Until the last session is confirmed")
    return words


def collision_title(hit: Collision) -> str:
    """How a booked session and the event meet."""
    if hit.is_unconfirmed:
        return _("Session %(number)s is not confirmed yet", number=hit.number)
    if hit.is_within:
        return _("Session %(number)s is booked within these days", number=hit.number)
    return _("Session %(number)s reaches into these days", number=hit.number)


def taken_points(plan: AftercarePlan, hit: Collision, view: View) -> list[str]:
    """What a session takes away from the event, a line for each end.

    Whatever something else forbids for longer is left out: the earlier end would be read as a yes.
    """
    if hit.is_unconfirmed:
        return [", ".join(names_of(plan, hit.held))]
    taken = [answer for answer in hit.held if not _is_held_longer(plan, answer)]
    return [
        _("%(when)s: %(names)s", when=group.when, names=", ".join(group.names))
        for group in waiting_groups(plan, taken, view)
    ]


def _is_held_longer(plan: AftercarePlan, held: AnswerAt) -> bool:
    end = held.until or held.estimate
    return end is not None and plan.bare_answer_at(held.activity, end) is Answer.NO


def card_note(plan: AftercarePlan, proposals: Sequence[Proposal], place: int, view: View) -> str:
    """On which date of the session before a proposal counts, and what waits all the same."""
    parts = []
    if place:
        before = proposals[place - 1]
        date = view.day(before.dates[0].starts_at)
        parts.append(
            _("Counted from session %(number)s on %(date)s.", number=before.number, date=date)
        )
    if proposals[place].dates:
        parts.append(still_waiting(plan, proposals[place].dates[0]))
    return " ".join(filter(None, parts))


def still_waiting(plan: AftercarePlan, possible: PossibleDate) -> str:
    """What waits during the event even so; '' where there is nothing."""
    names = list(names_of(plan, possible.still_waiting))
    if not names:
        return ""
    listed = ", ".join(shortened(names, MOST_WAITING))
    return _("Waits all the same: %(names)s.", names=listed)


def why_none(plan: AftercarePlan, proposal: Proposal) -> str:
    """Why there is no date for a session."""
    if proposal.why_none is WhyNone.TOO_FAR:
        return _("No date within the next %(days)s days keeps these days free.", days=SEARCHED_DAYS)
    if plan.unconfirmed_session:
        number = plan.unconfirmed_session
        return _("No date can be named until session %(number)s is confirmed.", number=number)
    return sentence(_("no date can be named, because nobody knows when shampoo is allowed again"))
