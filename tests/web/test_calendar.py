"""The feed that a calendar reads: the same dates under the same names, whatever becomes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.scene import dubai
from tests.web.calendar_reading import (
    APPOINTMENT,
    MOMENT,
    Shared,
    appointments_in,
    events_in,
    make_shared,
    starts,
)
from tests.web.house import House
from webapp.domain.course_edits import CancelSession, EndSession, MoveSession, PlanSession
from webapp.persistence.tables import (
    Clinic,
    Location,
    TreatmentSession,
)
from webapp.services import courses
from webapp.services.course_extras import MoveVisit, PlanVisit, SettleVisit
from webapp.services.courses import NewCourse

SECOND = dubai(3, 12, 11)


@pytest.fixture
def shared(house: House) -> Shared:
    found = make_shared(house)
    found.scene.change(found.course_id, PlanSession(SECOND))
    return found


def test_an_appointment_stands_at_its_instant_with_the_address_alone(shared: Shared) -> None:
    with shared.house.writer() as writer:
        writer.get_one(Location, shared.house.location_id).address = "12 Marina Walk"
    event = shared.only(shared.make())
    assert (starts(event), str(starts(event).tzinfo)) == (SECOND, "UTC")
    assert event["DTEND"].dt - starts(event) == timedelta(hours=3)
    assert (event["SUMMARY"], event["LOCATION"]) == (APPOINTMENT, "12 Marina Walk")


def test_a_moved_session_keeps_its_name_and_rises(shared: Shared) -> None:
    path = shared.make()
    before = shared.only(path)
    shared.scene.change(shared.course_id, MoveSession(1, SECOND + timedelta(days=2)))
    after = shared.only(path)
    assert (after["UID"], starts(after)) == (before["UID"], SECOND + timedelta(days=2))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CONFIRMED"


def test_a_move_that_is_taken_back_rises_still(shared: Shared) -> None:
    path = shared.make()
    before = shared.only(path)
    moved = shared.scene.change(shared.course_id, MoveSession(1, SECOND + timedelta(days=2)))
    between = shared.only(path)
    assert courses.undo(shared.scene.with_, shared.scene.iris, moved.id)
    after = shared.only(path)
    assert (after["UID"], starts(after)) == (before["UID"], SECOND)
    assert after["SEQUENCE"] > between["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_session_says_so_under_its_name(shared: Shared) -> None:
    path = shared.make()
    before = shared.only(path)
    shared.scene.change(shared.course_id, CancelSession(1))
    after = shared.only(path)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_what_was_cancelled_and_planned_anew_is_the_same_entry(shared: Shared) -> None:
    path = shared.make()
    before = shared.only(path)
    shared.scene.change(shared.course_id, CancelSession(1))
    shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=7)))
    after = shared.only(path)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert starts(after) == SECOND + timedelta(days=7)


def test_an_undone_booking_leaves_the_feed(shared: Shared) -> None:
    path = shared.make()
    booked = shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=28)))
    assert len(appointments_in(shared.read(path))) == 2
    courses.undo(shared.scene.with_, shared.scene.iris, booked.id)
    assert len(appointments_in(shared.read(path))) == 1


def test_a_session_that_took_place_has_its_real_end(shared: Shared) -> None:
    path, ended_at = shared.make(), SECOND + timedelta(hours=4, minutes=20)
    shared.clock.at = ended_at
    shared.scene.change(shared.course_id, EndSession(1, ended_at))
    assert shared.only(path)["DTEND"].dt == ended_at


def test_a_visit_lives_under_a_name_of_its_own(shared: Shared) -> None:
    path, at = shared.make(), SECOND - timedelta(days=5)
    shared.scene.change(shared.course_id, PlanVisit("consultation", at))
    visit, session = appointments_in(shared.read(path))
    assert (starts(visit), visit["DTEND"].dt) == (at, at + timedelta(minutes=30))
    shared.scene.change(shared.course_id, MoveVisit(shared.visit_id(), at + timedelta(days=1)))
    shared.scene.change(shared.course_id, SettleVisit(shared.visit_id(), "cancelled"))
    after, _session = appointments_in(shared.read(path))
    assert (after["UID"], after["STATUS"]) == (visit["UID"], "CANCELLED")
    assert visit["UID"] != session["UID"]


def test_the_moments_of_lifting_are_told_in_neutral_words(shared: Shared) -> None:
    ended_at = SECOND + timedelta(hours=3)
    shared.clock.at = ended_at
    shared.scene.change(shared.course_id, EndSession(1, ended_at))
    path = shared.make()
    moments = [event for event in events_in(shared.read(path)) if event["SUMMARY"] == MOMENT]
    assert ended_at + timedelta(days=5) in [starts(event) for event in moments]
    assert {event["TRANSP"] for event in moments} == {"TRANSPARENT"}
    assert all(starts(event) > shared.clock.now() for event in moments)


def test_a_moment_that_a_booking_takes_back_leaves_the_feed(shared: Shared) -> None:
    ended_at = SECOND + timedelta(hours=3)
    shared.clock.at = ended_at
    shared.scene.change(shared.course_id, EndSession(1, ended_at))
    path = shared.make()
    before = [starts(event) for event in events_in(shared.read(path))]
    shared.scene.change(shared.course_id, PlanSession(ended_at + timedelta(days=6)))
    after = [starts(event) for event in events_in(shared.read(path))]
    assert ended_at + timedelta(days=7) in before
    assert ended_at + timedelta(days=7) not in after


def test_names_are_unique_over_clients_kinds_and_courses(shared: Shared) -> None:
    scene, house = shared.scene, shared.house
    scene.change(shared.course_id, PlanVisit("consultation", SECOND - timedelta(days=5)))
    other = scene.begin(house.clients["Basim"])
    scene.change(other, PlanSession(SECOND))
    scene.change(other, PlanVisit("consultation", SECOND - timedelta(days=5)))
    feeds = [events_in(shared.read(shared.make(name))) for name in ("Amira", "Basim")]
    uids = [event["UID"] for events in feeds for event in events]
    assert len(uids) == 4
    assert len(set(uids)) == 4


def test_past_courses_stay_in_the_calendar(shared: Shared) -> None:
    scene, past = shared.scene, SECOND + timedelta(hours=3)
    shared.clock.at = past
    scene.change(shared.course_id, EndSession(1, past, is_last=True))
    path = shared.make()
    before = shared.only(path)
    shared.clock.advance(days=60)
    touch_up = NewCourse(shared.house.clients["Amira"], shared.house.location_id, "touch-up")
    courses.begin(scene.with_, scene.iris, touch_up)
    assert shared.only(path)["UID"] == before["UID"]


def test_an_unchanged_feed_is_not_sent_again(shared: Shared) -> None:
    path = shared.make()
    first = shared.read(path)
    held = {"If-None-Match": first.headers["ETag"]}
    shared.clock.advance(minutes=20)
    again = shared.read(path, **held)
    assert (again.status_code, again.data) == (304, b"")
    shared.scene.change(shared.course_id, MoveSession(1, SECOND + timedelta(days=2)))
    assert shared.read(path, **held).status_code == 200


@pytest.mark.parametrize("column", ["address", "clinic"])
def test_a_new_address_raises_the_sequence(shared: Shared, column: str) -> None:
    path = shared.make()
    before = shared.only(path)["SEQUENCE"]
    with shared.house.writer() as writer:
        row = writer.get_one(Clinic, 1) if column == "clinic" else writer.get_one(Location, 1)
        row.version += 1
    assert shared.only(path)["SEQUENCE"] > before


def test_a_client_without_a_course_has_an_empty_calendar(house: House) -> None:
    shared = make_shared(house)
    assert events_in(shared.read(shared.make("Basim"))) == []


def test_a_stored_state_that_nobody_knows_is_left_out(shared: Shared) -> None:
    path = shared.make()
    shared.scene.change(shared.course_id, PlanVisit("follow-up", SECOND - timedelta(days=5)))
    with shared.house.writer() as writer:
        writer.query(TreatmentSession).update({"status": "dreamt"})
    assert starts(shared.only(path)) == SECOND - timedelta(days=5)
