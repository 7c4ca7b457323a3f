"""Privacy notices and the consents to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from webapp.persistence.tables import Consent, PrivacyNotice

# The newest version that everybody has to consent to anew: older consents do not count.
_ASKED_SINCE = (
    select(func.coalesce(func.max(PrivacyNotice.version), 0))
    .where(PrivacyNotice.asks_again)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Given:
    """One consent of an account, with the notice as it read."""

    version: int
    text: str
    consented_at: datetime
    withdrawn_at: datetime | None


def standing_version(account_id: ColumnElement[int]) -> ColumnElement[int | None]:
    """The newest notice that this account has consented to and that still counts; null for none."""
    return (
        select(func.max(Consent.notice_version))
        .where(
            Consent.account_id == account_id,
            Consent.withdrawn_at.is_(None),
            Consent.notice_version >= _ASKED_SINCE,
        )
        .scalar_subquery()
    )


def notice_in_force(reader: Session) -> PrivacyNotice | None:
    """The newest privacy notice, or None while the clinic has none."""
    return reader.scalars(
        select(PrivacyNotice).order_by(PrivacyNotice.version.desc()).limit(1)
    ).one_or_none()


def notices(reader: Session) -> list[PrivacyNotice]:
    """Every version, the newest first."""
    return list(reader.scalars(select(PrivacyNotice).order_by(PrivacyNotice.version.desc())))


def given_by(reader: Session, account_id: int) -> list[Given]:
    """What an account consented to, the latest first."""
    rows = reader.execute(
        select(
            PrivacyNotice.version, PrivacyNotice.text, Consent.consented_at, Consent.withdrawn_at
        )
        .join(Consent, Consent.notice_version == PrivacyNotice.version)
        .where(Consent.account_id == account_id)
        .order_by(Consent.id.desc())
    )
    return [Given(*row) for row in rows]


def has_given(reader: Session, account_id: int, version: int) -> bool:
    """Whether the account's consent to this version stands."""
    found = select(Consent.id).where(
        Consent.account_id == account_id,
        Consent.notice_version == version,
        Consent.withdrawn_at.is_(None),
    )
    return reader.scalar(found.limit(1)) is not None


def add(writer: Session, account_id: int, version: int, at: datetime) -> None:
    """The account consents to this version."""
    writer.add(Consent(account_id=account_id, notice_version=version, consented_at=at))


def withdraw_all(writer: Session, account_id: int, at: datetime) -> bool:
    """Withdraw whatever the account consented to; False where nothing stood."""
    done = writer.execute(
        update(Consent)
        .where(Consent.account_id == account_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
        .returning(Consent.id)
    )
    return bool(done.all())
