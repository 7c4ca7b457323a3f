"""Notices: what somebody is told, as facts. Presenters find the words.

`content` of each kind, all of it JSON:

| kind | content |
|---|---|
| aftercare-begins | `{}` |
| lift | `{"activities": {activity: new answer word}}` |
| stricter | `{"activities": {activity: [answer word, until or null, estimate or null]}}` |
| prepare | `{"activities": [activity], "from": beginning}`: what must stop, and when |
| session-tomorrow, session-today | `{"wash": "shampoo", "water" or "none"}` |
| healed, welcome, test, photo-added, photo-wanted | `{}` |
| follow-up-due | `{"years": 1}` |
| session-open, course-overdue, photo-arrived | `{}`; to staff |

Instants inside it are ISO 8601 in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from webapp.domain.protocol import Protocol

# Raised whenever the engine may answer otherwise for the same protocol and course: notices that
# an older engine planned are proved anew before they are sent.
ENGINE_VERSION = 1


class NoticeKind(StrEnum):
    """What a notice is about."""

    BEGINS = "aftercare-begins"
    LIFT = "lift"
    STRICTER = "stricter"
    PREPARE = "prepare"
    TOMORROW = "session-tomorrow"
    TODAY = "session-today"
    HEALED = "healed"
    FOLLOW_UP = "follow-up-due"
    PHOTO = "photo-added"
    PHOTO_WANTED = "photo-wanted"
    WELCOME = "welcome"
    TEST = "test"
    SESSION_OPEN = "session-open"
    COURSE_OVERDUE = "course-overdue"
    PHOTO_ARRIVED = "photo-arrived"


# A client may choose for each of these whether it is pushed; the inbox holds it all the same.
CHOOSABLE = (
    NoticeKind.LIFT,
    NoticeKind.PREPARE,
    NoticeKind.TOMORROW,
    NoticeKind.TODAY,
    NoticeKind.HEALED,
    NoticeKind.FOLLOW_UP,
    NoticeKind.PHOTO,
    NoticeKind.PHOTO_WANTED,
)
# What must not wait for the morning, or was asked for just now.
AT_ANY_HOUR = frozenset(
    {NoticeKind.BEGINS, NoticeKind.STRICTER, NoticeKind.WELCOME, NoticeKind.TEST}
)
TO_STAFF = frozenset({NoticeKind.SESSION_OPEN, NoticeKind.COURSE_OVERDUE, NoticeKind.PHOTO_ARRIVED})
# Proofs that a device receives: they are pushed and not kept in the inbox.
PROOFS = frozenset({NoticeKind.WELCOME, NoticeKind.TEST})


@dataclass(frozen=True, slots=True)
class PlannedNotice:
    """A notice of a course before it is stored. Instants are UTC.

    `at` is the instant it speaks of, `due_at` when it is told, `expires_at` from when it stays in
    the inbox alone.
    """

    kind: NoticeKind
    at: datetime
    due_at: datetime
    expires_at: datetime
    session_number: int | None = None
    content: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice as whoever words it needs it. `zone` is the course's; `client_name` and
    `client_id` are there only for staff, and never belong into a push."""

    id: int
    kind: NoticeKind
    at: datetime
    zone: ZoneInfo
    session_number: int | None = None
    content: Mapping[str, Any] | None = None
    protocol: Protocol | None = None
    client_name: str = ""
    client_id: int | None = None
