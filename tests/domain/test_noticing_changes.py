"""What a change of a course is cause to tell: lifts that came true by it, strictness, an end."""

from dataclasses import replace

import pytest

from tests.domain.noticed import clock
from tests.domain.scenes import FIRST, THIRD, WHOLE, course, local, performed, plan, scheduled
from tests.domain.scenes import SECOND as SESSION_TWO
from webapp.domain.course import Course, SessionStatus
from webapp.domain.noticing import has_just_begun, has_just_ended, news_of, stricter_of

ONE = course(FIRST)
WASH = ("wash-hair", "wash-water", "wet-scalp")
CORRECTED = course(performed(1, "2026-03-02 13:00", "2026-03-02 18:30"))
EXTENDED = course(FIRST, extra={"wash-hair": 2})
EXTENDED_MORE = course(FIRST, extra={"wash-hair": 4})
UNCONFIRMED = course(FIRST, scheduled(2, "2026-03-08 11:00"))


def news(of: Course, before: Course | None, now: str) -> list[tuple[str, set[str]]]:
    found = news_of(plan(of, now), plan(before, now) if before else None)
    return [(clock(n.at), set((n.content or {}).get("activities", ()))) for n in found]


# now, and the instants of the lifts that a client who is entered then has not heard of
ENTERED = [
    ("2026-03-03 16:29:59", []),
    ("2026-03-03 16:30", ["2026-03-03 16:30"]),
    ("2026-03-08 12:00", ["2026-03-03 16:30", "2026-03-07 16:30"]),
    ("2026-03-09 16:29:59", ["2026-03-03 16:30", "2026-03-07 16:30"]),
    ("2026-03-09 16:30", ["2026-03-09 16:30"]),
    ("2026-03-16 16:29:59", ["2026-03-09 16:30"]),
    ("2026-03-16 16:30", []),
]


@pytest.mark.parametrize(("now", "instants"), ENTERED)
def test_a_client_who_is_entered_hears_of_lifts_that_made_todays_answers(
    now: str, instants: list[str]
) -> None:
    assert [at for at, _ in news(ONE, None, now)] == instants


def test_what_was_allowed_before_a_change_is_no_news() -> None:
    assert news(ONE, ONE, "2026-03-09 17:00") == []
    earlier = course(performed(1, "2026-03-02 13:00", "2026-03-02 15:30"))
    assert news(earlier, ONE, "2026-03-09 17:00") == []


def test_news_are_only_the_answers_that_the_change_made_milder() -> None:
    together = {*WASH, "wash-shampoo"}
    assert news(ONE, EXTENDED, "2026-03-09 17:00") == [("2026-03-09 16:30", together)]


def test_an_end_corrected_to_earlier_is_news_until_the_old_end_would_have_lifted() -> None:
    touched = [("2026-03-03 16:30", {"touch-scalp"})]
    assert news(ONE, CORRECTED, "2026-03-03 16:29:59") == []
    assert news(ONE, CORRECTED, "2026-03-03 16:30") == touched
    assert news(ONE, CORRECTED, "2026-03-03 18:29:59") == touched
    assert news(ONE, CORRECTED, "2026-03-03 18:30") == []


def test_a_change_makes_news_of_lifts_however_long_they_lie_behind() -> None:
    unsaid = course(FIRST, SESSION_TWO, THIRD)
    found = news(WHOLE, unsaid, "2026-06-01 12:00")
    assert [at for at, _ in found] == ["2026-04-28 14:00", "2026-04-28 14:00"]
    assert "sauna" in found[0][1]
    assert news(unsaid, WHOLE, "2026-06-01 12:00") == []


# now, and whether a word that the last session took place is news of healing
HEALED = [("2026-04-28 13:59:59", False), ("2026-04-28 14:00", True), ("2026-06-01 12:00", True)]


@pytest.mark.parametrize(("now", "is_news"), HEALED)
def test_healing_is_news_where_the_word_for_it_comes_late(now: str, is_news: bool) -> None:
    unsaid = plan(course(FIRST, SESSION_TWO, THIRD), now)
    whole = plan(WHOLE, now)
    kinds = [[n.kind.value for n in news_of(whole, before)] for before in (unsaid, whole, None)]
    assert ["healed" in found for found in kinds] == [is_news, False, False]


