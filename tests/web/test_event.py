"""A client plans around a holiday: what it meets, and which dates would keep it free."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, add_extension, make_phone
from tests.web.test_language import texts_of
from webapp.persistence.tables import Course, Location, TreatmentSession

NOW = FIRST_END + timedelta(days=2)
FREE = "No session that is booked takes anything away from these days."
LATER = "A session that is booked or moved later can change it."
PROPOSALS = "Proposals. Your clinic books the day; these would fit."


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's phone, two days after session 1, with session 2 booked for Tue 10 March, 11:00."""
    found = make_phone(house)
    house.clock.at = NOW
    add_course(found, done=(FIRST_END,), booked=(SECOND_START,))
    return found


def event(first: str, last: str) -> str:
    return f"/dates/event?from={first}&to={last}"


def test_dates_lead_to_it_and_it_leads_back(phone: Phone) -> None:
    assert "Plan around an event" in phone.words("/dates")
    assert 'href="/dates/event"' in phone.open("/dates").text
    assert 'class="back" href="/dates"' in phone.open("/dates/event").text


def test_the_page_without_days_is_only_a_form(phone: Phone) -> None:
    answer = phone.open("/dates/event")
    assert answer.status_code == 200
    assert "Please check" not in answer.text
    assert "What you can expect" not in answer.text


def test_a_holiday_that_nothing_reaches_into(phone: Phone) -> None:
    words = phone.words(event("2026-04-12", "2026-04-20"))
    assert "Your event, Sun 12 Apr – Mon 20 Apr" in words
    assert f"As things stand now, if session 2 takes place as booked. {LATER} {FREE}" in words
    assert "Free all the time Touching, Hair wash, Water only, Shampoo" in words
    end = "Until about Tue 28 Apr at the earliest, once the last session is confirmed"
    assert f"Waits {end} Sauna Steam room" in words


def test_a_session_that_reaches_into_it_says_what_it_takes_and_whom_to_call(phone: Phone) -> None:
    answer = phone.open(event("2026-03-12", "2026-03-20"))
    words = words_of(answer.text)
    assert "Session 2 reaches into these days Booked for Tuesday 10 March, 11:00." in words
    assert "Until about Sun 15 Mar, if all goes as planned: Hair wash, Water only" in words
    assert 'href="tel:+97140000000"' in answer.text
    assert 'href="https://wa.me/971500000000"' in answer.text


def test_what_waits_longer_for_another_reason_is_not_named_with_the_earlier_end(
    phone: Phone,
) -> None:
    words = phone.words(event("2026-03-12", "2026-03-20"))
    taken = words.partition("Because of it")[2].partition("Call the clinic")[0]
    assert "Swimming" in taken
    assert "Sauna" not in taken
    assert "Direct sun" not in taken


def test_dates_that_fit_are_named_as_proposals_and_count_on_each_other(phone: Phone) -> None:
    words = phone.words(event("2026-03-12", "2026-03-20"))
    assert f"{PROPOSALS} Session 2, instead of Tue 10 Mar Saturday 21 March, 13:00" in words
    assert "Session 3 Saturday 18 April, 13:00" in words
    assert "Counted from session 2 on Sat 21 Mar. Waits all the same: Sauna" in words


def test_lifts_during_it_come_with_their_instants_and_how_sure_they_are(phone: Phone) -> None:
    words = phone.words(event("2026-03-06", "2026-03-09"))
    sure = "Sure, unless a session is booked before"
    assert f"Hair wash, Wet scalp, with care Saturday 7 March, 16:30 {sure}" in words
    words = phone.words(event("2026-03-12", "2026-03-20"))
    assert "Sunday 15 March, 17:00 Expected, if the sessions go as booked" in words


def test_no_date_is_proposed_on_a_day_on_which_the_place_is_closed(phone: Phone) -> None:
    week = [["10:00", "19:00"]] * 5 + [None, None]
    phone.change(Location, opening_hours=week)
    words = phone.words(event("2026-03-12", "2026-03-20"))
    # The 21st is a Saturday.
    assert "Session 2, instead of Tue 10 Mar Monday 23 March, 13:00 Tuesday 24 March" in words


