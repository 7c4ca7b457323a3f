"""Today of one client whose course is told as facts: what stands where, and what never happens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.web.house import House
from tests.web.personas import words_of
from tests.web.phone import (
    FIRST_END,
    SECOND_START,
    Phone,
    add_course,
    make_phone,
)
from webapp.domain.protocol import Answer
from webapp.persistence.tables import Account, Clinic, Course
from webapp.services.today import plan_later
from webapp.web.presenters.today import present_today

PHASES = [
    # after the first session's end, phase, day, answer
    ({"hours": -10}, "Getting ready", "Before your first session", "Yes"),
    ({"hours": -1}, "Waiting", "Session 1", "Not yet"),
    ({"hours": 3}, "Hands off", "Day 0", "Not yet"),
    ({"days": 2}, "Keep dry", "Day 2", "Not yet"),
    ({"days": 5, "hours": 12}, "Water only", "Day 6", "Water only"),
    ({"days": 7, "hours": 1}, "Settling", "Day 7", "Yes"),
]


@pytest.fixture
def phone(house: House) -> Phone:
    return make_phone(house)


@pytest.mark.parametrize(("after", "phase", "day", "answer"), PHASES)
def test_each_phase_says_where_amira_is_and_whether_she_may_wash(
    phone: Phone, after: dict[str, int], phase: str, day: str, answer: str
) -> None:
    at = FIRST_END + timedelta(**after)
    if at < FIRST_END:
        add_course(phone, booked=(FIRST_END - timedelta(hours=8),))
    else:
        add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    words = phone.words(at=at)
    assert phase in words
    assert day in words
    assert f"Can I wash my hair? {answer}" in words


def test_a_closed_course_says_so_and_keeps_its_answers(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    phone.change(Course, closed_at=FIRST_END)
    words = phone.words(at=FIRST_END + timedelta(days=1))
    assert "Your clinic has closed this course." in words
    assert "Not yet Until Saturday 7 March, 16:30" in words


def test_the_next_session_comes_with_place_and_preparation(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    words = phone.words(at=FIRST_END + timedelta(days=1))
    assert "Session 2 of 3 Tuesday 10 March, 11:00 Marina Plaza, Floor 3" in words
    assert "By then you may wash with shampoo. How to prepare" in words


def test_what_must_wait_fits_five_lines_and_counts_everything(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    for days in (0, 1, 3, 5, 6, 7, 9, 40):
        at = FIRST_END + timedelta(days=days)
        phone.house.clock.at = at
        plan = phone.facts().plan
        assert plan is not None
        waiting = sum(answer is Answer.NO for answer in plan.bare_answers_at(at).values())
        page = phone.open().text
        assert 1 <= page.count('class="dos-when"') <= 5, days
        assert f"See all {waiting}" in words_of(page), days


def test_a_promised_state_is_what_the_page_says_at_its_instant(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    for hours in range(0, 186, 9):
        phone.house.clock.at = FIRST_END + timedelta(hours=hours)
        with phone.house.app.test_request_context():
            promised = present_today(phone.facts(), phone.house.clock.at).states_to_come
            assert promised, hours
            for state in promised:
                phone.house.clock.at = datetime.fromisoformat(state.at)
                shown = present_today(phone.facts(), phone.house.clock.at).state
                assert shown == state._replace(is_stricter=False), hours


def test_the_next_lift_is_the_plan_s_next_lift(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    for hours in range(0, 24 * 7, 5):
        phone.house.clock.at = FIRST_END + timedelta(hours=hours)
        facts = phone.facts()
        assert facts.plan is not None
        with phone.house.app.test_request_context():
            page = present_today(facts, phone.house.clock.at)
        assert page.next_lift is not None
        first = facts.plan.lifts_after(phone.house.clock.at)[0]
        shown = page.next_lift.at or page.state.until_at
        assert datetime.fromisoformat(shown) == first.at


def test_staff_have_their_own_start_page_and_strangers_sign_in(house: House) -> None:
    assert house.browser_of("Iris").get("/").location == "/staff"
    assert house.browser().get("/").location == "/sign-in"


def test_names_are_text_whatever_they_contain(phone: Phone) -> None:
    phone.change(Clinic, name="<b>Bold</b> & Dots")
    phone.change(Account, name="<script>alert(1)</script>")
    page = phone.open().text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Dots" in page
    assert "<script>alert" not in page


def test_every_answer_stands_on_the_page_behind_it(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    page = phone.open("/can-i", at=FIRST_END + timedelta(days=2)).text
    plan = phone.facts().plan
    assert plan is not None
    assert page.count('class="row"') == len(plan.protocol.activities)
    assert "Go swimming No Until Mon 9 Mar, 16:30" in words_of(page)


def test_the_plan_made_later_is_the_plan_of_the_same_course(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    plan = phone.facts().plan
    assert plan is not None
    assert plan_later(plan, FIRST_END + timedelta(days=9)).course is plan.course
