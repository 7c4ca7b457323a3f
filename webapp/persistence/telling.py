"""What is due to be told, to whom, on which devices; and writing down that it was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from webapp.persistence.notices import PLANNED, TOLD
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Delivery,
    Location,
    LoginRecord,
    Notice,
    NoticePreference,
    PushSubscription,
)

_notice, _course, _place = Notice.__table__.c, Course.__table__.c, Location.__table__.c
_push, _login = PushSubscription.__table__.c, LoginRecord.__table__.c
_account, _client = Account.__table__.c, Client.__table__.c
_preference, _delivery = NoticePreference.__table__.c, Delivery.__table__.c
# Whatever is done for hundreds of rows in each round is a statement that is made once, of plain
# tables: to make it anew, with so many ids, costs more than the database asks for its answer.
GIVEN: BindParameter[Any] = bindparam("ids", expanding=True)


class DueNotice(NamedTuple):
    """A notice with what it was planned from and what is so now. Instants are UTC.

    `now_version` and `zone` are the course's; None and the first location's without a course.
    """

    id: int
    account_id: int
    kind: str
    at: datetime
    session_number: int | None
    content: Mapping[str, Any]
    expires_at: datetime
    course_id: int | None
    course_version: int
    engine_version: int
    sure_until: datetime | None
    now_version: int | None
    zone: str | None
    protocol_id: str | None
    protocol_version: int | None


class Device(NamedTuple):
    """Where an account receives. `zone` is the phone's own, or empty."""

    subscription_id: int
    account_id: int
    origin: str
    zone: str


class Preference(NamedTuple):
    """How an account wants to be told."""

    account_id: int
    is_discreet: bool
    muted: Sequence[str]
    quiet_from: int
    quiet_until: int


# Notices with their course as it is now; also what a claimed delivery carries.
NOTICE_COLUMNS = (
    _notice.id,
    _notice.account_id,
    _notice.kind,
    _notice.at,
    _notice.session_number,
    _notice.content,
    _notice.expires_at,
    _notice.course_id,
    _notice.course_version,
    _notice.engine_version,
    _notice.sure_until,
    _course.version,
    _place.time_zone,
    _course.protocol_id,
    _course.protocol_version,
)


def given(ids: Collection[int]) -> dict[str, Any]:
    """The parameters for a statement with GIVEN."""
    return {"ids": list(ids)}


def due_accounts(writer: Session, now: datetime, most: int) -> list[int]:
    """The accounts that something is due for, whoever waits longest first."""
    due = (
        select(_notice.account_id)
        .where(_notice.state == PLANNED, _notice.due_at <= now)
        .group_by(_notice.account_id)
        .order_by(func.min(_notice.due_at), _notice.account_id)
        .limit(most)
    )
    return list(writer.scalars(due))


def due_ids(reader: Session, account_ids: Collection[int], now: datetime) -> list[tuple[int, int]]:
    """The ids of everything that is due for these accounts, with the account of each."""
    due = select(_notice.id, _notice.account_id).where(*_due(account_ids, now))
    return [(id_, account_id) for id_, account_id in reader.execute(due.order_by(_notice.id))]


def courses_due(account_ids: Collection[int], now: datetime) -> Select[int | None]:
    """The courses that give cause for what is due."""
    return select(_notice.course_id).where(*_due(account_ids, now))


def _due(
    account_ids: Collection[int] | BindParameter[Any], now: datetime | BindParameter[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return (
        _notice.account_id.in_(account_ids),
        _notice.state == PLANNED,
        _notice.due_at <= now,
    )


_DUE = (
    select(*NOTICE_COLUMNS)
    .select_from(Notice.__table__)
    .outerjoin(Course.__table__, _course.id == _notice.course_id)
    .outerjoin(Location.__table__, _place.id == _course.location_id)
    .where(*_due(GIVEN, bindparam("now")))
    .order_by(_notice.at, _notice.id)
)


def due_notices(
    writer: Session, account_ids: Collection[int], now: datetime, only_id: int | None = None
) -> list[DueNotice]:
    """Everything that is due for these accounts, in order of its instant; or one of it alone."""
    statement = _DUE if only_id is None else _DUE.where(_notice.id == only_id)
    rows = writer.execute(statement, given(account_ids) | {"now": now})
    return [DueNotice._make(row) for row in rows]


def put_off(writer: Session, notice_id: int, until: datetime) -> None:
    """A notice that cannot be told now is tried again then."""
    writer.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.state == PLANNED)
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


_DEVICES = (
    select(_push.id, _push.account_id, _push.origin, _login.time_zone)
    .join(LoginRecord.__table__, _login.id == _push.login_id)
    .join(Account.__table__, _account.id == _push.account_id)
    .where(
        _push.account_id.in_(GIVEN),
        _push.disabled_at.is_(None),
        _login.ended_at.is_(None),
        _account.disabled_at.is_(None),
    )
    .order_by(_push.id)
)


def devices_of(writer: Session, account_ids: Collection[int]) -> list[Device]:
    """Where these accounts can be reached: signed in, not disabled, made with a key of ours."""
    return [Device._make(row) for row in writer.execute(_DEVICES, given(account_ids))]


_PREFERENCES = select(
    _preference.account_id,
    _preference.is_discreet,
    _preference.muted,
    _preference.quiet_from,
    _preference.quiet_until,
).where(_preference.account_id.in_(GIVEN))


def preferences_of(reader: Session, account_ids: Collection[int]) -> dict[int, Preference]:
    """What these accounts chose; without an entry the defaults hold."""
    rows = map(Preference._make, reader.execute(_PREFERENCES, given(account_ids)))
    return {preference.account_id: preference for preference in rows}


def default_zone(reader: Session) -> str | None:
    """The zone of the first location, for whoever has no course."""
    return reader.scalar(select(Location.time_zone).order_by(Location.id).limit(1))


_TELL = (
    update(Notice.__table__)  # type: ignore[arg-type]
    .where(_notice.id.in_(GIVEN))
    .values(state=TOLD, told_at=bindparam("now"), is_inbox_only=bindparam("stays"))
)


def note_told(writer: Session, ids: Sequence[int], now: datetime, is_inbox_only: bool) -> None:
    """These notices are in the inbox from now on."""
    if ids:
        writer.execute(_TELL, given(ids) | {"now": now, "stays": is_inbox_only})


_SHOW_ANEW = (
    update(Client.__table__)  # type: ignore[arg-type]
    .where(_client.account_id.in_(GIVEN))
    .values(seen_version=_client.seen_version + 1)
)


def note_seen_changed(writer: Session, account_ids: Collection[int]) -> None:
    """What these clients' pages show is not what it was."""
    writer.execute(_SHOW_ANEW, given(account_ids))
