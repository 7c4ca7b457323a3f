"""Clients: find, add, read, edit."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from webapp.domain.codes import ALPHABET
from webapp.domain.people import SignedIn
from webapp.domain.readable import is_readable
from webapp.persistence import audit, clients
from webapp.persistence.clients import ClientFile, ClientLine, ClientValues
from webapp.persistence.database import reading, writing
from webapp.services import courses
from webapp.services.courses import NewCourse
from webapp.services.errors import ChangedMeanwhileError, NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["ClientFile", "ClientLine"]

CODE_LENGTH = 5
LONGEST_NAME = 200
LONGEST_NOTE = 2000
LONGEST_SEARCH = 100
LINES_OF_TEXT = "\n\t"


class ClientFault(StrEnum):
    """What is wrong with what was entered."""

    NAME_MISSING = "name-missing"
    NAME_TOO_LONG = "name-too-long"
    NAME_UNREADABLE = "name-unreadable"
    PHONE_WRONG = "phone-wrong"
    NOTE_TOO_LONG = "note-too-long"
    NOTE_UNREADABLE = "note-unreadable"
    LOCATION_UNKNOWN = "location-unknown"


class ClientRefused(Exception):  # noqa: N818
    """What was entered cannot be kept; `code` says why."""

    def __init__(self, code: ClientFault) -> None:
        super().__init__(code)
        self.code = code


class UnknownClient(NotFoundError):  # noqa: N818
    """There is no such client."""


class StaleClient(ChangedMeanwhileError):  # noqa: N818
    """Somebody changed the client since the form was opened."""


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as entered. `phone`: international with +, or local; may be empty."""

    name: str
    phone: str
    location_id: int
    note: str = ""


def search(prefix: str, limit: int = 50, by: SignedIn | None = None) -> list[ClientLine]:
    """Clients by the beginnings of the words of their name, by phone or by code, in the order of
    names. Nothing typed: all, up to the limit. The owner finds those too whose record is
    restricted."""
    typed = "".join(sign for sign in prefix[:LONGEST_SEARCH] if is_readable(sign))
    return clients.search(reading(), typed, limit, by is not None and by.is_owner)


def read(client_id: int) -> ClientFile | None:
    """One client, or None; also where the record is restricted."""
    return clients.read(reading(), client_id)


def read_for_owner(by: SignedIn, client_id: int) -> ClientFile:
    """One client, also one whose record is restricted. Raises NotFoundError for anybody but the
    owner."""
    found = clients.read(reading(), client_id, with_restricted=True) if by.is_owner else None
    if found is None:
        raise NotFoundError
    return found


def add(with_: Collaborators, by: SignedIn, new: NewClient) -> int:
    """Add a client with an account and a fresh code; returns the id. Raises ClientRefused."""
    with writing() as writer:
        return _add(writer, with_, by, new)


def add_with_course(
    with_: Collaborators, by: SignedIn, new: NewClient, course: NewCourse
) -> tuple[int, int]:
    """Add a client together with a course, its past sessions included: both or neither.

    The course's own `client_id` is not looked at. Returns the ids of client and course. Raises
    ClientRefused, EditRefused, UnknownCourse.
    """
    with writing() as writer:
        client_id = _add(writer, with_, by, new)
        course = replace(course, client_id=client_id)
        return client_id, courses.begin_within(writer, with_, by, course)


def edit(
    with_: Collaborators, by: SignedIn, client_id: int, expected_version: int, new: NewClient
) -> None:
    """Give a client new values. Raises ClientRefused, StaleClient, UnknownClient."""
    with writing() as writer:
        if clients.read(writer, client_id) is None:
            raise UnknownClient
        values = _checked(writer, with_, new)
        if not clients.change(writer, client_id, expected_version, values):
            raise StaleClient
        now = with_.clock.now()
        audit.record(writer, now, by.account_id, "client-edit", ("client", client_id))


def _add(writer: Session, with_: Collaborators, by: SignedIn, new: NewClient) -> int:
    now = with_.clock.now()
    client_id = clients.add(writer, _checked(writer, with_, new), _fresh_code(writer), now)
    audit.record(writer, now, by.account_id, "client-add", ("client", client_id))
    return client_id


def _fresh_code(writer: Session) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not clients.has_code(writer, code):
            return code


def _checked(writer: Session, with_: Collaborators, new: NewClient) -> ClientValues:
    if not clients.has_location(writer, new.location_id):
        raise ClientRefused(ClientFault.LOCATION_UNKNOWN)
    phone = with_.phones.normalised(new.phone) if new.phone.strip() else ""
    if phone is None:
        raise ClientRefused(ClientFault.PHONE_WRONG)
    return ClientValues(_name(new.name), phone, new.location_id, _note(new.note))


def _name(typed: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(name) > LONGEST_NAME:
        raise ClientRefused(ClientFault.NAME_TOO_LONG)
    if not is_readable(name):
        raise ClientRefused(ClientFault.NAME_UNREADABLE)
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in name):
        raise ClientRefused(ClientFault.NAME_MISSING)
    return name


def _note(typed: str) -> str:
    note = typed.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise ClientRefused(ClientFault.NOTE_TOO_LONG)
    if not is_readable(note, LINES_OF_TEXT):
        raise ClientRefused(ClientFault.NOTE_UNREADABLE)
    return note
