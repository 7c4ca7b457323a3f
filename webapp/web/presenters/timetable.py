"""What must wait until when, as a table: for paper, which cannot turn to the next answer by itself,
and for others than the client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from webapp.domain.answers import AnswerAt
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Activity, Answer
from webapp.domain.timeline import Open
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import FAR_AWAY, Ending, View, ending
from webapp.web.presenters.times import iso

# Until when an answer holds, in the words of whom it is said to.
EndingOf: TypeAlias = Callable[[AftercarePlan, AnswerAt, View], Ending]


class Line(NamedTuple):
    """Activities by name, and what is to be heeded with them, or ''."""

    names: str
    words: str = ""


class Dated(NamedTuple):
    """What ends together, as components/dated_list.html takes it. `at` only where it is sure."""

    when: str
    at: str
    note: str
    lines: tuple[Line, ...]


class Timetable(NamedTuple):
    """`waiting`: what is forbidden now. `careful`: allowed under a condition. `stopping`: what is
    forbidden before the next session begins, though not yet. `ask` and `allowed` are names."""

    waiting: list[Dated]
    careful: list[Dated]
    stopping: list[Dated]
    ask: str
    allowed: str


def every_activity(activity: Activity) -> bool:
    """Leaves nothing out."""
    return True


def timetable(
    plan: AftercarePlan,
    view: View,
    is_wanted: Callable[[Activity], bool] = every_activity,
    ending_of: EndingOf = ending,
) -> Timetable:
    """Word the plan at its present for the wanted activities. `ending_of` words the ends."""
    wanted = {name for name, activity in plan.protocol.activities.items() if is_wanted(activity)}
    found = [answer for name, answer in plan.answers_at(plan.now).items() if name in wanted]

    def having(answer: Answer) -> list[AnswerAt]:
        return [one for one in found if one.answer is answer]

    table = _Wording(plan, view, ending_of)
    return Timetable(
        waiting=table.dated(having(Answer.NO), table.afterwards),
        careful=table.dated(having(Answer.LIMITED), table.condition),
        stopping=list(table.stopping(wanted)),
        ask=table.names(one.activity for one in having(Answer.ASK)),
        allowed=table.names(one.activity for one in having(Answer.YES)),
    )


class _Wording(NamedTuple):
    """How one plan is worded."""

    plan: AftercarePlan
    view: View
    ending_of: EndingOf

    def dated(self, found: Iterable[AnswerAt], words_of: Callable[[AnswerAt], str]) -> list[Dated]:
        """Grouped by the end, the soonest first; `words_of` says what is to be heeded."""
        together: dict[tuple[datetime, bool, Ending], list[AnswerAt]] = {}
        for one in found:
            at = one.until or one.estimate or FAR_AWAY
            key = (at, one.open is Open.PERMANENT, self._ending(one))
            together.setdefault(key, []).append(one)
        return [
            Dated(key[2].when, key[2].at, key[2].note, self._lines(together[key], words_of))
            for key in sorted(together)
        ]

    def _ending(self, found: AnswerAt) -> Ending:
        end = self.ending_of(self.plan, found, self.view)
        return end if end.when else Ending(_("Always"), end.note)

    def _lines(
        self, found: Sequence[AnswerAt], words_of: Callable[[AnswerAt], str]
    ) -> tuple[Line, ...]:
        alike: dict[str, list[str]] = {}
        for one in found:
            alike.setdefault(words_of(one), []).append(one.activity)
        return tuple(Line(self.names(names), words) for words, names in alike.items())

    def names(self, activities: Iterable[str]) -> str:
        known = self.plan.protocol.activities
        return ", ".join(_(known[activity].name) for activity in activities)

    def condition(self, found: AnswerAt) -> str:
        """Under which condition something is allowed, as the protocol words it."""
        for rule in self.plan.protocol.rules:
            if rule.id in found.rules and rule.condition:
                return _(rule.condition)
        return ""

    def afterwards(self, found: AnswerAt) -> str:
        """What is still to be heeded once the ban has surely ended."""
        if found.until is None:
            return ""
        after = self.plan.answer_at(found.activity, found.until)
        if after.answer is Answer.ASK:
            return _("then ask the clinic first")
        if after.answer is not Answer.LIMITED:
            return ""
        condition = self.condition(after)
        if after.until is None:
            return _("then %(condition)s", condition=condition)
        until = self.view.short(after.until)
        return _("then, until %(when)s, %(condition)s", when=until, condition=condition)

    def stopping(self, wanted: set[str]) -> Iterator[Dated]:
        """What becomes forbidden before the next session, such as products on its eve."""
        following = self.plan.next_session_at(self.plan.now)
        before = self.plan.bare_answers_at(self.plan.now)
        for change in self.plan.changes_after(self.plan.now):
            if following is None or change.at >= following.starts_at:
                return
            stricter = [
                name
                for name, answer in change.activities.items()
                if name in wanted and answer > before[name]
            ]
            before |= change.activities
            if stricter:
                words = _("From %(when)s", when=self.view.short(change.at))
                yield Dated(words, iso(change.at), "", (Line(self.names(stricter)),))
