"""Signed-in devices: begin, find again, list, end."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.domain.calendar import zone_named
from webapp.domain.errors import UnknownTimeZoneError
from webapp.domain.people import STAFF_ROLES, Role, SignedIn
from webapp.persistence import audit, login_records, push_subscriptions
from webapp.persistence.database import reading, writing
from webapp.services.ports import Collaborators

TOKEN_BYTES = 32  # 256 random bits
# Nobody waits longer for a page because their device is noted as seen.
PATIENCE_MILLISECONDS = 200
log = structlog.get_logger("logins")


@dataclass(frozen=True, slots=True)
class LoginLimits:
    """How long a login lives: since it was last seen, since it began, and how often seeing it
    is written down (a write at every request would cost more than the page)."""

    idle_span: timedelta
    absolute_span: timedelta | None
    note_span: timedelta


CLIENT_LIMITS = LoginLimits(timedelta(days=400), None, timedelta(hours=12))
STAFF_LIMITS = LoginLimits(timedelta(hours=12), timedelta(days=7), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Device:
    """One signed-in device, as its holder sees it."""

    login_id: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def token_hash(token: str) -> bytes:
    """What is stored of a token: its SHA-256 (the token itself has 256 random bits)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def begin(writer: Session, account_id: int, device: str, now: datetime) -> str:
    """Sign a device in within the caller's transaction; returns the cookie's new token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    login = login_records.add(writer, account_id, token_hash(token), device[:80], now)
    audit.record(writer, now, account_id, "login", ("login", login.id))
    return token


def find(with_: Collaborators, token: str) -> SignedIn | None:
    """Whoever holds this token on a live login; notes now and then that the device was seen."""
    now = with_.clock.now()
    found = login_records.find(token_hash(token))
    if found is None or _is_over(found, now):
        return None
    if now - found.seen_at >= limits_of(found.person.role).note_span:
        _note_seen(found.person.login_id, now)
    return found.person


def _note_seen(login_id: int, now: datetime) -> None:
    """Where that cannot be written just now, the next request will: nobody waits for it."""
    try:
        with writing(PATIENCE_MILLISECONDS) as writer:
            login_records.touch(writer, login_id, now)
    except OperationalError as error:
        log.warning("a device was not noted as seen", kind=type(error).__name__)


def limits_of(role: Role) -> LoginLimits:
    """The limits for a role."""
    return STAFF_LIMITS if role in STAFF_ROLES else CLIENT_LIMITS


def _is_over(found: login_records.FoundLogin, now: datetime) -> bool:
    limits = limits_of(found.person.role)
    if now - found.seen_at >= limits.idle_span:
        return True
    return limits.absolute_span is not None and now - found.created_at >= limits.absolute_span


def devices_of(with_: Collaborators, person: SignedIn) -> list[Device]:
    """The devices this account is signed in on, this one marked."""
    now = with_.clock.now()
    limits = limits_of(person.role)
    return [
        Device(row.id, row.device, row.created_at, row.seen_at, row.id == person.login_id)
        for row in login_records.live_of(reading(), person.account_id)
        if now - row.seen_at < limits.idle_span
    ]


def end(with_: Collaborators, person: SignedIn, login_id: int) -> bool:
    """Sign one of the holder's own devices out; False where it is none of theirs."""
    now = with_.clock.now()
    with writing() as writer:
        is_ended = login_records.end(writer, person.account_id, login_id, now)
        if is_ended:
            audit.record(writer, now, person.account_id, "logout", ("login", login_id))
    return is_ended


def take_over(with_: Collaborators, old_token: str, new_token: str) -> None:
    """End the login that this browser held before, also one that has lapsed. What it receives by
    push stays where the same person signed in again, and goes where somebody else did."""
    now = with_.clock.now()
    with writing() as writer:
        old = login_records.by_token(writer, token_hash(old_token))
        new = login_records.by_token(writer, token_hash(new_token))
        if old is None or new is None:
            return
        if old.account_id == new.account_id:
            push_subscriptions.move(writer, old.id, new.id)
        login_records.end(writer, old.account_id, old.id, now)
        audit.record(writer, now, old.account_id, "logout", ("login", old.id))


def end_lapsed(writer: Session, now: datetime) -> int:
    """End what nobody can use again, within the caller's transaction; returns how many.

    Staff who are only idle keep their push until they must sign in anew: they are told in the
    morning of what was left open in the evening.
    """
    assert STAFF_LIMITS.absolute_span is not None
    idle_since, began = now - CLIENT_LIMITS.idle_span, now - STAFF_LIMITS.absolute_span
    return login_records.end_lapsed(writer, idle_since, began, now)


def report_zone(person: SignedIn, time_zone: str) -> bool:
    """Note in which time zone this device is; False for a name that no zone has."""
    try:
        zone_named(time_zone)
    except UnknownTimeZoneError:
        return False
    if time_zone != person.time_zone:
        with writing() as writer:
            login_records.report_zone(writer, person.login_id, time_zone)
    return True
