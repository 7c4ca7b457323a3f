"""What staff show beside their password: an authenticator app, passkeys, recovery codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence.database import Model


class AuthenticatorApp(Model):
    """The app of a member of staff; it counts once a code of it was shown."""

    __tablename__ = "authenticator_apps"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    # Encrypted with a key made of the deployment's own secret.
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary(400))
    # The latest time step of which a code was accepted; no code of it or before is any more.
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class Passkey(Model):
    """One passkey. Its private key never leaves its holder's device."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2048))
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PasskeyHandle(Model):
    """What an account is called on devices that hold its passkeys: random, for good."""

    __tablename__ = "passkey_handles"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    handle: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)


class RecoveryCode(Model):
    """One recovery code, stored as a keyed hash only. Each works once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInStep(Model):
    """Something begun that waits for a second factor or a passkey. Purpose: second, prove, alone
    or add. It belongs to a browser by the hash of what the browser holds, and opens nothing."""

    __tablename__ = "sign_in_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(8))
    holder_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    # None where whoever it is will only be known by the passkey.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    # What a passkey is to sign; taken out by the first answer.
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
