"""What a plan says of a holiday: what is free, what lifts during it, what a session takes away."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.scenes import (
    FIRST,
    SECOND,
    SMP,
    THIRD,
    WHOLE,
    after_session,
    course,
    local,
    performed,
    plan,
    rule,
    scheduled,
    small_protocol,
)
from webapp.domain.answers import AnswerAt
from webapp.domain.course import Course, TreatmentSession
from webapp.domain.errors import NowAfterAtError
from webapp.domain.events import Event, EventOutlook, event_outlook
from webapp.domain.plan import plan_for
from webapp.domain.protocol import Anchor, Answer, Span, Timing
from webapp.domain.timeline import Open

NOW = "2026-03-04 12:00"
HOLIDAY = Event(date(2026, 4, 12), date(2026, 4, 20))
LEAD = Timing(Anchor.BEFORE_SESSION, lead=Span(days=1))


def outlook(of: Course, now: str = NOW, event: Event = HOLIDAY) -> EventOutlook:
    return event_outlook(plan(of, now), event)


def names(answers: tuple[AnswerAt, ...]) -> list[str]:
    return [answer.activity for answer in answers]


def held(of: Course, now: str = NOW, event: Event = HOLIDAY) -> dict[int, list[str]]:
    """What each colliding session takes away, by its number."""
    return {hit.number: names(hit.held) for hit in outlook(of, now, event).collisions}


def test_an_event_is_whole_days_at_the_clinic() -> None:
    assert outlook(course(FIRST)).stretch == (local("2026-04-12 00:00"), local("2026-04-21 00:00"))


def test_an_event_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Event(date(2026, 4, 12), date(2026, 4, 11))


@pytest.mark.parametrize(
    ("now", "is_over"), [("2026-04-20 23:59:59", False), ("2026-04-21 00:00", True)]
)
def test_an_event_is_over_at_the_midnight_after_its_last_day(now: str, is_over: bool) -> None:
    if not is_over:
        assert outlook(course(FIRST), now).stretch.begins == local(now)
        return
    with pytest.raises(NowAfterAtError):
        outlook(course(FIRST), now)


def test_everything_is_free_careful_to_be_asked_or_waiting_where_nothing_changes() -> None:
    found = outlook(course(FIRST))
    assert {"swimming", "wash-shampoo", "alcohol"} <= set(names(found.free))
    assert {"shave", "haircut"} <= set(names(found.ask))
    assert {"sauna", "direct-sun", "scratch-or-pick"} <= set(names(found.waiting))
    sorts = (found.free, found.careful, found.ask, found.waiting)
    assert sorted(name for sort in sorts for name in names(sort)) == sorted(SMP.activities)


def test_what_waits_tells_whether_its_end_is_known() -> None:
    waiting = {answer.activity: answer for answer in outlook(course(FIRST)).waiting}
    assert waiting["sauna"].estimate == local("2026-04-27 19:00")
    assert waiting["scratch-or-pick"].open is Open.PERMANENT


def test_lifts_within_the_event_are_sure_or_expected() -> None:
    sure = outlook(WHOLE, "2026-04-08 15:00").lifts
    assert [(lift.at, lift.is_sure) for lift in sure] == [
        (local("2026-04-12 14:00"), True),
        (local("2026-04-14 14:00"), True),
    ]
    expected = outlook(course(FIRST, SECOND, scheduled(3, "2026-04-07 11:00"))).lifts
    assert [(lift.at, lift.is_sure) for lift in expected] == [
        (local("2026-04-12 17:00"), False),
        (local("2026-04-14 17:00"), False),
    ]


def test_a_lift_says_what_is_allowed_then() -> None:
    first, second = outlook(WHOLE, "2026-04-08 15:00").lifts
    assert first.activities["wash-hair"] is Answer.LIMITED
    assert second.activities["wash-hair"] is second.activities["swimming"] is Answer.YES


@pytest.mark.parametrize(
    ("ended", "lifts"),
    [
        ("2026-04-04 23:59:59", []),
        ("2026-04-05 00:00", []),
        ("2026-04-05 00:00:01", ["2026-04-12 00:00:01"]),
        ("2026-04-13 23:59:59", ["2026-04-18 23:59:59", "2026-04-20 23:59:59"]),
        ("2026-04-14 00:00", ["2026-04-19 00:00"]),
    ],
)
def test_a_lift_at_a_midnight_of_the_event_belongs_to_the_other_side(
    ended: str, lifts: list[str]
) -> None:
    of = course(performed(1, "2026-04-03 12:00", ended))
    now = "2026-04-11 12:00" if ended < "2026-04-11" else ended
    found = [lift.at for lift in outlook(of, now).lifts if "wash-hair" in lift.activities]
    assert found == [local(at) for at in lifts]


def test_sure_and_expected_lifts_of_one_instant_are_told_apart() -> None:
    an_hour_long = Timing(Anchor.SESSION, start=Span(hours=1), until=Span(hours=2))
    a_day_before = rule("B", Answer.NO, LEAD, "sing")
    small = small_protocol(rule("A", Answer.NO, an_hour_long), a_day_before)
    sing = replace(small.activities["dance"], id="sing")
    protocol = replace(small, activities={**small.activities, "sing": sing})
    of = course(scheduled(1, "2026-04-13 09:00"), scheduled(2, "2026-04-13 17:00"))
    found = event_outlook(plan_for(protocol, of, local(NOW)), HOLIDAY).lifts
    assert [lift for lift in found if lift.at == local("2026-04-13 17:00")] == [
        (local("2026-04-13 17:00"), {"sing": Answer.YES}, True),
        (local("2026-04-13 17:00"), {"dance": Answer.YES}, False),
    ]


@pytest.mark.parametrize(
    ("starts", "is_free"),
    [
        # Expected to end six hours later; the last of its restrictions lifts a week after that.
        ("2026-04-04 18:00", True),
        ("2026-04-04 18:00:01", False),
        ("2026-04-20 23:59:59", False),
        ("2026-04-21 00:00", True),
    ],
)
def test_a_booked_session_keeps_the_event_free_to_the_second(starts: str, is_free: bool) -> None:
    assert (held(course(FIRST, scheduled(2, starts))) == {}) is is_free


def test_a_session_within_the_event_is_named_as_such() -> None:
    [hit] = outlook(course(FIRST, scheduled(2, "2026-04-15 11:00"))).collisions
    assert (hit.number, hit.starts_at, hit.is_within) == (2, local("2026-04-15 11:00"), True)
    assert "swimming" in names(hit.held)


def test_each_session_names_what_it_takes_away_and_until_when() -> None:
    [hit] = outlook(course(FIRST, SECOND, scheduled(3, "2026-04-07 11:00"))).collisions
    ends = {answer.activity: answer.estimate for answer in hit.held}
    assert ends["wash-hair"] == local("2026-04-12 17:00")
    assert ends["swimming"] == local("2026-04-14 17:00")
    assert "touch-scalp" not in ends
    assert "growth-stimulant" not in ends
    assert not hit.is_within


def test_two_sessions_that_hold_the_same_are_both_named() -> None:
    both = course(scheduled(1, "2026-04-07 11:00"), scheduled(2, "2026-04-09 11:00"))
    assert {number: "swimming" in what for number, what in held(both).items()} == {1: True, 2: True}


def test_a_clients_extra_days_count() -> None:
    booked = scheduled(2, "2026-04-03 11:00")
    assert held(course(FIRST, booked)) == {}
    assert held(course(FIRST, booked, extra={"swimming": 2})) == {2: ["swimming"]}


def test_a_session_that_nobody_has_confirmed_holds_everything_until_somebody_does() -> None:
    [hit] = outlook(course(FIRST, scheduled(2, "2026-03-10 11:00")), "2026-03-10 11:00").collisions
    assert hit.is_unconfirmed
    assert {answer.open for answer in hit.held} == {Open.WAITING}


def test_what_took_place_cannot_be_moved_and_is_no_collision() -> None:
    assert held(course(FIRST, SECOND, THIRD), "2026-04-08 12:00") == {}


def test_preparation_for_a_session_after_the_event_reaches_into_it() -> None:
    products = ["hairspray", "dry-shampoo", "scalp-lotion", "styling-products", "hair-mask"]
    found = held(course(scheduled(1, "2026-04-21 10:00")))
    assert sorted(found[1]) == sorted(products)
    assert held(course(scheduled(1, "2026-04-22 00:00"))) == {}


def test_preparation_takes_nothing_away_that_has_to_wait_anyway() -> None:
    assert held(course(FIRST, scheduled(2, "2026-04-21 10:00"))) == {}


@pytest.mark.parametrize(
    ("starts", "last", "is_taken"),
    [
        # The first session's week ends on the 20th at 14:00.
        ("2026-04-20 13:00", 19, False),
        ("2026-04-21 10:00", 20, True),
        ("2026-04-22 00:00", 20, False),
    ],
)
def test_preparation_counts_from_where_another_session_ends(
    starts: str, last: int, is_taken: bool
) -> None:
    protocol = small_protocol(
        rule("A", Answer.NO, after_session(days=7)), rule("B", Answer.NO, LEAD)
    )
    first = performed(1, "2026-04-13 10:00", "2026-04-13 14:00")
    of = plan_for(protocol, course(first, scheduled(2, starts)), local("2026-04-13 15:00"))
    found = event_outlook(of, Event(date(2026, 4, 12), date(2026, 4, last)))
    assert bool(found.collisions) is is_taken


def test_preparation_takes_nothing_away_that_is_never_allowed() -> None:
    always = rule("A", Answer.NO, Timing(Anchor.ALWAYS))
    protocol = small_protocol(always, rule("B", Answer.NO, LEAD))
    of = plan_for(protocol, course(scheduled(1, "2026-04-21 10:00")), local(NOW))
    assert event_outlook(of, HOLIDAY).collisions == ()


def test_what_becomes_stricter_during_the_event_is_no_lift() -> None:
    found = outlook(course(FIRST, scheduled(2, "2026-04-15 11:00")))
    assert local("2026-04-15 11:00") not in [lift.at for lift in found.lifts]


@pytest.mark.parametrize(
    ("at", "is_in"),
    [
        ("2026-04-11 23:59:59", False),
        ("2026-04-12 00:00", True),
        ("2026-04-20 23:59:59", True),
        ("2026-04-21 00:00", False),
    ],
)
def test_a_stretch_has_its_first_instant_and_not_its_end(at: str, is_in: bool) -> None:
    assert outlook(course()).stretch.has(local(at)) is is_in


def booked_before_the_event() -> tuple[TreatmentSession, ...]:
    return scheduled(2, "2026-03-10 11:00"), scheduled(3, "2026-04-21 00:00")


def test_the_sessions_that_an_outlook_assumes_are_named() -> None:
    assert outlook(course(FIRST, *booked_before_the_event())).assumed == (2,)


def test_what_is_allowed_with_care_for_a_while_is_careful() -> None:
    found = outlook(course(FIRST, SECOND, scheduled(3, "2026-04-07 11:00")))
    assert {"touch-scalp", "body-shower", "hat-or-scarf"} <= set(names(found.careful))
