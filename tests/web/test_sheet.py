"""The aftercare on one sheet of paper: exact dates, the clinic's numbers, and no promise beyond."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.desk import Desk, text_of
from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, add_visit, make_phone
from webapp.persistence.tables import Clinic, Course
from webapp.services.demo_personas import PERSONAS

KEYS = [persona.key for persona in PERSONAS]
A_DAY = timedelta(days=1)
TOLD = FIRST_END + A_DAY


@pytest.fixture
def phone(house: House) -> Phone:
    return make_phone(house)


def test_it_says_as_of_when_and_until_when_it_counts(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    words = phone.words("/sheet", TOLD)
    assert "As of Tuesday 3 March 2026, 16:30, Dubai time. Dates may have changed since" in words
    assert "This sheet counts until session 2 begins, Tue 10 Mar, 11:00." in words


def test_sure_dates_and_estimates_are_told_apart(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    words = phone.words("/sheet", TOLD)
    assert "Until Mon 9 Mar, 16:30 Shampoo, Light sport" in words
    assert "an estimate, until your clinic confirms your last session Sauna" in words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"done": (FIRST_END,), "booked": (SECOND_START,)}, "Session 2 Tue 10 Mar, 11:00 (booked)"),
        ({"done": (FIRST_END,)}, "Session 2 not booked yet Session 3 not booked yet"),
        ({"done": (FIRST_END,)}, "Healed about Mon 27 Apr (an estimate)"),
        ({"done": (FIRST_END,), "is_last_confirmed": True}, "Healed Mon 23 Mar, 16:30 (sure)"),
        (
            {"done": (FIRST_END,), "is_last_confirmed": True},
            "Yearly follow-up Tue 2 Mar 2027, 16:30 (arrange the day with your clinic)",
        ),
    ],
)
def test_the_dates_to_come_stand_with_how_sure_they_are(
    phone: Phone, facts: dict[str, object], words: str
) -> None:
    add_course(phone, **facts)  # type: ignore[arg-type]
    assert words in phone.words("/sheet", TOLD)


def test_a_visit_to_come_is_a_date_and_one_that_was_is_not(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    add_visit(phone, "consultation", "held", FIRST_END - A_DAY)
    add_visit(phone, "follow-up", "scheduled", SECOND_START)
    words = phone.words("/sheet", TOLD)
    assert "Follow-up visit Tue 10 Mar, 11:00 (booked)" in words
    assert "Consultation" not in words


def test_whom_to_call_and_when_stands_on_it(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    phone.change(Clinic, warning_signs={"call_today": ["Anything that worries you."]})
    words = phone.words("/sheet", TOLD)
    for part in ("Atelier", "Marina Plaza, Floor 3", "+97140000000", "998", "+971500000000"):
        assert part in words
    assert "Call the clinic today Anything that worries you. See a doctor now Fever." in words


def test_a_very_long_list_of_signs_leads_on_to_the_app(phone: Phone) -> None:
    lines = [f"Sign number {number}." for number in range(12)]
    phone.change(Clinic, warning_signs={"see_doctor": lines})
    words = phone.words("/sheet")
    assert "Sign number 9. More in the app." in words
    assert "Sign number 10." not in words


def test_the_picture_leads_to_the_app_and_carries_no_secret(phone: Phone) -> None:
    answer = phone.open("/sheet")
    assert "<svg" in main_of(answer) + answer.text.partition("sheet-foot")[2]
    assert "in the app: http://localhost/" in words_of(answer.text)
    assert "#t=" not in answer.text


def test_nobody_keeps_a_copy_of_it(phone: Phone) -> None:
    assert phone.open("/sheet").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Your clinic has not planned a session yet."),
        ({"closed_at": FIRST_END}, "Your clinic has closed this course."),
        ({"is_last_confirmed": True}, "does not fit together. Please call your clinic."),
    ],
)
def test_a_course_that_is_none_is_said_to_be_none(
    phone: Phone, change: dict[str, object], words: str
) -> None:
    if change:
        add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
        phone.change(Course, **change)
    assert words in phone.words("/sheet", TOLD)


def test_without_a_plan_nothing_is_said_to_be_allowed(phone: Phone) -> None:
    words = phone.words("/sheet")
    assert "You can" not in words
    assert "Not yet" not in words


def test_an_unconfirmed_session_is_said_first(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    words = phone.words("/sheet", SECOND_START + A_DAY)
    assert words.index("Waiting for your clinic to confirm session 2.") < words.index("Not yet")


@pytest.mark.parametrize("key", KEYS)
def test_reception_prints_what_the_client_prints(personas: Personas, key: str) -> None:
    own = words_of(main_of(personas.phone(key).get("/sheet")))
    staff = personas.desk().get(f"/staff/courses/{personas.course_id(key)}/sheet")
    assert words_of(main_of(staff)).removeprefix("Course") == own.removeprefix("Dates")


def test_an_earlier_course_has_no_sheet_any_more(personas: Personas) -> None:
    newest = personas.course_id("touch-up")
    desk = personas.desk()
    assert desk.get(f"/staff/courses/{newest - 1}/sheet").status_code == 404
    assert "Sheet to print" in desk.get(f"/staff/courses/{newest}").text
    assert "Sheet to print" not in desk.get(f"/staff/courses/{newest - 1}").text


def test_dates_leads_to_it(phone: Phone) -> None:
    assert 'href="/sheet"' in main_of(phone.open("/dates"))


def test_the_course_page_leads_there_too(desk: Desk) -> None:
    course_id = desk.scene.begin()
    page = desk.otto.get(f"/staff/courses/{course_id}/sheet")
    assert "Amira Saleh" in text_of(page)
    assert f"/staff/courses/{course_id}/sheet" in desk.otto.get(f"/staff/courses/{course_id}").text
