"""The answer for each activity over time, and the reasons for it.

Windows depend only on a rule's timing and on the client's extension, and answers only on the
windows and the resting answer: both are worked out once and shared by the activities.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from webapp.domain.calendar import Second
from webapp.domain.forecast import Forecast
from webapp.domain.protocol import Answer, Protocol, Source
from webapp.domain.reasons import Reason, longest_first, reason_of
from webapp.domain.restrictions import Group, arrange
from webapp.domain.timeline import Ahead, Open, Timeline
from webapp.domain.windows import EVER, NEVER, Window, windows_of

_STATED = Source.STATED


class AnswerAt(NamedTuple):
    """The answer for one activity at an instant, until when it holds, and why. Instants are UTC.

    `answer`, `until`, `estimate` and `open` are those of an `Ahead`. `rules` are the ids of the
    rules that give the answer, `session` the latest session they count from.
    """

    activity: str
    answer: Answer
    until: datetime | None
    estimate: datetime | None
    open: Open | None
    session: int | None
    rules: tuple[str, ...]
    source: Source | None


class ActivityAnswers:
    """The answers of a protocol's activities under one forecast and one client's extensions.

    `extensions` are extra days by activity id. Instants asked about are whole seconds since 1970.
    """

    def __init__(
        self, protocol: Protocol, extensions: Mapping[str, int], forecast: Forecast
    ) -> None:
        self._arranged = arrange(protocol, extensions)
        self._forecast = forecast

    def answer_at(self, activity: str, at: Second) -> AnswerAt:
        """The answer for one activity id. Silence is never yes: an unknown one is always ASK."""
        group = self._arranged.of_activity.get(activity)
        if group is None:
            return AnswerAt(activity, Answer.ASK, None, None, Open.PERMANENT, None, (), None)
        ahead = self._timelines[group.shape].outlook_at(at)
        return self._answer(activity, ahead, group, at)

    def reasons_at(self, activity: str, at: Second) -> tuple[Reason, ...]:
        """Why the answer for one activity id is as it is; the reason that lasts longest first."""
        group = self._arranged.of_activity.get(activity)
        if group is None:
            return ()
        found = []
        for rule, number in group.limits[self.bare_answer_at(activity, at)]:
            active = [w for w in self._windows[number] if w[0] <= at < w[1]]
            if active:
                extra_days = self._arranged.timings[number][1]
                found.append(reason_of(rule, extra_days, active))
        return longest_first(found)

    def shared_answers_at(self, at: Second) -> Iterator[tuple[AnswerAt, tuple[str, ...]]]:
        """Each answer with all the activities that share it; `activity` is the first of them."""
        ahead = [timeline.outlook_at(at) for timeline in self._timelines]
        for group in self._arranged.groups:
            activities = group.activities
            yield self._answer(activities[0], ahead[group.shape], group, at), activities

    def outlooks_at(self, at: Second) -> list[tuple[Ahead, tuple[str, ...]]]:
        """Each answer and its end, without the reasons, with all the activities that share it."""
        ahead = [timeline.outlook_at(at) for timeline in self._timelines]
        return [(ahead[group.shape], group.activities) for group in self._arranged.groups]

    def bare_answer_at(self, activity: str, at: Second) -> Answer:
        """The answer for one activity id without its end and reasons."""
        timeline = self.timeline_of(activity)
        return Answer.ASK if timeline is None else timeline.answer_at(at)

    def bare_answers_at(self, at: Second) -> dict[str, Answer]:
        """The answers alone, without their ends and reasons, in the protocol's order."""
        answers = [timeline.answer_at(at) for timeline in self._timelines]
        return {name: answers[group.shape] for name, group in self._arranged.of_activity.items()}

    def lifts_after(self, at: Second) -> dict[Second, dict[str, Answer]]:
        """The new answers by activity at each later instant at which any surely becomes milder."""
        return self._by_instant(lambda timeline: timeline.lifts_after(at))

    def changes_after(self, at: Second) -> dict[Second, dict[str, Answer]]:
        """The new answers by activity at each later instant at which any becomes another one."""
        return self._by_instant(lambda timeline: timeline.changes_after(at))

    def _by_instant(
        self, steps_of: Callable[[Timeline], list[tuple[Second, Answer]]]
    ) -> dict[Second, dict[str, Answer]]:
        found: dict[Second, dict[str, Answer]] = {}
        steps = [steps_of(timeline) for timeline in self._timelines]
        for group in self._arranged.groups:
            for instant, answer in steps[group.shape]:
                changed = found.setdefault(instant, {})
                for activity in group.activities:
                    changed[activity] = answer
        return dict(sorted(found.items()))

    def next_edge(self, at: Second) -> Second:
        """The first instant after `at` at which an answer or its reasons can change, or NEVER."""
        later = NEVER
        for windows in self._windows:
            for starts, lifts, expected, _, _ in windows:
                if at < starts < later:
                    later = starts
                if at < lifts < later:
                    later = lifts
                if at < expected < later:
                    later = expected
        return later

    def edges(self) -> set[Second]:
        """Every instant at which an answer or the reasons for it can change."""
        return {
            edge
            for windows in self._windows
            for window in windows
            for edge in window[:3]
            if EVER < edge < NEVER
        }

    def timeline_of(self, activity: str) -> Timeline | None:
        """How the answer for an activity runs over time; None for an unknown one."""
        group = self._arranged.of_activity.get(activity)
        return None if group is None else self._timelines[group.shape]

    def _answer(self, activity: str, ahead: Ahead, group: Group, at: Second) -> AnswerAt:
        """The answer with the rules of its group that give it."""
        rules = []
        session = 0
        source = None
        for rule, timing in group.limits[ahead.answer]:
            active = [w[4] for w in self._windows[timing] if w[0] <= at < w[1]]
            if active:
                rules.append(rule.id)
                session = max(session, active[-1] or 0)
                source = rule.source if source is not _STATED else source
        return AnswerAt(activity, *ahead, session or None, tuple(rules), source)

    @cached_property
    def _timelines(self) -> list[Timeline]:
        """One for each shape of the arrangement."""
        windows = self._windows
        return [
            Timeline(resting, [(answer, windows[timing]) for answer, timing in bars])
            for resting, bars in self._arranged.shapes
        ]

    @cached_property
    def _windows(self) -> list[list[Window]]:
        """Those that are not over yet, for each timing of the arrangement."""
        forecast = self._forecast
        return [windows_of(timing, extra, forecast) for timing, extra in self._arranged.timings]
