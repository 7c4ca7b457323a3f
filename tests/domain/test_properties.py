"""What holds for every course, protocol and instant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.domain.scenes import SMP
from tests.domain.slow_reading import SlowReading
from tests.domain.strategies import ACTIVITIES, PROTOCOLS, Case, cases, rules
from webapp.domain.course import SessionStatus, TreatmentSession
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.protocol import Protocol, Rule

SECOND = timedelta(seconds=1)
steadily = settings(
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def instants(plan: AftercarePlan, at: datetime) -> Iterator[datetime]:
    """`at`, and both sides of everything that can change within the next weeks."""
    yield at
    for switch in plan.switches_after(at)[:8]:
        yield from (max(at, switch - SECOND), switch)


def loosened(stricter: AftercarePlan, plan: AftercarePlan, at: datetime) -> list[str]:
    """The activities that `stricter` allows more of than `plan`, at any instant from `at` on."""
    found = []
    for instant in {*instants(plan, at), *instants(stricter, at)}:
        answers = plan.answers_at(instant)
        for activity, answer in stricter.answers_at(instant).items():
            if answer.answer < answers[activity].answer:
                found.append(activity)
    return found


@settings(steadily, max_examples=120)
@given(cases(), PROTOCOLS, st.sampled_from(ACTIVITIES))
def test_the_plan_is_what_a_slow_reading_of_the_rules_gives(
    case: Case, protocol: Protocol, activity: str
) -> None:
    plan = plan_for(protocol, case.course, case.now)
    slow = SlowReading(protocol, case.course, case.now, activity)
    for instant in instants(plan, case.at):
        assert plan.answer_at(activity, instant) == slow.answer_at(instant)
    lifts = [(e.at, e.activities[activity]) for e in plan.lifts_after(case.at) if activity in e[1]]
    assert lifts == list(slow.lifts_after(case.at))


@steadily
@given(cases(), PROTOCOLS)
def test_until_is_the_first_second_of_a_milder_answer(case: Case, protocol: Protocol) -> None:
    plan = plan_for(protocol, case.course, case.now)
    for activity, answer in plan.answers_at(case.at).items():
        if answer.until:
            assert plan.answer_at(activity, answer.until - SECOND).answer >= answer.answer
            assert plan.answer_at(activity, answer.until).answer < answer.answer


@steadily
@given(cases(), PROTOCOLS)
def test_an_answer_changes_only_at_a_switch(case: Case, protocol: Protocol) -> None:
    plan = plan_for(protocol, case.course, case.now)
    before = case.at
    for switch in plan.switches_after(case.at):
        assert plan.answers_at(before) == plan.answers_at(switch - SECOND)
        assert plan.phase_at(before)[0] == plan.phase_at(switch - SECOND)[0]
        before = switch


@steadily
@given(cases(), PROTOCOLS)
def test_changes_add_up_to_the_answers(case: Case, protocol: Protocol) -> None:
    plan = plan_for(protocol, case.course, case.now)
    known = plan.bare_answers_at(case.at)
    changes = {change.at: change.activities for change in plan.changes_after(case.at)}
    for instant in sorted({*changes, *plan.switches_after(case.at)}):
        changed = changes.get(instant, {})
        assert all(known[activity] is not answer for activity, answer in changed.items())
        known |= changed
        assert plan.bare_answers_at(instant) == known


@steadily
@given(cases(), PROTOCOLS, st.integers(0, 24 * 40))
def test_while_time_passes_no_answer_loosens_without_a_lift(
    case: Case, protocol: Protocol, hours: int
) -> None:
    plan = plan_for(protocol, case.course, case.now)
    later = case.now + timedelta(hours=hours)
    lifted = {name for lift in plan.lifts_after(case.now) if lift.at <= later for name in lift[1]}
    answers = plan_for(protocol, case.course, later).answers_at(later)
    for activity, answer in plan.answers_at(case.now).items():
        assert answers[activity].answer >= answer.answer or activity in lifted


@steadily
@given(cases(), st.integers(1, 24 * 30), st.booleans())
def test_one_more_session_never_loosens_an_answer(case: Case, hours: int, is_done: bool) -> None:
    live = case.course.live
    assume(live)
    origin = live[-1].ended_at or live[-1].starts_at or case.now
    added = TreatmentSession(
        live[-1].number + 1, SessionStatus.SCHEDULED, origin + timedelta(hours=hours)
    )
    if is_done and live[-1].is_performed and added.starts_at:
        end = added.starts_at + timedelta(hours=1)
        added = replace(added, status=SessionStatus.PERFORMED, ended_at=end)
    more = replace(case.course, sessions=(*live, added), is_last_confirmed=False)
    plan = plan_for(SMP, case.course, case.now)
    assert loosened(plan_for(SMP, more, case.now), plan, case.at) == []


@steadily
@given(cases())
def test_a_session_left_unconfirmed_never_loosens_an_answer(case: Case) -> None:
    done = [treatment for treatment in case.course.live if treatment.is_performed]
    assume(done)
    assume((done[-1].starts_at or case.now) <= case.now)
    assume(done[-1].number == case.course.live[-1].number)
    forgotten = replace(done[-1], status=SessionStatus.SCHEDULED, ended_at=None)
    course = replace(case.course, sessions=(*done[:-1], forgotten), is_last_confirmed=False)
    plan = plan_for(SMP, case.course, case.now)
    assert loosened(plan_for(SMP, course, case.now), plan, case.at) == []


@steadily
@given(cases(), rules())
def test_one_more_rule_never_loosens_an_answer(case: Case, rule: Rule) -> None:
    stricter = replace(SMP, rules=(*SMP.rules, rule))
    plan = plan_for(SMP, case.course, case.now)
    assert loosened(plan_for(stricter, case.course, case.now), plan, case.at) == []


@steadily
@given(cases(), st.dictionaries(st.sampled_from(ACTIVITIES), st.integers(1, 60), min_size=1))
def test_an_extension_never_loosens_an_answer(case: Case, extra: dict[str, int]) -> None:
    plain = replace(case.course, extensions={})
    plan = plan_for(SMP, plain, case.now)
    extended = plan_for(SMP, replace(plain, extensions=extra), case.now)
    assert loosened(extended, plan, case.at) == []
