"""Which rows belong to one client: the one list that export and erasure go by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from webapp.persistence.tables import (
    AuthenticatorApp,
    CalendarFeed,
    Client,
    Consent,
    Course,
    CourseChange,
    Extension,
    HairdresserCard,
    Invitation,
    LoginRecord,
    Notice,
    NoticePreference,
    Passkey,
    PasskeyHandle,
    PhotoConsent,
    PhotoPreference,
    PhotoRequest,
    PreparationTick,
    PushSubscription,
    RecoveryCode,
    SignInStep,
    Slip,
    TeachBack,
    ToldInPerson,
    TreatmentSession,
    Visit,
)

# In an order in which they may be removed: nothing leads to what stands above it.
OF_COURSE = (PreparationTick, Extension, CourseChange, TeachBack, Visit, TreatmentSession)
OF_CLIENT = (CalendarFeed, HairdresserCard, Slip, ToldInPerson, PhotoConsent, PhotoRequest, Course)
OF_ACCOUNT = (
    *(PushSubscription, LoginRecord, Invitation, Consent, NoticePreference, PhotoPreference),
    *(SignInStep, AuthenticatorApp, Passkey, PasskeyHandle, RecoveryCode),
)
TOLD = (
    *(Course, TreatmentSession, Visit, Extension, CourseChange, TeachBack, PreparationTick),
    *(Slip, ToldInPerson, Consent, PhotoConsent, PhotoRequest, NoticePreference),
    *(LoginRecord, CalendarFeed, HairdresserCard),
)


def account_id(reader: Session, client_id: int) -> int:
    """The account of a client who is known."""
    return reader.scalars(select(Client.account_id).where(Client.id == client_id)).one()


def belongs(table: Any, client_id: int, account: int) -> ColumnElement[bool]:
    """Whether a row of one of these tables is this client's."""
    if table in OF_CLIENT:
        return table.client_id == client_id  # type: ignore[no-any-return]
    if table in OF_ACCOUNT:
        return table.account_id == account  # type: ignore[no-any-return]
    courses = select(Course.id).where(Course.client_id == client_id)
    if table is Notice:
        return or_(Notice.account_id == account, Notice.course_id.in_(courses))
    assert table in OF_COURSE
    return table.course_id.in_(courses)  # type: ignore[no-any-return]


def record(reader: Session, client_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored of a client's treatment and consents, table by table; no secret
    and no hash. Of notices those that the client was told, or is going to be."""
    account = account_id(reader, client_id)
    told = {
        table.__tablename__: _rows(reader, table, belongs(table, client_id, account))
        for table in TOLD
    }
    return told | {"notices": _rows(reader, Notice, Notice.account_id == account)}


def _rows(reader: Session, table: Any, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    names = [c.name for c in table.__table__.columns if not c.name.endswith("_hash")]
    columns = [getattr(table, name) for name in names]
    rows = reader.execute(select(*columns).where(which).order_by(*table.__table__.primary_key))
    return [dict(zip(names, row, strict=True)) for row in rows]
