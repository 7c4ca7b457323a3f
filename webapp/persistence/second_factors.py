"""Authenticator apps, passkeys and recovery codes. What works once is used by one conditional
statement: of many at once, one finds a row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import (
    Account,
    AuthenticatorApp,
    Passkey,
    PasskeyHandle,
    RecoveryCode,
)


def holders(reader: Session) -> set[int]:
    """The ids of all accounts with a second factor: an app that counts, or a passkey."""
    apps = select(AuthenticatorApp.account_id).where(AuthenticatorApp.confirmed_at.is_not(None))
    return {*reader.scalars(apps), *reader.scalars(select(Passkey.account_id))}


def has_one(reader: Session, account_id: int) -> bool:
    """Whether the account has a second factor."""
    app = select(AuthenticatorApp.id).where(
        AuthenticatorApp.account_id == account_id, AuthenticatorApp.confirmed_at.is_not(None)
    )
    passkey = select(Passkey.id).where(Passkey.account_id == account_id)
    return bool(reader.scalar(select(or_(app.exists(), passkey.exists()))))


def lock(writer: Session, account_id: int) -> None:
    """Let nobody else decide on this account's factors until the transaction ends."""
    writer.execute(select(Account.id).where(Account.id == account_id).with_for_update())


def app_of(reader: Session, account_id: int) -> AuthenticatorApp | None:
    """The account's app, whether or not it counts yet."""
    return reader.scalars(
        select(AuthenticatorApp).where(AuthenticatorApp.account_id == account_id)
    ).one_or_none()


def use_step(writer: Session, account_id: int, step: int, at: datetime) -> bool:
    """Accept a code of this time step; False where one of it, or of a later one, was before."""
    used = writer.execute(
        update(AuthenticatorApp)
        .where(
            AuthenticatorApp.account_id == account_id,
            AuthenticatorApp.confirmed_at.is_not(None),
            AuthenticatorApp.last_step < step,
        )
        .values(last_step=step, used_at=at)
        .returning(AuthenticatorApp.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def remove_app(writer: Session, account_id: int) -> None:
    """Forget the account's app and its secret."""
    writer.execute(delete(AuthenticatorApp).where(AuthenticatorApp.account_id == account_id))


def passkeys_of(reader: Session, account_id: int) -> list[Passkey]:
    """The account's passkeys, the oldest first."""
    return list(
        reader.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id))
    )


def passkey(reader: Session, account_id: int, passkey_id: int) -> Passkey | None:
    """One passkey of this account."""
    return reader.scalars(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id)
    ).one_or_none()


def passkey_named(reader: Session, credential_id: bytes) -> Passkey | None:
    """The passkey with this credential id, whosever it is."""
    return reader.scalars(
        select(Passkey).where(Passkey.credential_id == credential_id)
    ).one_or_none()


def use_passkey(writer: Session, passkey_id: int, counts: tuple[int, int], at: datetime) -> bool:
    """Note that a passkey was shown; `counts`: its sign count before and now. False where it was
    removed, or shown elsewhere, meanwhile."""
    before, now = counts
    used = writer.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.sign_count == before)
        .values(sign_count=now, used_at=at)
        .returning(Passkey.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def remove_passkeys(
    writer: Session, account_id: int, passkey_ids: Collection[int] | None = None
) -> list[int]:
    """Forget some of the account's passkeys, or all; returns the ids of those that were there."""
    which = delete(Passkey).where(Passkey.account_id == account_id)
    if passkey_ids is not None:
        which = which.where(Passkey.id.in_(passkey_ids))
    return list(writer.scalars(which.returning(Passkey.id)))


def handle_of(reader: Session, account_id: int) -> bytes | None:
    """What the account is called on its devices, if it ever had a passkey."""
    return reader.scalar(select(PasskeyHandle.handle).where(PasskeyHandle.account_id == account_id))


def codes_of(reader: Session, account_id: int) -> list[RecoveryCode]:
    """The account's recovery codes, used ones too."""
    return list(
        reader.scalars(
            select(RecoveryCode)
            .where(RecoveryCode.account_id == account_id)
            .order_by(RecoveryCode.id)
        )
    )


def remove_codes(writer: Session, account_id: int) -> None:
    """Forget the account's recovery codes."""
    writer.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def replace_codes(
    writer: Session, account_id: int, code_hashes: Collection[bytes], at: datetime
) -> None:
    """Give the account new recovery codes; the old ones are over."""
    remove_codes(writer, account_id)
    writer.add_all(
        RecoveryCode(account_id=account_id, code_hash=each, made_at=at) for each in code_hashes
    )


def use_code(writer: Session, account_id: int, code_hash: bytes, at: datetime) -> int | None:
    """Use one recovery code of this account up; its id, or None where it cannot be used."""
    return writer.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
