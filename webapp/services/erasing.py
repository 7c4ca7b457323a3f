"""Erasing one client's record, or restricting it where the law obliges the clinic to keep it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.domain.photo_faults import StoreUnreachableError
from webapp.domain.readable import is_readable
from webapp.persistence import audit, clients, erasing
from webapp.persistence.clients import ClientFile, folded
from webapp.persistence.database import reading, writing
from webapp.persistence.erasing import TombstoneRow
from webapp.services.errors import NotFoundError
from webapp.services.notice_report import account_of
from webapp.services.ports import Collaborators

__all__ = ["TombstoneRow"]

SHORTEST_REASON, LONGEST_REASON = 3, 500
# A word of the name as short as this may be a word of any reason.
SHORTEST_NAME = 3
log = structlog.get_logger("clients")


class Ending(StrEnum):
    """What the owner decides."""

    ERASED = "erased"
    RESTRICTED = "restricted"


class ErasingFault(StrEnum):
    """What is wrong with the reason."""

    REASON_LENGTH = "reason-length"
    REASON_NAMES = "reason-names"


class ErasingRefused(Exception):  # noqa: N818
    """The reason cannot be kept; `code` says why."""

    def __init__(self, code: ErasingFault) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reapplied:
    """How many decisions are known, and how many had to be done again."""

    known: int
    erased: int
    restricted: int


def erase(with_: Collaborators, by: SignedIn | None, client_id: int, reason: str) -> None:
    """Remove everything of a client for good, and keep why; `by` is None at the terminal.

    Rows go in one transaction, the photos' bytes after it: what a failure leaves of them, the
    sweep finds. Raises NotFoundError for anybody but the owner, ErasingRefused, and OSError where
    the tombstone could not be written beside the database: the record is gone then all the same.
    """
    keys = _decide(with_, by, client_id, (Ending.ERASED, reason))
    _write_down(with_)
    _remove(with_, keys)


def restrict(with_: Collaborators, by: SignedIn | None, client_id: int, reason: str) -> None:
    """Keep a client's record and let nobody use it. Raises as `erase` does."""
    _decide(with_, by, client_id, (Ending.RESTRICTED, reason))
    _write_down(with_)


def reapply(with_: Collaborators) -> Reapplied:
    """After an older copy of the database was put back: do again what was decided since.

    Decisions are taken from the file beside the database and from the database. Done twice,
    nothing changes.
    """
    now = with_.clock.now()
    in_file = [_row(line) for line in with_.tombstones.lines()]
    known = list(dict.fromkeys([*in_file, *erasing.tombstones(reading())]))
    done: dict[str, int] = {Ending.ERASED: 0, Ending.RESTRICTED: 0}
    keys: list[str] = []
    with writing() as writer:
        for row in known:
            erasing.add_tombstone(writer, row)
            client_id = erasing.marks(writer).get(row.mark)
            client = None if client_id is None else _open_to(writer, client_id, row.kind)
            if client is not None:
                keys += _end(writer, client.id, (row.kind, now, None))
                done[row.kind] += 1
    _write_down(with_)
    _remove(with_, keys)
    return Reapplied(len(known), done[Ending.ERASED], done[Ending.RESTRICTED])


def client_named(client: str) -> int:
    """A client's id by code or number. Raises NotFoundError."""
    return clients.of_account(reading(), account_of(client))


def decision_on(client: ClientFile) -> TombstoneRow | None:
    """Why and since when a client's record is restricted; None where it is not."""
    mark = erasing.mark_of(client.code, client.created_at)
    found = [row for row in erasing.tombstones(reading()) if row.mark == mark]
    return found[-1] if found and client.is_disabled else None


def _decide(
    with_: Collaborators, by: SignedIn | None, client_id: int, what: tuple[Ending, str]
) -> list[str]:
    now, (kind, typed) = with_.clock.now(), what
    with writing() as writer:
        is_there = (by is None or by.is_owner) and erasing.hold(writer, client_id)
        client = _open_to(writer, client_id, kind) if is_there else None
        if client is None:
            raise NotFoundError
        mark = erasing.mark_of(client.code, client.created_at)
        reason = _checked(typed, client.name)
        erasing.add_tombstone(writer, TombstoneRow(mark, kind.value, reason, now))
        return _end(writer, client_id, (kind.value, now, by.account_id if by else None))


def _open_to(writer: Session, client_id: int, kind: str) -> ClientFile | None:
    """The client, if this can still be done: what is restricted may be erased, and is not
    restricted twice."""
    client = clients.read(writer, client_id, with_restricted=True)
    is_open = client is not None and (kind == Ending.ERASED or not client.is_disabled)
    return client if is_open else None


def _end(writer: Session, client_id: int, what: tuple[str, datetime, int | None]) -> list[str]:
    kind, now, actor = what
    keys: list[str] = []
    if kind == Ending.ERASED:
        keys = erasing.erase(writer, client_id, now)
    else:
        erasing.restrict(writer, client_id, now)
    audit.record(writer, now, actor, f"client-{kind}", ("client", client_id))
    return keys


def _checked(typed: str, name: str) -> str:
    """A reason outlives the record: it must not carry the name along."""
    readable = (sign if is_readable(sign) else " " for sign in typed)
    reason = " ".join("".join(readable).split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ErasingRefused(ErasingFault.REASON_LENGTH)
    words = set(re.findall(r"\w+", folded(reason)))
    if any(len(w) >= SHORTEST_NAME and w in words for w in re.findall(r"\w+", folded(name))):
        raise ErasingRefused(ErasingFault.REASON_NAMES)
    return reason


def _remove(with_: Collaborators, keys: list[str]) -> None:
    """Nothing leads to these bytes any more: where the store does not answer, the sweep will find
    them."""
    try:
        with_.objects.remove(keys)
    except StoreUnreachableError:
        log.warning("bytes are left to the sweep", objects=len(keys))


def _write_down(with_: Collaborators) -> None:
    """Let the file hold every decision of the database: one that a failure kept from it too."""
    there = set(with_.tombstones.lines())
    reading().rollback()
    lines = [_line(row) for row in erasing.tombstones(reading())]
    with_.tombstones.add([line for line in lines if line not in there])


def _line(row: TombstoneRow) -> str:
    said = {"client": row.mark.hex(), "kind": row.kind, "at": row.at.isoformat()}
    return json.dumps(said | {"reason": row.reason}, ensure_ascii=False)


def _row(line: str) -> TombstoneRow:
    said = json.loads(line)
    at = datetime.fromisoformat(said["at"])
    return TombstoneRow(bytes.fromhex(said["client"]), said["kind"], said["reason"], at)
