"""A client's inbox: everything they were told, whatever became of the push."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.domain.notices import NoticeFacts, NoticeKind
from webapp.domain.people import SignedIn
from webapp.domain.protocol import Protocol
from webapp.persistence import audit, inbox
from webapp.persistence.database import reading, writing
from webapp.persistence.inbox import InboxRow
from webapp.protocols.loader import protocol_version
from webapp.services.errors import NotFoundError
from webapp.services.notice_truth import Content, Told, still_true
from webapp.services.ports import Collaborators
from webapp.services.today import Facts, zone_of

PAGE_COUNT = 20
NEWS_COUNT = 3


@dataclass(frozen=True, slots=True)
class InboxNotice:
    """A notice as its reader finds it. `holds`: whether what it says is still so; its content is
    then as much of it as is. `is_read`: read, or acknowledged where that is asked for."""

    facts: NoticeFacts
    told_at: datetime
    is_read: bool
    holds: bool = True

    @property
    def must_acknowledge(self) -> bool:
        return self.facts.kind is NoticeKind.STRICTER and not self.is_read


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox, the newest first; `older` is what the next page begins after, or 0."""

    notices: tuple[InboxNotice, ...]
    older: int = 0


def page_of(person: SignedIn, facts: Facts, before: int = 0) -> InboxPage:
    """What a client was told, from the newest, or from the notice with the id `before` on."""
    rows = inbox.page_of(reading(), person.account_id, before, PAGE_COUNT + 1)
    older = rows[PAGE_COUNT - 1].id if len(rows) > PAGE_COUNT else 0
    return InboxPage(tuple(_notices(rows[:PAGE_COUNT], facts)), older)


def news_of(person: SignedIn, facts: Facts) -> list[InboxNotice]:
    """The few unread notices that matter most now, what became stricter first; only such as
    still hold."""
    if not person.unread:
        return []
    holding = [one for one in _notices(inbox.unread_of(person.account_id), facts) if one.holds]
    holding.sort(key=lambda notice: not notice.must_acknowledge)
    return holding[:NEWS_COUNT]


def _notices(rows: Iterable[InboxRow], facts: Facts) -> Iterable[InboxNotice]:
    for row in rows:
        told = Told(NoticeKind(row.kind), row.at, row.content)
        is_of_now = row.course_id is None or row.course_id == facts.course_id
        content = still_true(told, facts.plan if is_of_now else None)
        yield InboxNotice(
            _facts(row, row.content if content is None else content, facts),
            row.told_at,
            row.read_at is not None,
            content is not None,
        )


def _facts(row: InboxRow, content: Content, facts: Facts) -> NoticeFacts:
    return NoticeFacts(
        id=row.id,
        kind=NoticeKind(row.kind),
        at=row.at,
        zone=zone_of(row.zone) if row.zone else facts.zone,
        session_number=row.session_number,
        content=content,
        protocol=protocol_of(row.protocol_id, row.protocol_version),
    )


def protocol_of(protocol_id: str | None, version: int | None) -> Protocol | None:
    """The protocol of the notice's course, or None for a notice without one."""
    if protocol_id is None or version is None:
        return None
    return protocol_version(protocol_id, version)


def mark_read(with_: Collaborators, person: SignedIn, ids: Sequence[int]) -> None:
    """Note that a client has read these notices; what has to be acknowledged stays unread."""
    now = with_.clock.now()
    with writing() as writer:
        if inbox.mark_read(writer, person.account_id, ids, now):
            inbox.raise_seen(writer, person.account_id)


def acknowledge(with_: Collaborators, person: SignedIn, notice_id: int) -> None:
    """Note that a client has read that the plan became stricter, in this notice and in those
    before it. Raises NotFoundError for any notice but such a one of theirs."""
    now = with_.clock.now()
    with writing() as writer:
        told_at = inbox.told_stricter(writer, person.account_id, notice_id)
        if told_at is None:
            raise NotFoundError
        if inbox.acknowledge(writer, person.account_id, (told_at, notice_id), now):
            inbox.raise_seen(writer, person.account_id)
            audit.record(
                writer, now, person.account_id, "notice-acknowledged", ("notice", notice_id)
            )
