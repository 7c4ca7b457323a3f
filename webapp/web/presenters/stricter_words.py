"""A change to the stricter side in words: what must wait, and until when.

A push names washing, showering, swimming and sport, and counts the rest; a page lists everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from webapp.domain.notices import NoticeFacts
from webapp.domain.protocol import Answer, Protocol
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.answers import FAR_AWAY, sentence
from webapp.web.presenters.lift_words import NAMED, WASHING, WATER
from webapp.web.presenters.said import Said
from webapp.web.presenters.times import on_date, when, when_long, zone_words
from webapp.web.presenters.wash import HAIR, SHAMPOO

MOST_SENTENCES = 3
ORDERED: Mapping[str, str] = {
    HAIR: later("washing your hair"),
    WATER: later("washing your hair"),
    SHAMPOO: later("shampoo"),
    **NAMED,
}
PLEASE: Mapping[Answer, str] = {
    Answer.NO: later("please wait with %(what)s"),
    Answer.ASK: later("please ask your clinic before %(what)s"),
    Answer.LIMITED: later("please take care with %(what)s"),
}
LISTED: Mapping[Answer, str] = {
    Answer.NO: later("Not yet: %(names)s, %(until)s"),
    Answer.ASK: later("Ask your clinic first: %(names)s, %(until)s"),
    Answer.LIMITED: later("With care: %(names)s, %(until)s"),
}


class End(NamedTuple):
    """Until when an answer holds: surely, as an estimate, or as long as nobody knows."""

    until: datetime | None = None
    estimate: datetime | None = None


class Stricter(NamedTuple):
    """The stricter answer of one activity."""

    answer: Answer
    end: End


class Clock(NamedTuple):
    """In which zone instants are worded, and from which present."""

    zone: ZoneInfo
    now: datetime


def stricter_by(notices: Iterable[NoticeFacts], now: datetime) -> dict[str, Stricter]:
    """What notices say is stricter and has not ended yet; the later ones count."""
    found: dict[str, Stricter] = {}
    for notice in sorted(notices, key=lambda notice: notice.at):
        for activity, told in ((notice.content or {}).get("activities") or {}).items():
            found[activity] = _read(told)
    return {one: told for one, told in found.items() if not told.end.until or told.end.until > now}


def _read(told: Any) -> Stricter:
    word, until, estimate = told
    end = End(*(datetime.fromisoformat(at) if at else None for at in (until, estimate)))
    return Stricter(Answer.from_word(word), end)


def stricter_said(found: Mapping[str, Stricter], clock: Clock) -> Said:
    """What to leave off, the wash first."""
    named = _named(found)
    if not named:
        count = ngettext("%(num)s answer is stricter", "%(num)s answers are stricter", len(found))
        title = _("Plan changed: %(what)s", what=count) if found else _("Your plan has changed")
        return Said(title, (_("Please open the app and read what has changed."),))
    first, *others = named.items()
    words = [_until(first[1].end, clock)]
    words += [
        _("%(what)s, %(until)s", what=_please(*one), until=_until(one[1].end, clock))
        for one in others[:MOST_SENTENCES]
    ]
    rest = len(others[MOST_SENTENCES:]) + len(_unnamed(found))
    if rest:
        one, many = "%(num)s more answer is stricter", "%(num)s more answers are stricter"
        words.append(ngettext(one, many, rest))
    title = _("Plan changed: %(what)s", what=_please(*first))
    return Said(title, tuple(sentence(one) for one in words))


def _unnamed(found: Mapping[str, Stricter]) -> list[str]:
    """What is only counted; a sentence about the wash speaks for a wet scalp, too."""
    spoken_for = WASHING if WASHING & ORDERED.keys() & found.keys() else frozenset()
    return [one for one in found if one not in ORDERED and one not in spoken_for]


def _named(found: Mapping[str, Stricter]) -> dict[str, Stricter]:
    """The activities that are named, each once; shampoo only where it adds something."""
    named = {one: found[one] for one in ORDERED if one in found}
    if HAIR in named and WATER in named:
        named[HAIR] = max(named[HAIR], named.pop(WATER), key=_strictness)
    wash = named.get(HAIR) or named.get(WATER)
    if wash and SHAMPOO in named and named[SHAMPOO].end == wash.end:
        del named[SHAMPOO]
    return named


def _strictness(told: Stricter) -> tuple[Answer, datetime]:
    return told.answer, told.end.until or FAR_AWAY


def _please(activity: str, told: Stricter) -> str:
    if activity in (HAIR, WATER) and told.answer is Answer.LIMITED:
        return _("please wash with water only")
    return _(PLEASE[told.answer], what=_(ORDERED[activity]))


def _until(end: End, clock: Clock) -> str:
    if end.until:
        words = when_long(end.until, clock.zone, clock.now)
        return _("until %(when)s, %(zone)s", when=words, zone=zone_words(clock.zone.key))
    return _open_end(end, clock)


def _open_end(end: End, clock: Clock) -> str:
    if end.estimate:
        date = on_date(end.estimate, clock.zone, clock.now)
        return _("until about %(date)s, an estimate", date=date)
    return _("until your clinic tells you more")


def stricter_lines(
    found: Mapping[str, Stricter], protocol: Protocol | None, clock: Clock
) -> list[str]:
    """Everything that is stricter, by answer and end: `Not yet: Shampoo, until Thu 12 Mar`."""
    together: dict[Stricter, list[str]] = {}
    for activity, told in found.items():
        together.setdefault(told, []).append(_name(activity, protocol))
    return [
        _(
            LISTED[told.answer],
            names=", ".join(_(name) for name in names),
            until=_until_short(told.end, clock),
        )
        for told, names in together.items()
        if told.answer in LISTED
    ]


def _until_short(end: End, clock: Clock) -> str:
    if not end.until:
        return _open_end(end, clock)
    return _("until %(when)s", when=when(end.until, clock.zone, clock.now))


def _name(activity: str, protocol: Protocol | None) -> str:
    known = protocol.activities.get(activity) if protocol else None
    return known.name if known else activity.replace("-", " ").capitalize()