def test_only_a_sure_lift_is_told_to_machines(phone: Phone) -> None:
    sure = phone.open(event("2026-03-06", "2026-03-09")).text
    assert 'datetime="2026-03-07T12:30:00Z"' in sure
    expected = main_of(phone.open(event("2026-03-12", "2026-03-20")))
    assert "Sunday 15 March, 17:00" in expected
    assert "2026-03-15T" not in expected


def test_what_is_never_allowed_always_waits(phone: Phone) -> None:
    words = phone.words(event("2026-04-12", "2026-04-20"))
    assert "Always Scratching Colour with ammonia" in words


def test_every_proposal_counts_on_the_one_before_it(house: House) -> None:
    phone = make_phone(house)
    add_course(phone)
    words = phone.words(event("2026-06-12", "2026-06-20"), at=NOW)
    assert "Session 1 Thursday 5 March, 10:00" in words
    assert "Counted from session 1 on Thu 5 Mar." in words
    assert "Counted from session 2 on Fri 13 Mar." in words


def test_a_session_within_it_is_said_to_be_within(phone: Phone) -> None:
    assert "Session 2 is booked within these days" in phone.words(event("2026-03-10", "2026-03-10"))


def test_a_single_day_is_named_once(phone: Phone) -> None:
    assert "Your event, Tue 10 Mar As things" in phone.words(event("2026-03-10", "2026-03-10"))


def test_an_end_that_staff_have_to_confirm_is_no_promise_for_the_event(house: House) -> None:
    phone = make_phone(house)
    days = (45, 36, 8)
    add_course(phone, done=tuple(FIRST_END - timedelta(days=day) for day in days))
    # The 21 days after session 3 end on 15 March, if it is confirmed as the last one.
    words = phone.words(event("2026-03-10", "2026-03-20"), at=NOW)
    end = "Until about Sun 15 Mar at the earliest, once the last session is confirmed"
    assert f"Waits {end} Sauna" in words
    words = phone.words(event("2026-03-16", "2026-03-20"))
    assert "Waits Until the last session is confirmed Sauna" in words


def test_a_session_nobody_confirmed_is_for_the_clinic_to_settle(phone: Phone) -> None:
    phone.house.clock.at = SECOND_START + timedelta(days=1)
    phone.browser = phone.house.browser_of("Amira")
    words = phone.words(event("2026-04-12", "2026-04-20"))
    assert "Session 2 is not confirmed yet Your clinic has to say what became of it." in words
    assert "Until session 2 is confirmed Touching" in words
    words = phone.words(event("2026-03-13", "2026-03-14"))
    assert "Until about Sun 15 Mar at the earliest, once session 2 is confirmed Hair" in words
    assert "No date can be named until session 2 is confirmed." in words


def test_other_clocks_are_named_beside_the_clinics(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Europe/Sofia"})
    words = phone.words(event("2026-03-06", "2026-03-09"))
    assert "Saturday 7 March, 16:30 Dubai time (14:30 Sofia time)" in words


def test_no_session_beyond_those_planned_is_proposed_to_a_client(phone: Phone) -> None:
    phone.change(Course, planned_sessions=2)
    assert "Dates that would keep it free" not in phone.words(event("2026-04-12", "2026-04-20"))


def test_a_closed_course_has_no_proposals(phone: Phone) -> None:
    phone.change(Course, closed_at=NOW)
    words = phone.words(event("2026-03-12", "2026-03-20"))
    assert "What you can expect" in words
    assert "Dates that would keep it free" not in words


def test_after_the_last_session_only_what_lifts_is_told(house: House) -> None:
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END - timedelta(days=40), FIRST_END), is_last_confirmed=True)
    words = phone.words(event("2026-03-20", "2026-03-30"), at=NOW)
    assert "No session is booked that could reach into these days." in words
    assert "Sauna, Steam room, Direct sun" in words.partition("Allowed again during it")[2]
    assert "Call the clinic" not in words


