"""Steps that wait for a second factor or a passkey, each bound to one browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from webapp.domain.second_factors import StepPurpose
from webapp.persistence.tables import SignInStep


@dataclass(frozen=True, slots=True)
class StepKey:
    """What a step is for, and the SHA-256 of what its browser holds."""

    purpose: StepPurpose
    holder_hash: bytes


def begin(
    writer: Session, key: StepKey, account_id: int | None, at: datetime, until: datetime
) -> SignInStep:
    """A new step, open from `at` up to, not including, `until`; the browser's older one is over."""
    writer.execute(delete(SignInStep).where(SignInStep.holder_hash == key.holder_hash))
    step = SignInStep(
        purpose=key.purpose,
        holder_hash=key.holder_hash,
        account_id=account_id,
        began_at=at,
        expires_at=until,
    )
    writer.add(step)
    writer.flush()
    return step


def find(reader: Session, key: StepKey, at: datetime) -> SignInStep | None:
    """The step that this browser has open."""
    return reader.scalars(select(SignInStep).where(*_open(key, at))).one_or_none()


def use(writer: Session, step_id: int, at: datetime) -> bool:
    """Use a step up; False where it was before."""
    used = writer.execute(
        update(SignInStep)
        .where(SignInStep.id == step_id, SignInStep.used_at.is_(None))
        .values(used_at=at)
        .returning(SignInStep.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def take_challenge(writer: Session, step: SignInStep) -> bytes | None:
    """Take the challenge out of a step: one answer is looked at, right or wrong."""
    challenge = step.challenge
    taken = writer.execute(
        update(SignInStep)
        .where(SignInStep.id == step.id, SignInStep.challenge == challenge)
        .values(challenge=None)
        .returning(SignInStep.id)
        .execution_options(synchronize_session=False)
    )
    return challenge if taken.one_or_none() is not None else None


def end_all(writer: Session, account_id: int) -> None:
    """Forget whatever an account has begun."""
    writer.execute(delete(SignInStep).where(SignInStep.account_id == account_id))


def _open(key: StepKey, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInStep.holder_hash == key.holder_hash,
        SignInStep.purpose == key.purpose,
        SignInStep.expires_at > at,
        SignInStep.used_at.is_(None),
    )
