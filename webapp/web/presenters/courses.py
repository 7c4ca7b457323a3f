"""A course in words for staff: where it stands, what is to be done next, what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.answers import AnswerAt
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Answer
from webapp.services.courses import ChangeCard, CourseFile
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.edits import change_words
from webapp.web.presenters.times import in_own_zone, iso, on_date, when, zone_words

KINDS = {"regular": later("Regular course"), "touch-up": later("Touch-up")}
ANSWER_WORDS = {
    Answer.YES: later("Yes"),
    Answer.LIMITED: later("Yes, but"),
    Answer.ASK: later("Ask the artist"),
    Answer.NO: later("Not yet"),
}
WASHING = (("wash-water", "drop"), ("wash-shampoo", "bottle"))


def course_name(file: CourseFile) -> str:
    """`Regular course` or `Touch-up`."""
    return _(KINDS[file.kind])


def course_url(file: CourseFile, verb: str = "show") -> str:
    """The address of a page about a course."""
    return url_for(f"courses.{verb}", course_id=file.id)


def client_url(client_id: int, verb: str = "show") -> str:
    """The address of a page about a client."""
    return url_for(f"clients.{verb}", client_id=client_id)


def place_words(file: CourseFile) -> str:
    """`Marina · Dubai time`."""
    zone = zone_words(file.location.zone)
    return _("%(place)s · %(zone)s", place=file.location.name, zone=zone)


def zone_note(zone: ZoneInfo, desk: Desk) -> str:
    """`Dubai time`, with the time by the phone beside it where that differs."""
    words = zone_words(zone.key)
    own = in_own_zone(desk.now, zone, desk.person.time_zone, desk.now)
    if not own:
        return words
    now = when(desk.now, zone, desk.now)
    return _(
        "%(zone)s. It is now %(now)s there; by your phone %(own)s.", zone=words, now=now, own=own
    )


def phase_words(file: CourseFile, plan: AftercarePlan, now: datetime) -> dict[str, Any]:
    """Arguments of components/phase_ring.html, with `href`-less words about the phase now."""
    phase = plan.phase_at(now)
    number = "" if phase.day is None else str(phase.day)
    detail = "" if phase.session is None else _("After session %(number)s", number=phase.session)
    until = phase.ends_at
    zone = file.course.zone
    return {
        "percent": _percent(phase.starts_at, until, now),
        "number": number,
        "unit": _("Day"),
        "title": file.protocol.phases[phase.id].title.capitalize(),
        "detail": detail,
        "note": _("Until %(when)s", when=when(until, zone, now)) if until else "",
        "level": 2,
        "icon_name": "clock",
    }


def _percent(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> int:
    if starts_at is None or ends_at is None:
        return 0
    return round(100 * ((now - starts_at) / (ends_at - starts_at)))


def washing_rows(file: CourseFile, plan: AftercarePlan, now: datetime) -> list[dict[str, str]]:
    """How the client may wash now, as arguments of components/answer_row.html."""
    rows = []
    for activity, icon in WASHING:
        found = plan.answer_at(activity, now)
        rows.append(
            {
                "title": file.protocol.activities[activity].name,
                "status": found.answer.word,
                "words": _(ANSWER_WORDS[found.answer]),
                "icon_name": icon,
                **_until(file, found, now),
            }
        )
    return rows


def _until(file: CourseFile, found: AnswerAt, now: datetime) -> dict[str, str]:
    zone = file.course.zone
    if found.until:
        return {
            "until": _("until %(when)s", when=when(found.until, zone, now)),
            "until_at": iso(found.until),
        }
    if found.estimate:
        day = on_date(found.estimate, zone, now)
        return {"until": _("probably until %(date)s", date=day)}
    if found.answer is Answer.YES:
        return {}
    return {"until": _("until a session is confirmed")}


def facts(file: CourseFile, plan: AftercarePlan, now: datetime) -> list[dict[str, str]]:
    """Rows of components/data_list.html about the whole course."""
    planned = ngettext("%(num)s session", "%(num)s sessions", file.course.planned_sessions)
    rows = [
        {"term": _("Place"), "value": place_words(file)},
        {"term": _("Artist"), "value": file.artist_name or _("Not named")},
        {"term": _("Planned"), "value": planned},
        {"term": _("Healed"), "value": healed_words(file, plan, now)},
    ]
    if file.closed_at is None:
        rows[2] |= {"href": course_url(file, "plan_length"), "href_words": _("Change")}
    return rows


def healed_words(file: CourseFile, plan: AftercarePlan, now: datetime) -> str:
    """When the course ends: sure once the last session is confirmed, else an estimate."""
    healed, zone = plan.healed_at(now), file.course.zone
    if healed.at:
        return when(healed.at, zone, now)
    if healed.estimate:
        return _("about %(date)s, if all goes as planned", date=on_date(healed.estimate, zone, now))
    return _("known once the last session is confirmed")


def history(file: CourseFile, changes: Sequence[ChangeCard], now: datetime) -> list[dict[str, str]]:
    """The changes as arguments of components/list_row.html, the newest first."""
    begun = {
        "title": _("Course begun"),
        "detail": when(file.created_at, file.course.zone, now),
        "icon_name": "plus",
    }
    return [*(_change_row(file, change, now) for change in changes), begun]


def _change_row(file: CourseFile, change: ChangeCard, now: datetime) -> dict[str, str]:
    parts = [when(change.made_at, file.course.zone, now), change.made_by_name or ""]
    if change.reason:
        parts.append(_("“%(reason)s”", reason=change.reason))
    if change.is_undone:
        parts.append(_("taken back"))
    return {
        "title": change_words(change.kind),
        "detail": " · ".join(part for part in parts if part),
        "icon_name": "undo" if change.is_undone else "pencil",
    }


def extension_rows(file: CourseFile, desk: Desk) -> list[dict[str, Any]]:
    """What this client waits longer for, and why."""
    return [
        {
            "title": file.protocol.activities[card.activity].name,
            "days": ngettext("%(num)s day longer", "%(num)s days longer", card.days),
            "reason": card.reason,
            "href": url_for("extensions.remove", course_id=file.id, activity=card.activity)
            if desk.is_clinician and file.closed_at is None
            else "",
        }
        for card in file.extensions
    ]