def test_a_search_that_finds_no_date_says_so(phone: Phone) -> None:
    add_extension(phone, "wash-shampoo", 60)
    phone.change(Course, planned_sessions=12)
    words = phone.words(event("2026-03-12", "2026-07-01"))
    assert "No date within the next 400 days keeps these days free." in words


def test_a_client_without_a_course_is_told_so(house: House) -> None:
    phone = make_phone(house)
    words = phone.words(event("2026-03-12", "2026-03-20"))
    assert "Your clinic has not begun a course for you yet." in words


def test_a_course_that_contradicts_itself_sends_to_the_clinic(phone: Phone) -> None:
    phone.change(TreatmentSession, starts_at=SECOND_START)
    words = phone.words(event("2026-03-12", "2026-03-20"))
    assert "does not fit together. Please call your clinic." in words


ODD = [
    ("", "2026-03-20", "Enter a date."),
    ("2026-03-12", "", "Enter a date."),
    ("12.3.2026", "2026-03-20", "Enter the date like 2026-03-07"),
    ("2026-02-30", "2026-03-20", "Enter the date like 2026-03-07"),
    ("0001-01-01", "2026-03-20", "The year 1 is too far away"),
    ("2026-03-12", "9999-12-31", "The year 9999 is too far away"),
    ("2026-03-12", "2026-03-11", "The last day is before the first."),
    ("2026-03-02", "2026-03-03", "These days are over."),
    ("2026-03-12", "2026-07-10", "That is more than 120 days."),
    ("2028-03-06", "2028-03-12", "That is more than two years away."),
    ("x" * 10_240, "<script>", "Enter the date like 2026-03-07"),
    ("\x00", "\udc80".encode("utf-8", "surrogatepass").decode("latin-1"), "Enter the date like"),
]


@pytest.mark.parametrize(("first", "last", "words"), ODD)
def test_odd_days_are_refused_in_words_and_stay_typed(
    phone: Phone, first: str, last: str, words: str
) -> None:
    answer = phone.browser.get("/dates/event", query_string={"from": first, "to": last})
    assert answer.status_code == 422
    assert words in words_of(answer.text)
    assert "<script>" not in main_of(answer)


def test_what_was_typed_stays_in_the_form(phone: Phone) -> None:
    answer = phone.open(event("12.3.2026", "2026-03-20"))
    assert 'value="12.3.2026"' in answer.text
    assert 'value="2026-03-20"' in answer.text


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026-01-01", "2026-03-04"),
        ("2026-03-12", "2026-07-09"),
        ("2028-03-05", "2028-03-12"),
    ],
)
def test_days_at_the_edge_of_what_can_be_asked_are_answered(
    phone: Phone, first: str, last: str
) -> None:
    assert phone.open(event(first, last)).status_code == 200


@pytest.mark.parametrize("half", ["from", "to"])
def test_half_an_address_asks_for_the_other_day(phone: Phone, half: str) -> None:
    answer = phone.open(f"/dates/event?{half}=2026-03-12")
    assert answer.status_code == 422
    assert "Enter a date." in words_of(answer.text)
    assert 'value="2026-03-12"' in answer.text


def test_the_page_is_kept_by_nobody(phone: Phone) -> None:
    headers = {"Accept-Encoding": "br, gzip"}
    answer = phone.browser.get(event("2026-03-12", "2026-03-20"), headers=headers)
    assert answer.headers["Cache-Control"] == "private, no-store"
    # It repeats what an address says beside what is personal: its length must not tell.
    assert "Content-Encoding" not in answer.headers


def test_nothing_is_changed_by_looking(phone: Phone) -> None:
    phone.open(event("2026-03-12", "2026-03-20"))
    plan = phone.facts().plan
    assert plan is not None
    assert [s.starts_at for s in plan.course.live][1:] == [SECOND_START]


@pytest.mark.parametrize("key", ["keep-dry", "unconfirmed", "final-healing", "overdue"])
def test_every_text_is_translated(personas: Personas, key: str) -> None:
    page = event("2026-03-08", "2026-03-20")
    texts = texts_of(personas.phone(key, "Asia/Kathmandu").get(f"{page}&lang=x-pseudo").text)
    assert len(texts) > 10
    assert [text for text in texts if "[" not in text] == []
