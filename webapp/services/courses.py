"""Courses: begin, change, close, undo. One transaction each; a stale form never overwrites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.course import Course
from webapp.domain.course_edits import (
    ConfirmLast,
    Edit,
    RecordSession,
    SetPlannedSessions,
    apply_edit,
)
from webapp.domain.edit_rules import EditRefused, Refusal, healed_at, plausible_instant
from webapp.domain.people import SignedIn
from webapp.domain.protocol import Protocol
from webapp.domain.readable import is_readable
from webapp.persistence import audit, course_changes, course_saving, courses, new_courses
from webapp.persistence.course_changes import ChangeCard, NewChange
from webapp.persistence.courses import CourseState, StoredCourse
from webapp.persistence.database import writing
from webapp.persistence.new_courses import NewCourseRow
from webapp.protocols.loader import protocol_version, protocols
from webapp.services.course_extras import CloseCourse, FileEdit, ReopenCourse
from webapp.services.course_files import (
    CourseFile,
    ExtensionCard,
    LocationCard,
    VisitCard,
    all_of,
    changes_of,
    read,
    running_of,
)
from webapp.services.errors import ChangedMeanwhileError, NotFoundError
from webapp.services.healing import StillHealing, refuse_healing
from webapp.services.noticing import COURSE_BEGIN, UNDO, UNDO_GRACE_SPAN, Cause, plan_notices
from webapp.services.ports import Collaborators

__all__ = [
    "ChangeCard",
    "CourseFile",
    "ExtensionCard",
    "LocationCard",
    "StillHealing",
    "VisitCard",
    "all_of",
    "changes_of",
    "read",
    "running_of",
]

KINDS = ("regular", "touch-up")
PROTOCOL = "smp"
LONGEST_REASON = 500
NEEDS_REASON = ("extend", "remove-extension", "close-course", "reopen-course")
# Of a course that another one followed, these may still be said: no answer counts from them.
ENDS_A_MATTER = ("settle-visit", "close-course")


class UnknownCourse(NotFoundError):  # noqa: N818
    """There is no such course, client, location or artist."""


class StaleCourse(ChangedMeanwhileError):  # noqa: N818
    """Somebody changed the course since the form was opened; `last_change` says who and when."""

    def __init__(self, last_change: ChangeCard | None) -> None:
        super().__init__("the course was changed meanwhile")
        self.last_change = last_change


class CourseRunning(Exception):  # noqa: N818
    """The client has a running course already."""

    def __init__(self, course_id: int) -> None:
        super().__init__(f"course {course_id} is running")
        self.course_id = course_id


@dataclass(frozen=True, slots=True)
class NewCourse:
    """A course to begin. `planned_sessions` None: the protocol's minimum, one for a touch-up.
    `past_sessions`: begun and ended instants of sessions that took place already; `is_last`: the
    latest of them was the last one of the course."""

    client_id: int
    location_id: int
    kind: str = "regular"
    planned_sessions: int | None = None
    artist_id: int | None = None
    past_sessions: tuple[tuple[datetime, datetime], ...] = ()
    is_last: bool = False


def begin(with_: Collaborators, by: SignedIn, new: NewCourse) -> int:
    """Begin a course under the newest protocol; returns its id.

    Raises CourseRunning, StillHealing, UnknownCourse, EditRefused for a session that cannot be
    true.
    """
    with writing() as writer:
        return begin_within(writer, with_, by, new)


def begin_within(writer: Session, with_: Collaborators, by: SignedIn, new: NewCourse) -> int:
    """`begin` as a part of the caller's transaction."""
    now, protocol = with_.clock.now(), protocols()[PROTOCOL]
    if new.kind not in KINDS or not new_courses.may_belong(writer, new.client_id, new.artist_id):
        raise UnknownCourse
    zone = new_courses.zone_of(writer, new.location_id)
    if zone is None:
        raise UnknownCourse
    _refuse_second(writer, new.client_id, now)
    course = _planned(protocol, Course(zone=zone), new, now)
    row = NewCourseRow(
        new.client_id, new.location_id, new.artist_id, new.kind, (protocol.id, protocol.version)
    )
    course_id = new_courses.add(writer, row, course, now)
    plan_notices(writer, course_id, Cause(COURSE_BEGIN), now)
    audit.record(writer, now, by.account_id, "course-begin", ("course", course_id))
    return course_id


def _refuse_second(writer: Session, client_id: int, now: datetime) -> None:
    earlier = new_courses.every_of(writer, client_id)
    for stored in earlier:
        healed = healed_at(stored.state.course)
        if stored.state.closed_at is None and (healed is None or healed > now):
            raise CourseRunning(stored.id)
    refuse_healing(earlier, now)


def _planned(protocol: Protocol, course: Course, new: NewCourse, now: datetime) -> Course:
    usual = 1 if new.kind == "touch-up" else protocol.minimum_sessions
    count = usual if new.planned_sessions is None else new.planned_sessions
    course = apply_edit(protocol, course, SetPlannedSessions(count), now)
    for starts_at, ended_at in sorted(
        new.past_sessions, key=lambda times: plausible_instant(times[0], now)
    ):
        course = apply_edit(protocol, course, RecordSession(starts_at, ended_at), now)
    return apply_edit(protocol, course, ConfirmLast(), now) if new.is_last else course


