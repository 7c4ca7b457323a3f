"""The clinic's rules on both sides of every edge."""

import pytest

from tests.domain.scenes import FIRST, SECOND, THIRD, WHOLE, answer, course, local, plan, scheduled
from webapp.domain.answers import AnswerAt
from webapp.domain.protocol import Answer, Source
from webapp.domain.timeline import Open

ONCE = course(FIRST)
TOUCH_UP = course(FIRST, planned=1, is_last=True)

A_WEEK = [
    "light-workout sweating spicy-food excess-heat hair-dryer hot-shower bath hot-tub swimming",
    "alcohol smoking wash-shampoo",
]
UNTIL_HEALED = [
    "growth-stimulant hairspray dry-shampoo scalp-lotion sauna steam-room direct-sun",
    "intense-workout styling-products colour-without-ammonia",
]

# activity, the edge, the answer one second before it, the answer at it
EDGES = [
    *[(a, "2026-03-02 13:00:00", "yes", "no") for line in A_WEEK for a in line.split()],
    *[(a, "2026-03-09 16:30:00", "no", "yes") for line in A_WEEK for a in line.split()],
    *[(a, "2026-03-23 16:30:00", "no", "yes") for line in UNTIL_HEALED for a in line.split()],
    ("touch-scalp", "2026-03-02 13:00:00", "yes", "no"),
    ("touch-scalp", "2026-03-03 16:30:00", "no", "limited"),
    ("touch-scalp", "2026-03-09 16:30:00", "limited", "yes"),
    ("wash-hair", "2026-03-02 13:00:00", "yes", "no"),
    ("wash-hair", "2026-03-07 16:30:00", "no", "limited"),
    ("wash-hair", "2026-03-09 16:30:00", "limited", "yes"),
    ("wash-water", "2026-03-07 16:30:00", "no", "limited"),
    ("wash-water", "2026-03-09 16:30:00", "limited", "yes"),
    ("wet-scalp", "2026-03-07 16:30:00", "no", "limited"),
    ("wet-scalp", "2026-03-09 16:30:00", "limited", "yes"),
    ("body-shower", "2026-03-02 13:00:00", "yes", "limited"),
    ("body-shower", "2026-03-09 16:30:00", "limited", "yes"),
    ("hat-or-scarf", "2026-03-02 13:00:00", "yes", "limited"),
    ("hat-or-scarf", "2026-03-09 16:30:00", "limited", "yes"),
    ("hair-mask", "2026-03-01 13:00:00", "limited", "no"),
    ("hair-mask", "2026-03-23 16:30:00", "no", "limited"),
    ("growth-injections", "2026-03-02 13:00:00", "limited", "no"),
    ("growth-injections", "2026-03-23 16:30:00", "no", "limited"),
    ("styling-products", "2026-03-01 13:00:00", "yes", "no"),
    ("hairspray", "2026-03-01 13:00:00", "yes", "no"),
    ("growth-stimulant", "2026-03-02 13:00:00", "yes", "no"),
    ("direct-sun", "2026-03-02 13:00:00", "yes", "no"),
]


def just_before(text: str) -> str:
    """One second before a local time that is given in whole minutes."""
    hour, minute = int(text[11:13]), int(text[14:16]) - 1
    return f"{text[:11]}{hour - (minute < 0):02}:{minute % 60:02}:59"


@pytest.mark.parametrize(("activity", "edge", "before", "after"), EDGES)
def test_an_answer_switches_at_the_very_second(
    activity: str, edge: str, before: str, after: str
) -> None:
    assert answer(TOUCH_UP, activity, just_before(edge)) == before
    assert answer(TOUCH_UP, activity, edge) == after


@pytest.mark.parametrize("at", ["2026-01-01 12:00", "2026-03-05 12:00", "2030-01-01 12:00"])
@pytest.mark.parametrize(
    ("activity", "word"),
    [("scratch-or-pick", "no"), ("colour-with-ammonia", "no"), ("shave", "ask"), ("flight", "ask")],
)
def test_some_answers_never_change(activity: str, word: str, at: str) -> None:
    found = plan(TOUCH_UP, at).answer_at(activity, local(at))
    assert (found.answer.word, found.open) == (word, Open.PERMANENT)


def test_an_activity_nobody_thought_of_is_a_question_for_the_clinic() -> None:
    found = plan(ONCE, "2026-03-05 12:00").answer_at("moon-walk", local("2026-03-05 12:00"))
    assert found == AnswerAt("moon-walk", Answer.ASK, None, None, Open.PERMANENT, None, (), None)


@pytest.mark.parametrize(
    ("session_ends", "lightly", "water", "shampoo"),
    [
        ("2026-03-02 16:30", "2026-03-03 16:30", "2026-03-07 16:30", "2026-03-09 16:30"),
        ("2026-03-10 14:00", "2026-03-11 14:00", "2026-03-15 14:00", "2026-03-17 14:00"),
        ("2026-04-07 14:00", "2026-04-08 14:00", "2026-04-12 14:00", "2026-04-14 14:00"),
    ],
)
def test_the_golden_journey(session_ends: str, lightly: str, water: str, shampoo: str) -> None:
    answers = plan(WHOLE, session_ends).answers_at(local(session_ends))
    assert answers["touch-scalp"].until == local(lightly)
    assert answers["wash-water"].until == local(water)
    for activity in ("wash-shampoo", "swimming", "light-workout", "alcohol"):
        assert answers[activity].until == local(shampoo)


