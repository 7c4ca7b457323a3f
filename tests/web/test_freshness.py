"""A browser's copy of a client's page is used while its words hold, and not a second longer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.web.personas import Personas, states_of, words_of
from webapp.domain.course_edits import PlanSession
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import writing
from webapp.persistence.tables import Client, Clinic, Consent, Course, TreatmentSession
from webapp.services import clinic_settings, courses, locations
from webapp.services.demo_personas import PERSONAS

KEYS = [persona.key for persona in PERSONAS]
PAGES = ["/", "/can-i", "/dates", "/switches.json"]
BY = SignedIn(1, 1, Role.OWNER, "Dana", "")
# Seconds after the first look at a page, up to some days.
LOOKS = [1, 59, 60, 61, 300, 899, 900, 3_599, 3_600, 3_601, 43_200, 86_400, 282_600, 400_000]


def again(phone: FlaskClient, page: str, held: TestResponse) -> TestResponse:
    """Ask for a page of which the browser holds a copy."""
    return phone.get(page, headers={"If-None-Match": held.headers["ETag"]})


def said(answer: TestResponse) -> object:
    """Everything a reader can learn from a page, now and at its switches."""
    if answer.is_json:
        present, *later = answer.get_json()["states"]
        # Since when the present state is shown tells when the question was asked, and no more.
        return present["phase"], present["answers"], later
    instants = re.findall(r'datetime="([^"]+)"', answer.text)
    return words_of(answer.text), states_of(answer), instants


def holds_until(held: TestResponse) -> datetime:
    """The second from which on a copy is asked for again, as its ETag has it."""
    return datetime.fromtimestamp(int(held.headers["ETag"].strip('W/"').rpartition(".")[2]), UTC)


@pytest.mark.parametrize("page", PAGES)
def test_the_same_state_and_instant_give_the_same_bytes(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    first, second = phone.get(page), phone.get(page)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("page", PAGES)
def test_a_copy_is_confirmed_without_a_body(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get(page)
    answer = again(phone, page, held)
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == held.headers["ETag"]


@pytest.mark.parametrize("page", PAGES)
def test_a_copy_is_private_and_asked_for_each_time(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get(page)
    for answer in (held, again(phone, page, held)):
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("page", PAGES)
def test_a_compressed_copy_is_confirmed_too(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get(page, headers={"Accept-Encoding": "br"})
    headers = {"Accept-Encoding": "br", "If-None-Match": held.headers["ETag"]}
    assert held.headers["Content-Encoding"] == "br"
    assert phone.get(page, headers=headers).status_code == 304


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_confirmed_copy_says_what_the_page_would_say(
    personas: Personas, key: str, page: str
) -> None:
    phone = personas.phone(key, "Asia/Kathmandu")
    held = phone.get(page)
    for seconds in LOOKS:
        personas.clock.at = NOON + timedelta(seconds=seconds)
        answer = again(phone, page, held)
        if answer.status_code == 304:
            answer = phone.get(page)
            assert said(answer) == said(held), seconds
        held = answer


@pytest.mark.parametrize("key", KEYS)
def test_a_copy_is_asked_for_again_at_its_second(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    held = phone.get("/")
    personas.clock.at = holds_until(held) - timedelta(seconds=1)
    assert again(phone, "/", held).status_code == 304
    personas.clock.advance(seconds=1)
    assert again(phone, "/", held).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_copy_outlives_a_lift(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    lift_at = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
    personas.clock.at = lift_at - timedelta(seconds=1)
    held = phone.get(page)
    personas.clock.at = lift_at
    assert again(phone, page, held).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_course_is_shown_at_once(personas: Personas, page: str) -> None:
    phone = personas.phone("final-healing")
    held = phone.get(page)
    course_id, with_ = personas.course_id("final-healing"), personas.app.extensions["collaborators"]
    stored = courses.read(course_id)
    assert stored is not None
    edit = PlanSession(NOON + timedelta(days=3))
    courses.change(with_, BY, course_id, stored.version, edit)
    answer = again(phone, page, held)
    assert answer.status_code == 200
    assert said(answer) != said(held)


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_clinic_is_shown_at_once(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get(page)
    now = clinic_settings.current()
    details = clinic_settings.ClinicDetails("Dotline", "#aa0000", "999", "", "")
    clinic_settings.save_details(personas.app.extensions["collaborators"], BY, details, now.version)
    assert again(phone, page, held).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_place_is_shown_at_once(personas: Personas, page: str) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get(page)
    place = next(one for one in locations.every() if one.details.time_zone == "Asia/Dubai")
    hours: locations.Hours = [None] * 7
    details = locations.LocationDetails("Harbour", "1 Quay", "+97149999999", "Asia/Dubai", hours)
    with_ = personas.app.extensions["collaborators"]
    locations.save(with_, BY, (place.location_id, place.version), details)
    assert again(phone, page, held).status_code == 200


def test_a_phone_in_another_zone_is_asked_anew(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    phone.post("/time-zone", data={"zone": "Europe/Sofia"})
    answer = again(phone, "/", held)
    assert answer.status_code == 200
    assert "Sofia time" in words_of(answer.text)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_a_copy_confirmed_that_another_holds(personas: Personas, page: str) -> None:
    held = personas.phone("keep-dry").get(page)
    assert again(personas.phone("touch-up"), page, held).status_code == 200
    assert again(personas.phone("keep-dry"), page, held).status_code == 200


def test_one_page_is_no_copy_of_another(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    assert [again(phone, page, held).status_code for page in PAGES] == [304, 200, 200, 200]
    assert again(phone, "/?dir=rtl", held).status_code == 200


@pytest.mark.parametrize(
    "tag", ["*", "", "W/", '"', 'W/".9999999999"', 'W/"abc.9999999999"', "é", "x" * 9_000]
)
def test_a_made_up_tag_is_never_confirmed(personas: Personas, tag: str) -> None:
    answer = personas.phone("keep-dry").get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 200


def test_a_copy_is_no_way_around_signing_in(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    phone.post("/sign-out")
    assert again(phone, "/", held).location == "/sign-in"


def test_no_word_changes_while_a_copy_counts_as_right(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    for minutes in range(0, 60 * 24 * 8, 397):
        personas.clock.at = NOON + timedelta(minutes=minutes, seconds=minutes % 60)
        held = phone.get("/")
        personas.clock.at = holds_until(held) - timedelta(seconds=1)
        assert said(phone.get("/")) == said(held), minutes


def test_a_last_copy_is_the_page_to_the_byte(personas: Personas) -> None:
    phone = personas.phone("healed")
    held = phone.get("/")
    personas.clock.at = holds_until(held) - timedelta(seconds=1)
    assert phone.get("/").data == held.data


def test_nothing_is_worked_out_for_a_copy_that_is_still_right(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    with writing() as writer:
        writer.execute(update(TreatmentSession).values(status="dreamt"))
    assert again(phone, "/", held).status_code == 304


@pytest.mark.parametrize(
    ("table", "values"),
    [(Course, {"version": 99}), (Client, {"seen_version": 99}), (Clinic, {"version": 99})],
)
def test_whatever_changes_the_page_changes_its_tag(
    personas: Personas, table: type, values: dict[str, object]
) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    with writing() as writer:
        writer.execute(update(table).values(**values))
    assert again(phone, "/", held).status_code == 200


def test_a_withdrawn_consent_ends_the_copy(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    with writing() as writer:
        writer.execute(update(Consent).values(withdrawn_at=NOON))
    assert again(phone, "/", held).location == "/privacy"


def test_a_page_with_a_notice_is_shown_once_and_never_kept(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    held = phone.get("/")
    with phone.session_transaction() as carried:
        carried["_flashes"] = [("message", '{"kind": "good", "words": "Saved."}')]
    page = again(phone, "/", held)
    assert "Saved." in page.text
    assert (page.headers["Cache-Control"], page.headers.get("ETag")) == ("private, no-store", None)
    assert again(phone, "/", held).status_code == 304


def test_long_pages_are_compressed_for_whoever_can_read_it(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    assert phone.get("/", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in phone.get("/").headers
