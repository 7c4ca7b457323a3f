"""The rules read word by word, slowly, to compare the quick engine with.

It shares no code with the engine but the counting of days, which has tables of its own.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import earlier_by_days, later_by_days
from webapp.domain.course import Course, TreatmentSession
from webapp.domain.protocol import Anchor, Answer, Protocol, Rule, Source, Span
from webapp.domain.timeline import Open


class Stretch(NamedTuple):
    rule: Rule
    starts: datetime | None
    ends: datetime | None
    expected: datetime | None
    is_firm: bool
    session: int | None


class SlowReading:
    """The answers for one activity."""

    def __init__(self, protocol: Protocol, course: Course, now: datetime, activity: str) -> None:
        self.protocol, self.course, self.now = protocol, course, now
        self.extra = course.extensions.get(activity, 0)
        if activity in protocol.extended_together:
            self.extra = max(course.extensions.get(a, 0) for a in protocol.extended_together)
        self.activity = protocol.activities[activity]
        mine = [r for r in protocol.rules if activity in r.activities]
        self.stretches = [stretch for r in mine for stretch in self._stretches(r)]

    def answer(self, at: datetime, by_expectation: bool = False) -> Answer:
        return max([self.activity.resting, *(s.rule.answer for s in self._on(at, by_expectation))])

    def answer_at(self, at: datetime) -> AnswerAt:
        answer = self.answer(at)
        causes = [s for s in self._on(at) if s.rule.answer == answer]
        rules = tuple(r.id for r in self.protocol.rules if any(s.rule is r for s in causes))
        counted = [s.session for s in causes if s.session]
        stated = any(s.rule.source is Source.STATED for s in causes)
        source = (Source.STATED if stated else Source.INFERRED) if causes else None
        end = self._end(at, answer)
        return AnswerAt(self.activity.id, answer, *end, max(counted, default=None), rules, source)

    def lifts_after(self, at: datetime) -> Iterator[tuple[datetime, Answer]]:
        for end in sorted({s.ends for s in self.stretches if s.ends and s.ends > at}):
            before, after = self.answer(end - timedelta(seconds=1)), self.answer(end)
            if after < before and self._is_sure(end):
                yield end, after

    def _end(
        self, at: datetime, answer: Answer
    ) -> tuple[datetime | None, datetime | None, Open | None]:
        if answer is Answer.YES:
            return None, None, None
        ends = sorted({s.ends for s in self.stretches if s.ends and s.ends > at})
        first = next((end for end in ends if self.answer(end) < answer), None)
        if first and self._is_sure(first):
            return first, None, None
        if self.answer(at, by_expectation=True) < answer:
            return None, None, Open.WAITING
        ends = sorted({s.expected for s in self.stretches if s.expected and s.expected > at})
        first = next((end for end in ends if self.answer(end, by_expectation=True) < answer), None)
        return None, first, None if first else Open.PERMANENT

    def _is_sure(self, end: datetime) -> bool:
        after = self.answer(end)
        ending = [s for s in self.stretches if s.ends == end and s.rule.answer > after]
        return all(s.is_firm for s in ending)

    def _on(self, at: datetime, by_expectation: bool = False) -> Iterator[Stretch]:
        for stretch in self.stretches:
            end = stretch.expected if by_expectation else stretch.ends
            has_begun = stretch.starts is None or stretch.starts <= at
            if has_begun and (end is None or at < end):
                yield stretch

    def _stretches(self, rule: Rule) -> Iterator[Stretch]:
        timing, live = rule.timing, self.course.live
        if timing.anchor is Anchor.ALWAYS:
            yield Stretch(rule, None, None, None, True, None)
        if timing.anchor is Anchor.COURSE and live:
            end = self._later(self._last_end(), timing.until)
            is_over = self.course.is_last_confirmed
            yield Stretch(rule, live[0].starts_at, end if is_over else None, end, is_over, None)
        for treatment in live if timing.anchor is Anchor.BEFORE_SESSION else ():
            start, lead = treatment.starts_at, timing.lead
            assert start
            assert lead
            begin = start - timedelta(hours=lead.hours)
            begin = earlier_by_days(start, lead.days, self.course.zone) if lead.days else begin
            yield Stretch(rule, begin, start, start, True, None)
        for treatment in live if timing.anchor is Anchor.SESSION else ():
            yield self._after(rule, treatment)

    def _after(self, rule: Rule, treatment: TreatmentSession) -> Stretch:
        anchor = self._end_of(treatment)
        start = treatment.starts_at
        assert start
        begin = self._later(anchor, rule.timing.start) if rule.timing.start else start
        end = self._later(anchor, rule.timing.until)
        is_open = not treatment.is_performed and start <= self.now
        is_firm, number = treatment.is_performed, treatment.number
        return Stretch(rule, begin, None if is_open else end, end, is_firm, number)

    def _last_end(self) -> datetime:
        live = {s.number: s for s in self.course.live}
        start = end = self.now
        for number in range(min(live), max([*live, self.course.planned_sessions]) + 1):
            if number in live:
                start, end = live[number].starts_at or start, self._end_of(live[number])
            else:
                gap = 7 if number == 2 else 28
                start = max(self.now, later_by_days(start, gap, self.course.zone))
                end = start + timedelta(hours=6)
        return end

    def _end_of(self, treatment: TreatmentSession) -> datetime:
        assert treatment.starts_at
        return treatment.ended_at or treatment.starts_at + timedelta(hours=6)

    def _later(self, instant: datetime, span: Span | None) -> datetime:
        assert span
        if span.hours:
            return instant + timedelta(hours=span.hours + 24 * self.extra)
        return later_by_days(instant, span.days + self.extra, self.course.zone)
