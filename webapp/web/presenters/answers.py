"""Answers into words: what must wait, until when, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from webapp.domain.answers import AnswerAt
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer
from webapp.domain.timeline import Ahead, Open
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext, reading
from webapp.web.presenters.times import both_zones, iso, on_date, when, when_long

MOST_LINES = 5
MOST_NAMES = 6
MOST_ALLOWED = 3
FAR_AWAY = datetime.max.replace(tzinfo=UTC)
# An answer, and all the activities that share it.
Shared: TypeAlias = tuple[Ahead, tuple[str, ...]]
GROUPS = {
    "washing": later("Washing"),
    "touching": later("Touching"),
    "sport": later("Sport"),
    "heat-and-water": later("Heat and water"),
    "sun-and-cover": later("Sun and cover"),
    "food-and-drink": later("Food and drink"),
    "hair-products": later("Hair products"),
    "salon": later("At the hairdresser"),
    "daily-life": later("Daily life"),
    "health": later("Health"),
}


@dataclass(frozen=True, slots=True)
class View:
    """From where instants are worded: the present, the course's zone and the phone's own (an
    IANA name, or empty while unknown)."""

    now: datetime
    zone: ZoneInfo
    own_zone: str = ""

    def at(self, now: datetime) -> View:
        """The same place at another present."""
        return View(now, self.zone, self.own_zone)

    def short(self, at: datetime) -> str:
        return when(at, self.zone, self.now)

    def day(self, at: datetime) -> str:
        return on_date(at, self.zone, self.now)

    def long(self, at: datetime) -> str:
        return when_long(at, self.zone, self.now)

    def full(self, at: datetime) -> str:
        return both_zones(at, self.zone, self.own_zone, self.now)


class Ending(NamedTuple):
    """Until when an answer holds: `when` for a line, `note` how sure that is, `at` for machines
    where it is sure."""

    when: str
    note: str = ""
    at: str = ""


class Group(NamedTuple):
    """What ends together, as components/restriction_list.html takes it."""

    when: str
    at: str
    names: tuple[str, ...]
    note: str


class Allowed(NamedTuple):
    """What may be done, as components/allowed_list.html takes it."""

    words: str
    note: str


class Row(NamedTuple):
    """One activity with its answer, as components/answer_row.html takes it."""

    title: str
    status: str
    words: str
    until: str
    until_at: str
    note: str
    href: str = ""


def ending(plan: AftercarePlan, found: Ahead | AnswerAt, view: View) -> Ending:
    """Until when this answer holds. Estimates are worded as estimates."""
    if found.until:
        return Ending(_("Until %(when)s", when=view.short(found.until)), "", iso(found.until))
    if found.estimate:
        return Ending(_("About %(date)s", date=view.day(found.estimate)), _depends_on(plan, found))
    if found.open is Open.WAITING:
        return Ending(_("No date yet"), waits_for(plan.unconfirmed_session))
    return Ending(_("Always") if found.answer is Answer.NO else "")


def until_words(plan: AftercarePlan, found: AnswerAt, view: View) -> str:
    """Until when a restriction holds, at full length; '' where it holds always or there is none."""
    if found.until:
        return _("Until %(when)s", when=view.full(found.until))
    is_unsettled = plan.unconfirmed_session and found.answer is Answer.NO
    if found.open is Open.WAITING or (is_unsettled and found.open is not Open.PERMANENT):
        return sentence(waits_for(plan.unconfirmed_session))
    if found.estimate:
        end = ending(plan, found, view)
        return _("%(when)s, %(note)s", when=end.when, note=end.note)
    return ""


def until_session(number: int, starts_at: datetime, view: View) -> str:
    """How long something stays allowed that a session ends."""
    return _("Until session %(number)s, %(when)s", number=number, when=view.full(starts_at))


def waits_for(session: int | None) -> str:
    """Whose word is missing: on this session, or on which session was the last."""
    if session is None:
        return _("waiting for your clinic to confirm your last session")
    return _("waiting for your clinic to confirm session %(number)s", number=session)


def _depends_on(plan: AftercarePlan, found: Ahead | AnswerAt) -> str:
    """What an estimate rests on: the clinic's word, or the next session as booked."""
    if plan.unconfirmed_session:
        number = plan.unconfirmed_session
        return _("an estimate, until your clinic confirms session %(number)s", number=number)
    healed = plan.healed_at(plan.now).estimate
    if healed and found.estimate and found.estimate >= healed:
        return _("an estimate, until your clinic confirms your last session")
    return _("an estimate, if your next session goes as booked")


