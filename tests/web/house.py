"""A clinic with its people: Olga owns it, Iris is an artist, Otto sits at reception, Amira and
Basim are clients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SetClock
from webapp.domain.people import Role, SignedIn
from webapp.persistence import login_records
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import (
    Account,
    AuditEvent,
    Client,
    Clinic,
    Consent,
    Location,
    LoginRecord,
    PrivacyNotice,
)
from webapp.services import invitations, logins
from webapp.services.invitations import MadeInvitation
from webapp.services.ports import Collaborators

PASSWORD = "lantern-river-7-oak"
NOTICE = "We keep your treatment dates."
STAFF = (("Olga", Role.OWNER), ("Iris", Role.ARTIST), ("Otto", Role.RECEPTION))
CLIENTS = (("Amira", "C0AMIRA", True), ("Basim", "C0BASIM", True))


@dataclass
class House:
    """The clinic's ids by name, and short ways to do what its people do."""

    app: Flask
    clock: SetClock
    location_id: int = 0
    accounts: dict[str, int] = field(default_factory=dict)
    clients: dict[str, int] = field(default_factory=dict)

    @property
    def with_(self) -> Collaborators:
        found: Collaborators = self.app.extensions["collaborators"]
        return found

    @contextmanager
    def reader(self) -> Iterator[Session]:
        with self.app.app_context():
            yield reading()

    @contextmanager
    def writer(self) -> Iterator[Session]:
        with self.app.app_context(), writing() as writer:
            yield writer

    def browser(self, agent: str = "Mozilla/5.0 (iPhone) Safari/605") -> FlaskClient:
        """A browser in which nobody is signed in."""
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.environ_base["HTTP_USER_AGENT"] = agent
        return client

    def browser_of(
        self, name: str, is_confirmed: bool = False, is_proved: bool = False
    ) -> FlaskClient:
        """A browser in which somebody is signed in, with the password just typed or not, with a
        second factor shown or not."""
        now = self.clock.now()
        with self.writer() as writer:
            token = logins.begin(writer, self.accounts[name], "iPhone, Safari", now)
            held = logins.token_hash(token)
            if is_confirmed:
                login_records.confirm(writer, held, now)
            if is_proved:
                login = select(LoginRecord.id).where(LoginRecord.token_hash == held)
                login_records.prove(writer, writer.scalars(login).one(), now)
        client = self.browser()
        client.set_cookie("liftday", token)
        return client

    def treating(self, name: str) -> FlaskClient:
        """A browser of somebody of the staff who has just shown everything there is to show."""
        return self.browser_of(name, is_confirmed=True, is_proved=True)

    def person(self, name: str) -> SignedIn:
        role = Role(dict(STAFF).get(name, Role.CLIENT))
        return SignedIn(self.accounts[name], 0, role, name, "", self.clients.get(name))

    def desk_code(self, name: str = "Amira") -> MadeInvitation:
        with self.app.app_context():
            by = self.person("Iris")
            return invitations.make_desk_code(self.with_, by, self.clients[name])

    def staff_link(self, name: str) -> MadeInvitation:
        with self.app.app_context():
            return invitations.make_owner_reset_link(self.with_, f"{name.lower()}@clinic.example")

    def audit(self) -> list[str]:
        with self.reader() as reader:
            return list(reader.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def make_house(app: Flask, clock: SetClock) -> House:
    """The clinic in the application's fresh database."""
    house = House(app, clock)
    with house.writer() as writer:
        _add_clinic(writer, house)
        for name, role in STAFF:
            account = Account(role=role, name=name, created_at=clock.now())
            account.email = f"{name.lower()}@clinic.example"
            account.password_hash = house.with_.passwords.hash(PASSWORD)
            writer.add(account)
            writer.flush()
            house.accounts[name] = account.id
        for name, code, has_consented in CLIENTS:
            _add_client(writer, house, name, code)
            if has_consented:
                consent = Consent(account_id=house.accounts[name], notice_version=1)
                consent.consented_at = clock.now()
                writer.add(consent)
    return house


def _add_clinic(writer: Session, house: House) -> None:
    clinic = Clinic(id=1, name="Atelier", accent_colour="#0f766e", emergency_number="998")
    place = Location(name="Marina", time_zone="Asia/Dubai", opening_hours=[None] * 7)
    notice = PrivacyNotice(version=1, text=NOTICE, published_at=house.clock.now())
    writer.add_all([clinic, place, notice])
    writer.flush()
    house.location_id = place.id


def _add_client(writer: Session, house: House, name: str, code: str) -> None:
    account = Account(role=Role.CLIENT, name=name, created_at=house.clock.now())
    writer.add(account)
    writer.flush()
    client = Client(account_id=account.id, location_id=house.location_id, code=code)
    client.search_name = name.lower()
    writer.add(client)
    writer.flush()
    house.accounts[name], house.clients[name] = account.id, client.id
