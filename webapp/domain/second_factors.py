"""What proves, beside a password, that it is really this member of staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Between the password and what follows it: long enough to fetch a phone.
STEP_SPAN = timedelta(minutes=5)
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
TOTP_LENGTH = 6
MOST_PASSKEYS = 10


class StepPurpose(StrEnum):
    """What a step waits for: the second factor after a password, that of somebody who is signed
    in, a passkey instead of a password, or a passkey to be added."""

    SECOND = "second"
    PROVE = "prove"
    ALONE = "alone"
    ADD = "add"


class Standing(StrEnum):
    """How far a login may be trusted: nothing is set up, something is but was not shown on this
    login, or it was."""

    MISSING = "missing"
    UNPROVED = "unproved"
    PROVED = "proved"


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey as a browser has just made it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class HeldPasskey:
    """A passkey as it is stored, against which an answer is held."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    handle: bytes


@dataclass(frozen=True, slots=True)
class PasskeyHolder:
    """Whom a browser makes a passkey for; `handle` is random and says nothing of the account."""

    handle: bytes
    sign_in_name: str
    shown_name: str


class PasskeyRefusedError(Exception):
    """The browser's answer proves nothing: it is malformed, of another site, or not signed so."""


def is_recent(at: datetime | None, now: datetime, span: timedelta) -> bool:
    """Whether something proved at `at` still counts: from that instant up to, not including, the
    end of the span.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> is_recent(noon, noon + timedelta(seconds=599), timedelta(minutes=10))
    True
    >>> is_recent(noon, noon + timedelta(seconds=600), timedelta(minutes=10))
    False
    """
    return at is not None and now - at < span


def is_totp(typed: str) -> bool:
    """Whether a code is of the shape that authenticator apps show."""
    return len(typed) == TOTP_LENGTH and typed.isdigit()


def standing_of(has_factor: bool, proved_at: datetime | None) -> Standing:
    """The standing of a login of somebody who has, or has not, set a second factor up."""
    if not has_factor:
        return Standing.MISSING
    return Standing.UNPROVED if proved_at is None else Standing.PROVED