def waiting_groups(
    plan: AftercarePlan, shared: Iterable[Shared], view: View, leave_out: frozenset[str]
) -> list[Group]:
    """What is `shared` and must wait, grouped by when it ends, the soonest first."""
    found: dict[tuple[datetime, str], list[Shared]] = {}
    for answer, activities in shared:
        if activities[0] not in leave_out:
            found.setdefault(_order(answer), []).append((answer, activities))
    return [_group(plan, found[key], view) for key in sorted(found)[:MOST_LINES]]


def _order(answer: Ahead) -> tuple[datetime, str]:
    if answer.until:
        return answer.until, "sure"
    if answer.estimate:
        return answer.estimate, "estimate"
    return FAR_AWAY, "open" if answer.open is Open.WAITING else "permanent"


def _group(plan: AftercarePlan, together: list[Shared], view: View) -> Group:
    end = ending(plan, together[0][0], view)
    known = plan.protocol.activities
    names = [known[activity].name for _answer, alike in together for activity in alike]
    return Group(end.when, end.at, shortened(names), end.note)


def shortened(names: list[str], most: int = MOST_NAMES) -> tuple[str, ...]:
    """The first names, and how many more there are; a single one more is named, not counted.

    `names` are the protocol's; the words that come back are in the reader's language.
    """
    return _shortened(tuple(names), most, reading().lang)


@lru_cache(maxsize=1_024)
def _shortened(names: tuple[str, ...], most: int, lang: str) -> tuple[str, ...]:
    """Kept, because what lifts together for one client does so for most of them."""
    if len(names) <= most + 1:
        return tuple(map(_, names))
    rest = len(names) - most
    return *map(_, names[:most]), ngettext("%(num)s more", "%(num)s more", rest)


def allowed(
    plan: AftercarePlan, shared: Iterable[Shared], leave_out: frozenset[str]
) -> list[Allowed]:
    """A few things that may be done, one of each kind, with their conditions."""
    known = plan.protocol.activities
    kinds: dict[str, Allowed] = {}
    for answer, activities in shared:
        if answer.answer > Answer.LIMITED or activities[0] in leave_out:
            continue
        for activity in activities:
            if known[activity].group not in kinds:
                kinds[known[activity].group] = _allowed(plan, activity, answer.answer)
            if len(kinds) == MOST_ALLOWED:
                return list(kinds.values())
    return list(kinds.values())


def _allowed(plan: AftercarePlan, activity: str, answer: Answer) -> Allowed:
    title = _(plan.protocol.activities[activity].title)
    if answer is Answer.YES:
        return Allowed(title, "")
    return Allowed(title, condition(plan, plan.answer_at(activity, plan.now)))


def condition(plan: AftercarePlan, found: AnswerAt) -> str:
    """Under which condition, as a sentence; '' where there is none."""
    return sentences(plan, found, "condition") if found.answer is Answer.LIMITED else ""


def sentences(plan: AftercarePlan, found: AnswerAt, kind: str) -> str:
    """The `condition`, `instead` or `why` of the first rule that has one, as a sentence."""
    for rule in plan.protocol.rules:
        if rule.id in found.rules and (words := getattr(rule, kind)):
            return sentence(_(words))
    return ""


def sentence(words: str) -> str:
    """With a capital at the beginning and a full stop at the end."""
    ended = words if words.endswith((".", "]")) else f"{words}."
    return ended[:1].upper() + ended[1:]


def answer_words(answer: Answer) -> str:
    """The answer as a badge."""
    return {
        Answer.YES: _("Yes"),
        Answer.LIMITED: _("Yes, but"),
        Answer.ASK: _("Ask your clinic"),
        Answer.NO: _("No"),
    }[answer]


def row(plan: AftercarePlan, found: AnswerAt, view: View, href: str = "") -> Row:
    """One activity among others; `href` leads to more of it."""
    end = ending(plan, found, view) if found.answer is not Answer.ASK else Ending("")
    notes = [condition(plan, found), sentence(end.note) if end.note else ""]
    return Row(
        _(plan.protocol.activities[found.activity].title),
        found.answer.word,
        answer_words(found.answer),
        end.when,
        end.at,
        " ".join(filter(None, notes)),
        href,
    )
