"""What clients ask is counted: how often and by how many, never by whom nor when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from tests.asked import AMIRA, SWIM_NO, ask
from tests.services.scene import Scene
from webapp.domain.people import Role
from webapp.domain.retention import Retention
from webapp.persistence.database import reading
from webapp.persistence.tables import AskedQuestion
from webapp.services import radar, tidying
from webapp.services.radar import MOST_SHOWN, Radar


def seen(scene: Scene) -> Radar:
    reading().rollback()
    return radar.seen(scene.with_)


def found(scene: Scene) -> list[tuple[str, int, int]]:
    return [(one.subject, one.times, one.drawers) for one in seen(scene).found]


def missed(scene: Scene) -> list[str]:
    return [one.asked.subject for one in seen(scene).missed]


def rows(scene: Scene) -> list[AskedQuestion]:
    return list(reading().scalars(select(AskedQuestion)))


@pytest.mark.parametrize(("people", "shown"), [(2, []), (3, [("swimming", 3, 3)])])
def test_what_three_people_asked_is_shown(
    scene: Scene, people: int, shown: list[tuple[str, int, int]]
) -> None:
    ask(scene.with_, "can I swim", SWIM_NO, people)
    assert found(scene) == shown


@pytest.mark.parametrize(("people", "shown"), [(2, []), (3, ["kombucha"])])
def test_words_in_which_nothing_was_found_are_shown_once_three_people_asked_them(
    scene: Scene, people: int, shown: list[str]
) -> None:
    ask(scene.with_, "Can I have kombucha?", people=people)
    assert missed(scene) == shown


def test_one_person_asking_over_and_over_counts_once_a_day(scene: Scene) -> None:
    for _ in range(30):
        radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
        radar.note_question(scene.with_, AMIRA, "kombucha", [])
    assert len(rows(scene)) == 2
    for _ in range(5):
        scene.clock.advance(days=1)
        radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
    assert Counter(row.subject for row in rows(scene)) == {"swimming": 6, "kombucha": 1}
    assert found(scene) == []


def test_a_question_answered_otherwise_later_that_day_was_asked_once(scene: Scene) -> None:
    ask(scene.with_, "swim", SWIM_NO)
    ask(scene.with_, "swim", [("swimming", "limited")])
    assert (len(rows(scene)), found(scene)) == (6, [("swimming", 3, 3)])


def test_the_most_asked_comes_first(scene: Scene) -> None:
    ask(scene.with_, "swim", SWIM_NO)
    ask(scene.with_, "gym", [("light-workout", "yes")], people=5)
    assert [subject for subject, *_ in found(scene)] == ["light-workout", "swimming"]


def test_staff_and_empty_questions_are_not_counted(scene: Scene) -> None:
    radar.note_question(scene.with_, replace(AMIRA, role=Role.ARTIST), "swim", SWIM_NO)
    radar.note_question(scene.with_, AMIRA, "0888 123 456 ?", [])
    assert rows(scene) == []


def test_an_activity_is_no_word_that_was_missed(scene: Scene) -> None:
    ask(scene.with_, "swimming", [])
    ask(scene.with_, "swimming", SWIM_NO, people=2)
    assert found(scene) == []
    assert missed(scene) == [], "what is understood by now needs nothing more"


def test_how_much_is_left_to_the_clinic_is_told_of_what_is_shown(scene: Scene) -> None:
    ask(scene.with_, "swim", SWIM_NO, people=6)
    ask(scene.with_, "gym", [("light-workout", "ask")], people=3)
    ask(scene.with_, "sauna", [("sauna", "ask")], people=2)
    left = [tuple(one) for one in seen(scene).left_to_clinic]
    assert (left, seen(scene).percent_left) == ([("light-workout", 3, 3)], 33)


def test_an_answer_that_fewer_than_three_got_is_not_told(scene: Scene) -> None:
    ask(scene.with_, "swim", SWIM_NO, people=6)
    ask(scene.with_, "swim", [("swimming", "ask")], people=2)
    assert (seen(scene).left_to_clinic, seen(scene).percent_left) == ([], 0)


def test_nothing_asked_is_nothing_left(scene: Scene) -> None:
    assert seen(scene).percent_left == 0


def test_an_activity_that_the_protocol_no_longer_has_is_not_shown(scene: Scene) -> None:
    ask(scene.with_, "mist", [("misting", "no")])
    assert found(scene) == []


def test_the_nearest_activities_are_offered_for_words(scene: Scene) -> None:
    ask(scene.with_, "kombucha")
    assert list(seen(scene).missed[0].nearest) == ["alcohol"]


def test_of_many_words_the_most_missed_are_shown(scene: Scene) -> None:
    for letter in "bcdfghjklmnpqrstvwxyz"[: MOST_SHOWN + 1]:
        ask(scene.with_, f"{letter}kombu")
    ask(scene.with_, "zzkombu", people=4)
    assert (len(missed(scene)), missed(scene)[0]) == (MOST_SHOWN, "zzkombu")


def test_neither_who_asks_nor_when_is_stored_anywhere(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 3, 2, 21, 47, 53, tzinfo=UTC)
    radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
    radar.note_question(scene.with_, AMIRA, "call 48151623, it is 21:47 kombucha", [])
    stored = " ".join(
        str(value)
        for table in reading().scalars(text("SELECT name FROM sqlite_master WHERE type='table'"))
        for row in reading().execute(text(f'SELECT * FROM "{table}"'))
        for value in row
    )
    at = scene.clock.now()
    traces = [AMIRA.account_id, AMIRA.login_id, AMIRA.client_id, "Amira", "21:47", "47:53"]
    traces += [int(at.timestamp()), at.isoformat()[11:]]
    assert [trace for trace in traces if str(trace) in stored] == []
    assert "kombucha" in stored


def test_the_questions_of_one_person_cannot_be_told_to_be_one_persons(scene: Scene) -> None:
    subjects = [f"{letter}kombucha" for letter in "bcdfghjklmnpqrst"]
    for subject in subjects:
        radar.note_question(scene.with_, AMIRA, subject, [])
    assert len({row.drawer for row in rows(scene)}) > 4


def test_the_rows_do_not_tell_in_which_order_questions_were_asked(scene: Scene) -> None:
    asked = [f"{letter}kombucha" for letter in "bcdfghjklmnpqrst"]
    for subject in asked:
        radar.note_question(scene.with_, AMIRA, subject, [])
    by_id = [row.subject for row in sorted(rows(scene), key=lambda row: row.id)]
    assert sorted(by_id) == sorted(asked)
    assert by_id != asked


def test_all_accounts_fall_evenly_into_sixteen_drawers(scene: Scene) -> None:
    drawers = Counter(radar.drawer_of(scene.with_, n, "swimming") for n in range(1_600))
    assert set(drawers) == set(range(16))
    assert min(drawers.values()) > 60


def test_another_deployment_has_other_drawers(scene: Scene) -> None:
    elsewhere = replace(scene.with_, drawer_key=b"another")
    here, there = (
        [radar.drawer_of(with_, n, "swimming") for n in range(20)]
        for with_ in (scene.with_, elsewhere)
    )
    assert here != there


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (90, True), (91, False)])
def test_questions_are_kept_for_ninety_days(scene: Scene, days: int, is_kept: bool) -> None:
    scene.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    ask(scene.with_, "kombucha")
    ask(scene.with_, "sauna", [("sauna", "ask")])
    scene.clock.at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=days)
    shown = (missed(scene), found(scene), seen(scene).left_to_clinic)
    assert [one != [] for one in shown] == [is_kept] * 3
    assert tidying.tidy(scene.with_)["asked"] == (0 if is_kept else 6)
    reading().rollback()
    assert (rows(scene) != []) is is_kept


@pytest.mark.parametrize(("days", "is_kept"), [(7, True), (8, False)])
def test_a_clinic_may_keep_questions_for_less(scene: Scene, days: int, is_kept: bool) -> None:
    briefly = replace(scene.with_, retention=Retention(questions=7))
    ask(briefly, "sauna", [("sauna", "ask")])
    scene.clock.advance(days=days)
    assert (radar.seen(briefly).found != []) is is_kept
    assert (tidying.tidy(briefly)["asked"] == 0) is is_kept


def test_the_day_is_that_of_utc(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)  # Tuesday in Dubai
    radar.note_question(scene.with_, AMIRA, "swim", SWIM_NO)
    assert [row.asked_on for row in rows(scene)] == [date(2026, 3, 2)]
