"""Clients: rows to values, and the search by name, phone or code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from webapp.domain.people import Role
from webapp.persistence.tables import Account, Client, Course, Location

SEARCH_LENGTH = 400
MOST_WORDS = 6
FEWEST_DIGITS = 3
FEWEST_OF_CODE = 2
# Letters that accents cannot be taken from, because they are letters of their own.
_PLAIN = str.maketrans("øđłıħŧ", "odliht", "ـ")  # the last: Arabic's stretching sign


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in a list. `course_id`: the newest course that nobody closed."""

    id: int
    name: str
    code: str
    phone: str
    location_name: str
    course_id: int | None
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class ClientFile:
    """All that is kept of a client beside the courses. `phone` is E.164 or empty."""

    id: int
    version: int
    account_id: int
    name: str
    code: str
    phone: str
    location_id: int
    location_name: str
    note: str
    created_at: datetime
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class ClientValues:
    """What staff enter of a client, checked and normalised."""

    name: str
    phone: str
    location_id: int
    note: str


def folded(text: str) -> str:
    """Lower case, without accents, single spaces: equal for what people mean to be equal.

    >>> folded(" Zoë  ØRSTED ")
    'zoe orsted'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.translate(_PLAIN).split())


def search(
    reader: Session, typed: str, limit: int, with_restricted: bool = False
) -> list[ClientLine]:
    """Clients with words that begin as the typed ones do, or with such a phone or code."""
    course = (
        select(func.max(Course.id))
        .where(Course.client_id == Client.id, Course.closed_at.is_(None))
        .correlate(Client)
        .scalar_subquery()
    )
    rows = reader.execute(
        select(
            *(Client.id, Account.name, Client.code, Client.phone, Location.name, course),
            Account.disabled_at.is_not(None),
        )
        .join(Account, Account.id == Client.account_id)
        .join(Location, Location.id == Client.location_id)
        .where(_fits(typed), _is_there(with_restricted))
        .order_by(Client.search_name, Client.id)
        .limit(limit)
    )
    return [ClientLine(*row) for row in rows]


def _is_there(with_restricted: bool) -> ColumnElement[bool]:
    """Neither erased nor, unless it is asked for, restricted."""
    return Client.search_name != "" if with_restricted else Account.disabled_at.is_(None)


def _fits(typed: str) -> ColumnElement[bool]:
    words = folded(typed).split()[:MOST_WORDS]
    if not words:
        return true()
    # Each stored word stands behind a space, so that a word's beginning can be asked for.
    ways = [and_(*(Client.search_name.contains(f" {word}", autoescape=True) for word in words))]
    code = "".join(typed.split()).upper()
    if len(code) >= FEWEST_OF_CODE and code.isascii():
        ways.append(Client.code.startswith(code, autoescape=True))
    digits = _digits(typed)
    if len(digits) >= FEWEST_DIGITS:
        ways.append(Client.phone.contains(digits))
    return or_(*ways)


def _digits(typed: str) -> str:
    """The digits of a typed number, of whatever script, without a leading 0 or 00; empty where
    anything but a number was typed."""
    signs = [sign for sign in typed if sign not in " +-()./" and sign.isprintable()]
    if not all(sign.isdecimal() for sign in signs):
        return ""
    return "".join(str(unicodedata.decimal(sign)) for sign in signs).lstrip("0")


def read(reader: Session, client_id: int, with_restricted: bool = False) -> ClientFile | None:
    """One client, or None; also where the record was erased or, unless asked for, restricted."""
    row = reader.execute(
        select(
            Client.id,
            Client.version,
            Client.account_id,
            Account.name,
            Client.code,
            Client.phone,
            Client.location_id,
            Location.name,
            Client.note,
            Account.created_at,
            Account.disabled_at,
        )
        .join(Account, Account.id == Client.account_id)
        .join(Location, Location.id == Client.location_id)
        .where(Client.id == client_id, _is_there(with_restricted))
    ).one_or_none()
    return None if row is None else ClientFile(*row[:10], row[10] is not None)


def has_code(reader: Session, code: str) -> bool:
    """Whether a client has this code already."""
    return reader.scalar(select(Client.id).where(Client.code == code)) is not None


def has_location(reader: Session, location_id: int) -> bool:
    """Whether this is a location in use."""
    found = select(Location.id).where(Location.id == location_id, Location.archived_at.is_(None))
    return reader.scalar(found) is not None


def add(writer: Session, values: ClientValues, code: str, at: datetime) -> int:
    """A new client with an account to sign in with; returns the client's id."""
    account = Account(role=Role.CLIENT.value, name=values.name, created_at=at)
    writer.add(account)
    writer.flush()
    client = Client(
        account_id=account.id,
        location_id=values.location_id,
        code=code,
        search_name=_search_name(values.name),
        phone=values.phone,
        note=values.note,
    )
    writer.add(client)
    writer.flush()
    return client.id


def change(writer: Session, client_id: int, expected: int, values: ClientValues) -> bool:
    """Give a client new values; False if it has another version than expected."""
    account_id = writer.execute(
        update(Client)
        .where(Client.id == client_id, Client.version == expected)
        .values(
            version=expected + 1,
            seen_version=Client.seen_version + 1,
            location_id=values.location_id,
            search_name=_search_name(values.name),
            phone=values.phone,
            note=values.note,
        )
        .returning(Client.account_id)
        .execution_options(synchronize_session=False)
    ).scalar()
    if account_id is None:
        return False
    writer.execute(update(Account).where(Account.id == account_id).values(name=values.name))
    return True


def _search_name(name: str) -> str:
    return f" {folded(name)}"[:SEARCH_LENGTH]


def of_account(reader: Session, account_id: int) -> int:
    """The client of a client's account."""
    return reader.scalars(select(Client.id).where(Client.account_id == account_id)).one()
