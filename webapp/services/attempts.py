"""Counting wrong codes and passwords, and letting those who mistype often wait."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.waits import (
    ALARM_SPAN,
    COUNTED_SPAN,
    FREE_TRIES,
    is_alarming,
    may_try_at,
)
from webapp.persistence import audit, wrong_codes
from webapp.persistence.tables import AuditEvent
from webapp.services.clinic import CLINIC_ID

CODE, PASSWORD, ACCOUNT, FACTOR = b"code", b"password", b"account", b"factor"
ALARM = "wrong-codes"
V6_PREFIX = 64
LONGEST_BROWSER = 400


@dataclass(frozen=True, slots=True)
class Source:
    """What tries are counted by, such as a keyed hash of network and browser: opaque, but equal
    for equals."""

    digest: bytes

    def counted_as(self, purpose: bytes) -> bytes:
        """The source as it is stored for one purpose: codes and passwords count apart."""
        return hashlib.sha256(self.digest + purpose).digest()


class MustWaitError(Exception):
    """Too many wrong tries: the next is looked at after `until` (UTC). `is_for_account` says that
    they were aimed at one account, perhaps from elsewhere."""

    def __init__(self, until: datetime, is_for_account: bool = False) -> None:
        super().__init__()
        self.until = until
        self.is_for_account = is_for_account


def source_of(key: str, address: str, browser: str) -> Source:
    """The source of a request: its network (IPv6 by /64, IPv4 by address) and its browser."""
    text = f"{network_of(address)}\n{browser[:LONGEST_BROWSER]}"
    digest = hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return Source(digest.digest())


def account_source(key: str, email: str) -> Source:
    """Whom tries are aimed at, whether or not somebody signs in with this e-mail address."""
    text = f"account\n{email.strip().lower()}"
    digest = hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return Source(digest.digest())


def network_of(address: str) -> str:
    """The network of an address: IPv6 by /64, IPv4 by the address; '' for neither."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    if found.version == 4 or mapped:  # noqa: PLR2004
        return str(mapped or found)
    return str(ip_network((found, V6_PREFIX), strict=False))


def wait_until(
    reader: Session, source: Source, purpose: bytes, now: datetime, free: int = FREE_TRIES
) -> datetime | None:
    """Until when this source waits after `free` wrong tries and more, or None where its next try
    is looked at."""
    counted_as = source.counted_as(purpose)
    tries, last_at = wrong_codes.tries_since(reader, counted_as, now - COUNTED_SPAN)
    if last_at is None:
        return None
    until = may_try_at(tries, last_at, free)
    return until if until > now else None


def count(writer: Session, source: Source, purpose: bytes, now: datetime) -> int:
    """Count a wrong try within the caller's transaction, and note an alarm; returns its id.

    The alarm counts what is counted: a wrong password on a strange device is two, one for where it
    came from and one for the account.
    """
    wrong_id = wrong_codes.add(writer, source.counted_as(purpose), now)
    is_new = not _alarms_since(writer, now - ALARM_SPAN)
    if is_new and is_alarming(wrong_codes.all_since(writer, now - ALARM_SPAN)):
        audit.record(writer, now, None, ALARM, ("clinic", CLINIC_ID))
    return wrong_id


def count_while_waiting(writer: Session, source: Source, now: datetime) -> None:
    """Count a try that came too early: for the clinic's sum, without a longer wait."""
    count(writer, source, b"early", now)


def last_alarm_at(reader: Session, since: datetime) -> datetime | None:
    """When the clinic last saw too many wrong codes in an hour, or None since then."""
    alarms = _alarms_since(reader, since)
    return alarms[0] if alarms else None


def _alarms_since(reader: Session, since: datetime) -> list[datetime]:
    return list(
        reader.scalars(
            select(AuditEvent.at)
            .where(AuditEvent.action == ALARM, AuditEvent.at > since)
            .order_by(AuditEvent.at.desc())
        )
    )
