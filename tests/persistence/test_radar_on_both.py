"""Counting questions, own words and notes hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.asked import SWIM_NO, ask, clients_in_drawers
from tests.conftest import SetClock
from tests.services.scene import Scene, make_scene
from webapp.persistence.database import reading
from webapp.persistence.tables import AskedQuestion
from webapp.protocols.loader import protocols
from webapp.services import asking, protocol_notes, radar, synonyms, tidying
from webapp.services.errors import NotFoundError
from webapp.services.synonyms import SynonymRefusedError

PROTOCOL = protocols()["smp"]
AT_ONCE = 8


@pytest.fixture
def scene(app_on_both: Flask, clock: SetClock) -> Scene:
    return make_scene(app_on_both, clock)


def rows() -> int:
    reading().rollback()
    return reading().scalar(select(func.count()).select_from(AskedQuestion)) or 0


def test_questions_are_counted_once_a_day_and_drawer_and_deleted_in_time(scene: Scene) -> None:
    for _ in range(2):
        ask(scene.with_, "swim", SWIM_NO)
        ask(scene.with_, "kombucha")
    found = radar.seen(scene.with_)
    assert [tuple(one) for one in found.found] == [("swimming", 3, 3)]
    assert [tuple(one.asked) for one in found.missed] == [("kombucha", 3, 3)]
    scene.clock.advance(days=91)
    assert tidying.tidy(scene.with_)["asked"] == 6


def test_the_same_question_at_the_same_moment_is_counted_once(
    scene: Scene, app_on_both: Flask
) -> None:
    (person,) = clients_in_drawers(scene.with_, "kombucha", 1)
    begin = threading.Barrier(AT_ONCE)

    def note() -> None:
        begin.wait()
        with app_on_both.app_context():
            radar.note_question(scene.with_, person, "kombucha", [])

    threads = [threading.Thread(target=note) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows() == 1


def test_own_words_are_added_once_and_removed(scene: Scene) -> None:
    synonyms.add(scene.with_, scene.iris, "kombucha", "alcohol")
    with pytest.raises(SynonymRefusedError):
        synonyms.add(scene.with_, scene.iris, "kombucha", "alcohol")
    assert asking.matcher(PROTOCOL).activities_in("kombucha") == ["alcohol"]
    synonyms.remove(scene.with_, scene.iris, synonyms.every()[0].id)
    assert asking.matcher(PROTOCOL).activities_in("kombucha") == []


def test_the_same_words_added_at_the_same_moment_are_there_once(
    scene: Scene, app_on_both: Flask
) -> None:
    begin = threading.Barrier(2)
    refused = []

    def add(activity: str) -> None:
        begin.wait()
        with app_on_both.app_context():
            try:
                synonyms.add(scene.with_, scene.iris, "kombucha", activity)
            except SynonymRefusedError as error:
                refused.append(error.refusal)

    threads = [threading.Thread(target=add, args=(name,)) for name in ("alcohol", "sauna")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reading().rollback()
    assert (len(synonyms.every()), len(refused)) == (1, 1)


def test_notes_are_kept_done_and_opened_again(scene: Scene) -> None:
    note_id = protocol_notes.add(scene.with_, scene.iris, "kombucha: It has alcohol.")
    scene.clock.at += timedelta(hours=1)
    protocol_notes.mark_done(scene.with_, scene.iris, note_id)
    assert protocol_notes.still_open() == []
    with pytest.raises(NotFoundError):
        protocol_notes.mark_done(scene.with_, scene.iris, note_id)
    protocol_notes.reopen(scene.with_, scene.iris, note_id)
    assert [note.words for note in protocol_notes.still_open()] == ["kombucha: It has alcohol."]
    with pytest.raises(NotFoundError):
        protocol_notes.reopen(scene.with_, scene.iris, note_id)
