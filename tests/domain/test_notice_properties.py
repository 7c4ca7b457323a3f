"""What holds for the notices of every course, whatever becomes of it before they are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import ACTIVITIES, PROTOCOLS, Case, cases, courses
from tests.domain.test_properties import steadily
from webapp.domain.course import Course, SessionStatus, TreatmentSession, check_course
from webapp.domain.errors import AftercareError
from webapp.domain.notice_proof import Claim, Content, proved, sure_until
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.noticing import news_of, notices_of, staff_notices_of, stricter_of
from webapp.domain.plan import AftercarePlan, plan_for
from webapp.domain.protocol import Answer, Protocol

HOUR = timedelta(hours=1)


def everything(plan: AftercarePlan, before: AftercarePlan | None = None) -> list[PlannedNotice]:
    """All notices of a plan, with those that a change from `before` is cause for."""
    stricter = stricter_of(plan, before) if before else None
    return [
        *notices_of(plan),
        *news_of(plan, before),
        *staff_notices_of(plan, is_closed=False),
        *([stricter] if stricter else []),
    ]


def claim_of(notice: PlannedNotice) -> Claim:
    return Claim(notice.kind, notice.at, notice.session_number, notice.content or {})


def _moved_end(course: Course, hours: int) -> Course:
    """The latest session ended earlier or later than was said."""
    *earlier, last = course.live
    assert last.starts_at is not None
    ended_at = max((last.ended_at or last.starts_at) + hours * HOUR, last.starts_at + HOUR)
    ended = TreatmentSession(last.number, SessionStatus.PERFORMED, last.starts_at, ended_at)
    return replace(course, sessions=(*earlier, ended))


def _left_open(course: Course, hours: int) -> Course:
    *earlier, last = course.live
    opened = replace(last, status=SessionStatus.SCHEDULED, ended_at=None)
    return replace(course, sessions=(*earlier, opened), is_last_confirmed=False)


def _without_last(course: Course, hours: int) -> Course:
    return replace(course, sessions=course.live[:-1], is_last_confirmed=False)


def _with_one_more(course: Course, hours: int) -> Course:
    last = course.live[-1]
    origin = last.ended_at or last.starts_at
    assert origin is not None
    starts_at = origin + (abs(hours) + 1) * HOUR
    added = TreatmentSession(last.number + 1, SessionStatus.SCHEDULED, starts_at)
    return replace(course, sessions=(*course.live, added), is_last_confirmed=False)


CHANGES: list[Callable[[Course, int], Course]] = [
    _moved_end,
    _left_open,
    _without_last,
    _with_one_more,
    lambda course, hours: replace(course, is_last_confirmed=not course.is_last_confirmed),
    lambda course, hours: replace(course, extensions={ACTIVITIES[hours]: 1 + abs(hours) % 9}),
    lambda course, hours: replace(course, extensions=dict.fromkeys(ACTIVITIES, 2)),
    lambda course, hours: replace(course, extensions={}),
    lambda course, hours: course,
]


@st.composite
def changed(draw: st.DrawFn, course: Course) -> Course:
    """The course after any change that can be believed, or another course altogether."""
    if not course.live:
        return draw(courses())
    change = draw(st.sampled_from([*CHANGES, lambda course, hours: draw(courses())]))
    after: Course = change(course, draw(st.integers(-40, 40)))
    try:
        check_course(after)
    except AftercareError:
        return course
    return after


@steadily
@given(cases(), PROTOCOLS)
def test_planning_is_deterministic_and_no_two_notices_share_a_key(
    case: Case, protocol: Protocol
) -> None:
    plans = [plan_for(protocol, case.course, case.now) for _ in range(2)]
    first, second = (everything(plan) for plan in plans)
    assert first == second
    keys = [(notice.kind, notice.session_number, notice.at) for notice in first]
    assert len(keys) == len(set(keys))


@steadily
@given(cases(), PROTOCOLS)
def test_a_planned_lift_is_a_lift_of_the_plan(case: Case, protocol: Protocol) -> None:
    plan = plan_for(protocol, case.course, case.now)
    planned = [n for n in notices_of(plan) if n.kind is NoticeKind.LIFT]
    found = [(notice.at, (notice.content or {})["activities"]) for notice in planned]
    assert found == [
        (lift.at, {name: answer.word for name, answer in lift.activities.items()})
        for lift in plan.lifts_after(case.now)
    ]
    assert all(notice.due_at == notice.at < notice.expires_at for notice in planned)


@steadily
@given(cases(), PROTOCOLS)
def test_a_lift_is_true_at_its_very_instant_if_nothing_changed(
    case: Case, protocol: Protocol
) -> None:
    plan = plan_for(protocol, case.course, case.now)
    following = plan.next_session_at(case.now)
    for notice in notices_of(plan):
        begins_first = following is not None and following.starts_at <= notice.at
        if notice.kind is NoticeKind.LIFT and not begins_first:
            then = plan_for(protocol, case.course, notice.at)
            assert proved(claim_of(notice), then) == notice.content
            assert proved(claim_of(notice), plan) == notice.content


@steadily
@given(cases(), PROTOCOLS, st.integers(0, 24 * 30))
def test_what_is_sure_is_true_as_planned(case: Case, protocol: Protocol, hours: int) -> None:
    plan = plan_for(protocol, case.course, case.now)
    until = sure_until(plan)
    at = case.now + hours * HOUR
    if until is not None and at >= until:
        at = max(case.now, until - timedelta(seconds=1))
    then = plan_for(protocol, case.course, at)
    for notice in everything(plan):
        if notice.due_at <= at < notice.expires_at:
            assert proved(claim_of(notice), then) == (notice.content or {})


def _is_no_milder(kind: NoticeKind, content: Content, claim: Claim, plan: AftercarePlan) -> bool:
    """Whether nothing announced is milder than the plan's own answer."""
    if kind is NoticeKind.LIFT:
        at = max(claim.at, plan.now)
        return all(
            Answer.from_word(word) >= plan.bare_answer_at(activity, at)
            for activity, word in content["activities"].items()
        )
    if kind is NoticeKind.STRICTER:
        answers = plan.answers_at(plan.now)
        return all(
            (Answer.from_word(word), until)
            == (answers[activity].answer, _text(answers[activity].until))
            for activity, (word, until, _) in content["activities"].items()
        )
    if kind in (NoticeKind.TOMORROW, NoticeKind.TODAY):
        return bool(content["wash"] == plan.wash_before(claim.at).value)
    return kind is not NoticeKind.HEALED or plan.healed_at(plan.now).at == claim.at


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


@steadily
@given(cases(), PROTOCOLS, st.integers(0, 24 * 40), st.data())
def test_whatever_changed_a_proof_announces_nothing_milder_than_the_plan(
    case: Case, protocol: Protocol, hours: int, data: st.DataObject
) -> None:
    before = plan_for(protocol, data.draw(changed(case.course)), case.now)
    plan = plan_for(protocol, case.course, case.now)
    later = plan_for(protocol, data.draw(changed(case.course)), case.now + hours * HOUR)
    for notice in everything(plan, before):
        claim = claim_of(notice)
        content = proved(claim, later)
        assert content is None or _is_no_milder(notice.kind, content, claim, later)
