"""The page of one appointment: when, where, in which state, and who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.web.calendar_reading import Shared, appointments_in, events_in, make_shared
from tests.web.house import House
from tests.web.personas import words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, add_visit, make_phone
from webapp.domain.course import SessionStatus
from webapp.domain.course_edits import CancelSession, MoveSession, PlanSession
from webapp.persistence.database import reading
from webapp.persistence.tables import Location, TreatmentSession, Visit
from webapp.services.course_extras import PlanVisit

SECOND = "/dates/sessions/2"
DAY_BEFORE = SECOND_START - timedelta(days=1)


@pytest.fixture
def phone(house: House) -> Phone:
    found = make_phone(house)
    add_course(found, done=(FIRST_END,), booked=(SECOND_START,))
    return found


def visit_path(phone: Phone) -> str:
    with phone.house.reader() as reader:
        found = reader.query(Visit).order_by(Visit.id.desc()).first()
    assert found is not None
    return f"/dates/visits/{found.id}"


def test_every_date_that_is_an_appointment_leads_to_its_page(phone: Phone) -> None:
    add_visit(phone, "consultation", "held", FIRST_END - timedelta(days=7))
    page = phone.open("/dates", FIRST_END).text
    for path in ("/dates/sessions/1", SECOND, visit_path(phone)):
        assert page.count(f'href="{path}"') == 1
        assert phone.open(path).status_code == 200


def test_a_booked_session_says_when_and_where(phone: Phone) -> None:
    words = phone.words(SECOND, DAY_BEFORE)
    assert "Session 2 Tuesday 10 March, 11:00, Dubai time Booked" in words
    assert "Marina Plaza, Floor 3 Add to calendar Open in Maps Call" in words


def test_both_clocks_stand_on_it_where_they_differ(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Europe/Sofia"})
    assert "Tue 10 Mar, 09:00, Sofia time" in phone.words(SECOND, DAY_BEFORE)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "Booked The time is firm unless your clinic moves it."),
        (0, "Not confirmed yet Waiting for your clinic to confirm session 2."),
    ],
)
def test_a_session_is_booked_until_it_begins(phone: Phone, seconds: int, words: str) -> None:
    page = phone.words(SECOND, SECOND_START + timedelta(seconds=seconds))
    assert words in page
    assert ("Add to calendar" in page) == (seconds < 0)


def test_a_session_that_took_place_has_its_end_and_nothing_to_do(phone: Phone) -> None:
    words = phone.words("/dates/sessions/1", DAY_BEFORE)
    assert "Session 1 Monday 2 March, 13:00 to 16:30, Dubai time Done" in words
    assert "How to prepare" not in words
    assert "Add to calendar" not in words


@pytest.mark.parametrize(
    ("status", "words"),
    [(SessionStatus.CANCELLED, "Cancelled"), (SessionStatus.MISSED, "Did not take place")],
)
def test_a_session_that_is_off_says_so(phone: Phone, status: SessionStatus, words: str) -> None:
    with phone.house.writer() as writer:
        second = update(TreatmentSession).where(TreatmentSession.number == 2)
        writer.execute(second.values(status=status))
    page = phone.words(SECOND, DAY_BEFORE)
    assert f"Dubai time {words} Marina Plaza" in page
    assert "How to prepare" not in page


def test_what_was_planned_anew_stands_in_place_of_what_was_off(phone: Phone) -> None:
    with phone.house.writer() as writer:
        lost = TreatmentSession(course_id=phone.course_id, number=2, status="cancelled")
        lost.starts_at = SECOND_START - timedelta(days=2)
        writer.add(lost)
    assert "Tuesday 10 March, 11:00, Dubai time Booked" in phone.words(SECOND, DAY_BEFORE)
    assert phone.open("/dates").text.count(f'href="{SECOND}"') == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("scheduled", "Booked"),
        ("held", "Done"),
        ("cancelled", "Cancelled"),
        ("missed", "Did not take place"),
        ("dreamt", "Ask your clinic"),
    ],
)
def test_a_visit_says_what_became_of_it(phone: Phone, status: str, words: str) -> None:
    add_visit(phone, "follow-up", status, SECOND_START)
    page = phone.words(visit_path(phone), DAY_BEFORE)
    assert f"Follow-up visit Tuesday 10 March, 11:00, Dubai time {words}" in page
    assert ("Add to calendar" in page) == (status == "scheduled")


def test_a_visit_that_began_waits_for_the_clinic(phone: Phone) -> None:
    add_visit(phone, "consultation", "scheduled", SECOND_START)
    assert "Not confirmed yet" in phone.words(visit_path(phone), SECOND_START)


def test_the_map_opens_elsewhere_and_is_told_the_address_alone(phone: Phone) -> None:
    phone.change(Location, address='12 Marina Walk & Co, "B"')
    page = phone.open(SECOND, DAY_BEFORE).text
    link = page.partition('href="https://www.google.com/maps/search/')[2].partition(">")[0]
    assert link.startswith("?api=1&amp;query=12+Marina+Walk+%26+Co%2C+%22B%22")
    assert 'rel="noreferrer"' in link
    assert "session" not in link.lower()


def test_without_address_phone_and_hours_nothing_empty_is_offered(phone: Phone) -> None:
    phone.change(Location, address="", phone="")
    words = phone.words(SECOND, DAY_BEFORE)
    assert "Open in Maps" not in words
    assert "Opening hours" not in words


def test_the_hours_of_the_place_stand_on_it(phone: Phone) -> None:
    phone.change(Location, opening_hours=[["09:00", "18:00"]] * 6 + [None])
    assert "Opening hours Mon to Sat 09:00–18:00 Sun closed" in phone.words(SECOND, DAY_BEFORE)


def test_what_has_to_wait_again_is_named(phone: Phone) -> None:
    words = phone.words(SECOND, DAY_BEFORE + timedelta(hours=20))
    assert "What has to wait again Touching, Hair wash, Shampoo" in words


NOT_MINE = ["/dates/sessions/2", "/dates/sessions/2/event.ics", "/dates/sessions/99", "VISIT"]


@pytest.mark.parametrize("path", NOT_MINE)
def test_nobody_else_finds_it(phone: Phone, path: str) -> None:
    add_visit(phone, "consultation", "scheduled", SECOND_START)
    path = visit_path(phone) if path == "VISIT" else path
    for name in ("Basim", "Olga", "Iris"):
        assert phone.house.browser_of(name).get(path).status_code == 404
    assert phone.open("/dates/sessions/99").status_code == 404


def test_a_visit_of_a_course_before_is_not_found_any_more(phone: Phone) -> None:
    add_visit(phone, "consultation", "held", FIRST_END - timedelta(days=7))
    path = visit_path(phone)
    add_course(phone)
    assert phone.open(path).status_code == 404


def test_a_course_that_cannot_be_read_has_no_session_page(phone: Phone) -> None:
    add_visit(phone, "follow-up", "scheduled", SECOND_START)
    phone.change(TreatmentSession, status="dreamt")
    assert phone.open(SECOND, DAY_BEFORE).status_code == 404
    assert phone.open(visit_path(phone)).status_code == 200


def test_the_page_is_taken_from_the_copy_until_a_word_changes(phone: Phone) -> None:
    first = phone.open(SECOND, SECOND_START - timedelta(minutes=4))
    held = {"If-None-Match": first.headers["ETag"]}
    assert phone.open(SECOND, SECOND_START - timedelta(seconds=1), **held).status_code == 304
    assert phone.open(SECOND, SECOND_START, **held).status_code == 200


def test_the_page_of_a_visit_changes_when_the_visit_begins(phone: Phone) -> None:
    begins = SECOND_START + timedelta(minutes=5)
    add_visit(phone, "consultation", "scheduled", begins)
    first = phone.open(visit_path(phone), SECOND_START)
    held = {"If-None-Match": first.headers["ETag"]}
    assert phone.open(visit_path(phone), begins - timedelta(seconds=1), **held).status_code == 304
    assert phone.open(visit_path(phone), begins, **held).status_code == 200


@pytest.fixture
def shared(house: House) -> Shared:
    found = make_shared(house)
    found.scene.change(found.course_id, PlanSession(SECOND_START))
    return found


@pytest.mark.parametrize(
    "edit",
    [None, MoveSession(1, SECOND_START + timedelta(days=1)), CancelSession(1)],
    ids=["booked", "moved", "cancelled"],
)
def test_the_single_entry_is_the_one_of_the_feed(
    shared: Shared, edit: MoveSession | CancelSession | None
) -> None:
    if edit:
        shared.scene.change(shared.course_id, edit)
    (single,) = events_in(shared.amira.get("/dates/sessions/1/event.ics"))
    assert single.to_ical() == shared.only(shared.make()).to_ical()


def test_the_single_entry_of_a_visit_is_the_one_of_the_feed(shared: Shared) -> None:
    shared.scene.change(shared.course_id, PlanVisit("follow-up", DAY_BEFORE))
    reading().rollback()
    (single,) = events_in(shared.amira.get(f"/dates/visits/{shared.visit_id()}/event.ics"))
    visit, session = appointments_in(shared.read(shared.make()))
    assert single.to_ical() == visit.to_ical() != session.to_ical()


def test_today_leads_to_the_page_of_the_next_session(phone: Phone) -> None:
    assert f'href="{SECOND}"' in phone.open("/", DAY_BEFORE).text
    assert "Prepare for it" in words_of(phone.open("/").text)
