"""Why an answer is as it is: which rules give it, from which session, and how long they last."""

from __future__ import annotations

import pytest

from tests.domain.scenes import (
    DUBAI,
    FIRST,
    WHOLE,
    after_session,
    course,
    local,
    plan,
    rule,
    scheduled,
    small_protocol,
)
from webapp.domain.course import Course
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Anchor, Answer, Span, Timing
from webapp.domain.reasons import Reason

SOON = course(FIRST, scheduled(2, "2026-03-10 11:00"))


def reasons(of: Course, activity: str, at: str, now: str = "") -> tuple[Reason, ...]:
    return plan(of, now or at).reasons_at(activity, local(at))


# course, activity, asked at, ids with the longest first, span and session of the longest
GIVEN = [
    (WHOLE, "sauna", "2026-04-10 12:00", ["R11", "R4"], (Span(days=21), None)),
    (WHOLE, "sauna", "2026-04-20 12:00", ["R11"], (Span(days=21), None)),
    (WHOLE, "sauna", "2026-04-28 13:59:59", ["R11"], (Span(days=21), None)),
    (SOON, "touch-scalp", "2026-03-02 18:00", ["R1"], (Span(hours=24), 1)),
    (SOON, "wash-hair", "2026-03-04 12:00", ["I3", "R2"], (Span(days=5), 1)),
    (SOON, "wash-hair", "2026-03-08 12:00", ["R9"], (Span(days=7), 1)),
    (SOON, "hair-mask", "2026-03-09 12:00", ["I7", "R12"], (Span(days=21), None)),
    (SOON, "scratch-or-pick", "2026-03-09 12:00", ["I2"], (None, None)),
]


@pytest.mark.parametrize(("of", "activity", "at", "ids", "longest"), GIVEN)
def test_the_reason_that_lasts_longest_comes_first(
    of: Course, activity: str, at: str, ids: list[str], longest: tuple[Span | None, int | None]
) -> None:
    found = reasons(of, activity, at)
    assert [reason.rule.id for reason in found] == ids
    assert (found[0].span, found[0].session) == longest


def test_the_reasons_are_the_rules_of_the_answer() -> None:
    for at in ("2026-03-02 14:00", "2026-03-06 12:00", "2026-04-14 14:00", "2026-05-01 12:00"):
        seen = plan(WHOLE, at)
        for activity, answer in seen.answers_at(local(at)).items():
            given = {reason.rule.id for reason in seen.reasons_at(activity, local(at))}
            assert given == set(answer.rules), (activity, at)


def test_a_reason_ends_where_the_answer_does() -> None:
    (reason,) = reasons(WHOLE, "sauna", "2026-04-20 12:00")
    assert reason.ends_at == local("2026-04-28 14:00")


def test_what_always_holds_never_ends() -> None:
    (reason,) = reasons(WHOLE, "scratch-or-pick", "2026-05-20 12:00")
    assert reason.ends_at is None


def test_a_resting_answer_and_an_unknown_activity_have_no_reason() -> None:
    assert reasons(WHOLE, "swimming", "2026-04-14 14:00") == ()
    assert reasons(WHOLE, "moon-walk", "2026-04-10 12:00") == ()


def test_extra_days_belong_to_the_reason() -> None:
    extended = course(FIRST, extra={"wash-hair": 2, "touch-scalp": 1})
    assert reasons(extended, "wash-hair", "2026-03-04 12:00")[0].span == Span(days=7)
    assert reasons(extended, "touch-scalp", "2026-03-03 18:00")[0].span == Span(hours=48)


def test_of_two_sessions_the_later_end_counts() -> None:
    close = course(FIRST, scheduled(2, "2026-03-08 11:00"))
    (reason,) = reasons(close, "swimming", "2026-03-08 12:00", now="2026-03-05 12:00")
    assert (reason.session, reason.ends_at) == (2, local("2026-03-15 17:00"))


def test_before_a_session_the_lead_is_the_span() -> None:
    lead = Timing(Anchor.BEFORE_SESSION, lead=Span(days=3))
    protocol = small_protocol(
        rule("R1", Answer.NO, lead), rule("R2", Answer.NO, after_session(days=1))
    )
    seen = plan_for(protocol, Course(DUBAI, SOON.sessions), local("2026-03-08 12:00"))
    (reason,) = seen.reasons_at("dance", local("2026-03-08 12:00"))
    assert (reason.span, reason.session) == (Span(days=3), None)
    assert reason.ends_at == local("2026-03-10 11:00")
