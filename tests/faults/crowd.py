"""Many clients, each with a course, a phone and a lift: written straight into the tables."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from tests.gateways.push.phone import Phone
from webapp.domain.notices import ENGINE_VERSION
from webapp.persistence.database import Model, writing
from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Location,
    LoginRecord,
    Notice,
    NoticePreference,
    PushSubscription,
    TreatmentSession,
)

ARTIST_ID = 1_000_000
WATER_SPAN = timedelta(days=5)  # after the end of a session, on a clock that is never changed
CONTENT = {"activities": {"wash-hair": "limited", "wash-water": "limited", "wet-scalp": "limited"}}
PHONES = 16  # different keys; what differs between more is the endpoint alone
NAME = "Canary Oiseau"


@dataclass(frozen=True)
class Crowd:
    """Clients `first` … `first + count - 1`, whose account, course and phone have their number.

    The lift of each is due at `due(number)`; its phone receives at `endpoint(number)`.
    """

    count: int
    due: Callable[[int], datetime]
    endpoint: Callable[[int], str]
    key_id: str
    first: int = 1

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + self.count)

    def at(self, endpoint: Callable[[int], str]) -> Crowd:
        """The same clients with phones elsewhere."""
        return replace(self, endpoint=endpoint)


def add_house(now: datetime) -> None:
    """The one location, where no clock is ever changed, and the artist."""
    with writing() as writer:
        writer.add(Location(id=1, name="Marina", phone="+97140000000", time_zone="Asia/Dubai"))
        writer.add(Account(id=ARTIST_ID, role="artist", name="Iris", created_at=now))


def add(crowd: Crowd, now: datetime, is_planned: bool = True) -> None:
    """Write a crowd's rows; without notices where they are to be planned by somebody else."""
    phones = itertools.cycle([Phone() for _ in range(PHONES)])
    rows: dict[type[Model], list[dict[str, Any]]] = {}
    for number in crowd.numbers:
        for table, row in _rows(crowd, number, next(phones), now):
            if is_planned or table is not Notice:
                rows.setdefault(table, []).append(row)
    with writing() as writer:
        for table, all_rows in rows.items():
            writer.execute(insert(table), all_rows)


Row = tuple[type[Model], dict[str, Any]]


def _rows(crowd: Crowd, number: int, phone: Phone, now: datetime) -> Iterator[Row]:
    mine: dict[str, Any] = {"id": number}
    yield (
        Account,
        mine | {"role": "client", "name": f"{NAME} {number}", "created_at": now},
    )
    yield NoticePreference, {"account_id": number, "quiet_from": 0, "quiet_until": 0, "muted": []}
    yield (
        Client,
        mine
        | {
            "account_id": number,
            "location_id": 1,
            "code": f"C{number}",
            "search_name": f"{NAME} {number}".lower(),
        },
    )
    yield LoginRecord, mine | _login(number, now)
    yield PushSubscription, mine | _subscription(crowd, number, phone, now)
    yield Course, mine | _course(number, now)
    ended_at = crowd.due(number) - WATER_SPAN
    yield TreatmentSession, _performed(number, ended_at)
    yield Notice, _notice(number, crowd.due(number), now)


def _login(number: int, now: datetime) -> dict[str, Any]:
    return {
        "token_hash": hashlib.sha256(f"login {number}".encode()).digest(),
        "account_id": number,
        "device": "A phone",
        "time_zone": "Asia/Dubai",
        "created_at": now,
        "seen_at": now,
    }


def _subscription(crowd: Crowd, number: int, phone: Phone, now: datetime) -> dict[str, Any]:
    endpoint = crowd.endpoint(number)
    keys = phone.subscription(endpoint, crowd.key_id)
    return {
        "account_id": number,
        "login_id": number,
        "endpoint": endpoint,
        "endpoint_hash": hashlib.sha256(endpoint.encode()).digest(),
        "origin": endpoint.partition("/send/")[0],
        "p256dh": keys.p256dh,
        "auth": keys.auth,
        "key_id": keys.key_id,
        "created_at": now,
        "seen_at": now,
    }


def _course(number: int, now: datetime) -> dict[str, Any]:
    return {
        "client_id": number,
        "location_id": 1,
        "artist_id": ARTIST_ID,
        "kind": "regular",
        "protocol_id": "smp",
        "protocol_version": 1,
        "planned_sessions": 3,
        "created_at": now,
    }


def _performed(number: int, ended_at: datetime) -> dict[str, Any]:
    return {
        "course_id": number,
        "number": 1,
        "status": "performed",
        "starts_at": ended_at - timedelta(hours=3),
        "ended_at": ended_at,
    }


def _notice(number: int, due_at: datetime, now: datetime) -> dict[str, Any]:
    return {
        "dedup_key": f"{number}/{number}/lift/-/{due_at.timestamp():.0f}",
        "account_id": number,
        "course_id": number,
        "kind": "lift",
        "at": due_at,
        "due_at": due_at,
        "expires_at": due_at + timedelta(days=2),
        "state": PLANNED,
        "content": CONTENT,
        "course_version": 1,
        "engine_version": ENGINE_VERSION,
        "planned_at": now,
    }
