"""Telling what is due: into the inbox, and onto the way to every device, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.errors import UnknownTimeZoneError
from webapp.domain.notices import AT_ANY_HOUR, PROOFS, NoticeKind
from webapp.domain.quiet import QuietHours
from webapp.persistence import holding, loading, notices, sending, telling
from webapp.persistence.database import reading, writing
from webapp.persistence.loading import PENDING
from webapp.persistence.telling import Device, DueNotice, Preference
from webapp.services.claiming import BAD_ROW_SPAN
from webapp.services.ports import Collaborators
from webapp.services.proving import prove

MOST_ACCOUNTS = 200
UTC_ZONE = "UTC"
log = structlog.get_logger("notices")


class Told(NamedTuple):
    """What one round did: notices in the inbox, notices no longer true, deliveries begun."""

    told: int
    superseded: int
    deliveries: int


def tell_due(with_: Collaborators, now: datetime, most: int = MOST_ACCOUNTS) -> Told | None:
    """Tell what is due for the accounts that wait longest; None where nothing is.

    What falls due together for one account becomes one delivery to each of its devices.
    """
    try:
        with writing() as writer:
            return _tell(writer, telling.due_accounts(writer, now, most), now)
    except OperationalError:
        raise
    except Exception:
        log.exception("something due cannot be told; everything is told singly")
        return _tell_singly(now, most)


def _tell_singly(now: datetime, most: int) -> Told | None:
    """One bad row must not stop the others: it is put off, and the owner is told."""
    accounts = telling.due_accounts(reading(), now, most)
    every = []
    for notice_id, account_id in telling.due_ids(reading(), accounts, now):
        try:
            with writing() as writer:
                told = _tell(writer, [account_id], now, notice_id)
            every += [told] if told else []
        except OperationalError:
            raise
        except Exception:
            log.exception("a notice cannot be told", notice=notice_id)
            with writing() as writer:
                telling.put_off(writer, notice_id, now + BAD_ROW_SPAN)
                sending.note(writer, mistake_at=now)
    return Told(*map(sum, zip(*every, strict=True))) if every else None


def _tell(
    writer: Session, accounts: Sequence[int], now: datetime, only_id: int | None = None
) -> Told | None:
    account_ids = holding.free_accounts(writer, accounts)
    busy = holding.busy_courses(writer, telling.courses_due(account_ids, now))
    found = telling.due_notices(writer, account_ids, now, only_id) if account_ids else []
    due = [notice for notice in found if notice.course_id not in busy]
    if not due:
        return None
    true, untrue = prove(writer, due, now)
    notices.supersede(writer, untrue)
    preferences = telling.preferences_of(writer, account_ids)
    pushed, kept = _sorted_out(true, preferences, now)
    telling.note_told(writer, [n.id for n in pushed], now, is_inbox_only=False)
    telling.note_told(writer, [n.id for n in kept], now, is_inbox_only=True)
    telling.note_seen_changed(writer, account_ids)
    begun = _Loading(writer, preferences, now).load(pushed)
    return Told(len(true), len(untrue), begun)


def _sorted_out(
    true: Sequence[DueNotice], preferences: Mapping[int, Preference], now: datetime
) -> tuple[list[DueNotice], list[DueNotice]]:
    """Those that are pushed, and those that stay in the inbox: too late, or not wanted."""
    pushed: list[DueNotice] = []
    kept: list[DueNotice] = []
    for notice in true:
        preference = preferences.get(notice.account_id)
        is_muted = preference is not None and notice.kind in preference.muted
        (kept if is_muted or notice.expires_at <= now else pushed).append(notice)
    return pushed, kept


class _Load(NamedTuple):
    """What one device is to get, and when: due and of use until (UTC)."""

    device: Device
    notices: list[DueNotice]
    due_at: datetime
    expires_at: datetime


class _Loading:
    """Notices on their way into deliveries."""

    def __init__(
        self, writer: Session, preferences: Mapping[int, Preference], now: datetime
    ) -> None:
        self._writer = writer
        self._preferences = preferences
        self._now = now
        self._default_zone = telling.default_zone(writer) or UTC_ZONE

    def load(self, pushed: Sequence[DueNotice]) -> int:
        """One delivery for each device with the notices meant for it; returns how many are new.

        A delivery that still waits for the device takes them along.
        """
        loads = self._loads(pushed)
        waiting = loading.waiting_deliveries(
            self._writer, [load.device.subscription_id for load in loads], self._now
        )
        fresh = [load for load in loads if load.device.subscription_id not in waiting]
        carriers = loading.add_deliveries(self._writer, [self._row(load) for load in fresh])
        for load in loads:
            delivery_id = waiting.get(load.device.subscription_id)
            if delivery_id is not None:
                loading.bring_forward(self._writer, delivery_id, load.due_at, load.expires_at)
        carriers |= waiting
        pairs = [
            (carriers[load.device.subscription_id], n.id) for load in loads for n in load.notices
        ]
        loading.load_on(self._writer, pairs, set(waiting.values()))
        return len(fresh)

    def _loads(self, pushed: Sequence[DueNotice]) -> list[_Load]:
        by_account: dict[int, list[DueNotice]] = defaultdict(list)
        for notice in pushed:
            by_account[notice.account_id].append(notice)
        loads = []
        for device in telling.devices_of(self._writer, by_account):
            meant = [n for n in by_account[device.account_id] if _is_meant_for(device, n)]
            if meant:
                expires_at = max(notice.expires_at for notice in meant)
                loads.append(_Load(device, meant, self._due_at(device, meant), expires_at))
        return loads

    def _due_at(self, device: Device, meant: Sequence[DueNotice]) -> datetime:
        """Now, or when the device's quiet hours end."""
        if any(NoticeKind(notice.kind) in AT_ANY_HOUR for notice in meant):
            return self._now
        found = self._preferences.get(device.account_id)
        quiet = QuietHours(found.quiet_from, found.quiet_until) if found else QuietHours()
        zone = _zone(device.zone or meant[0].zone or self._default_zone)
        return quiet.end_after(self._now, zone) or self._now

    def _row(self, load: _Load) -> dict[str, Any]:
        return {
            "account_id": load.device.account_id,
            "subscription_id": load.device.subscription_id,
            "origin": load.device.origin,
            "state": PENDING,
            "due_at": load.due_at,
            "expires_at": load.expires_at,
            "attempts": 0,
            "created_at": self._now,
        }


def _is_meant_for(device: Device, notice: DueNotice) -> bool:
    """A proof that one device receives goes to that one alone."""
    if NoticeKind(notice.kind) not in PROOFS:
        return True
    return bool(notice.content.get("subscription_id") == device.subscription_id)


def _zone(name: str) -> ZoneInfo:
    try:
        return zone_named(name)
    except UnknownTimeZoneError:
        return zone_named(UTC_ZONE)
