"""Courses to tell stories with. Local times are Dubai's unless a zone is named."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.protocol import (
    Activity,
    Anchor,
    Answer,
    Protocol,
    Rule,
    Source,
    Span,
    Timing,
    WarningSigns,
)
from webapp.protocols.loader import protocols

DUBAI = ZoneInfo("Asia/Dubai")
SOFIA = ZoneInfo("Europe/Sofia")
SMP = protocols()["smp"]


def local(text: str, zone: ZoneInfo = DUBAI) -> datetime:
    """The UTC instant of a local date and time such as "2026-03-02 16:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def performed(number: int, starts: str, ended: str, zone: ZoneInfo = DUBAI) -> TreatmentSession:
    ended_at = local(ended, zone)
    return TreatmentSession(number, SessionStatus.PERFORMED, local(starts, zone), ended_at)


def scheduled(number: int, starts: str, zone: ZoneInfo = DUBAI) -> TreatmentSession:
    return TreatmentSession(number, SessionStatus.SCHEDULED, local(starts, zone))


FIRST = performed(1, "2026-03-02 13:00", "2026-03-02 16:30")
SECOND = performed(2, "2026-03-10 11:00", "2026-03-10 14:00")
THIRD = performed(3, "2026-04-07 11:00", "2026-04-07 14:00")


def course(
    *sessions: TreatmentSession,
    planned: int = 3,
    is_last: bool = False,
    extra: Mapping[str, int] | None = None,
) -> Course:
    return Course(DUBAI, sessions, planned, is_last, extra or {})


WHOLE = course(FIRST, SECOND, THIRD, is_last=True)


def plan(of: Course, now: str) -> AftercarePlan:
    """The plan of the clinic's own protocol, seen from a local time of the course's zone."""
    return plan_for(SMP, of, local(now, of.zone))


def answer(of: Course, activity: str, at: str) -> str:
    """The word for an activity, asked at a local time of the course's zone."""
    return plan(of, at).answer_at(activity, local(at, of.zone)).answer.word


def rule(rule_id: str, answer: Answer, timing: Timing, *activities: str) -> Rule:
    activities = activities or ("dance",)
    return Rule(rule_id, activities, answer, timing, Source.INFERRED, "Because.")


def small_protocol(*rules: Rule, resting: Answer = Answer.YES) -> Protocol:
    """A protocol about dancing, for rules that no clinic has."""
    return Protocol(
        id="small",
        version=1,
        title="Small",
        default_time_zone="Asia/Dubai",
        minimum_sessions=3,
        gap_days=(7, 28),
        session_length_hours=6,
        extended_together=(),
        activities={"dance": Activity("dance", "Dance", "Dance", "movement", resting)},
        rules=rules,
        phases={},
        preparation_steps=("Come as you are.",),
        warning_signs=WarningSigns((), (), (), (), ""),
    )


def after_session(days: int = 0, hours: int = 0) -> Timing:
    return Timing(Anchor.SESSION, until=Span(hours=hours, days=days))
