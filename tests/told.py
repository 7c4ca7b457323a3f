"""Notices, devices and deliveries put into their tables as planning and sending would."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from webapp.domain.notices import ENGINE_VERSION, NoticeKind
from webapp.persistence.database import writing
from webapp.persistence.tables import (
    Account,
    Delivery,
    DeliveryNotice,
    LoginRecord,
    Notice,
    PushOrigin,
    PushSubscription,
    Sending,
)

ORIGIN = "https://updates.push.services.mozilla.com"
WATER = {"activities": dict.fromkeys(("wash-hair", "wash-water", "wet-scalp"), "limited")}


def _notice(account_id: int, kind: NoticeKind, at: datetime, values: Mapping[str, Any]) -> int:
    row = Notice(account_id=account_id, kind=kind.value, at=at)
    defaults: dict[str, Any] = {
        "course_id": None,
        "due_at": at,
        "expires_at": at + timedelta(days=3),
        "content": {},
        "course_version": 1,
        "engine_version": ENGINE_VERSION,
        "planned_at": at,
    }
    for name, value in (defaults | dict(values)).items():
        setattr(row, name, value)
    with writing() as writer:
        writer.add(row)
        row.dedup_key = secrets.token_hex(16)
        writer.flush()
        return row.id


def tell(account_id: int, kind: NoticeKind, at: datetime, **values: Any) -> int:
    """A notice that stands in the account's inbox since `at`, or since `told_at`."""
    return _notice(account_id, kind, at, {"state": "told", "told_at": at} | values)


def plan(account_id: int, kind: NoticeKind, at: datetime, **values: Any) -> int:
    """A notice that is still to be told."""
    return _notice(account_id, kind, at, {"state": "planned"} | values)


def subscribe(account_id: int, seen_at: datetime, **values: Any) -> int:
    """A device that receives for this account."""
    row = PushSubscription(account_id=account_id, seen_at=seen_at, created_at=seen_at)
    defaults = {"origin": ORIGIN, "endpoint": ORIGIN, "p256dh": "", "auth": "", "key_id": "k"}
    for name, value in (defaults | values).items():
        setattr(row, name, value)
    with writing() as writer:
        login = LoginRecord(account_id=account_id, device="Phone", created_at=seen_at)
        login.seen_at, login.token_hash = seen_at, secrets.token_bytes(32)
        writer.add(login)
        writer.flush()
        row.login_id = login.id
        row.endpoint_hash = secrets.token_bytes(32)
        writer.add(row)
        writer.flush()
        return row.id


def deliver(account_id: int, state: str, at: datetime, *notice_ids: int, **values: Any) -> int:
    """A delivery of these notices that stands so since `at`."""
    settled_at = None if state in ("pending", "claimed") else at
    row = Delivery(account_id=account_id, state=state, due_at=at, created_at=at)
    defaults = {"subscription_id": 1, "origin": ORIGIN, "settled_at": settled_at, "attempts": 1}
    for name, value in (defaults | {"expires_at": at + timedelta(days=3)} | values).items():
        setattr(row, name, value)
    with writing() as writer:
        writer.add(row)
        writer.flush()
        links = [DeliveryNotice(delivery_id=row.id, notice_id=one) for one in notice_ids]
        writer.add_all(links)
        return row.id


def beat(at: datetime, **values: Any) -> None:
    """The worker's sign of life."""
    with writing() as writer:
        row = writer.get(Sending, 1) or Sending(id=1)
        for name, value in ({"beat_at": at} | values).items():
            setattr(row, name, value)
        writer.add(row)


def refuse(origin: str, at: datetime | None) -> None:
    """A push service that refuses us since then, or works again."""
    with writing() as writer:
        writer.add(PushOrigin(origin=origin, refused_at=at))


def disable(account_id: int, at: datetime) -> None:
    """Nobody signs in with this account any more."""
    with writing() as writer:
        account = writer.get(Account, account_id)
        assert account is not None
        account.disabled_at = at
