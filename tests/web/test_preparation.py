"""The checklist before a session: ticked by the client, cleared by a move, seen by the staff."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.scene import dubai
from tests.web.calendar_reading import Shared, make_shared
from tests.web.house import House
from tests.web.personas import words_of
from webapp.domain.course_edits import (
    CancelSession,
    CorrectSession,
    EndSession,
    Extend,
    MoveSession,
    PlanSession,
)
from webapp.persistence.tables import PreparationTick, TreatmentSession
from webapp.services import courses, preparing

FIRST_END, SECOND = dubai(3, 2, 16), dubai(3, 12, 11)
PAGE = "/dates/sessions/2"
WASHES = {
    dubai(3, 12, 11): "Come with clean hair: wash it with shampoo before you come.",
    dubai(3, 8, 11): "Rinse your hair with lukewarm water before you come, without shampoo.",
    dubai(3, 6, 11): "Leave your hair unwashed. Come as you are.",
}


@pytest.fixture
def shared(house: House) -> Shared:
    """Session 1 has just ended, session 2 is booked."""
    found = make_shared(house)
    found.scene.ended(found.course_id, 1, FIRST_END)
    found.scene.change(found.course_id, PlanSession(SECOND))
    found.amira = house.browser_of("Amira")
    return found


def tick(shared: Shared, item: str, done: str = "yes", path: str = PAGE) -> int:
    data = {"item": item, "done": done}
    return shared.amira.post(f"{path}/preparation", data=data).status_code


def progress(shared: Shared) -> str:
    words = words_of(shared.amira.get(PAGE).text)
    return words.partition("How to prepare ")[2].partition(" done")[0]


def staff_words(shared: Shared, path: str = "/sessions/2") -> str:
    browser = shared.house.browser_of("Iris")
    return words_of(browser.get(f"/staff/courses/{shared.course_id}{path}").text)


@pytest.mark.parametrize(("starts_at", "line"), WASHES.items(), ids=str)
def test_the_wash_is_worded_as_the_plan_allows_it(
    shared: Shared, starts_at: datetime, line: str
) -> None:
    shared.scene.change(shared.course_id, MoveSession(2, starts_at))
    words = words_of(shared.amira.get(PAGE).text)
    assert [wash for wash in WASHES.values() if wash in words] == [line]


def test_a_wash_that_is_not_allowed_yet_says_from_when(shared: Shared) -> None:
    note = "before you come. Not before Mon 9 Mar, 16:00."
    assert note in words_of(shared.amira.get(PAGE).text)
    shared.clock.at = dubai(3, 9, 16)
    assert "Not before" not in words_of(shared.amira.get(PAGE).text)


def test_a_wash_behind_a_session_to_come_is_an_estimate(shared: Shared) -> None:
    shared.scene.change(shared.course_id, MoveSession(2, dubai(3, 8, 11)))
    shared.scene.change(shared.course_id, PlanSession(dubai(4, 5, 11)))
    words = words_of(shared.amira.get("/dates/sessions/3").text)
    assert "before you come. Not before about Sun 15 Mar, an estimate. Today says when." in words


def test_a_wash_behind_a_session_that_nobody_confirmed_is_none(shared: Shared) -> None:
    shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=28)))
    shared.clock.at = SECOND
    words = words_of(shared.amira.get("/dates/sessions/3").text)
    assert "Leave your hair unwashed. Come as you are." in words


def test_a_tick_is_kept_and_taken_away_with_one_tap_each(shared: Shared) -> None:
    assert progress(shared) == "0 of 4"
    assert tick(shared, "2") == 303
    assert progress(shared) == "1 of 4"
    assert shared.amira.get(PAGE).text.count('aria-pressed="true"') == 1
    tick(shared, "2", done="no")
    assert progress(shared) == "0 of 4"


def test_a_second_tap_on_the_same_line_ticks_it_once(shared: Shared) -> None:
    assert (tick(shared, "2"), tick(shared, "2")) == (303, 303)
    assert progress(shared) == "1 of 4"


def test_a_tick_changes_the_page_that_a_browser_holds(shared: Shared) -> None:
    held = {"If-None-Match": shared.amira.get(PAGE).headers["ETag"]}
    assert shared.amira.get(PAGE, headers=held).status_code == 304
    tick(shared, "1")
    assert shared.amira.get(PAGE, headers=held).status_code == 200


@pytest.mark.parametrize(
    "edit",
    [
        MoveSession(2, SECOND + timedelta(minutes=15)),
        CancelSession(2),
        EndSession(2, SECOND + timedelta(hours=3), SECOND + timedelta(minutes=5)),
    ],
    ids=["moved", "cancelled", "begun later"],
)
def test_a_session_of_another_time_begins_with_nothing_ticked(shared: Shared, edit: object) -> None:
    tick(shared, "1")
    if isinstance(edit, EndSession):
        shared.clock.at = edit.ended_at
    shared.scene.change(shared.course_id, edit)  # type: ignore[arg-type]
    assert preparing.ticked(shared.course_id) == {}


def test_taking_a_move_back_brings_no_tick_back(shared: Shared) -> None:
    tick(shared, "1")
    moved = shared.scene.change(shared.course_id, MoveSession(2, SECOND + timedelta(days=1)))
    assert courses.undo(shared.scene.with_, shared.scene.iris, moved.id)
    assert progress(shared) == "0 of 4"


def test_a_move_of_another_session_leaves_ticks_alone(shared: Shared) -> None:
    shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=28)))
    tick(shared, "1")
    shared.scene.change(shared.course_id, MoveSession(3, SECOND + timedelta(days=30)))
    assert progress(shared) == "1 of 4"


def test_what_was_cancelled_once_takes_no_tick_from_what_was_planned_anew(shared: Shared) -> None:
    shared.scene.change(shared.course_id, CancelSession(2))
    shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=1)))
    tick(shared, "1")
    shared.scene.change(shared.course_id, PlanSession(SECOND + timedelta(days=28)))
    assert progress(shared) == "1 of 4"


def test_a_tick_for_another_wash_does_not_count_for_this_one(shared: Shared) -> None:
    tick(shared, "wash-shampoo")
    assert progress(shared) == "1 of 4"
    shared.scene.change(shared.course_id, Extend("wash-shampoo", 4, "It was red."))
    assert progress(shared) == "0 of 4"
    assert tick(shared, "wash-shampoo") == 303
    assert "That has changed meanwhile." in words_of(shared.amira.get(PAGE).text)


def test_a_correction_of_the_session_before_leaves_ticks_alone(shared: Shared) -> None:
    tick(shared, "1")
    earlier = CorrectSession(1, FIRST_END - timedelta(hours=4), FIRST_END - timedelta(hours=1))
    shared.scene.change(shared.course_id, earlier)
    assert progress(shared) == "1 of 4"


@pytest.mark.parametrize(("seconds", "is_there"), [(-1, True), (0, False), (1, False)])
def test_a_session_that_begins_now_has_no_checklist(
    shared: Shared, seconds: int, is_there: bool
) -> None:
    shared.clock.at = SECOND + timedelta(seconds=seconds)
    assert ("How to prepare" in shared.amira.get(PAGE).text) == is_there
    tick(shared, "1")
    assert bool(preparing.ticked(shared.course_id)) == is_there


HOSTILE = ["", "0", "5", "wash-none", "x" * 9_000, "\x00", "'; --", "ж"]


@pytest.mark.parametrize("item", HOSTILE)
def test_a_line_that_is_not_there_is_not_ticked(shared: Shared, item: str) -> None:
    assert tick(shared, item) == 303
    assert preparing.ticked(shared.course_id) == {}


@pytest.mark.parametrize("number", [0, 3, 99, 999_999_999])
def test_a_session_that_is_not_there_is_not_found(shared: Shared, number: int) -> None:
    assert tick(shared, "1", path=f"/dates/sessions/{number}") == 404


def test_before_a_session_that_cannot_be_read_nothing_is_ticked(shared: Shared) -> None:
    with shared.house.writer() as writer:
        writer.query(TreatmentSession).update({"status": "dreamt"})
    assert tick(shared, "1") == 404


def test_without_a_course_there_is_nothing_to_tick(shared: Shared) -> None:
    basim = shared.house.browser_of("Basim")
    data = {"item": "1", "done": "yes"}
    assert basim.post("/dates/sessions/1/preparation", data=data).status_code == 404


def test_nobody_ticks_for_another(shared: Shared) -> None:
    data = {"item": "1", "done": "yes"}
    for name in ("Basim", "Iris", "Olga"):
        answer = shared.house.browser_of(name).post(f"{PAGE}/preparation", data=data)
        assert answer.status_code == 404
    assert preparing.ticked(shared.course_id) == {}


def test_staff_see_on_the_session_what_is_prepared(shared: Shared) -> None:
    assert "0 of 4 prepared" in staff_words(shared)
    tick(shared, "2")
    words = staff_words(shared)
    assert "1 of 4 prepared" in words
    assert "Not ticked: From one day before" in words
    assert "sprays. Come natural, with nothing on your hair or scalp." in words


def test_staff_see_on_the_course_that_something_is_prepared(shared: Shared) -> None:
    assert "prepared" not in staff_words(shared, "")
    tick(shared, "wash-shampoo")
    tick(shared, "3")
    assert "2 of 4 prepared" in staff_words(shared, "")
    shared.clock.at = SECOND
    assert "prepared" not in staff_words(shared, "")


def test_a_line_of_the_table_says_when_it_was_ticked(shared: Shared) -> None:
    tick(shared, "1")
    with shared.house.reader() as reader:
        (row,) = reader.query(PreparationTick).all()
    assert (row.session_number, row.item, row.ticked_at) == (2, "1", shared.clock.now())
