"""Notices as facts, for tests of their words. Instants are those of a course in Dubai."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.conftest import NOON
from tests.domain.scenes import FIRST, course, plan
from tests.web.phone import FIRST_END
from webapp.domain.notices import NoticeFacts, NoticeKind
from webapp.domain.pushes import PushMessage
from webapp.protocols.loader import protocols
from webapp.web.presenters.notice_words import NoticeTexts

SMP = protocols()["smp"]
DUBAI = ZoneInfo("Asia/Dubai")
ACTIVITIES = sorted(SMP.activities)
# Monday 9 March, 16:30 in Dubai.
UNTIL = "2026-03-09T12:30:00+00:00"
NAME = "Amira Saleh"

# What the clinic's own protocol lifts after a session: a day later, when the scalp may be wet
# again, and when the first week is over.
TOUCH, WATER, WEEK = (
    {activity: answer.word for activity, answer in lift.activities.items()}
    for lift in plan(course(FIRST), "2026-03-02 16:30").lifts_after(FIRST_END)
)
CONTENTS: Mapping[NoticeKind, Mapping[str, Any]] = {
    NoticeKind.LIFT: {"activities": WEEK},
    NoticeKind.STRICTER: {"activities": {"wash-shampoo": ["no", UNTIL, None]}},
    NoticeKind.PREPARE: {
        "activities": ["styling-products", "hairspray", "hair-mask"],
        "from": UNTIL,
    },
    NoticeKind.TOMORROW: {"wash": "shampoo"},
    NoticeKind.TODAY: {"wash": "water"},
    NoticeKind.FOLLOW_UP: {"years": 1},
}


def notice(
    kind: NoticeKind, content: Mapping[str, Any] | None = None, at: datetime = NOON
) -> NoticeFacts:
    """A notice with everything a worker may know of it, a client's name included."""
    told = CONTENTS.get(kind, {}) if content is None else content
    return NoticeFacts(7, kind, at, DUBAI, 1, told, SMP, NAME, 4)


def lift(activities: Mapping[str, str], at: datetime = NOON) -> NoticeFacts:
    return notice(NoticeKind.LIFT, {"activities": dict(activities)}, at)


def stricter(**activities: list[str | None]) -> NoticeFacts:
    """Names with `_` for `-`: `wash_shampoo=["no", UNTIL, None]`."""
    told = {name.replace("_", "-"): answer for name, answer in activities.items()}
    return notice(NoticeKind.STRICTER, {"activities": told})


def session(kind: NoticeKind, wash: str, **ahead: float) -> NoticeFacts:
    """A reminder of a session so far ahead of noon."""
    return notice(kind, {"wash": wash}, NOON + timedelta(**ahead))


def push(*notices: NoticeFacts, is_discreet: bool = False, now: datetime = NOON) -> PushMessage:
    return NoticeTexts().message(notices, is_discreet, 3, now)


def text(message: PushMessage) -> str:
    return f"{message.title}. {message.body}"
