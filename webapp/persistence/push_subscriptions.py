"""Push subscriptions: at most one a login, none of a login that has ended."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from webapp.domain import pushes
from webapp.persistence.tables import Delivery, LoginRecord, PushSubscription

MOST_PER_ACCOUNT = 10
PENDING, CLAIMED, SUPERSEDED = "pending", "claimed", "superseded"
# What is left of a subscription that its holder turned off from elsewhere: its device may still
# offer it, and must not be turned on again by that.
TURNED_OFF = {"endpoint": "", "origin": "", "p256dh": "", "auth": "", "key_id": ""}


class Holder(NamedTuple):
    """Whose device it is, and by which login."""

    account_id: int
    login_id: int


class Device(NamedTuple):
    """A subscription as its holder sees it. `is_disabled`: it was made with a key that its push
    service does not take from us."""

    id: int
    login_id: int
    device: str
    key_id: str
    created_at: datetime
    seen_at: datetime
    is_disabled: bool


def hold_login(writer: Session, holder: Holder) -> bool:
    """Whether this login lives; until the transaction ends nobody can end it, nor subscribe."""
    login = select(LoginRecord.id).where(
        LoginRecord.id == holder.login_id,
        LoginRecord.account_id == holder.account_id,
        LoginRecord.ended_at.is_(None),
    )
    return writer.scalar(login.with_for_update()) is not None


def find(reader: Session, endpoint: str) -> PushSubscription | None:
    """The subscription with this endpoint, whoever holds it, turned off or not."""
    return reader.scalars(
        select(PushSubscription).where(PushSubscription.endpoint_hash == _hash_of(endpoint))
    ).one_or_none()


def of_login(reader: Session, login_id: int) -> PushSubscription | None:
    """The subscription of this login, turned off or not."""
    return reader.scalars(
        select(PushSubscription)
        .where(PushSubscription.login_id == login_id)
        .order_by(PushSubscription.seen_at.desc(), PushSubscription.id.desc())
        .limit(1)
    ).one_or_none()


def is_turned_off(row: PushSubscription) -> bool:
    """Whether its holder turned it off and its device has not been turned on since."""
    return not row.endpoint


def store(
    writer: Session, holder: Holder, found: pushes.PushSubscription, origin: str, at: datetime
) -> int:
    """Let this login receive there; returns the subscription's id.

    One endpoint has one holder, one login has one endpoint, and of an eleventh device of an
    account the one that was not seen for longest goes.
    """
    row = find(writer, found.endpoint)
    if row is not None and (row.account_id != holder.account_id or is_turned_off(row)):
        remove(writer, [row.id], at)
        row = None
    if row is None:
        row = PushSubscription(endpoint_hash=_hash_of(found.endpoint), created_at=at)
        writer.add(row)
    row.account_id, row.login_id = holder
    row.endpoint, row.origin = found.endpoint, origin
    row.p256dh, row.auth, row.key_id = found.p256dh, found.auth, found.key_id
    row.seen_at, row.disabled_at = at, None
    writer.flush()
    _replace_others_of_login(writer, row, at)
    _keep_the_newest(writer, holder.account_id, at)
    return row.id


def _replace_others_of_login(writer: Session, row: PushSubscription, at: datetime) -> None:
    """What is on its way to the same device's older address goes to the new one."""
    older = writer.scalars(
        select(PushSubscription.id).where(
            PushSubscription.login_id == row.login_id, PushSubscription.id != row.id
        )
    )
    ids = list(older)
    if ids:
        writer.execute(
            update(Delivery)
            .where(Delivery.subscription_id.in_(ids), Delivery.state == PENDING)
            .values(subscription_id=row.id, origin=row.origin)
        )
        remove(writer, ids, at)


def _keep_the_newest(writer: Session, account_id: int, at: datetime) -> None:
    by_age = (PushSubscription.seen_at.desc(), PushSubscription.id.desc())
    on = select(PushSubscription.id).where(*_is_on(account_id)).order_by(*by_age)
    remove(writer, list(writer.scalars(on.offset(MOST_PER_ACCOUNT))), at)


def see(writer: Session, row: PushSubscription, login_id: int, at: datetime) -> None:
    """Its device said, signed in by this login, that it still receives there."""
    row.login_id, row.seen_at = login_id, at
    writer.flush()
    _replace_others_of_login(writer, row, at)


def devices_of(reader: Session, account_id: int) -> list[Device]:
    """The account's devices that were turned on, the latest seen first."""
    rows = reader.execute(
        select(
            PushSubscription.id,
            PushSubscription.login_id,
            LoginRecord.device,
            PushSubscription.key_id,
            PushSubscription.created_at,
            PushSubscription.seen_at,
            PushSubscription.disabled_at.is_not(None),
        )
        .join(LoginRecord, LoginRecord.id == PushSubscription.login_id)
        .where(*_is_on(account_id))
        .order_by(PushSubscription.seen_at.desc(), PushSubscription.id.desc())
    )
    return [Device(*row) for row in rows]


def is_own(reader: Session, account_id: int, subscription_id: int) -> bool:
    """Whether it is a device of this account that was turned on."""
    one = select(PushSubscription.id).where(
        *_is_on(account_id), PushSubscription.id == subscription_id
    )
    return reader.scalar(one) is not None


def turn_off(writer: Session, ids: Sequence[int], at: datetime) -> None:
    """Forget where these receive; only that each was turned off is remembered."""
    forgotten = update(PushSubscription).where(PushSubscription.id.in_(ids))
    writer.execute(forgotten.values(disabled_at=at, **TURNED_OFF))
    _supersede_deliveries(writer, ids, at)


def turn_off_all(writer: Session, account_id: int, at: datetime) -> None:
    """The same for every device of an account."""
    on = select(PushSubscription.id).where(*_is_on(account_id))
    turn_off(writer, list(writer.scalars(on)), at)


def move(writer: Session, old_login_id: int, new_login_id: int) -> None:
    """The same person signed in again in the same browser: what receives there stays."""
    moved = update(PushSubscription).where(PushSubscription.login_id == old_login_id)
    writer.execute(moved.values(login_id=new_login_id))


def remove_of_logins(writer: Session, login_ids: Sequence[int], at: datetime) -> None:
    """Logins have ended: nothing is sent to their devices any more."""
    of_them = PushSubscription.login_id.in_(login_ids)
    remove(writer, list(writer.scalars(select(PushSubscription.id).where(of_them))), at)


def remove(writer: Session, ids: Sequence[int], at: datetime) -> None:
    """Delete subscriptions, and let nothing be sent that was on its way to them."""
    if ids:
        writer.execute(delete(PushSubscription).where(PushSubscription.id.in_(ids)))
        _supersede_deliveries(writer, ids, at)


def _supersede_deliveries(writer: Session, ids: Sequence[int], at: datetime) -> None:
    """Also those in a worker's hands: what it makes of them is settled for nobody any more."""
    writer.execute(
        update(Delivery)
        .where(Delivery.subscription_id.in_(ids), Delivery.state.in_((PENDING, CLAIMED)))
        .values(state=SUPERSEDED, settled_at=at, claimed_by=None)
    )


def _is_on(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return (PushSubscription.account_id == account_id, PushSubscription.endpoint != "")


def _hash_of(endpoint: str) -> bytes:
    return hashlib.sha256(endpoint.encode()).digest()