def change(
    with_: Collaborators,
    by: SignedIn,
    course_id: int,
    expected_version: int,
    edit: Edit | FileEdit,
) -> ChangeCard:
    """Make one change: any edit of `domain/course_edits.py` or `course_extras.py`.

    Raises StaleCourse if the course no longer has the version that the form was made from,
    EditRefused, UnknownCourse.
    """
    now = with_.clock.now()
    with writing() as writer:
        stored = _claimed(writer, course_id, expected_version)
        reason = _reason(edit)
        _refuse_followed(writer, stored, edit)
        after = _changed(_standing(writer, stored, edit), edit, now)
        course_saving.save(writer, course_id, after)
        plan_notices(writer, course_id, Cause(edit.kind, stored.state.course), now)
        record = NewChange(edit.kind, stored.version, by.account_id, now, reason)
        change_id = course_changes.add(writer, course_id, record, stored.state)
        audit.record(writer, now, by.account_id, f"course-{edit.kind}", ("course", course_id))
        made = course_changes.find(writer, change_id)
        assert made is not None
        return made


def close(
    with_: Collaborators, by: SignedIn, course_id: int, expected_version: int, reason: str
) -> ChangeCard:
    """Close a stopped course; raises as `change` does."""
    return change(with_, by, course_id, expected_version, CloseCourse(reason))


def _claimed(writer: Session, course_id: int, expected_version: int) -> StoredCourse:
    version = course_saving.raise_version(writer, course_id, expected_version)
    stored = courses.load(writer, course_id)
    if stored is None:
        raise UnknownCourse
    if version is None:
        raise StaleCourse(course_changes.last_of(writer, course_id))
    return stored


def _reason(edit: Edit | FileEdit) -> str:
    typed = str(getattr(edit, "reason", ""))
    readable = (s if is_readable(s) else " " for s in typed)
    reason = " ".join("".join(readable).split())
    if edit.kind in NEEDS_REASON and not reason:
        raise EditRefused(Refusal.REASON_MISSING)
    if len(reason) > LONGEST_REASON:
        raise EditRefused(Refusal.REASON_TOO_LONG)
    return reason


def _refuse_followed(writer: Session, stored: StoredCourse, edit: Edit | FileEdit) -> None:
    """The client's pages count from the newest course alone: nobody is to think otherwise."""
    if edit.kind in ENDS_A_MATTER:
        return
    new_courses.hold_client(writer, stored.client_id)
    if new_courses.is_followed(writer, stored.client_id, stored.id):
        raise EditRefused(Refusal.COURSE_FOLLOWED)


def _standing(writer: Session, stored: StoredCourse, edit: Edit | FileEdit) -> StoredCourse:
    """The course as the edit finds it: an open one, or for its opening again a closed one as it
    was before."""
    is_closed = stored.state.closed_at is not None
    if not isinstance(edit, ReopenCourse):
        if is_closed:
            raise EditRefused(Refusal.COURSE_CLOSED)
        return stored
    if not is_closed:
        raise StaleCourse(course_changes.last_of(writer, stored.id))
    before = course_changes.before_closing(writer, stored.id)
    return replace(stored, state=before or stored.state)


def _changed(stored: StoredCourse, edit: Edit | FileEdit, now: datetime) -> CourseState:
    state = stored.state
    if isinstance(edit, FileEdit):
        return edit.applied_to(state, now)
    protocol = protocol_version(stored.protocol_id, stored.protocol_version)
    course = apply_edit(protocol, state.course, edit, now)
    reasons = dict(state.reasons or {})
    if edit.kind == "extend":
        reasons[getattr(edit, "activity", "")] = _reason(edit)
    return replace(state, course=course, reasons=reasons)


def undo(with_: Collaborators, by: SignedIn, change_id: int) -> bool:
    """Take a change back within ten seconds: by whoever made it, and only if nothing followed.

    False where it is too late, somebody else's, done already, or overtaken.
    """
    now = with_.clock.now()
    with writing() as writer:
        card = course_changes.find(writer, change_id)
        if card is None or card.made_by != by.account_id:
            return False
        if now > card.undo_until + UNDO_GRACE_SPAN:
            return False
        if course_saving.raise_version(writer, card.course_id, card.version) is None:
            return False
        undone = courses.load(writer, card.course_id)
        if undone is None:
            return False
        course_saving.save(writer, card.course_id, course_changes.undo(writer, change_id, now))
        plan_notices(writer, card.course_id, Cause(UNDO, undone.state.course), now)
        audit.record(writer, now, by.account_id, "course-undo", ("course", card.course_id))
        return True


def note_teach_back(
    with_: Collaborators, by: SignedIn, course_id: int, number: int, is_right: bool
) -> None:
    """Note whether the client knew the answer to the one question asked after session `number`.

    Raises UnknownCourse.
    """
    now = with_.clock.now()
    with writing() as writer:
        stored = courses.load(writer, course_id)
        if stored is None or number not in (s.number for s in stored.state.course.live):
            raise UnknownCourse
        course_changes.add_teach_back(writer, course_id, (number, is_right), (by.account_id, now))
        audit.record(writer, now, by.account_id, "course-teach-back", ("course", course_id))
