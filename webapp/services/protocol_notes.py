"""What the owner notes for the next version of the protocol."""

from __future__ import annotations

from webapp.domain.people import SignedIn
from webapp.persistence import audit, protocol_notes
from webapp.persistence.database import reading, writing
from webapp.persistence.protocol_notes import OpenNote
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["OpenNote"]


def still_open() -> list[OpenNote]:
    """The notes that are not done, the newest first."""
    return protocol_notes.still_open(reading())


def is_about(note: OpenNote, words: str) -> bool:
    """Whether a note begins with exactly these words, as one that was made of them does."""
    head, rest = note.words[: len(words)], note.words[len(words) :]
    return bool(words) and head == words and rest[:1] in ("", ":")


def add(with_: Collaborators, by: SignedIn, words: str) -> int:
    """Note words of a question or a remark; returns the note's id."""
    now = with_.clock.now()
    with writing() as writer:
        note_id = protocol_notes.add(writer, words, by.account_id, now)
        audit.record(writer, now, by.account_id, "protocol-note", ("protocol-note", note_id))
    return note_id


def mark_done(with_: Collaborators, by: SignedIn, note_id: int) -> None:
    """A note has served its time. Raises NotFoundError where there is no open one."""
    now = with_.clock.now()
    with writing() as writer:
        if not protocol_notes.mark_done(writer, note_id, now):
            raise NotFoundError
        audit.record(writer, now, by.account_id, "protocol-note-done", ("protocol-note", note_id))


def reopen(with_: Collaborators, by: SignedIn, note_id: int) -> None:
    """A note was not done after all. Raises NotFoundError where there is no done one."""
    now = with_.clock.now()
    with writing() as writer:
        if not protocol_notes.reopen(writer, note_id):
            raise NotFoundError
        audit.record(writer, now, by.account_id, "protocol-note-open", ("protocol-note", note_id))