def test_reasons_name_the_rules_their_session_and_their_source() -> None:
    at = local("2026-03-04 12:00")
    found = plan(course(FIRST, SECOND), "2026-03-04 12:00").answers_at(at)
    assert found["wash-hair"][5:] == (1, ("R2", "I3"), Source.STATED)
    assert found["sauna"][5:] == (1, ("R4", "R11"), Source.STATED)
    assert found["styling-products"][5:] == (None, ("I7",), Source.INFERRED)
    assert found["shave"][5:] == (None, (), None)


def test_the_latest_of_two_overlapping_sessions_is_named() -> None:
    close = course(FIRST, scheduled(2, "2026-03-05 10:00"))
    found = plan(close, "2026-03-05 12:00").answer_at("swimming", local("2026-03-05 12:00"))
    assert (found.session, found.estimate) == (2, local("2026-03-12 16:00"))


def test_a_booked_session_makes_the_end_an_estimate() -> None:
    booked = course(FIRST, scheduled(2, "2026-03-09 11:00"))
    found = plan(booked, "2026-03-08 12:00").answer_at("swimming", local("2026-03-08 12:00"))
    assert (found.until, found.estimate) == (None, local("2026-03-16 17:00"))


def test_a_session_nobody_confirmed_keeps_its_no() -> None:
    forgotten = course(scheduled(1, "2026-03-02 13:00"))
    at = local("2027-03-02 13:00")
    found = plan(forgotten, "2026-03-02 13:00").answer_at("swimming", at)
    assert (found.answer, found.open) == (Answer.NO, Open.WAITING)


def test_an_unconfirmed_session_is_expected_to_end_until_it_ought_to_have() -> None:
    forgotten = course(scheduled(1, "2026-03-02 13:00"))
    now = plan(forgotten, "2026-03-02 13:00")
    before = now.answer_at("swimming", local("2026-03-09 18:59:59"))
    assert (before.estimate, before.open) == (local("2026-03-09 19:00"), None)
    assert now.answer_at("swimming", local("2026-03-09 19:00")).open is Open.WAITING


EXTENDED = [
    ({"wash-hair": 2}, "wash-hair", "2026-03-09 16:30:00", "no", "limited"),
    ({"wash-hair": 2}, "wash-hair", "2026-03-11 16:30:00", "limited", "yes"),
    ({"wash-hair": 2, "wet-scalp": 1}, "wash-shampoo", "2026-03-11 16:30:00", "no", "yes"),
    ({"wash-shampoo": 1}, "wet-scalp", "2026-03-08 16:30:00", "no", "limited"),
    ({"touch-scalp": 1}, "touch-scalp", "2026-03-04 16:30:00", "no", "limited"),
    ({"touch-scalp": 1}, "touch-scalp", "2026-03-10 16:30:00", "limited", "yes"),
    ({"sauna": 3}, "sauna", "2026-03-26 16:30:00", "no", "yes"),
    ({"sauna": 3}, "steam-room", "2026-03-23 16:30:00", "no", "yes"),
    ({"styling-products": 3}, "styling-products", "2026-03-01 13:00:00", "yes", "no"),
    ({"swimming": 60}, "swimming", "2026-05-08 16:30:00", "no", "yes"),
]


@pytest.mark.parametrize(("extra", "activity", "edge", "before", "after"), EXTENDED)
def test_an_extension_moves_the_edges_of_its_activity(
    extra: dict[str, int], activity: str, edge: str, before: str, after: str
) -> None:
    extended = course(FIRST, planned=1, is_last=True, extra=extra)
    assert answer(extended, activity, just_before(edge)) == before
    assert answer(extended, activity, edge) == after


def test_all_three_sessions_are_followed_by_their_lifts() -> None:
    lifts = plan(course(FIRST, SECOND, THIRD, is_last=True), "2026-03-02 16:30").lifts_after(
        local("2026-03-02 16:30")
    )
    assert [lift.at for lift in lifts][::3] == [
        local("2026-03-03 16:30"),
        local("2026-03-11 14:00"),
        local("2026-04-08 14:00"),
        local("2026-04-28 14:00"),
    ]
    assert lifts[-1].activities["hair-mask"] is Answer.LIMITED


def test_a_lift_is_over_at_its_instant() -> None:
    now = plan(course(FIRST, planned=1, is_last=True), "2026-03-04 12:00")
    before, at = now.lifts_after(local("2026-03-09 16:29:59")), local("2026-03-09 16:30")
    assert [lift.at for lift in before] == [at, local("2026-03-23 16:30")]
    assert [lift.at for lift in now.lifts_after(at)] == [local("2026-03-23 16:30")]
