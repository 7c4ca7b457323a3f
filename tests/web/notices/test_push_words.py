"""What a push says: the wash first, never an invitation to what harms, nobody's name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.web.notices.facts import (
    ACTIVITIES,
    NAME,
    UNTIL,
    WATER,
    WEEK,
    lift,
    notice,
    push,
    session,
    stricter,
    text,
)
from webapp.domain.notices import PROOFS, TO_STAFF, NoticeFacts, NoticeKind
from webapp.gateways.push.message import LARGEST_PAYLOAD, payload
from webapp.services.ports import NoticeWords
from webapp.web.language import Reading, _current
from webapp.web.presenters.notice_words import ORDER, NoticeTexts

NEUTRAL = "Your plan has an update. Open the app to read it."
# Whatever somebody must not be invited to, in any form of the word.
HARMFUL = re.compile(
    r"smok|cigar|shisha|drink|alcohol|beer|wine|scratch|pick|sweat|sauna|steam|spic|curry|\bhot\b|"
    r"heat|tub|bath|sunb|dryer",
    re.IGNORECASE,
)
MILD = st.sampled_from(["yes", "limited", "ask", "no"])
LIFTS = st.dictionaries(st.sampled_from(ACTIVITIES), MILD)
ENDS = st.sampled_from([(UNTIL, None), (None, UNTIL), (None, None)])
STRICT = st.dictionaries(
    st.sampled_from(ACTIVITIES),
    st.tuples(st.sampled_from(["no", "ask", "limited"]), ENDS).map(
        lambda told: [told[0], *told[1]]
    ),
)


@pytest.fixture(autouse=True)
def _in_the_house(app: Flask) -> None:
    """Texts are looked up in the application's catalogue."""


def test_the_texts_stand_behind_the_port() -> None:
    words: NoticeWords = NoticeTexts()
    assert words.message([lift(WATER)], True, 1, NOON).badge == 1


FULL = {
    NoticeKind.BEGINS: "Your aftercare has begun. Your scalp has tiny fresh wounds: do not touch "
    "it, and keep it dry and cool.",
    NoticeKind.LIFT: "You can wash with shampoo now. Allowed again: showering, swimming, light "
    "sport. And 11 more restrictions ended. Keep your head out of the sun. Intense sport still "
    "has to wait.",
    NoticeKind.STRICTER: "Plan changed: please wait with shampoo. Until Monday 9 March, 16:30, "
    "Dubai time.",
    NoticeKind.PREPARE: "Prepare for your session. No hair products from Monday 9 March, 16:30, "
    "Dubai time. Your session begins Tuesday 10 March, 12:00.",
    NoticeKind.TOMORROW: "Your session is tomorrow. Tuesday 3 March, 12:00, Dubai time. Before it "
    "you may wash with shampoo.",
    NoticeKind.TODAY: "Your session is today. Monday 2 March, 15:00, Dubai time. Before it you "
    "may wash with lukewarm water only.",
    NoticeKind.HEALED: "Your healing time is complete. Your course is complete; a few habits keep "
    "the colour for longer.",
    NoticeKind.FOLLOW_UP: "Your yearly follow-up is due. Your clinic will arrange the day with "
    "you.",
    NoticeKind.PHOTO: "There is a new photo. Your clinic has shared it with you.",
    NoticeKind.PHOTO_WANTED: "Your clinic asks for a photo. It shows how your scalp is healing. "
    "The app says how to take it.",
    NoticeKind.WELCOME: "Notices are on. This is how your plan will reach you.",
    NoticeKind.TEST: "This is a test. Notices reach this device.",
    NoticeKind.SESSION_OPEN: "A session has no end yet. Say when it ended: the client's times "
    "count from it.",
    NoticeKind.COURSE_OVERDUE: "A course may be finished. Confirm the last session, or plan the "
    "next.",
    NoticeKind.PHOTO_ARRIVED: "A client has sent a photo. It waits for you to look at it.",
}
AHEAD = {
    NoticeKind.TOMORROW: timedelta(days=1),
    NoticeKind.TODAY: timedelta(hours=3),
    NoticeKind.PREPARE: timedelta(days=8),
}


def of_kind(kind: NoticeKind) -> NoticeFacts:
    return notice(kind, at=NOON + AHEAD.get(kind, timedelta()))


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_full_words(kind: NoticeKind) -> None:
    assert text(push(of_kind(kind))) == FULL[kind]


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_discreet_push_says_only_that_there_is_something(kind: NoticeKind) -> None:
    expected = FULL[kind] if kind in PROOFS | TO_STAFF else NEUTRAL
    assert text(push(of_kind(kind), is_discreet=True)) == expected


@pytest.mark.parametrize(
    ("kinds", "opened"),
    [
        ([NoticeKind.LIFT], "/"),
        ([NoticeKind.STRICTER, NoticeKind.BEGINS], "/"),
        ([NoticeKind.TODAY], "/"),
        ([NoticeKind.TEST], "/"),
        ([NoticeKind.FOLLOW_UP], "/inbox"),
        ([NoticeKind.LIFT, NoticeKind.PHOTO], "/inbox"),
        ([NoticeKind.PHOTO], "/photos"),
        ([NoticeKind.PHOTO, NoticeKind.PHOTO_WANTED], "/photos"),
        ([NoticeKind.LIFT] * 3, "/"),
        ([NoticeKind.LIFT] * 4, "/inbox"),
        ([NoticeKind.SESSION_OPEN], "/staff"),
        ([NoticeKind.SESSION_OPEN, NoticeKind.COURSE_OVERDUE], "/staff"),
    ],
)
def test_a_tap_opens_the_page_that_says_it(kinds: list[NoticeKind], opened: str) -> None:
    notices = [of_kind(kind) for kind in kinds]
    assert {push(*notices, is_discreet=hidden).opens for hidden in (True, False)} == {opened}


