"""Why a change was refused, what a change was, and who was faster: in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import url_for

from webapp.domain.edit_rules import EditRefused, Refusal
from webapp.services.courses import ChangeCard, CourseFile
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.times import when

REFUSALS: Mapping[Refusal, str] = {
    Refusal.UNKNOWN_SESSION: later("This session is no longer booked."),
    Refusal.NOT_SCHEDULED: later("This session has already taken place."),
    Refusal.NOT_PERFORMED: later("This session has not taken place yet."),
    Refusal.NOT_BEGUN: later(
        "Session %(number)s has not begun yet. Cancel or move it if the client will not come."
    ),
    Refusal.NO_TIME_ZONE: later("We could not read the time. Enter it again."),
    Refusal.START_ABSURD: later("That date is years away. Check the year."),
    Refusal.START_IN_PAST: later(
        "That is more than a day ago. Choose a time to come, or enter it as a past session."
    ),
    Refusal.END_IN_FUTURE: later(
        "That end is still to come. End the session when it is over, or correct the time."
    ),
    Refusal.END_BEFORE_START: later(
        "It cannot end before it began. Correct the start below, or the end."
    ),
    Refusal.END_TOO_LATE: later(
        "That is more than 24 hours after it began. Correct the start, or the end."
    ),
    Refusal.EARLIER_SESSION_OPEN: later(
        "First say what became of session %(number)s: it is still open."
    ),
    Refusal.LATER_SESSION_BOOKED: later(
        "Session %(number)s is still booked, so this was not the last one. Cancel that one first."
    ),
    Refusal.SESSION_ORDER: later(
        "This overlaps session %(number)s or would change the order of the two."
    ),
    Refusal.TOO_MANY_SESSIONS: later("A course cannot have more than 99 sessions."),
    Refusal.NOTHING_PERFORMED: later("No session of this course has taken place yet."),
    Refusal.NOT_CONFIRMED: later("The last session of this course was not confirmed."),
    Refusal.COURSE_HEALED: later(
        "This course has healed. Begin a new course for a further treatment."
    ),
    Refusal.COURSE_CLOSED: later("This course is closed. Begin a new one."),
    Refusal.COURSE_FOLLOWED: later(
        "A newer course has begun since, and the client's answers count from that one. "
        "Open the newer course instead; nothing was changed here."
    ),
    Refusal.PLANNED_RANGE: later("Plan from 1 to 12 sessions."),
    Refusal.UNKNOWN_ACTIVITY: later("Choose what is extended from the list."),
    Refusal.NOTHING_TO_EXTEND: later("Nothing is counted from a session for this."),
    Refusal.EXTENSION_RANGE: later("Extend by 1 to 60 days."),
    Refusal.NO_EXTENSION: later("This extension was already taken back."),
    Refusal.REASON_MISSING: later("Enter the reason. Your colleagues will read it."),
    Refusal.REASON_TOO_LONG: later("The reason is too long. Shorten it."),
    Refusal.UNKNOWN_VISIT: later("This visit is no longer booked."),
    Refusal.VISIT_SETTLED: later("Somebody has already said what became of this visit."),
}
MINUTES_AN_HOUR = 60
ORDER_WITHIN = later("The times contradict another session of this course.")

# Which input the refusal is about, where one is.
FIELDS: Mapping[Refusal, str] = {
    Refusal.START_ABSURD: "starts_at_on",
    Refusal.START_IN_PAST: "starts_at_on",
    Refusal.SESSION_ORDER: "starts_at_on",
    Refusal.END_IN_FUTURE: "ended_at_on",
    Refusal.END_BEFORE_START: "starts_at_on",
    Refusal.END_TOO_LATE: "starts_at_on",
    Refusal.LATER_SESSION_BOOKED: "is_last",
    Refusal.PLANNED_RANGE: "planned_sessions",
    Refusal.EXTENSION_RANGE: "days",
    Refusal.NOTHING_TO_EXTEND: "activity",
    Refusal.UNKNOWN_ACTIVITY: "activity",
    Refusal.REASON_MISSING: "reason",
    Refusal.REASON_TOO_LONG: "reason",
}

CHANGES: Mapping[str, str] = {
    "begin": later("Course begun"),
    "plan-session": later("Session planned"),
    "record-session": later("Past session entered"),
    "move-session": later("Session moved"),
    "cancel-session": later("Session cancelled"),
    "miss-session": later("Session marked as missed"),
    "end-session": later("Session ended"),
    "correct-session": later("Times of a session corrected"),
    "reopen-session": later("Session opened again"),
    "confirm-last": later("Last session confirmed"),
    "withdraw-last": later("Confirmation of the last session withdrawn"),
    "set-planned-sessions": later("Number of planned sessions changed"),
    "extend": later("Aftercare extended"),
    "remove-extension": later("Extension taken back"),
    "plan-visit": later("Visit planned"),
    "move-visit": later("Visit moved"),
    "settle-visit": later("Visit settled"),
    "close-course": later("Course closed"),
    "reopen-course": later("Course opened again"),
    "undo": later("Last change undone"),
}


def change_words(kind: str) -> str:
    """What a change was, such as `Session moved`."""
    return _(CHANGES.get(kind, later("Course changed")))


def refusal_words(refusal: EditRefused) -> str:
    """Why the change was refused and what to do, in one or two sentences."""
    if refusal.code is Refusal.SESSION_ORDER and refusal.number is None:
        return _(ORDER_WITHIN)
    words = REFUSALS[refusal.code]
    return _(words, number=refusal.number) if "%(number)s" in words else _(words)


def refusal_error(refusal: EditRefused) -> dict[str, str]:
    """The refusal as an argument of components/form_errors.html."""
    return {"field": FIELDS.get(refusal.code, ""), "words": refusal_words(refusal)}


def stale_words(file: CourseFile, change: ChangeCard | None, now: datetime) -> dict[str, str]:
    """Who changed the course meanwhile, when and how; arguments for staff/parts/stale.html."""
    advice = _(
        "Nothing of yours was saved. What you entered is still below: "
        "look at the course, then send it again."
    )
    words = {"href": url_for("courses.show", course_id=file.id), "href_words": _("Look at it")}
    if change is None:
        return words | {"title": _("The course has changed meanwhile"), "words": advice}
    made_by = change.made_by_name or _("a colleague")
    made = ago(change.made_at, now, file)
    what = _("Change taken back") if change.is_undone else change_words(change.kind)
    return words | {
        "title": _("Changed %(ago)s by %(name)s", ago=made, name=made_by),
        "words": _("%(what)s. %(advice)s", what=what, advice=advice),
    }


def undo_words(is_undone: bool) -> tuple[str, str]:
    """(kind, words) of the notice after somebody pressed Undo."""
    if is_undone:
        return "good", _("Taken back. Everything is as it was before.")
    return "wait", _(
        "It was too late to take that back, or somebody has changed the course since. "
        "Nothing was changed now."
    )


def ago(at: datetime, now: datetime, file: CourseFile) -> str:
    """`2 minutes ago`, or the date where it is more than an hour ago."""
    minutes = (now - at) // timedelta(minutes=1)
    if minutes < 1:
        return _("just now")
    if minutes < MINUTES_AN_HOUR:
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes)
    return _("on %(when)s", when=when(at, file.course.zone, now))