def test_of_several_lifts_behind_the_latest_is_the_news() -> None:
    open_three = course(FIRST, SESSION_TWO, scheduled(3, "2026-04-01 11:00"))
    gone = replace(open_three, sessions=open_three.sessions[:2])
    assert {at for at, _ in news(gone, open_three, "2026-04-01 12:00")} == {"2026-03-17 14:00"}


def test_a_course_that_has_only_just_been_booked_has_no_lift_behind() -> None:
    booked = course(scheduled(1, "2026-03-10 11:00"))
    assert news(booked, course(), "2026-03-09 12:00") == []
    assert news(course(), booked, "2026-03-09 12:00") == []


def test_a_lift_that_another_session_took_back_is_no_news() -> None:
    assert news(UNCONFIRMED, None, "2026-03-08 12:00") == []
    assert len(news(UNCONFIRMED, None, "2026-03-08 10:59:59")) == 2


def stricter(of: Course, before: Course, now: str) -> dict[str, list[str | None]]:
    found = stricter_of(plan(of, now), plan(before, now))
    return dict(found.content["activities"]) if found and found.content else {}


# now, the activities that an end corrected from 16:30 to 18:30 makes stricter, and until when
LATER_END = [
    ("2026-03-03 16:29:59", (), ""),
    ("2026-03-03 16:30", ("touch-scalp",), "2026-03-03 18:30"),
    ("2026-03-03 18:29:59", ("touch-scalp",), "2026-03-03 18:30"),
    ("2026-03-03 18:30", (), ""),
    ("2026-03-07 16:30", WASH, "2026-03-07 18:30"),
    ("2026-03-07 18:30", (), ""),
]


@pytest.mark.parametrize(("now", "activities", "until"), LATER_END)
def test_an_end_corrected_to_later_takes_told_lifts_back(
    now: str, activities: tuple[str, ...], until: str
) -> None:
    ends = [["no", local(until).isoformat(), None] for _ in activities]
    assert stricter(CORRECTED, ONE, now) == dict(zip(activities, ends, strict=True))


def test_an_extension_is_told_where_it_takes_something_back() -> None:
    assert stricter(EXTENDED, ONE, "2026-03-05 12:00") == {}
    back = ["no", local("2026-03-09 16:30").isoformat(), None]
    assert stricter(EXTENDED, ONE, "2026-03-08 12:00") == dict.fromkeys(WASH, back)
    assert stricter(ONE, EXTENDED, "2026-03-08 12:00") == {}


def test_the_word_that_it_was_not_the_last_session_takes_nothing_back_that_lifted() -> None:
    last = replace(ONE, planned_sessions=1, is_last_confirmed=True)
    assert stricter(replace(last, is_last_confirmed=False), last, "2026-03-20 12:00") == {}


REOPENED = course(scheduled(1, "2026-03-02 13:00"))


@pytest.mark.parametrize(
    ("now", "estimate"), [("2026-03-07 18:59:59", "2026-03-07 19:00"), ("2026-03-07 19:00", None)]
)
def test_while_a_session_has_no_end_strictness_gives_an_estimate_at_most(
    now: str, estimate: str | None
) -> None:
    expected = local(estimate).isoformat() if estimate else None
    found = stricter_of(plan(REOPENED, now), plan(ONE, now))
    assert found is not None
    assert found.session_number == 1
    assert (found.content or {})["activities"]["wash-hair"] == ["no", None, expected]


# course, before, now, until when the notice is of use
USES = [
    (CORRECTED, ONE, "2026-03-07 17:00", "2026-03-07 18:30"),
    (EXTENDED, ONE, "2026-03-08 12:00", "2026-03-09 16:30"),
    (EXTENDED_MORE, ONE, "2026-03-08 12:00", "2026-03-11 12:00"),
    (UNCONFIRMED, ONE, "2026-03-08 12:00", "2026-03-11 12:00"),
]


@pytest.mark.parametrize(("of", "before", "now", "expected"), USES)
def test_strictness_is_of_use_until_all_of_it_lifts_or_three_days(
    of: Course, before: Course, now: str, expected: str
) -> None:
    found = stricter_of(plan(of, now), plan(before, now))
    assert found is not None
    assert (clock(found.at), clock(found.due_at), clock(found.expires_at)) == (now, now, expected)


