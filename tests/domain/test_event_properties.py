"""What holds of every course, every event and every proposal."""

from dataclasses import replace
from datetime import time, timedelta
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.scenes import SMP
from tests.domain.strategies import Case, cases
from tests.domain.test_properties import steadily
from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.domain.course_edits import PlanSession, apply_edit
from webapp.domain.event_planning import Proposal, Wishes, proposals_around
from webapp.domain.events import Event, Stretch, event_outlook, instants_of, stretch_of
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.planning import planning_concerns
from webapp.domain.protocol import Answer


class Asked(NamedTuple):
    """A plan and an event that is not over."""

    plan: AftercarePlan
    event: Event

    @property
    def stretch(self) -> Stretch:
        return stretch_of(self.plan, self.event)


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    case: Case = draw(cases())
    plan = plan_for(SMP, case.course, case.now)
    today = case.now.astimezone(case.course.zone).date()
    first = today + timedelta(days=draw(st.integers(-3, 90)))
    last = max(today, first) + timedelta(days=draw(st.integers(0, 30)))
    return Asked(plan, Event(first, last))


def chained(asked: Asked, found: tuple[Proposal, ...]) -> Course:
    """The course as it would be with the first date of every proposal."""
    moved = {proposal.number for proposal in found}
    course = asked.plan.course
    kept = tuple(s for s in course.live if s.number not in moved)
    added = tuple(
        TreatmentSession(p.number, SessionStatus.SCHEDULED, p.dates[0].starts_at)
        for p in found
        if p.dates
    )
    return replace(course, sessions=(*kept, *added))


def taken_by(plan: AftercarePlan, number: int, stretch: Stretch) -> set[str]:
    """What is "no" during the event and counts from this session, by the engine's own reasons."""
    return {
        answer.activity
        for at in instants_of(plan, stretch)
        for answer in plan.answers_at(at).values()
        if answer.answer is Answer.NO and answer.session == number
    }


@settings(steadily, max_examples=40)
@given(asked())
def test_a_proposed_date_has_no_concerns_and_takes_nothing_from_the_event(asked: Asked) -> None:
    found = proposals_around(asked.plan, asked.event)
    course = chained(asked, ())
    for proposal in found:
        for possible in proposal.dates:
            treatment = TreatmentSession(
                proposal.number, SessionStatus.SCHEDULED, possible.starts_at
            )
            earlier = tuple(s for s in course.live if s.number < proposal.number)
            then = replace(course, sessions=(*earlier, treatment))
            plan = plan_for(SMP, then, asked.plan.now)
            assert planning_concerns(SMP, then, proposal.number, asked.plan.now) == ()
            assert taken_by(plan, proposal.number, asked.stretch) == set()
            assert not asked.stretch.has(possible.starts_at)
        course = chained(asked, tuple(p for p in found if p.number <= proposal.number))


@settings(steadily, max_examples=25)
@given(asked())
def test_a_proposed_date_is_saved_as_it_stands(asked: Asked) -> None:
    course, now = asked.plan.course, asked.plan.now
    for proposal in proposals_around(asked.plan, asked.event):
        if proposal.booked_at or not proposal.dates:
            return
        starts_at = proposal.dates[0].starts_at
        course = apply_edit(SMP, course, PlanSession(starts_at), now)
        assert course.live[-1].number == proposal.number
        assert planning_concerns(SMP, course, proposal.number, now) == ()


@settings(steadily, max_examples=25)
@given(asked())
def test_once_every_proposal_is_taken_nothing_collides_or_is_proposed_again(asked: Asked) -> None:
    found = proposals_around(asked.plan, asked.event)
    assume(found and all(proposal.dates for proposal in found))
    plan = plan_for(SMP, chained(asked, found), asked.plan.now)
    collisions = event_outlook(plan, asked.event).collisions
    assert [hit.number for hit in collisions if not hit.is_unconfirmed] == []
    again = proposals_around(plan, asked.event)
    assert [p.number for p in again if p.booked_at] == []


@settings(steadily, max_examples=25)
@given(asked(), st.integers(0, 20), st.integers(0, 20))
def test_a_longer_event_never_brings_a_first_date_forward(
    asked: Asked, earlier: int, later: int
) -> None:
    event = asked.event
    longer = Event(event.first_on - timedelta(days=earlier), event.last_on + timedelta(days=later))
    found = proposals_around(asked.plan, event)
    wider = proposals_around(asked.plan, longer)
    assume(found and wider and found[0].number == wider[0].number)
    assume(found[0].dates and wider[0].dates)
    assert wider[0].dates[0].starts_at >= found[0].dates[0].starts_at


@settings(steadily, max_examples=25)
@given(asked())
def test_an_outlook_says_what_the_plan_says_at_every_instant(asked: Asked) -> None:
    found = event_outlook(asked.plan, asked.event)
    for at in instants_of(asked.plan, found.stretch):
        answers = asked.plan.bare_answers_at(at)
        assert all(answers[answer.activity] is Answer.YES for answer in found.free)
        assert all(answers[answer.activity] is Answer.NO for answer in found.waiting)
        assert all(answers[answer.activity] <= Answer.LIMITED for answer in found.careful)


@settings(steadily, max_examples=25)
@given(asked())
def test_sure_lifts_are_the_plans_lifts_between_the_events_ends(asked: Asked) -> None:
    found = event_outlook(asked.plan, asked.event)
    told = {lift.at: dict(lift.activities) for lift in found.lifts if lift.is_sure}
    lifts = asked.plan.lifts_after(found.stretch.begins)
    assert told == {lift.at: lift.activities for lift in lifts if lift.at < found.stretch.ends}


@settings(steadily, max_examples=25)
@given(asked())
def test_whatever_a_coming_session_forbids_during_the_event_is_held_by_one(asked: Asked) -> None:
    """Every "no" of the plan that counts from a session not over yet has its collision."""
    found = event_outlook(asked.plan, asked.event)
    held = {hit.number: {answer.activity for answer in hit.held} for hit in found.collisions}
    for treatment in asked.plan.course.live:
        if not treatment.is_performed:
            taken = taken_by(asked.plan, treatment.number, found.stretch)
            assert taken <= held.get(treatment.number, set())


@settings(steadily, max_examples=10)
@given(asked(), st.times())
def test_proposals_are_the_same_each_time_and_as_wished_for(asked: Asked, at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    wishes = Wishes(minute, frozenset({0, 2, 3}))
    found = proposals_around(asked.plan, asked.event, wishes)
    assert found == proposals_around(asked.plan, asked.event, wishes)
    zone = asked.plan.course.zone
    starts = [d.starts_at.astimezone(zone) for p in found for d in p.dates]
    assert {start.time() for start in starts} <= {minute}
    assert {start.weekday() for start in starts} <= wishes.weekdays
