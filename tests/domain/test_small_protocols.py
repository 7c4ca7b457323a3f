"""Rules that this clinic has not, and another may have."""

from tests.domain.scenes import (
    FIRST,
    SECOND,
    after_session,
    course,
    local,
    rule,
    scheduled,
    small_protocol,
)
from webapp.domain.answers import AnswerAt
from webapp.domain.course import Course
from webapp.domain.plan import Wash, plan_for
from webapp.domain.protocol import Anchor, Answer, Protocol, Span, Timing
from webapp.domain.timeline import Open

ONCE = course(FIRST)
BEFORE = Timing(Anchor.BEFORE_SESSION, lead=Span(hours=36))


def dance(protocol: Protocol, of: Course, at: str) -> AnswerAt:
    return plan_for(protocol, of, local(at)).answer_at("dance", local(at))


def test_a_lead_in_hours_is_elapsed_time() -> None:
    protocol = small_protocol(rule("A", Answer.NO, BEFORE))
    booked = course(scheduled(1, "2026-03-04 12:00"))
    assert dance(protocol, booked, "2026-03-02 23:59:59").answer is Answer.YES
    found = dance(protocol, booked, "2026-03-03 00:00")
    assert (found.until, found.session, found.rules) == (local("2026-03-04 12:00"), None, ("A",))


def test_a_lead_holds_until_the_very_second_of_the_session() -> None:
    protocol = small_protocol(rule("A", Answer.NO, BEFORE))
    booked = course(scheduled(1, "2026-03-04 12:00"))
    assert dance(protocol, booked, "2026-03-04 11:59:59").answer is Answer.NO
    assert dance(protocol, booked, "2026-03-04 12:00").answer is Answer.YES


def test_a_resting_answer_is_never_loosened_by_a_milder_rule() -> None:
    protocol = small_protocol(rule("A", Answer.LIMITED, after_session(days=3)), resting=Answer.ASK)
    found = dance(protocol, ONCE, "2026-03-03 12:00")
    assert (found.answer, found.rules, found.open) == (Answer.ASK, (), Open.PERMANENT)


def test_a_rule_as_strict_as_the_resting_answer_is_named() -> None:
    protocol = small_protocol(rule("A", Answer.ASK, after_session(days=3)), resting=Answer.ASK)
    assert dance(protocol, ONCE, "2026-03-03 12:00").rules == ("A",)
    assert dance(protocol, ONCE, "2026-03-05 16:30").rules == ()


def test_a_strict_rule_ends_in_the_resting_answer() -> None:
    protocol = small_protocol(rule("A", Answer.NO, after_session(hours=5)), resting=Answer.ASK)
    found = dance(protocol, ONCE, "2026-03-02 17:00")
    assert (found.answer, found.until) == (Answer.NO, local("2026-03-02 21:30"))


def test_a_rule_that_starts_where_another_ends_leaves_no_gap() -> None:
    start = Timing(Anchor.SESSION, start=Span(days=2), until=Span(days=4))
    protocol = small_protocol(
        rule("A", Answer.NO, after_session(days=2)), rule("B", Answer.NO, start)
    )
    found = dance(protocol, ONCE, "2026-03-03 12:00")
    assert (found.until, found.rules) == (local("2026-03-06 16:30"), ("A",))


def test_a_soft_end_together_with_a_firm_one_is_not_sure() -> None:
    booked = course(FIRST, scheduled(2, "2026-03-05 16:30"))
    protocol = small_protocol(
        rule("A", Answer.NO, after_session(days=10)), rule("B", Answer.LIMITED, BEFORE)
    )
    found = dance(protocol, booked, "2026-03-04 12:00")
    assert (found.until, found.estimate) == (None, local("2026-03-15 22:30"))


def test_a_milder_soft_end_does_not_make_a_firm_one_unsure() -> None:
    """At the end of the strict rule a mild one goes on: only what is lifted must be sure."""
    protocol = small_protocol(
        rule("A", Answer.NO, after_session(days=5)),
        rule("B", Answer.LIMITED, Timing(Anchor.COURSE, until=Span(days=21))),
    )
    found = dance(protocol, ONCE, "2026-03-03 12:00")
    assert found.until == local("2026-03-07 16:30")


def test_a_soft_end_as_mild_as_what_follows_does_not_make_a_firm_one_unsure() -> None:
    booked = course(scheduled(2, "2026-03-05 10:00"), scheduled(3, "2026-03-05 17:00"))
    protocol = small_protocol(
        rule("A", Answer.NO, BEFORE),
        rule("B", Answer.LIMITED, Timing(Anchor.ALWAYS)),
        rule("C", Answer.LIMITED, after_session(hours=1)),
    )
    # Asked before session 2 begins: one that nobody confirms has no end at all.
    plan = plan_for(protocol, booked, local("2026-03-05 09:00"))
    found = plan.answer_at("dance", local("2026-03-05 12:00"))
    assert (found.answer, found.until) == (Answer.NO, local("2026-03-05 17:00"))


def test_a_protocol_without_washing_answers_that_nobody_knows() -> None:
    protocol = small_protocol(rule("A", Answer.NO, after_session(days=5)))
    booked = course(FIRST, scheduled(2, "2026-03-10 11:00"))
    plan = plan_for(protocol, booked, local("2026-03-05 12:00"))
    following = plan.next_session_at(local("2026-03-05 12:00"))
    assert following
    assert following.wash is Wash.NONE
    assert plan.first_yes_at("wash-shampoo", local("2026-03-05 12:00")) is None


def test_what_rests_at_ask_is_never_a_yes() -> None:
    protocol = small_protocol(resting=Answer.ASK)
    plan = plan_for(protocol, course(FIRST, SECOND), local("2026-03-05 12:00"))
    assert plan.first_yes_at("dance", local("2026-03-05 12:00")) is None
    assert plan.lifts_after(local("2026-03-05 12:00")) == ()


def test_a_resting_condition_never_becomes_a_yes() -> None:
    protocol = small_protocol(resting=Answer.LIMITED)
    plan = plan_for(protocol, ONCE, local("2026-03-05 12:00"))
    assert plan.first_yes_at("dance", local("2026-03-05 12:00")) is None


def test_a_condition_is_not_yet_a_yes() -> None:
    protocol = small_protocol(
        rule("A", Answer.NO, after_session(days=1)),
        rule("B", Answer.LIMITED, after_session(days=5)),
    )
    plan = plan_for(protocol, ONCE, local("2026-03-02 17:00"))
    assert plan.first_yes_at("dance", local("2026-03-02 17:00")) == local("2026-03-07 16:30")
    assert plan.first_yes_at("dance", local("2026-03-08 17:00")) == local("2026-03-08 17:00")


def test_what_ends_a_second_after_a_lift_lifts_nothing_again() -> None:
    booked = course(FIRST, scheduled(2, "2026-03-02 21:29:59"))
    protocol = small_protocol(
        rule("A", Answer.NO, BEFORE),
        rule("B", Answer.LIMITED, after_session(hours=5)),
        rule("C", Answer.LIMITED, Timing(Anchor.ALWAYS)),
    )
    lifts = plan_for(protocol, booked, local("2026-03-02 17:00")).lifts_after(
        local("2026-03-02 17:00")
    )
    assert [lift.at for lift in lifts] == [local("2026-03-02 21:29:59")]