def test_an_end_that_was_told_and_is_not_kept_is_told_again() -> None:
    now, said = "2026-03-08 12:00", [("wash-hair", local("2026-03-09 16:30"))]
    more, less = plan(EXTENDED_MORE, now), plan(EXTENDED, now)
    found = stricter_of(more, less, said)
    assert found is not None
    until = local("2026-03-11 16:30").isoformat()
    assert found.content == {"activities": {"wash-hair": ["no", until, None]}}
    assert stricter_of(more, less) is None


def test_an_end_that_was_told_and_holds_is_not_told_again() -> None:
    now, said = "2026-03-08 12:00", [("wash-hair", local("2026-03-09 16:30"))]
    assert stricter_of(plan(EXTENDED, now), plan(EXTENDED, now), said) is None
    assert stricter_of(plan(ONE, now), plan(EXTENDED, now), said) is None
    assert stricter_of(plan(EXTENDED_MORE, now), plan(EXTENDED_MORE, now), said) is None


BOOKED_TWO = course(FIRST, scheduled(2, "2026-03-10 11:00"))
DONE_TWO = course(FIRST, SESSION_TWO)
LATE_TWO = course(FIRST, performed(2, "2026-03-10 11:00", "2026-03-10 15:00"))
# course, before, now, whether a session has just ended by the change
ENDS = [
    (ONE, course(), "2026-03-02 16:30", True),
    (ONE, course(), "2026-03-03 04:30", True),
    (ONE, course(), "2026-03-03 04:30:01", False),
    (DONE_TWO, BOOKED_TWO, "2026-03-10 14:00", True),
    (DONE_TWO, BOOKED_TWO, "2026-03-11 02:00:01", False),
    (LATE_TWO, DONE_TWO, "2026-03-10 15:00", False),
    (BOOKED_TWO, DONE_TWO, "2026-03-03 01:00", False),
    (course(), ONE, "2026-03-02 16:30", False),
    (course(), course(), "2026-03-02 16:30", False),
]


@pytest.mark.parametrize(("of", "before", "now", "expected"), ENDS)
def test_only_a_session_that_was_not_performed_before_has_just_ended(
    of: Course, before: Course, now: str, expected: bool
) -> None:
    assert has_just_ended(plan(of, now), plan(before, now)) is expected


# course, before, now, whether a session goes on by the change
BEGINNINGS = [
    (BOOKED_TWO, ONE, "2026-03-10 11:00", True),
    (BOOKED_TWO, ONE, "2026-03-10 10:59:59", False),
    (BOOKED_TWO, BOOKED_TWO, "2026-03-10 11:00", False),
    (BOOKED_TWO, DONE_TWO, "2026-03-10 15:00", False),
    (DONE_TWO, BOOKED_TWO, "2026-03-10 15:00", False),
]


@pytest.mark.parametrize(("of", "before", "now", "expected"), BEGINNINGS)
def test_only_a_session_that_was_not_known_to_go_on_has_just_begun(
    of: Course, before: Course, now: str, expected: bool
) -> None:
    assert has_just_begun(plan(of, now), plan(before, now)) is expected


# now, and what of a session booked for 10 March, 11:00 is told as strictness
PREPARATIONS = [("2026-03-09 10:59:59", ()), ("2026-03-09 11:00", ()), ("2026-03-10 11:00", WASH)]


@pytest.mark.parametrize(("now", "activities"), PREPARATIONS)
def test_what_must_stop_before_a_session_is_no_strictness(
    now: str, activities: tuple[str, ...]
) -> None:
    found = stricter(course(scheduled(1, "2026-03-10 11:00")), course(), now)
    assert set(activities) <= found.keys()
    assert bool(found) is bool(activities)


def test_cancelling_and_missing_make_nothing_stricter() -> None:
    for status in (SessionStatus.CANCELLED, SessionStatus.MISSED):
        sessions = (FIRST, replace(UNCONFIRMED.sessions[1], status=status))
        gone = replace(UNCONFIRMED, sessions=sessions)
        assert stricter(gone, UNCONFIRMED, "2026-03-08 12:00") == {}
