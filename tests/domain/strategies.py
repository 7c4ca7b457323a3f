"""Courses, instants and rules for properties that hold whatever happens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.domain.scenes import SMP
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.protocol import Anchor, Answer, Rule, Source, Span, Timing

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Dubai",
        "Europe/Sofia",
        "America/New_York",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
    )
]
ACTIVITIES = sorted(SMP.activities)


class Case(NamedTuple):
    """A course, the present, and a later or equal instant that is asked about."""

    course: Course
    now: datetime
    at: datetime


@st.composite
def courses(draw: st.DrawFn) -> Course:
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 24 * 365)))
    gaps = draw(st.lists(st.integers(1, 24 * 35), max_size=4))
    done = draw(st.integers(0, len(gaps)))
    sessions = []
    for index, gap in enumerate(gaps):
        begin += timedelta(hours=gap)
        sessions.append(_treatment(index + 1, begin, index < done, draw(st.integers(10, 59))))
    is_last = bool(sessions) and done == len(gaps) and draw(st.booleans())
    extra = draw(st.dictionaries(st.sampled_from(ACTIVITIES), st.integers(1, 9), max_size=3))
    zone = draw(st.sampled_from(ZONES))
    return Course(zone, tuple(sessions), draw(st.integers(1, 5)), is_last, extra)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    course = draw(courses())
    edges = [s.ended_at or s.starts_at for s in course.sessions]
    origin = draw(st.sampled_from([e for e in edges if e] or [datetime(2026, 6, 1, tzinfo=UTC)]))
    now = origin + timedelta(hours=draw(st.integers(-48, 24 * 30)))
    later = timedelta(hours=draw(st.one_of(st.just(0), st.integers(0, 24 * 30))))
    return Case(course, now, now + later)


def _treatment(number: int, begin: datetime, is_done: bool, minutes: int) -> TreatmentSession:
    if is_done:
        end = begin + timedelta(minutes=minutes)
        return TreatmentSession(number, SessionStatus.PERFORMED, begin, end)
    return TreatmentSession(number, SessionStatus.SCHEDULED, begin)


_SPANS = st.one_of(
    st.integers(1, 200).map(lambda hours: Span(hours=hours)),
    st.integers(1, 30).map(lambda days: Span(days=days)),
)
_TIMINGS = st.one_of(
    _SPANS.map(lambda until: Timing(Anchor.SESSION, until=until)),
    st.tuples(st.integers(1, 5), st.integers(6, 9)).map(
        lambda days: Timing(Anchor.SESSION, start=Span(days=days[0]), until=Span(days=days[1]))
    ),
    _SPANS.map(lambda until: Timing(Anchor.COURSE, until=until)),
    _SPANS.map(lambda lead: Timing(Anchor.BEFORE_SESSION, lead=lead)),
    st.just(Timing(Anchor.ALWAYS)),
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    activities = draw(st.lists(st.sampled_from(ACTIVITIES), min_size=1, max_size=3, unique=True))
    answer = draw(st.sampled_from([Answer.LIMITED, Answer.ASK, Answer.NO]))
    return Rule("new", tuple(activities), answer, draw(_TIMINGS), Source.STATED, "Because.")


PROTOCOLS = st.lists(rules(), max_size=3).map(
    lambda new: replace(
        SMP,
        rules=(*SMP.rules, *(replace(r, id=f"new-{i}") for i, r in enumerate(new))),
    )
)
