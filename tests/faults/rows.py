"""Scenes of rows: broken ones, and ones that are changed while they are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import insert, select, text

from tests.conftest import NOON
from tests.faults.count import Count, count, number_of
from tests.faults.crowd import ARTIST_ID, Crowd
from tests.faults.rig import Rig
from webapp.domain.course_edits import Edit, Extend, MoveSession, ReopenSession
from webapp.domain.people import Role, SignedIn
from webapp.gateways.push.gate import TO_A_STRANGER
from webapp.persistence import demo_courses
from webapp.persistence.database import writing
from webapp.persistence.tables import Course, Sending, TreatmentSession
from webapp.services import courses
from webapp.services.noticing import Cause, plan_notices

IRIS = SignedIn(ARTIST_ID, 1, Role.ARTIST, "Iris", "Asia/Dubai")
DOUBTFUL = "UPDATE notices SET engine_version = 0 WHERE account_id = {n}"
# What can be wrong with everything that belongs to one client; each is another's.
POISONS = (
    ("UPDATE notices SET content = '{{broken' WHERE account_id = {n}",),
    ("UPDATE notices SET content = '[1]' WHERE account_id = {n}",),
    ("UPDATE notices SET content = 'null' WHERE account_id = {n}", DOUBTFUL),
    ("""UPDATE notices SET content = '{{"activities": 7}}' WHERE account_id = {n}""", DOUBTFUL),
    ("UPDATE notices SET kind = 'nonsense' WHERE account_id = {n}",),
    ("UPDATE notices SET kind = 'test', content = '[1]' WHERE account_id = {n}",),
    ("UPDATE notices SET at = 1000000000000000 WHERE account_id = {n}",),
    ("UPDATE treatment_sessions SET status = 'nonsense' WHERE course_id = {n}", DOUBTFUL),
    ("UPDATE treatment_sessions SET ended_at = 1 WHERE course_id = {n}", DOUBTFUL),
    ("UPDATE courses SET protocol_id = 'none' WHERE id = {n}", DOUBTFUL),
    ("UPDATE courses SET protocol_version = 99 WHERE id = {n}",),
    ("UPDATE notice_preferences SET muted = '{{broken' WHERE account_id = {n}",),
    ("UPDATE notice_preferences SET quiet_until = 99999 WHERE account_id = {n}",),
    ("UPDATE login_records SET time_zone = 'Nowhere/At/All' WHERE id = {n}",),
    ("UPDATE push_subscriptions SET p256dh = 'AAAA' WHERE id = {n}",),
    ("UPDATE push_subscriptions SET auth = 'é' WHERE id = {n}",),
    ("UPDATE push_subscriptions SET endpoint = 'https://[::1' WHERE id = {n}",),
    ("UPDATE push_subscriptions SET key_id = 'nonsense' WHERE id = {n}",),
)


class Poison(NamedTuple):
    """`poisoned`: clients with a broken row; `alarms`: whether the owner is told of a mistake;
    `later`: what fell due afterwards."""

    poisoned: int
    alarms: int
    others: Count
    later: Count


def poison(rig: Rig, clients: int) -> Poison:
    """Among the due are rows that cannot be read, each broken in another way."""
    rig.add(rig.crowd(len(POISONS)))
    others = rig.crowd(clients, first=len(POISONS) + 1)
    rig.add(others)
    with writing() as writer:
        for number, statements in enumerate(POISONS, 1):
            for statement in statements:
                writer.execute(text(statement.format(n=number)))
    rig.start()
    rig.wait(lambda: not _missing(rig, others))
    later = rig.crowd(clients, first=others.first + clients)
    rig.add(later)
    rig.wait(lambda: not _missing(rig, later))
    alarms = len(rig.rows(select(Sending.id).where(Sending.mistake_at.is_not(None))))
    received = rig.sink.received
    return Poison(len(POISONS), alarms, count(others, received), count(later, received))


def _missing(rig: Rig, crowd: Crowd) -> int:
    return count(crowd, list(rig.sink.received)).lost


class Changed(NamedTuple):
    """`claimed_after`: pushes that were claimed after a change that made them untrue."""

    edited: int
    cancelled: int
    erased: int
    claimed_after: int
    untouched: Count


def changed(rig: Rig, each: int) -> Changed:
    """Lifts are due and on their way when staff extend, reopen or erase their courses."""
    ahead = rig.crowd(200, due=lambda _: NOON - timedelta(minutes=2))
    rig.add(ahead)
    crowd = rig.crowd(4 * each, due=lambda _: NOON, first=201)
    rig.add(crowd, is_planned=False)
    with writing() as writer:
        for number in crowd.numbers:
            plan_notices(writer, number, Cause(), NOON - timedelta(minutes=1))
    rig.sink.is_holding = True
    worker = rig.start()
    rig.wait(lambda: rig.states().total() == ahead.count + crowd.count)
    rig.wait(lambda: len(rig.sink.received) >= TO_A_STRANGER)
    rig.freeze(worker)
    edited, cancelled, erased, untouched = _parts(crowd)
    _change(rig, edited, Extend("wash-water", 3, "It heals slowly"))
    _change(rig, cancelled, ReopenSession(1))
    with writing() as writer:
        demo_courses.remove_of(writer, list(erased.numbers))
    rig.sink.is_holding = False
    rig.thaw(worker)
    rig.wait(lambda: not _missing(rig, untouched) and rig.are_settled(ahead.count))
    wrong = {*edited.numbers, *cancelled.numbers, *erased.numbers}
    sent = [seen for seen in rig.sink.received if number_of(seen) in wrong]
    left = count(untouched, rig.sink.received)
    return Changed(each, each, each, len(sent), left)


def _parts(crowd: Crowd) -> list[Crowd]:
    each = crowd.count // 4
    return [
        Crowd(each, crowd.due, crowd.endpoint, crowd.key_id, crowd.first + part * each)
        for part in range(4)
    ]


def _change(rig: Rig, crowd: Crowd, edit: Edit) -> None:
    for number in crowd.numbers:
        _edit(rig, number, edit)


def _edit(rig: Rig, course_id: int, edit: Edit) -> int:
    version = rig.rows(select(Course.version).where(Course.id == course_id))[0][0]
    with_ = rig.building.app.extensions["collaborators"]
    return courses.change(with_, IRIS, course_id, version, edit).id


class Moved(NamedTuple):
    """The most pushes that one client got: for what lifted before, in the evening for the session
    of tomorrow, and after it was moved and moved back once more."""

    before: int
    evening: int
    again: int


def moved(rig: Rig, clients: int) -> Moved:
    """A session is moved, moved back, moved and undone: tomorrow is announced once."""
    crowd = rig.crowd(clients, due=lambda _: NOON)
    rig.add(crowd)
    with writing() as writer:
        writer.execute(insert(TreatmentSession), [_booked(number) for number in crowd.numbers])
        for number in crowd.numbers:
            plan_notices(writer, number, Cause(), NOON)
    before = _pushes_of_one_run(rig, lambda: rig.are_settled(clients))
    for number in crowd.numbers:
        _move(rig, number, later=2)
        _move(rig, number, later=0)
        undo_id = _move(rig, number, later=4)
        assert courses.undo(rig.building.app.extensions["collaborators"], IRIS, undo_id)
    rig.move_clock(timedelta(hours=6, minutes=1))
    evening = _pushes_of_one_run(rig, lambda: rig.are_settled(2 * clients))
    for number in crowd.numbers:
        _move(rig, number, later=2)
        _move(rig, number, later=0)
    rig.move_clock(timedelta(minutes=2))
    last = rig.crowd(clients, first=clients + 1)
    rig.add(last)
    again = _pushes_of_one_run(rig, lambda: not _missing(rig, last), crowd)
    return Moved(before, evening, again)


SESSION_AT = NOON + timedelta(hours=26)


def _booked(number: int) -> dict[str, object]:
    return {"course_id": number, "number": 2, "status": "scheduled", "starts_at": SESSION_AT}


def _move(rig: Rig, number: int, later: int) -> int:
    return _edit(rig, number, MoveSession(2, SESSION_AT + timedelta(hours=later)))


def _pushes_of_one_run(rig: Rig, until: Callable[[], bool], whose: Crowd | None = None) -> int:
    """The most that one client gets while a worker runs."""
    known = len(rig.sink.received)
    worker = rig.start()
    rig.wait(until)
    rig.end(worker)
    seen = [number_of(seen) for seen in rig.sink.received[known:]]
    counted = Counter(n for n in seen if whose is None or n in whose.numbers)
    return max(counted.values(), default=0)
