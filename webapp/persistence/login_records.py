"""Login records: which devices are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true, update
from sqlalchemy.orm import Session

from webapp.domain.people import STAFF_ROLES, Role, SignedIn
from webapp.persistence import push_subscriptions
from webapp.persistence.consents import standing_version
from webapp.persistence.inbox import is_unread
from webapp.persistence.quick import QuickSelect
from webapp.persistence.shown_photos import count_asked, has_shown, latest_asked
from webapp.persistence.tables import (
    Account,
    Client,
    Clinic,
    Course,
    Location,
    LoginRecord,
    Notice,
)
from webapp.persistence.today import newest_course_of

# Plain tables, not mapped classes: this runs at every request, and rows cost less than objects.
_login, _account, _client = LoginRecord.__table__.c, Account.__table__.c, Client.__table__.c
_location, _clinic = Location.__table__.c, Clinic.__table__.c
_consented = standing_version(_account.id)
_unread = (
    select(func.count())
    .select_from(Notice.__table__)
    .where(Notice.__table__.c.account_id == _account.id, is_unread())
    .scalar_subquery()
)
_course_row = Course.__table__.alias()
# What a client's own pages are made of, each with the number that every change raises.
_seen = (
    has_shown(_client.id),
    count_asked(_client.id),
    latest_asked(_client.id),
    _client.seen_version,
    _course_row.c.id,
    _course_row.c.version,
    _location.id,
    _location.version,
    _clinic.version,
)
_live = QuickSelect(
    select(
        _account.id,
        _account.role,
        _account.name,
        _login.id,
        _login.time_zone,
        _login.created_at,
        _login.seen_at,
        _login.proved_at,
        _client.id,
        _consented,
        _unread,
        *_seen,
    )
    .select_from(LoginRecord.__table__)
    .join(Account.__table__, _account.id == _login.account_id)
    .outerjoin(Client.__table__, _client.account_id == _account.id)
    .outerjoin(_course_row, _course_row.c.id == newest_course_of(_client.id))
    .outerjoin(
        Location.__table__,
        _location.id == func.coalesce(_course_row.c.location_id, _client.location_id),
    )
    .outerjoin(Clinic.__table__, true())
    .where(
        _login.ended_at.is_(None),
        _account.disabled_at.is_(None),
        _login.token_hash == bindparam("token_hash"),
    )
)


@dataclass(frozen=True, slots=True)
class FoundLogin:
    """A login record that has not been ended, with the instants its limits count from."""

    person: SignedIn
    created_at: datetime
    seen_at: datetime


def find(token_hash: bytes) -> FoundLogin | None:
    """The live login with this token's SHA-256, of an account that is not disabled."""
    rows = _live.rows(token_hash=token_hash)
    if not rows:
        return None
    account_id, role, name, login_id, zone, created_at, seen_at, *rest = rows[0]
    proved_at, client_id, consented, unread, *seen = rest
    person = SignedIn(
        account_id=account_id,
        login_id=login_id,
        role=Role(role),
        name=name,
        time_zone=zone,
        client_id=client_id,
        consented_version=consented or 0,
        seen=".".join(map(str, seen)) if client_id else "",
        unread=unread,
        proved_at=proved_at,
        has_photos=bool(seen[0]),
        asked_photos=seen[1],
    )
    return FoundLogin(person, created_at, seen_at)


def add(
    writer: Session, account_id: int, token_hash: bytes, device: str, at: datetime
) -> LoginRecord:
    """A new login record, signed in at `at` (UTC)."""
    found = LoginRecord(
        account_id=account_id, token_hash=token_hash, device=device, created_at=at, seen_at=at
    )
    writer.add(found)
    writer.flush()
    return found


def touch(writer: Session, login_id: int, at: datetime) -> None:
    """Note that the device was seen at `at` (UTC)."""
    writer.execute(update(LoginRecord).where(LoginRecord.id == login_id).values(seen_at=at))


def report_zone(writer: Session, login_id: int, time_zone: str) -> None:
    """Note the IANA time zone that the device is in."""
    writer.execute(
        update(LoginRecord).where(LoginRecord.id == login_id).values(time_zone=time_zone)
    )


def confirm(writer: Session, token_hash: bytes, at: datetime) -> None:
    """Note that the password was typed on the device with this token's SHA-256."""
    writer.execute(
        update(LoginRecord).where(LoginRecord.token_hash == token_hash).values(confirmed_at=at)
    )


def confirm_by_id(writer: Session, login_id: int, at: datetime) -> None:
    """Note that the password was typed again on this device."""
    writer.execute(update(LoginRecord).where(LoginRecord.id == login_id).values(confirmed_at=at))


def confirmed_at(reader: Session, login_id: int) -> datetime | None:
    """When the password was last typed on this device."""
    return reader.scalar(select(LoginRecord.confirmed_at).where(LoginRecord.id == login_id))


def prove(writer: Session, login_id: int, at: datetime) -> None:
    """Note that a second factor was shown on this device."""
    writer.execute(update(LoginRecord).where(LoginRecord.id == login_id).values(proved_at=at))


def unprove_all(writer: Session, account_id: int) -> None:
    """No login of this account counts as proved any more."""
    which = LoginRecord.account_id == account_id
    writer.execute(update(LoginRecord).where(which).values(proved_at=None))


def end(writer: Session, account_id: int, login_id: int, at: datetime) -> bool:
    """End one login of this account; False where it is not theirs or has ended already."""
    one = (LoginRecord.id == login_id, LoginRecord.account_id == account_id)
    return bool(_end_where(writer, at, *one))


def end_all(writer: Session, account_id: int, at: datetime) -> None:
    """End every login of this account."""
    _end_where(writer, at, LoginRecord.account_id == account_id)


def end_lapsed(writer: Session, idle_since: datetime, began: datetime, at: datetime) -> int:
    """End logins that lapsed long ago: of clients not seen after `idle_since`, of staff that began
    before `began`. Returns how many."""
    staff = select(Account.id).where(Account.role.in_(STAFF_ROLES))
    is_of_staff = LoginRecord.account_id.in_(staff)
    has_lapsed = or_(
        and_(is_of_staff, LoginRecord.created_at <= began),
        and_(~is_of_staff, LoginRecord.seen_at <= idle_since),
    )
    return len(_end_where(writer, at, has_lapsed))


def _end_where(writer: Session, at: datetime, *which: ColumnElement[bool]) -> list[int]:
    """End live logins, and with each of them the push to its device; returns their ids."""
    ended = update(LoginRecord).where(LoginRecord.ended_at.is_(None), *which)
    ids = list(writer.scalars(ended.values(ended_at=at).returning(LoginRecord.id)))
    push_subscriptions.remove_of_logins(writer, ids, at)
    return ids


def by_token(writer: Session, token_hash: bytes) -> LoginRecord | None:
    """The login with this token's SHA-256 that was not ended, though it may have lapsed."""
    return writer.scalars(
        select(LoginRecord).where(
            LoginRecord.token_hash == token_hash, LoginRecord.ended_at.is_(None)
        )
    ).one_or_none()


def live_of(reader: Session, account_id: int) -> list[LoginRecord]:
    """The account's logins that were not ended, the latest seen first."""
    return list(
        reader.scalars(
            select(LoginRecord)
            .where(LoginRecord.account_id == account_id, LoginRecord.ended_at.is_(None))
            .order_by(LoginRecord.seen_at.desc(), LoginRecord.id.desc())
        )
    )
