"""The clinic asks a client for a photo of the healing: "how does it look on day 10?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from webapp.domain.calendar import zone_named
from webapp.domain.people import SignedIn
from webapp.domain.photo_access import may_work_with_photos
from webapp.domain.photos import Zone
from webapp.domain.readable import is_readable
from webapp.persistence import audit, clients, photo_requests, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.photo_requests import RequestRow
from webapp.persistence.tables import PhotoRequest
from webapp.services import photo_notices
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["RequestRow"]

LONGEST_WORDS = 300
LONGEST_AHEAD_SPAN = timedelta(days=366)
MOST_ON_BOARD = 50


class RequestRefusedError(ValueError):
    """The day is over or too far ahead, or the words are too long or cannot be read."""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is asked for. `due_on` is a day at the place of the course, or of the client."""

    client_id: int
    zone: Zone
    due_on: date
    words: str = ""
    course_id: int | None = None


def ask(with_: Collaborators, by: SignedIn, new: NewRequest) -> int:
    """Ask a client for a photo on a day, of which they are told that morning; returns the id.

    Raises NotFoundError, RequestRefusedError.
    """
    now = with_.clock.now()
    with writing() as writer:
        if not may_work_with_photos(by.role) or clients.read(writer, new.client_id) is None:
            raise NotFoundError
        if new.course_id and not photos.has_session(writer, new.client_id, new.course_id, None):
            raise NotFoundError
        row = PhotoRequest(client_id=new.client_id, course_id=new.course_id, zone=new.zone.value)
        row.words, row.due_on = _words(new.words), new.due_on
        row.asked_at, row.asked_by = now, by.account_id
        request_id = photo_requests.add(writer, row)
        request = photo_requests.by_id(writer, request_id)
        assert request
        today = now.astimezone(zone_named(request.time_zone)).date()
        if not today <= new.due_on <= today + LONGEST_AHEAD_SPAN:
            raise RequestRefusedError
        photo_notices.wanted(writer, request, now)
        audit.record(writer, now, by.account_id, "photo-asked", ("photo-request", request_id))
    return request_id


def cancel(with_: Collaborators, by: SignedIn, request_id: int) -> None:
    """Ask no more. Raises NotFoundError, also for what was answered or cancelled before."""
    now = with_.clock.now()
    with writing() as writer:
        request = photo_requests.by_id(writer, request_id)
        if not may_work_with_photos(by.role) or request is None or not request.is_open:
            raise NotFoundError
        photo_requests.change(writer, request_id, cancelled_at=now)
        rows = photo_requests.of_client(writer, request.client_id)
        photo_notices.wanted_no_more(writer, request, [row for row in rows if row.is_open])
        about = ("photo-request", request_id)
        audit.record(writer, now, by.account_id, "photo-not-asked", about)


def of_client(by: SignedIn, client_id: int) -> list[RequestRow]:
    """What a client was asked for, the newest first. Raises NotFoundError."""
    if not may_work_with_photos(by.role) or clients.read(reading(), client_id) is None:
        raise NotFoundError
    return photo_requests.of_client(reading(), client_id)


def open_to(with_: Collaborators, person: SignedIn) -> list[RequestRow]:
    """What a client can answer now: its day has come or is tomorrow, and nobody has seen an answer
    yet; the earliest day first."""
    rows = photo_requests.of_client(reading(), person.client_id or 0)
    now = with_.clock.now()
    return sorted(
        (
            row
            for row in rows
            if row.may_be_answered
            and row.due_on - timedelta(days=1) <= now.astimezone(zone_named(row.time_zone)).date()
        ),
        key=lambda row: (row.due_on, row.id),
    )


def unseen(by: SignedIn, location_id: int | None = None) -> list[RequestRow]:
    """Answers that nobody of the clinic has seen yet, the oldest first; none for reception."""
    if not may_work_with_photos(by.role):
        return []
    return photo_requests.unseen_answers(reading(), location_id, MOST_ON_BOARD)


def see(with_: Collaborators, by: SignedIn, request_id: int) -> RequestRow:
    """Note that somebody has looked at the answer; who was first stays. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        request = photo_requests.by_id(writer, request_id)
        if not may_work_with_photos(by.role) or request is None or not request.answered_at:
            raise NotFoundError
        if request.seen_at is None:
            photo_requests.change(writer, request_id, seen_at=now)
            photos.look_at_answers(writer, request_id)
            about = ("photo-request", request_id)
            audit.record(writer, now, by.account_id, "photo-answer-seen", about)
    return request


def _words(typed: str) -> str:
    words = " ".join(typed.split())
    if len(words) > LONGEST_WORDS or (words and not is_readable(words)):
        raise RequestRefusedError
    return words
