"""What is told because of photos, in the transaction of whatever gives cause for it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.photos import ConsentKind
from webapp.persistence import courses, notices, photo_notices, recipients, telling
from webapp.persistence.notices import PlannedFor
from webapp.persistence.photo_requests import RequestRow
from webapp.services.noticing import SETTLING_SPAN

SHARED_SPAN = timedelta(days=7)
WANTED_SPAN = timedelta(days=3)
ARRIVED_SPAN = timedelta(days=3)
# The hour at the clinic's place at which a client is asked for a photo.
ASKED_AT = time(10)


def shared(writer: Session, client_id: int, now: datetime) -> None:
    """A client is told that there is something new to see; once, however many photos it is."""
    account_id = _shown_anew(writer, client_id)
    if not photo_notices.waiting(writer, account_id, NoticeKind.PHOTO):
        _plan(writer, account_id, (NoticeKind.PHOTO, now + SETTLING_SPAN, SHARED_SPAN), now)


def unshared(writer: Session, client_id: int) -> None:
    """What was shared and taken back before it was told is told no more."""
    account_id = _shown_anew(writer, client_id)
    untrue = [
        notice.id
        for notice in photo_notices.waiting(writer, account_id, NoticeKind.PHOTO)
        if not photo_notices.is_shared_since(writer, account_id, notice.at - SETTLING_SPAN)
    ]
    notices.supersede(writer, untrue)


def withdrawn(writer: Session, client_id: int, kind: ConsentKind) -> None:
    """What a client does not agree to any more is not told either."""
    kinds = {
        ConsentKind.KEPT: (NoticeKind.PHOTO, NoticeKind.PHOTO_WANTED),
        ConsentKind.SHOWN: (NoticeKind.PHOTO,),
    }
    account_id = _shown_anew(writer, client_id)
    for one in kinds.get(kind, ()):
        waiting = photo_notices.waiting(writer, account_id, one)
        notices.supersede(writer, [notice.id for notice in waiting])


def wanted(writer: Session, request: RequestRow, now: datetime) -> None:
    """A client is asked for a photo, on the morning of its day or, if that has come, now."""
    account_id = _shown_anew(writer, request.client_id)
    _plan(writer, account_id, (NoticeKind.PHOTO_WANTED, _asked_at(request, now), WANTED_SPAN), now)


def wanted_no_more(writer: Session, request: RequestRow, others: list[RequestRow]) -> None:
    """Nobody asks any more, unless one of the other open requests does on the same day."""
    account_id = _shown_anew(writer, request.client_id)
    asked = {_asked_at(other, other.asked_at) for other in others}
    waiting = photo_notices.waiting(writer, account_id, NoticeKind.PHOTO_WANTED)
    at = _asked_at(request, request.asked_at)
    notices.supersede(writer, [one.id for one in waiting if one.at == at and at not in asked])


def answered(writer: Session, request: RequestRow, now: datetime) -> None:
    """Whoever treats the client is told that the photo they asked for is here."""
    _shown_anew(writer, request.client_id)
    stored = courses.load(writer, request.course_id) if request.course_id else None
    whom = recipients.of_course(writer, stored).staff if stored else ()
    for account_id in whom or recipients.all_treating(writer):
        if not photo_notices.waiting(writer, account_id, NoticeKind.PHOTO_ARRIVED):
            _plan(writer, account_id, (NoticeKind.PHOTO_ARRIVED, now, ARRIVED_SPAN), now)


def _shown_anew(writer: Session, client_id: int) -> int:
    """The client's account; what a browser keeps of their pages is looked at anew."""
    account_id = recipients.account_of_client(writer, client_id)
    telling.note_seen_changed(writer, [account_id])
    return account_id


def _asked_at(request: RequestRow, now: datetime) -> datetime:
    morning = datetime.combine(request.due_on, ASKED_AT, zone_named(request.time_zone))
    return max(morning.astimezone(UTC), now + SETTLING_SPAN)


def _plan(
    writer: Session, account_id: int, what: tuple[NoticeKind, datetime, timedelta], now: datetime
) -> None:
    kind, at, span = what
    notice = PlannedNotice(kind, at, at, at + span)
    photo_notices.plan(writer, notice, PlannedFor(account_id, None, now))