def test_the_badge_and_the_language_travel_with_the_words() -> None:
    message = push(lift(WATER))
    assert (message.badge, message.language, message.direction) == (3, "en", "ltr")


@given(activities=LIFTS)
def test_no_lift_invites_to_what_harms(activities: dict[str, str]) -> None:
    assert not HARMFUL.search(text(push(lift(activities))))


@given(first=LIFTS, second=LIFTS, strict=STRICT)
def test_nor_do_several_notices_at_once(
    first: dict[str, str], second: dict[str, str], strict: dict[str, list[str | None]]
) -> None:
    changed = notice(NoticeKind.STRICTER, {"activities": strict})
    assert not HARMFUL.search(text(push(lift(first), lift(second), changed)))


@given(activities=st.lists(st.sampled_from(ACTIVITIES), unique=True))
def test_nor_does_what_to_prepare(activities: list[str]) -> None:
    content = {"activities": activities, "from": UNTIL}
    assert not HARMFUL.search(text(push(notice(NoticeKind.PREPARE, content))))


@given(kinds=st.lists(st.sampled_from(NoticeKind), min_size=1), is_discreet=st.booleans())
def test_no_push_holds_a_name(kinds: list[NoticeKind], is_discreet: bool) -> None:
    words = text(push(*[of_kind(kind) for kind in kinds], is_discreet=is_discreet))
    assert not [part for part in NAME.split() if part in words]


@given(activities=LIFTS, strict=STRICT, kinds=st.sets(st.sampled_from(NoticeKind)))
def test_every_push_fits_in_its_two_thousand_bytes(
    activities: dict[str, str], strict: dict[str, list[str | None]], kinds: set[NoticeKind]
) -> None:
    changed = notice(NoticeKind.STRICTER, {"activities": strict})
    notices = [lift(activities), changed, *[of_kind(kind) for kind in kinds]]
    assert fits(notices)


def fits(notices: list[NoticeFacts]) -> bool:
    message = push(*notices)
    whole = replace(message, opens=f"https://{'clinic' * 30}.example{message.opens}")
    return len(payload(whole, "a" * 32)) <= LARGEST_PAYLOAD


@pytest.mark.parametrize("words", [Reading("en", "ltr"), Reading("x-pseudo", "rtl")])
@pytest.mark.parametrize("answer", ["yes", "limited"])
def test_everything_at_once_fits_in_two_thousand_bytes(answer: str, words: Reading) -> None:
    token = _current.set(words)
    changed: dict[str, list[str | None]] = {
        name: ["no", None, f"2026-03-{day:02}T12:30:00+00:00"]
        for day, name in enumerate(ACTIVITIES[: len(ACTIVITIES) // 2], 3)
        if day < 32
    }
    lifted = dict.fromkeys(ACTIVITIES, answer)
    all_kinds = [of_kind(kind) for kind in NoticeKind]
    strict = notice(NoticeKind.STRICTER, {"activities": changed})
    assert fits([*all_kinds, lift(lifted), strict])
    assert fits([lift(lifted)])
    _current.reset(token)


def test_the_most_important_comes_first() -> None:
    notices = [of_kind(kind) for kind in reversed(ORDER)]
    message = push(*notices)
    assert message.title == "Plan changed: please wait with shampoo"
    assert message.body.endswith(
        "Allowed again: showering, swimming, light sport. Your aftercare has begun. Your healing "
        "time is complete. 11 more updates."
    )


def test_lifts_that_come_together_are_one() -> None:
    earlier = lift(WATER, NOON - timedelta(days=2))
    assert text(push(lift(WEEK), earlier)) == FULL[NoticeKind.LIFT]


def test_what_must_wait_is_not_allowed_in_the_same_push() -> None:
    changed = stricter(wash_shampoo=["no", UNTIL, None], swimming=["no", UNTIL, None])
    message = push(lift(WEEK), changed)
    assert "can wash" not in message.body
    assert "Allowed again: showering, light sport." in message.body


def test_a_lift_that_is_taken_back_altogether_is_not_said() -> None:
    changed = stricter(wash_hair=["no", UNTIL, None])
    assert text(push(lift(WATER), changed)) == (
        "Plan changed: please wait with washing your hair. Until Monday 9 March, 16:30, Dubai time."
    )


def test_staff_are_told_how_many_and_never_whom() -> None:
    waiting = [notice(NoticeKind.SESSION_OPEN), notice(NoticeKind.SESSION_OPEN)]
    assert push(*waiting).title == "2 sessions have no end yet"


@pytest.mark.parametrize(
    ("hours", "title"),
    [(11, "Your session is today"), (12, "Your session is tomorrow"), (36, "Your session")],
)
def test_a_late_reminder_does_not_lie_about_the_day(hours: int, title: str) -> None:
    assert push(session(NoticeKind.TOMORROW, "water", hours=hours)).title == title
