"""What a passkey is to sign: made here, kept here, good for one answer within five minutes."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.second_factors import (
    STEP_SPAN,
    HeldPasskey,
    PasskeyRefusedError,
    StepPurpose,
)
from webapp.persistence import second_factors, sign_in_steps
from webapp.persistence.database import reading, writing
from webapp.persistence.sign_in_steps import StepKey
from webapp.persistence.tables import Passkey, SignInStep
from webapp.services import logins
from webapp.services.ports import Collaborators

CHALLENGE_BYTES = 32


def key_of(purpose: StepPurpose, holder: str | int) -> StepKey:
    """The key of a step; `holder` is the browser's token, or the id of its login."""
    return StepKey(purpose, logins.token_hash(f"{purpose} {holder}"))


def begin(writer: Session, key: StepKey, account_id: int | None, now: datetime) -> bytes:
    """A new step with a challenge, within the caller's transaction."""
    step = sign_in_steps.begin(writer, key, account_id, now, now + STEP_SPAN)
    return renew(step)


def renew(step: SignInStep) -> bytes:
    """Put a fresh challenge into a step; an older one is over."""
    step.challenge = secrets.token_bytes(CHALLENGE_BYTES)
    return step.challenge


def take(key: StepKey, now: datetime) -> tuple[SignInStep, bytes]:
    """The open step and its challenge, which no other answer will meet: not even where this one
    turns out wrong. Raises PasskeyRefusedError."""
    with writing() as writer:
        step = sign_in_steps.find(writer, key, now)
        challenge = sign_in_steps.take_challenge(writer, step) if step else None
    if step is None or challenge is None:
        raise PasskeyRefusedError
    return step, challenge


def shown(with_: Collaborators, answer: str, challenge: bytes) -> tuple[Passkey, int]:
    """The passkey that signed this, and its new sign count. Raises PasskeyRefusedError."""
    row = second_factors.passkey_named(reading(), with_.passkeys.named_in(answer))
    handle = second_factors.handle_of(reading(), row.account_id) if row else None
    if row is None or handle is None:
        raise PasskeyRefusedError
    held = HeldPasskey(row.credential_id, row.public_key, row.sign_count, handle)
    return row, with_.passkeys.proved(answer, challenge, held)
