"""Which notices a course gives cause for, as it stands at one present.

The same course and present always give the same notices, so that planning them again changes
nothing. Instants are UTC; hours of the clock and days are those of the course's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from webapp.domain.answers import AnswerAt
from webapp.domain.calendar import earlier_by_days, later_by_days
from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.plan import AftercarePlan, Lift, plan_for
from webapp.domain.protocol import Anchor, Answer, Rule

# A notice whose instant is longer ago than this when it is planned is no news for a lock screen.
NEWS_SPAN = timedelta(hours=12)
# Longer ago still, it tells nothing that is worth a line in the inbox.
RECENT_SPAN = timedelta(days=7)
LIFT_SPAN = timedelta(days=3)
# Quiet hours may hold a notice back as long as this: they delay, and drop nothing.
LONGEST_QUIET_SPAN = timedelta(hours=24)
BEGINS_SPAN = timedelta(hours=24)
STRICTER_SPAN = timedelta(days=3)
HEALED_SPAN = timedelta(days=7)
FOLLOW_UP_SPAN = timedelta(days=14)
STAFF_SPAN = timedelta(hours=24)
SOON_SPAN = timedelta(hours=3)
MIDNIGHT, MORNING, FOLLOW_UP_HOUR, EVENING = time(0), time(9), time(10), time(18)
YEARS = 5
# Time to book the next session after its gap has passed.
BOOKING_DAYS = 7


def notices_of(plan: AftercarePlan) -> Iterator[PlannedNotice]:
    """What the client is to be told from `plan.now` on, due at its own instants."""
    yield from _lifts(plan)
    yield from _begins(plan)
    for treatment in plan.course.live:
        if treatment.status is SessionStatus.SCHEDULED and _starts(treatment) > plan.now:
            yield from _reminders(plan, treatment)
    yield from _endings(plan)


def news_of(plan: AftercarePlan, before: AftercarePlan | None) -> Iterator[PlannedNotice]:
    """What lies behind, and what a change of the course has only now made true.

    `before` is the plan of the course before the change at the same present, None if there was
    none. What was allowed before is no news.
    """
    answers = plan.bare_answers_at(plan.now)
    old = before.bare_answers_at(plan.now) if before else dict.fromkeys(answers, Answer.NO)
    lifts = _lifts_behind(plan, None if before else plan.now - RECENT_SPAN)
    latest = {activity: lift.at for lift in lifts for activity in lift.activities}
    for lift in lifts:
        fresh = {
            activity: answer
            for activity, answer in lift.activities.items()
            if lift.at == latest[activity] and answer is answers[activity] < old[activity]
        }
        if fresh:
            yield _lift(plan, Lift(lift.at, fresh), None)
    healed_at = plan.healed_at(plan.now).at
    is_new = before is not None and before.healed_at(plan.now).at != healed_at
    if healed_at and is_new and healed_at <= plan.now:
        yield _healed(healed_at)


def _lifts_behind(plan: AftercarePlan, since: datetime | None) -> list[Lift]:
    """The lifts until now, as the course stands: those after `since`, or all of them."""
    live = plan.course.live
    seen_from = since or (min(_starts(live[0]), plan.now) if live else plan.now)
    lifts = plan_for(plan.protocol, plan.course, seen_from).lifts_after(seen_from)
    return [lift for lift in lifts if lift.at <= plan.now]


def stricter_of(
    plan: AftercarePlan, before: AftercarePlan, promised: Iterable[tuple[str, datetime]] = ()
) -> PlannedNotice | None:
    """The notice that some answer is stricter than it was before a change, or None.

    What must stop before a session is told as its preparation, and not as strictness.
    `promised`: ends still ahead that the client was told by earlier notices of this kind; a
    change that breaks such a word has to be told as well.
    """
    old, answers = before.bare_answers_at(plan.now), plan.answers_at(plan.now)
    broken = {
        activity
        for activity, until in promised
        if plan.bare_answer_at(activity, until) > before.bare_answer_at(activity, until)
    }
    told_otherwise = {rule.id for rule in _preparing(plan)}
    stricter = {
        activity: found
        for activity, found in answers.items()
        if (found.answer > old[activity] or activity in broken)
        and not told_otherwise.issuperset(found.rules)
    }
    if not stricter:
        return None
    content = {"activities": {name: stricter_content(found) for name, found in stricter.items()}}
    latest = plan.now + STRICTER_SPAN
    expires_at = min(latest, max(found.until or latest for found in stricter.values()))
    return PlannedNotice(
        NoticeKind.STRICTER, plan.now, plan.now, expires_at, plan.unconfirmed_session, content
    )


def has_just_ended(plan: AftercarePlan, before: AftercarePlan) -> bool:
    """Whether a change ended a session of these hours: the notice that its aftercare begins says
    everything, whatever was told before."""
    ended, earlier = _last_performed(plan), _last_performed(before)
    if ended is None or (earlier is not None and earlier.number >= ended.number):
        return False
    return _ended(ended) >= plan.now - NEWS_SPAN


def has_just_begun(plan: AftercarePlan, before: AftercarePlan) -> bool:
    """Whether a change is that a session is going on: its client sits in the chair and knows."""
    number = plan.unconfirmed_session
    was_performed = any(t.is_performed and t.number == number for t in before.course.live)
    return number not in (None, before.unconfirmed_session) and not was_performed


def stricter_content(found: AnswerAt) -> list[str | None]:
    """How `content` says an answer with its end."""
    until = found.until.isoformat() if found.until else None
    estimate = found.estimate.isoformat() if found.estimate else None
    return [found.answer.word, until, estimate]


def staff_notices_of(plan: AftercarePlan, is_closed: bool) -> Iterator[PlannedNotice]:
    """What the artist is to be told: sessions left without an end, a course left without a last."""
    for treatment in plan.course.live:
        if treatment.status is SessionStatus.SCHEDULED:
            yield from _left_open(plan, treatment)
    due_at = None if is_closed else overdue_at(plan)
    if due_at:
        yield PlannedNotice(NoticeKind.COURSE_OVERDUE, due_at, due_at, due_at + STAFF_SPAN)


def overdue_at(plan: AftercarePlan) -> datetime | None:
    """The morning from which staff owe a word on a course: was that the last session?

    None where they said it, where a session is booked, and before the first one.
    """
    last, zone = _last_performed(plan), plan.course.zone
    if plan.course.is_last_confirmed or last is None or last is not plan.course.live[-1]:
        return None
    if last.number >= plan.course.planned_sessions:
        return _clock(_ended(last), MORNING, zone, days_on=1)
    gap = plan.protocol.gap_days_before(last.number + 1)
    return _clock(later_by_days(_starts(last), gap + BOOKING_DAYS, zone), MORNING, zone)


def wash_content(plan: AftercarePlan, starts_at: datetime) -> dict[str, str]:
    """How `content` says the wash that is possible before a session."""
    return {"wash": plan.wash_before(starts_at).value}


def _lifts(plan: AftercarePlan) -> Iterator[PlannedNotice]:
    lifts = plan.lifts_after(plan.now)
    for lift, following in zip_longest(lifts, lifts[1:]):
        yield _lift(plan, lift, following.at if following else None)


def _lift(plan: AftercarePlan, lift: Lift, next_at: datetime | None) -> PlannedNotice:
    """Of use until the next one says more, or until a session forbids it all again."""
    ends = [_starts(t) for t in plan.course.live if _starts(t) > lift.at]
    if next_at:
        ends.append(max(next_at, lift.at + LONGEST_QUIET_SPAN))
    words = {activity: answer.word for activity, answer in lift.activities.items()}
    content = {"activities": words}
    expires_at = min([lift.at + LIFT_SPAN, *ends])
    return PlannedNotice(NoticeKind.LIFT, lift.at, lift.at, expires_at, None, content)


def _begins(plan: AftercarePlan) -> Iterator[PlannedNotice]:
    last = _last_performed(plan)
    if last is None or _ended(last) <= plan.now - RECENT_SPAN:
        return
    ended_at = _ended(last)
    yield PlannedNotice(NoticeKind.BEGINS, ended_at, ended_at, ended_at + BEGINS_SPAN, last.number)


def preparation(plan: AftercarePlan, starts_at: datetime) -> dict[str, object] | None:
    """What must stop before a session, and from when: the `content` of a `prepare` notice.

    None where the protocol asks for nothing.
    """
    rules = _preparing(plan)
    if not rules:
        return None
    begins = [_led(starts_at, rule, plan.course.zone) for rule in rules]
    activities = [a for r in rules if r.answer is Answer.NO for a in r.activities]
    return {"activities": list(dict.fromkeys(activities)), "from": min(begins).isoformat()}


def _preparing(plan: AftercarePlan) -> list[Rule]:
    return [r for r in plan.protocol.rules if r.timing.anchor is Anchor.BEFORE_SESSION]


def _led(starts_at: datetime, rule: Rule, zone: ZoneInfo) -> datetime:
    lead = rule.timing.lead
    assert lead is not None
    if lead.hours:
        return starts_at - timedelta(hours=lead.hours)
    return earlier_by_days(starts_at, lead.days, zone)


def _reminders(plan: AftercarePlan, treatment: TreatmentSession) -> Iterator[PlannedNotice]:
    starts_at, zone, number = _starts(treatment), plan.course.zone, treatment.number
    content = preparation(plan, starts_at)
    if content:
        begins_at = datetime.fromisoformat(str(content["from"]))
        due_at = _clock(begins_at, EVENING, zone, days_on=-1)
        yield PlannedNotice(NoticeKind.PREPARE, starts_at, due_at, starts_at, number, content)
    wash = wash_content(plan, starts_at)
    midnight = _clock(starts_at, MIDNIGHT, zone)
    # Booked on its own day, a session is not tomorrow any more.
    if midnight > plan.now:
        due_at = _clock(starts_at, EVENING, zone, days_on=-1)
        yield PlannedNotice(NoticeKind.TOMORROW, starts_at, due_at, midnight, number, wash)
    due_at = starts_at - SOON_SPAN
    yield PlannedNotice(NoticeKind.TODAY, starts_at, due_at, starts_at, number, wash)


def _endings(plan: AftercarePlan) -> Iterator[PlannedNotice]:
    healed_at = plan.healed_at(plan.now).at
    if healed_at and healed_at > plan.now - RECENT_SPAN:
        yield _healed(healed_at)
    for year, at in enumerate(plan.follow_ups(YEARS), 1):
        if at > plan.now - RECENT_SPAN:
            due_at = _clock(at, FOLLOW_UP_HOUR, plan.course.zone)
            ends_at, content = due_at + FOLLOW_UP_SPAN, {"years": year}
            yield PlannedNotice(NoticeKind.FOLLOW_UP, at, due_at, ends_at, None, content)


def _healed(at: datetime) -> PlannedNotice:
    return PlannedNotice(NoticeKind.HEALED, at, at, at + HEALED_SPAN)


def _left_open(plan: AftercarePlan, treatment: TreatmentSession) -> Iterator[PlannedNotice]:
    """When the session ought to have ended, and once more the next morning."""
    usual = timedelta(hours=plan.protocol.session_length_hours)
    first = _starts(treatment) + usual
    morning = _clock(first, MORNING, plan.course.zone)
    if morning <= first:
        morning = _clock(first, MORNING, plan.course.zone, days_on=1)
    for due_at in (first, morning):
        yield PlannedNotice(
            NoticeKind.SESSION_OPEN, due_at, due_at, due_at + STAFF_SPAN, treatment.number
        )


def _clock(at: datetime, hour: time, zone: ZoneInfo, days_on: int = 0) -> datetime:
    """This hour of the clock, so many calendar days after the local day of `at`."""
    day = at.astimezone(zone).date() + timedelta(days=days_on)
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _last_performed(plan: AftercarePlan) -> TreatmentSession | None:
    performed = [treatment for treatment in plan.course.live if treatment.is_performed]
    return performed[-1] if performed else None


def _starts(treatment: TreatmentSession) -> datetime:
    assert treatment.starts_at is not None
    return treatment.starts_at


def _ended(treatment: TreatmentSession) -> datetime:
    assert treatment.ended_at is not None
    return treatment.ended_at
