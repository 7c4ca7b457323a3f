"""The staff's board: what this day holds, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from webapp.domain.calendar import zone_named
from webapp.domain.course_edits import EXTENSION_RANGE
from webapp.domain.edit_rules import LONGEST_SESSION_SPAN
from webapp.domain.errors import AftercareError
from webapp.domain.noticing import overdue_at
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Answer, Protocol
from webapp.persistence import board
from webapp.persistence.board import Between, BoardLine
from webapp.persistence.courses import StoredCourse, load_where
from webapp.persistence.database import reading
from webapp.persistence.tables import Course
from webapp.protocols.loader import protocol_version
from webapp.services.ports import Collaborators

__all__ = ["BoardLine"]

SECOND_SPAN = timedelta(seconds=1)
# Days and elapsed hours differ by as much as clocks are ever changed.
CLOCK_CHANGE_SPAN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class LiftLine:
    """Answers of one client that become milder at one instant (UTC): (activity, new answer)."""

    course_id: int
    client_id: int
    client_name: str
    location_id: int
    location_name: str
    zone: str
    at: datetime
    activities: tuple[tuple[str, Answer], ...]
    protocol: Protocol


@dataclass(frozen=True, slots=True)
class Board:
    """Each part in the order of time. Sessions of today include visits."""

    sessions_today: tuple[BoardLine, ...]
    unconfirmed: tuple[BoardLine, ...]
    past_expected_end: tuple[BoardLine, ...]
    lifts_today: tuple[LiftLine, ...]


def today(with_: Collaborators, now: datetime, location_id: int | None = None) -> Board:
    """The board at `now`, of one location or all; each counts the day in its own zone."""
    reader = reading()
    days = {id_: _day_of(now, zone) for id_, zone in board.zones(reader, location_id).items()}
    if not days:
        return Board((), (), (), ())
    ids, whole = list(days), _around(days.values())
    dates = [
        *board.sessions_between(reader, whole, ids),
        *board.visits_between(reader, whole, ids),
    ]
    return Board(
        sessions_today=tuple(
            sorted(
                (line for line in dates if _is_in(line.starts_at, days[line.location_id])),
                key=lambda line: line.starts_at,
            )
        ),
        unconfirmed=tuple(board.unconfirmed(reader, now, ids)),
        past_expected_end=tuple(_overdue(board.without_a_next(reader, ids), now)),
        lifts_today=tuple(sorted(_lifts(days, whole), key=lambda line: line.at)),
    )


def _overdue(lines: Sequence[BoardLine], now: datetime) -> Iterator[BoardLine]:
    """Those of whose courses staff owe a word, from the morning on which they are told so."""
    wanted = Course.id.in_([line.course_id for line in lines])
    stored = {one.id: one for one in load_where(reading(), wanted)} if lines else {}
    for line in lines:
        due_at = _owed_from(stored[line.course_id], now)
        if due_at is not None and due_at <= now:
            yield line


def _owed_from(stored: StoredCourse, now: datetime) -> datetime | None:
    """At once for a course that cannot be true: somebody has to look at it."""
    try:
        protocol = protocol_version(stored.protocol_id, stored.protocol_version)
        return overdue_at(plan_for(protocol, stored.state.course, now))
    except AftercareError:
        return now


def _day_of(now: datetime, zone: str) -> Between:
    local = now.astimezone(zone_named(zone))
    starts_at = datetime.combine(local.date(), time.min, local.tzinfo)
    next_day = local.date() + timedelta(days=1)
    return starts_at, datetime.combine(next_day, time.min, local.tzinfo)


def _around(days: Iterable[Between]) -> Between:
    begins, ends = zip(*days, strict=True)
    return min(begins), max(ends)


def _is_in(instant: datetime, between: Between) -> bool:
    return between[0] <= instant < between[1]


def _lifts(days: dict[int, Between], whole: Between) -> Iterator[LiftLine]:
    reader = reading()
    protocols = [protocol_version(*key) for key in board.protocol_versions(reader)]
    spans = sorted({span for protocol in protocols for span in _spans(protocol)})
    if not spans:
        return
    ended_in = [
        (whole[0] - span - CLOCK_CHANGE_SPAN, whole[1] - span + CLOCK_CHANGE_SPAN) for span in spans
    ]
    longest = spans[-1] + timedelta(days=EXTENSION_RANGE[-1]) + LONGEST_SESSION_SPAN
    recent = (whole[0] - longest - CLOCK_CHANGE_SPAN, whole[1])
    for stored in board.courses_ended_in(reader, ended_in, recent, list(days)):
        yield from _lifts_of(stored, days[stored.location.id])


def _spans(protocol: Protocol) -> Iterator[timedelta]:
    """How long after a session's end anything can lift."""
    for rule in protocol.rules:
        for span in (rule.timing.start, rule.timing.until):
            if span is not None:
                yield timedelta(seconds=span.seconds)


def _lifts_of(stored: StoredCourse, day: Between) -> Iterator[LiftLine]:
    protocol = protocol_version(stored.protocol_id, stored.protocol_version)
    # Seen from the day's beginning, so that what lifted this morning stays on the board.
    before = day[0] - SECOND_SPAN
    for lift in plan_for(protocol, stored.state.course, before).lifts_after(before):
        if lift.at < day[1]:
            yield LiftLine(
                course_id=stored.id,
                client_id=stored.client_id,
                client_name=stored.client_name,
                location_id=stored.location.id,
                location_name=stored.location.name,
                zone=stored.location.zone,
                at=lift.at,
                activities=tuple(lift.activities.items()),
                protocol=protocol,
            )
