"""Erasing and restricting one client's record, and the tombstones that are left of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from webapp.domain.invitations import InvitationKind
from webapp.persistence import invitations, login_records, notices, photos
from webapp.persistence.client_rows import OF_ACCOUNT, OF_CLIENT, OF_COURSE, account_id, belongs
from webapp.persistence.tables import (
    Account,
    Client,
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    Invitation,
    Notice,
    Photo,
    PhotoRequest,
    Tombstone,
)

NO_SYNC = {"synchronize_session": False}


class TombstoneRow(NamedTuple):
    """A decision. `mark` knows the client again; `kind`: erased or restricted; `at` is UTC."""

    mark: bytes
    kind: str
    reason: str
    at: datetime


def mark_of(code: str, created_at: datetime) -> bytes:
    """By what a client is known again in an older copy of the database: a SHA-256 of the code and
    the instant they were added. Ids will not do: a copy may give them to somebody else."""
    return hashlib.sha256(f"{code} {int(created_at.timestamp())}".encode()).digest()


def marks(reader: Session) -> dict[bytes, int]:
    """Every client that is not erased, by mark."""
    rows = select(Client.id, Client.code, Account.created_at).join(
        Account, Account.id == Client.account_id
    )
    found = reader.execute(rows.where(Client.search_name != ""))
    return {mark_of(code, created_at): id_ for id_, code, created_at in found}


def tombstones(reader: Session) -> list[TombstoneRow]:
    """Every decision, the oldest first."""
    columns = (Tombstone.client_mark, Tombstone.kind, Tombstone.reason, Tombstone.at)
    return [TombstoneRow(*row) for row in reader.execute(select(*columns).order_by(Tombstone.id))]


def add_tombstone(writer: Session, row: TombstoneRow) -> None:
    """Keep a decision; one that is there already stays as it is."""
    same = (Tombstone.client_mark == row.mark, Tombstone.kind == row.kind)
    if writer.scalar(select(Tombstone.id).where(*same)) is None:
        writer.add(Tombstone(client_mark=row.mark, kind=row.kind, reason=row.reason, at=row.at))


def hold(writer: Session, client_id: int) -> bool:
    """Hold a client's row until the transaction ends; False where there is none, or no more."""
    client = select(Client.id).where(Client.id == client_id, Client.search_name != "")
    return writer.scalar(client.with_for_update()) is not None


def restrict(writer: Session, client_id: int, at: datetime) -> None:
    """Nobody signs in, nothing is sent, every photo is locked; what is stored stays."""
    account = account_id(writer, client_id)
    writer.execute(update(Account).where(Account.id == account).values(disabled_at=at))
    login_records.end_all(writer, account, at)
    invitations.revoke_all(writer, account, list(InvitationKind), at)
    waiting = belongs(Notice, client_id, account) & (Notice.state == notices.PLANNED)
    notices.supersede(writer, list(writer.scalars(select(Notice.id).where(waiting))))
    ids = list(writer.scalars(select(Photo.id).where(Photo.client_id == client_id)))
    photos.change(writer, ids, locked_at=at)
    asked = update(PhotoRequest).where(
        PhotoRequest.client_id == client_id, PhotoRequest.answered_at.is_(None)
    )
    writer.execute(asked.values(cancelled_at=at).execution_options(**NO_SYNC))


def erase(writer: Session, client_id: int, at: datetime) -> list[str]:
    """Remove everything of a client; returns the keys of the photos' objects.

    Two empty rows stay, so that an id in the audit never comes to mean somebody else.
    """
    account = account_id(writer, client_id)
    ids = list(writer.scalars(select(Photo.id).where(Photo.client_id == client_id)))
    keys = photos.remove(writer, ids)
    _erase_notices(writer, client_id, account)
    _remove(writer, Invitation, Invitation.made_by == account)
    for table in (*OF_COURSE, *OF_CLIENT, *OF_ACCOUNT):
        _remove(writer, table, belongs(table, client_id, account))
    nobody = {"name": "", "email": None, "password_hash": None, "disabled_at": at}
    writer.execute(update(Account).where(Account.id == account).values(**nobody))
    empty = {"code": f"-{client_id}", "search_name": "", "phone": "", "note": ""}
    row = update(Client).where(Client.id == client_id)
    writer.execute(row.values(version=Client.version + 1, **empty).execution_options(**NO_SYNC))
    return keys


def _erase_notices(writer: Session, client_id: int, account: int) -> None:
    """Those to staff about the client too. A message to staff that carries nothing else goes with
    them; one that does stays, without."""
    which = belongs(Notice, client_id, account)
    ids = select(Notice.id).where(which)
    links = select(DeliveryNotice.delivery_id).where(DeliveryNotice.notice_id.in_(ids))
    carrying = list(writer.scalars(links.distinct()))
    own = select(Delivery.id).where(Delivery.account_id == account)
    _remove(writer, DeliveryAttempt, DeliveryAttempt.delivery_id.in_(own))
    of_own = DeliveryNotice.delivery_id.in_(own)
    _remove(writer, DeliveryNotice, of_own | DeliveryNotice.notice_id.in_(ids))
    is_empty = ~exists().where(DeliveryNotice.delivery_id == Delivery.id)
    _remove(writer, Delivery, Delivery.id.in_(carrying) & is_empty)
    _remove(writer, Delivery, Delivery.account_id == account)
    _remove(writer, Notice, which)


def _remove(writer: Session, table: Any, which: ColumnElement[bool]) -> None:
    writer.execute(delete(table).where(which).execution_options(**NO_SYNC))
