"""What a change of dates would do, said before it is saved; and the pages that change dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from webapp.domain.course import TreatmentSession
from webapp.domain.course_edits import Edit
from webapp.domain.planning import (
    Concern,
    MovedLift,
    NoWash,
    ShampooOpensLate,
    TooEarly,
    WaterOnly,
)
from webapp.services.course_preview import Preview
from webapp.services.courses import CourseFile
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.next_steps import event_url
from webapp.web.presenters.sessions import frame, moved_from, when_page
from webapp.web.presenters.times import in_own_zone, on_date, when

MOST_NAMES = 4
NEARLY_A_DAY_SPAN = timedelta(hours=20)
DAY_SPAN, HOUR_SPAN, MINUTE_SPAN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def review_words(file: CourseFile, edit: Edit, found: Preview, desk: Desk) -> dict[str, Any] | None:
    """Warnings and moved lifts; None where there is nothing to look at."""
    if not (found.concerns or found.moved or found.freed or found.eased):
        return None
    return {
        "title": _("Before you save"),
        **_dates(file, edit, desk),
        "notices": [
            *(_concern(file, concern, desk.now) for concern in found.concerns),
            *_loosened(file, found),
        ],
        "moved_title": _moved_title(found.moved),
        "moved": _moved_lines(file, found.moved, desk.now),
    }


def _loosened(file: CourseFile, found: Preview) -> list[dict[str, str]]:
    """What becomes milder, now or later; arguments of components/notice.html."""
    told = (
        (_("Allowed, or less restricted, at once"), found.freed),
        (_("No longer restricted by this session later"), found.eased),
    )
    return [
        {"kind": "wait", "title": title, "words": _listed(file, activities)}
        for title, activities in told
        if activities
    ]


def _dates(file: CourseFile, edit: Edit, desk: Desk) -> dict[str, str]:
    starts_at = getattr(edit, "starts_at", None)
    if not isinstance(starts_at, datetime):
        return {}
    zone = file.course.zone
    own = in_own_zone(starts_at, zone, desk.person.time_zone, desk.now)
    return {"when": when(starts_at, zone, desk.now), "own_when": own}


def _concern(file: CourseFile, concern: Concern, now: datetime) -> dict[str, str]:
    """Arguments of components/notice.html: a warning is `wait`, something worth telling `info`."""
    zone = file.course.zone
    match concern:
        case TooEarly(earliest_at):
            words = _("The usual gap ends on %(when)s.", when=when(earliest_at, zone, now))
            return {"kind": "wait", "title": _("Earlier than usual"), "words": words}
        case NoWash(shampoo_from):
            return {
                "kind": "wait",
                "title": _("The client cannot wash before it"),
                "words": _shampoo_from(file, shampoo_from, now),
            }
        case WaterOnly(shampoo_from):
            return {
                "kind": "info",
                "title": _("Only lukewarm water before it, no shampoo"),
                "words": _shampoo_from(file, shampoo_from, now),
            }
        case ShampooOpensLate(opens_at):
            words = _("Allowed from %(when)s on.", when=when(opens_at, zone, now))
            return {
                "kind": "info",
                "title": _("Shampoo is allowed only shortly before"),
                "words": words,
            }


def _shampoo_from(file: CourseFile, first_at: datetime | None, now: datetime) -> str:
    if first_at is None:
        return _("When shampoo will be allowed is not known yet.")
    first = when(first_at, file.course.zone, now)
    return _("The first start that allows shampoo is %(when)s.", when=first)


def _moved_title(moved: Sequence[MovedLift]) -> str:
    """`3 lifts move by 2 days`."""
    if not moved:
        return ""
    count = len(_groups(moved))
    spans = {abs(move.by) if move.by is not None else None for move in moved}
    only = spans.pop() if len(spans) == 1 else None
    if only is None:
        return ngettext("%(num)s lift moves", "%(num)s lifts move", count)
    return _moved_by(count, only)


def _moved_by(count: int, span: timedelta) -> str:
    lifts = ngettext("%(num)s lift moves", "%(num)s lifts move", count)
    return _("%(lifts)s by %(span)s", lifts=lifts, span=span_words(span))


def span_words(span: timedelta) -> str:
    """`2 days`, `3 hours` or `30 minutes`: the largest unit, rounded."""
    if span >= NEARLY_A_DAY_SPAN:
        return ngettext("%(num)s day", "%(num)s days", round(span / DAY_SPAN))
    if span >= HOUR_SPAN:
        return ngettext("%(num)s hour", "%(num)s hours", round(span / HOUR_SPAN))
    return ngettext("%(num)s minute", "%(num)s minutes", round(span / MINUTE_SPAN))


def _groups(
    moved: Iterable[MovedLift],
) -> dict[tuple[datetime | None, datetime | None], list[MovedLift]]:
    found: dict[tuple[datetime | None, datetime | None], list[MovedLift]] = {}
    for move in moved:
        found.setdefault((move.before_at, move.after_at), []).append(move)
    return found


def _moved_lines(file: CourseFile, moved: Sequence[MovedLift], now: datetime) -> list[str]:
    return [
        _("%(what)s: %(how)s", what=_names(file, moves), how=_how(file, moves[0], now))
        for moves in _groups(moved).values()
    ]


def _names(file: CourseFile, moves: Sequence[MovedLift]) -> str:
    return _listed(file, [move.activity for move in moves])


def _listed(file: CourseFile, activities: Sequence[str]) -> str:
    names = [file.protocol.activities[activity].name for activity in activities]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    shown = ", ".join(names[: MOST_NAMES - 1])
    more = ngettext("%(num)s more", "%(num)s more", len(names) - MOST_NAMES + 1)
    return _("%(names)s and %(more)s", names=shown, more=more)


def _how(file: CourseFile, move: MovedLift, now: datetime) -> str:
    zone = file.course.zone
    if move.after_at is None:
        return _("no longer known")
    after = on_date(move.after_at, zone, now)
    if move.before_at is None or move.by is None:
        return _("now on %(after)s", after=after)
    before, span = on_date(move.before_at, zone, now), span_words(abs(move.by))
    if move.by > timedelta():
        return _(
            "%(after)s instead of %(before)s: strict for %(span)s longer",
            after=after,
            before=before,
            span=span,
        )
    return _(
        "%(after)s instead of %(before)s: %(span)s earlier", after=after, before=before, span=span
    )


def plan_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Planning a further session."""
    number = max((treatment.number for treatment in file.course.live), default=0) + 1
    page = when_page(file, _("Plan session %(number)s", number=number), desk)
    suggestion = _suggestion(file, number, desk.now)
    return page | {"suggestion": suggestion, "event_href": event_url(file)}


def _suggestion(file: CourseFile, number: int, now: datetime) -> str:
    live = file.course.live
    if not live or live[-1].starts_at is None:
        return ""
    days = file.protocol.gap_days_before(number)
    usual = ngettext("%(num)s day", "%(num)s days", days)
    previous = live[-1].number
    return _(
        "Usually at least %(days)s after session %(number)s, which began on %(when)s.",
        days=usual,
        number=previous,
        when=when(live[-1].starts_at, file.course.zone, now),
    )


def move_page(file: CourseFile, booked: TreatmentSession, desk: Desk) -> dict[str, Any]:
    """Moving a booked session."""
    assert booked.starts_at is not None
    page = when_page(file, _("Move session %(number)s", number=booked.number), desk)
    return page | {"lead": moved_from(file, booked.starts_at, desk)}


def correct_page(file: CourseFile, wrong: TreatmentSession, desk: Desk) -> dict[str, Any]:
    """Correcting the times of a session that took place."""
    title = _("Correct session %(number)s", number=wrong.number)
    lead = _("The client's dates count from its end and follow at once.")
    return frame(file, title, desk) | {"lead": lead, "confirm_words": _("Save")}
