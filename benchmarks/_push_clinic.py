"""A clinic whose clients' water ban lifts just now, each with a course and a phone of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from tests.gateways.push.phone import Phone
from webapp.domain.notices import ENGINE_VERSION
from webapp.persistence.database import Model, writing
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Location,
    LoginRecord,
    Notice,
    PushSubscription,
    TreatmentSession,
)

NOW = datetime(2026, 3, 7, 12, 30, tzinfo=UTC)
LENGTH = timedelta(hours=3, minutes=30)
LIFT_SPAN = timedelta(days=5)
LIFTED = {"wash-hair": "limited", "wash-water": "limited", "wet-scalp": "limited"}
Row = dict[str, Any]


def open_clinic(clients: int, origin: str, key_id: str) -> None:
    """Fill the empty database with clients numbered from 1; every lift is due by `NOW`."""
    numbers = range(1, clients + 1)
    place = {"id": 1, "name": "Marina", "opening_hours": [], "time_zone": "Asia/Dubai"}
    _insert(Location, iter([place | {"address": "", "phone": "", "version": 1}]))
    _insert(Account, map(_account, numbers))
    _insert(Client, map(_client, numbers))
    _insert(LoginRecord, map(_login, numbers))
    _insert(Course, map(_course, numbers))
    _insert(TreatmentSession, map(_session, numbers))
    _insert(PushSubscription, (_subscription(number, origin, key_id) for number in numbers))
    _insert(Notice, map(_notice, numbers))


def _insert(table: type[Model], rows: Iterator[Row]) -> None:
    with writing() as writer:
        writer.execute(insert(table), list(rows))


def _lifts_at(number: int) -> datetime:
    return NOW - timedelta(seconds=number % 600)


def _account(number: int) -> Row:
    return {"id": number, "role": "client", "name": f"Client {number}", "created_at": NOW}


def _client(number: int) -> Row:
    names = {"code": f"C{number}", "search_name": "", "phone": "", "note": ""}
    return {"id": number, "account_id": number, "location_id": 1, **names}


def _login(number: int) -> Row:
    return {
        "id": number,
        "token_hash": _digest(f"login {number}"),
        "account_id": number,
        "device": "A phone",
        "time_zone": "Asia/Dubai" if number % 4 else "Europe/Sofia",
        "created_at": NOW,
        "seen_at": NOW,
    }


def _course(number: int) -> Row:
    return {
        "id": number,
        "client_id": number,
        "location_id": 1,
        "kind": "regular",
        "protocol_id": "smp",
        "protocol_version": 1,
        "planned_sessions": 3,
        "is_last_confirmed": False,
        "version": 3,
        "created_at": NOW,
    }


def _session(number: int) -> Row:
    ended_at = _lifts_at(number) - LIFT_SPAN
    times = {"starts_at": ended_at - LENGTH, "ended_at": ended_at}
    return {"course_id": number, "number": 1, "status": "performed", **times}


def _subscription(number: int, origin: str, key_id: str) -> Row:
    phone = Phone().subscription(f"{origin}/send/{number}", key_id)
    return {
        "id": number,
        "account_id": number,
        "login_id": number,
        "endpoint_hash": _digest(phone.endpoint),
        "endpoint": phone.endpoint,
        "origin": origin,
        "p256dh": phone.p256dh,
        "auth": phone.auth,
        "key_id": key_id,
        "created_at": NOW,
        "seen_at": NOW,
    }


def _notice(number: int) -> Row:
    at = _lifts_at(number)
    return {
        "dedup_key": f"{number}/{number}/lift/-/{int(at.timestamp())}",
        "account_id": number,
        "course_id": number,
        "kind": "lift",
        "at": at,
        "due_at": at,
        "expires_at": at + timedelta(days=2),
        "state": "planned",
        "content": {"activities": LIFTED},
        "course_version": 3,
        "engine_version": ENGINE_VERSION,
        "planned_at": at - LIFT_SPAN,
        "is_inbox_only": False,
    }


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
