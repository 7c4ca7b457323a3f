"""The words of notices: as a push, for the lock screen or in full, and on a page.

No text holds anybody's name. A discreet push says nothing but that there is something to read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from webapp.domain.notices import PROOFS, TO_STAFF, NoticeFacts, NoticeKind
from webapp.domain.pushes import PushMessage
from webapp.web.language import gettext as _
from webapp.web.language import ngettext, reading
from webapp.web.presenters.answers import sentence
from webapp.web.presenters.lift_words import WASHING, lift_said, lifted_by
from webapp.web.presenters.occasion_words import (
    begins_said,
    follow_up_said,
    healed_said,
    open_said,
    overdue_said,
    photo_said,
    photo_wanted_said,
    photos_arrived_said,
    prepare_said,
    session_said,
    trial_said,
    welcome_said,
)
from webapp.web.presenters.said import Said, Voice
from webapp.web.presenters.stricter_words import Clock, stricter_by, stricter_said

# Where several notices make one message, the first of these comes first.
ORDER = (
    NoticeKind.STRICTER,
    NoticeKind.LIFT,
    NoticeKind.BEGINS,
    NoticeKind.HEALED,
    NoticeKind.TODAY,
    NoticeKind.TOMORROW,
    NoticeKind.PREPARE,
    NoticeKind.FOLLOW_UP,
    NoticeKind.PHOTO_WANTED,
    NoticeKind.PHOTO,
    NoticeKind.WELCOME,
    NoticeKind.TEST,
    NoticeKind.SESSION_OPEN,
    NoticeKind.COURSE_OVERDUE,
    NoticeKind.PHOTO_ARRIVED,
)
OCCASIONS: Mapping[NoticeKind, Callable[[NoticeFacts, datetime], Said]] = {
    NoticeKind.BEGINS: begins_said,
    NoticeKind.HEALED: healed_said,
    NoticeKind.TODAY: session_said,
    NoticeKind.TOMORROW: session_said,
    NoticeKind.PREPARE: prepare_said,
    NoticeKind.FOLLOW_UP: follow_up_said,
    NoticeKind.PHOTO: photo_said,
    NoticeKind.PHOTO_WANTED: photo_wanted_said,
    NoticeKind.WELCOME: welcome_said,
    NoticeKind.TEST: trial_said,
}
TO_STAFF_SAID: Mapping[NoticeKind, Callable[[Sequence[NoticeFacts]], Said]] = {
    NoticeKind.SESSION_OPEN: open_said,
    NoticeKind.COURSE_OVERDUE: overdue_said,
    NoticeKind.PHOTO_ARRIVED: photos_arrived_said,
}
# More than these are counted: a lock screen shows few lines.
MOST_TITLES = 3
TODAY, INBOX, BOARD, PHOTOS = "/", "/inbox", "/staff", "/photos"
# Today shows them, or what they are about, and no more of them than it has room for.
ON_TODAY = PROOFS | {
    NoticeKind.STRICTER,
    NoticeKind.LIFT,
    NoticeKind.BEGINS,
    NoticeKind.HEALED,
    NoticeKind.TODAY,
    NoticeKind.TOMORROW,
    NoticeKind.PREPARE,
}
MOST_ON_TODAY = 3
ON_PHOTOS = {NoticeKind.PHOTO, NoticeKind.PHOTO_WANTED}


class NoticeTexts:
    """Finds the words of a push; stands behind the port NoticeWords."""

    def message(
        self, notices: Sequence[NoticeFacts], is_discreet: bool, badge: int, now: datetime
    ) -> PushMessage:
        """One push for all these notices of one account, of which there is at least one.

        `opens` is a path of ours; whoever sends puts the clinic's address before it.
        """
        is_hidden = is_discreet and not _may_be_seen(notices)
        said = _neutral() if is_hidden else pushed(notices, now)
        words = reading()
        body = " ".join(said.words)
        return PushMessage(said.title, body, opens(notices), words.lang, badge, words.dir)


def _may_be_seen(notices: Sequence[NoticeFacts]) -> bool:
    """A proof that notices arrive says nothing of anybody, nor does what staff are told."""
    return {notice.kind for notice in notices} <= PROOFS | TO_STAFF


def _neutral() -> Said:
    return Said(_("Your plan has an update"), (_("Open the app to read it."),))


def opens(notices: Sequence[NoticeFacts]) -> str:
    """The path that shows best what these notices say."""
    kinds = {notice.kind for notice in notices}
    if kinds <= TO_STAFF:
        return BOARD
    if kinds <= ON_PHOTOS:
        return PHOTOS
    return TODAY if kinds <= ON_TODAY and len(notices) <= MOST_ON_TODAY else INBOX


def pushed(notices: Sequence[NoticeFacts], now: datetime) -> Said:
    """Several notices as one: the most important in full, the titles of the next, the rest
    counted. What one says must wait, no other says may be done."""
    by_kind: dict[NoticeKind, list[NoticeFacts]] = {}
    for notice in sorted(notices, key=lambda notice: (ORDER.index(notice.kind), notice.at)):
        by_kind.setdefault(notice.kind, []).append(notice)
    _take_back(by_kind, now)
    first, *others = [
        said_together(kind, alike, now, Voice.ARRIVING) for kind, alike in by_kind.items()
    ]
    titles = [sentence(part.title) for part in others[:MOST_TITLES]]
    left = len(others) - MOST_TITLES
    more = [ngettext("%(num)s more update.", "%(num)s more updates.", left)] if left > 0 else []
    return Said(first.title, (*first.words, *titles, *more))


def _take_back(by_kind: dict[NoticeKind, list[NoticeFacts]], now: datetime) -> None:
    """Leave out of the lifts whatever a stricter notice beside them forbids."""
    stricter = set(stricter_by(by_kind.get(NoticeKind.STRICTER, ()), now))
    if not stricter or NoticeKind.LIFT not in by_kind:
        return
    if stricter & WASHING:
        stricter |= WASHING
    lifts = by_kind[NoticeKind.LIFT]
    left = {one: kind.word for one, kind in lifted_by(lifts).items() if one not in stricter}
    if left:
        by_kind[NoticeKind.LIFT] = [replace(lifts[-1], content={"activities": left})]
    else:
        del by_kind[NoticeKind.LIFT]


def said_together(
    kind: NoticeKind, notices: Sequence[NoticeFacts], now: datetime, voice: Voice
) -> Said:
    """Notices of one kind, the earliest first, as one."""
    last = notices[-1]
    if kind is NoticeKind.LIFT:
        return lift_said(lifted_by(notices), last.protocol, voice)
    if kind is NoticeKind.STRICTER:
        return stricter_said(stricter_by(notices, now), Clock(last.zone, now))
    if kind in TO_STAFF_SAID:
        return TO_STAFF_SAID[kind](notices)
    return OCCASIONS[kind](last, now)


def said(notice: NoticeFacts, now: datetime, is_past: bool = False) -> Said:
    """One notice as a page says it; `is_past`: what it told does not hold any more."""
    voice = Voice.PAST if is_past else Voice.HOLDING
    return said_together(notice.kind, [notice], now, voice)
