"""What the owner notes for the next version of the protocol."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.scene import Scene
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent
from webapp.services import protocol_notes
from webapp.services.errors import NotFoundError


def add(scene: Scene, words: str) -> int:
    return protocol_notes.add(scene.with_, scene.iris, words)


@pytest.mark.parametrize(
    ("noted", "is_about"),
    [
        ("kombucha", True),
        ("kombucha: it has alcohol", True),
        ("kombucha:", True),
        ("kombucha tea: cold", False),
        ("say more of kombucha", False),
        ("kombuch", False),
    ],
)
def test_a_note_is_about_the_words_it_begins_with(scene: Scene, noted: str, is_about: bool) -> None:
    add(scene, noted)
    (note,) = protocol_notes.still_open()
    assert (note.words, note.added_at) == (noted, scene.clock.now())
    assert protocol_notes.is_about(note, "kombucha") is is_about
    assert not protocol_notes.is_about(note, "")


def test_the_newest_comes_first_and_the_done_are_gone(scene: Scene) -> None:
    first, *_ = (add(scene, words) for words in ("a first", "a second", "a third"))
    protocol_notes.mark_done(scene.with_, scene.iris, first)
    assert [note.words for note in protocol_notes.still_open()] == ["a third", "a second"]


def test_only_an_open_note_can_be_done(scene: Scene) -> None:
    note_id = add(scene, "kombucha")
    protocol_notes.mark_done(scene.with_, scene.iris, note_id)
    for missing in (note_id, 999):
        with pytest.raises(NotFoundError):
            protocol_notes.mark_done(scene.with_, scene.iris, missing)


def test_the_audit_knows_the_note_by_its_number_only(scene: Scene) -> None:
    note_id = add(scene, "kombucha")
    protocol_notes.mark_done(scene.with_, scene.iris, note_id)
    protocol_notes.reopen(scene.with_, scene.iris, note_id)
    rows = reading().execute(select(AuditEvent.action, AuditEvent.subject_id))
    actions = ("protocol-note", "protocol-note-done", "protocol-note-open")
    assert [tuple(row) for row in rows] == [(action, note_id) for action in actions]
