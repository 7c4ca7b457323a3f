"""What pages ask for at every request is found by a shorter way, and is the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.scenes import FIRST, SMP, WHOLE, course, local, plan, scheduled
from tests.domain.strategies import ACTIVITIES, PROTOCOLS, Case, cases
from tests.domain.test_properties import steadily
from webapp.domain.course import Course
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Answer, Protocol
from webapp.domain.timeline import Ahead

ZONE = course(FIRST).zone


@settings(steadily, max_examples=80)
@given(cases(), PROTOCOLS)
def test_the_next_switch_is_the_first_of_all_switches(case: Case, protocol: Protocol) -> None:
    now = plan_for(protocol, case.course, case.now)
    every = now.switches_after(case.at)
    assert now.next_switch_after(case.at) == (every[0] if every else None)


@settings(steadily, max_examples=80)
@given(cases(), PROTOCOLS)
def test_an_outlook_is_the_answer_without_its_reasons(case: Case, protocol: Protocol) -> None:
    now = plan_for(protocol, case.course, case.now)
    seen = {name: ahead for ahead, names in now.outlooks_at(case.at) for name in names}
    assert seen == {name: a[1:5] for name, a in now.answers_at(case.at).items()}


@steadily
@given(cases(), st.sampled_from(ACTIVITIES))
def test_one_bare_answer_is_the_answer_alone(case: Case, activity: str) -> None:
    now = plan_for(SMP, case.course, case.now)
    assert now.bare_answer_at(activity, case.at) is now.answer_at(activity, case.at).answer
    assert now.bare_answers_at(now.now)[activity] is now.answer_at(activity, case.now).answer


def test_an_unknown_activity_is_a_question_for_the_clinic() -> None:
    assert plan(WHOLE, "2026-03-05").bare_answer_at("flying", local("2026-03-05")) is Answer.ASK


BOOKED = course(FIRST, scheduled(2, "2026-03-20 11:00"))
SOON = course(FIRST, scheduled(2, "2026-03-07 10:00"))
# asked at, the next switch: a lift, a phase, an expected end, the lead of the session to come
NEXT = [
    (WHOLE, "2026-03-01 12:59:59", "2026-03-01 13:00"),
    (WHOLE, "2026-03-02 12:59:59", "2026-03-02 13:00"),
    (WHOLE, "2026-03-02 13:00", "2026-03-02 16:30"),
    (WHOLE, "2026-03-02 16:30", "2026-03-03 16:30"),
    (WHOLE, "2026-03-03 16:29:59", "2026-03-03 16:30"),
    (WHOLE, "2026-03-03 16:30", "2026-03-06 16:30"),
    (WHOLE, "2026-04-28 13:59:59", "2026-04-28 14:00"),
    (WHOLE, "2026-04-28 14:00", None),
    (BOOKED, "2026-03-09 16:30", "2026-03-19 11:00"),
    (BOOKED, "2026-03-19 11:00", "2026-03-20 11:00"),
    (SOON, "2026-03-06 10:00", "2026-03-06 16:30"),
    (course(FIRST, planned=1), "2026-03-09 16:30", "2026-03-23 16:30"),
]


@pytest.mark.parametrize(("of", "at", "expected"), NEXT)
def test_a_page_is_right_until_the_next_switch(of: Course, at: str, expected: str | None) -> None:
    switch = local(expected) if expected else None
    assert plan(of, at).next_switch_after(local(at)) == switch
    assert plan(of, "2026-03-01").next_switch_after(local(at)) == switch


def test_the_outlooks_are_shared_by_those_who_share_an_answer() -> None:
    now = plan(course(FIRST, extra={"sauna": 2}), "2026-03-05")
    found = {name: ahead for ahead, names in now.outlooks_at(now.now) for name in names}
    assert found["swimming"] == Ahead(Answer.NO, until=local("2026-03-09 16:30"))
    assert found["sauna"].estimate == now.answer_at("sauna", now.now).estimate
    assert sorted(found) == sorted(SMP.activities)


def test_without_a_session_nothing_switches() -> None:
    empty = plan_for(SMP, Course(ZONE), local("2026-03-05"))
    assert empty.next_switch_after(local("2026-03-05")) is None
    assert empty.switches_after(local("2026-03-05")) == ()
