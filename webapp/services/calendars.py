"""A client's dates for the calendar on their phone: the feed that it reads, and single events.

A calendar shows times where others may look, and shows them for hours after they changed. So it is
told when and where, never what: no answer, no name, no word about the treatment.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.domain.people import SignedIn
from webapp.persistence import audit, calendar_feeds
from webapp.persistence.calendar_feeds import CourseDates, FoundFeed, StoredDate
from webapp.persistence.database import reading, writing
from webapp.services import privacy
from webapp.services.errors import NotFoundError
from webapp.services.logins import TOKEN_BYTES, token_hash
from webapp.services.ports import Collaborators
from webapp.services.today import facts_of

__all__ = ["DateKind", "DateToKeep", "FoundFeed"]

# How long a calendar keeps free. Nobody knows how long a sitting will take; the plan reckons with
# more, because there it is safer to be late.
SESSION_SPAN = timedelta(hours=3)
VISIT_SPAN = timedelta(minutes=30)
MOMENT_SPAN = timedelta(minutes=15)
# A reading is noted once in this span: a write at every request would cost more than the feed.
NOTE_SPAN = timedelta(minutes=5)
KEPT = ("scheduled", "performed", "held")
LOST = ("cancelled", "missed")


class DateKind(StrEnum):
    """What a date is: part of its identity, told to nobody."""

    SESSION = "session"
    VISIT = "visit"
    MOMENT = "moment"  # an instant at which answers become milder


@dataclass(frozen=True, slots=True)
class DateToKeep:
    """One entry of a calendar. The same date has the same `uid` wherever it is told and whenever
    it is moved; `sequence` rises with every change. Instants are UTC."""

    uid: str
    kind: DateKind
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    sequence: int
    changed_at: datetime
    address: str


def make(with_: Collaborators, person: SignedIn) -> tuple[int, str]:
    """A new feed for this client, in the place of the one there was: (its id, its token).

    The token is stored nowhere; whoever has it can read the feed.
    """
    token, now = secrets.token_urlsafe(TOKEN_BYTES), with_.clock.now()
    client_id = _client_id(person)
    with writing() as writer:
        feed_id = calendar_feeds.add(writer, client_id, token_hash(token), now)
        audit.record(
            writer, now, person.account_id, "calendar-feed-make", ("calendar-feed", feed_id)
        )
    return feed_id, token


def stop(with_: Collaborators, person: SignedIn) -> None:
    """Close this client's feed with effect at once; nothing happens where none is open."""
    now, client_id = with_.clock.now(), _client_id(person)
    with writing() as writer:
        if calendar_feeds.revoke(writer, client_id, now):
            audit.record(
                writer, now, person.account_id, "calendar-feed-stop", ("client", client_id)
            )


def feed_of(person: SignedIn) -> FoundFeed | None:
    """This client's feed in force."""
    return calendar_feeds.open_of(reading(), _client_id(person))


def read(with_: Collaborators, token: str, now: datetime) -> list[DateToKeep]:
    """Everything that the calendar with this token is told at `now`; notes that it has read.

    Raises NotFoundError for a token that opens nothing, or nothing any more.
    """
    feed = calendar_feeds.by_token(reading(), token_hash(token))
    if feed is None or not privacy.is_consented(with_, feed.consented_version):
        raise NotFoundError
    if feed.read_at is None or now - feed.read_at >= NOTE_SPAN:
        with writing() as writer:
            calendar_feeds.note_read(writer, feed.id, now)
    return sorted(_dates_of(with_, feed.client_id, now), key=lambda one: (one.starts_at, one.uid))


def single(with_: Collaborators, person: SignedIn, kind: DateKind, key: int) -> DateToKeep:
    """One appointment of this client's newest course, as the feed tells it.

    `key` is the number of a session or the id of a visit. Raises NotFoundError.
    """
    courses = calendar_feeds.courses_of(reading(), _client_id(person))
    wanted = uid_of(with_.base_url, courses[-1].id, kind, key) if courses else ""
    for one in _appointments_of(with_, _client_id(person), courses):
        if one.uid == wanted:
            return one
    raise NotFoundError


def uid_of(base_url: str, course_id: int, kind: DateKind, key: int) -> str:
    """The identity of a date: no other date of this clinic or of another has it.

    A session is known by its number, not by its row: a session that was cancelled and planned anew
    is the same entry of a calendar.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{base_url}/dates/{course_id}/{kind}/{key}"))


def _dates_of(with_: Collaborators, client_id: int, now: datetime) -> Iterator[DateToKeep]:
    courses = calendar_feeds.courses_of(reading(), client_id)
    yield from _appointments_of(with_, client_id, courses)
    facts = facts_of(client_id, now)
    if facts is None or facts.plan is None:
        return
    for lift in facts.plan.lifts_after(now):
        uid = uid_of(with_.base_url, courses[-1].id, DateKind.MOMENT, int(lift.at.timestamp()))
        times = (lift.at, lift.at + MOMENT_SPAN)
        newest = courses[-1]
        yield DateToKeep(
            uid, DateKind.MOMENT, *times, False, newest.version, newest.changed_at, address=""
        )


def _appointments_of(
    with_: Collaborators, client_id: int, courses: list[CourseDates]
) -> Iterator[DateToKeep]:
    by_id = {course.id: course for course in courses}
    stored = calendar_feeds.sessions_of(reading(), client_id)
    for of_number in _newest_by_number(stored).values():
        yield _date(with_, by_id[of_number.course_id], DateKind.SESSION, of_number)
    for visit in calendar_feeds.visits_of(reading(), client_id):
        if visit.status in (*KEPT, *LOST):
            yield _date(with_, by_id[visit.course_id], DateKind.VISIT, visit)


def _newest_by_number(stored: list[StoredDate]) -> dict[tuple[int, int], StoredDate]:
    """One session for every number: the live one if there is one, else the latest that was to be.

    What nobody can read is left out.
    """
    found: dict[tuple[int, int], StoredDate] = {}
    for is_live in (False, True):
        wanted = KEPT if is_live else LOST
        found |= {(one.course_id, one.key): one for one in stored if one.status in wanted}
    return found


def _date(
    with_: Collaborators, course: CourseDates, kind: DateKind, stored: StoredDate
) -> DateToKeep:
    span = SESSION_SPAN if kind is DateKind.SESSION else VISIT_SPAN
    return DateToKeep(
        uid=uid_of(with_.base_url, course.id, kind, stored.key),
        kind=kind,
        starts_at=stored.starts_at,
        ends_at=stored.ended_at or stored.starts_at + span,
        is_off=stored.status in LOST,
        sequence=course.version,
        changed_at=course.changed_at,
        address=course.address,
    )


def _client_id(person: SignedIn) -> int:
    assert person.client_id is not None
    return person.client_id
