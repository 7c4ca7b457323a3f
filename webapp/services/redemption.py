"""Using an invitation, by typed code or by the token behind a link or QR code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.codes import as_typed
from webapp.domain.invitations import FOR_CLIENTS, NEVER_REFUSED, InvitationKind
from webapp.persistence import audit, invitations
from webapp.persistence.database import writing
from webapp.persistence.invitations import Redeemed, Secret
from webapp.services import attempts, logins
from webapp.services.attempts import Source
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody wants in: with what, from where, on which device (in words)."""

    secret: Secret
    source: Source
    device: str


class WrongCodeError(Exception):
    """No invitation can be used with this. `wait_until` (UTC) is set where the next try waits."""

    def __init__(self, wait_until: datetime | None) -> None:
        super().__init__()
        self.wait_until = wait_until


def by_code(text: str) -> Secret:
    """What a typed or pasted code stands for."""
    return Secret(logins.token_hash(as_typed(text)), is_token=False)


def by_token(text: str) -> Secret:
    """What the token behind a link or QR code stands for."""
    return Secret(logins.token_hash(text.strip()), is_token=True)


def enter(with_: Collaborators, attempt: Attempt) -> str:
    """Sign a client in by a code or link; returns the new login's token.

    Raises WrongCodeError.
    """
    now = with_.clock.now()
    with writing() as writer:
        used = redeem(writer, attempt, FOR_CLIENTS, now)
        if isinstance(used, Redeemed):
            assert used.account_id is not None
            return logins.begin(writer, used.account_id, attempt.device, now)
    raise WrongCodeError(used)


def redeem(
    writer: Session, attempt: Attempt, kinds: Collection[InvitationKind], now: datetime
) -> Redeemed | datetime | None:
    """Use the invitation within the caller's transaction.

    Returns what was used; else the instant until which this source waits, or None for "not yet".
    A wrong try is counted, so the caller lets the transaction end well before it refuses.
    """
    until = attempts.wait_until(writer, attempt.source, attempts.CODE, now)
    allowed = NEVER_REFUSED & frozenset(kinds) if until else kinds
    used = invitations.redeem(writer, attempt.secret, allowed, now)
    if used:
        audit.record(writer, now, used.account_id, "redeem", ("invitation", used.invitation_id))
        return used
    if until:
        attempts.count_while_waiting(writer, attempt.source, now)
        return until
    attempts.count(writer, attempt.source, attempts.CODE, now)
    return attempts.wait_until(writer, attempt.source, attempts.CODE, now)
