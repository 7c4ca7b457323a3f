"""The demo clinic: filled once, its clients' courses told anew when they have grown old."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.people import Role
from webapp.persistence import (
    accounts,
    clients,
    course_saving,
    demo_courses,
    new_courses,
    notices,
    recipients,
)
from webapp.persistence.clients import ClientValues
from webapp.persistence.database import reading, writing
from webapp.persistence.new_courses import NewCourseRow
from webapp.persistence.tables import Account, Client, Clinic, Location, PrivacyNotice
from webapp.protocols.loader import protocol_version
from webapp.services.clinic import CLINIC_ID
from webapp.services.demo_asked import tell_asked
from webapp.services.demo_notices import tell_past
from webapp.services.demo_personas import DUBAI, PERSONAS, SOFIA, Moment, Persona, Story
from webapp.services.invitations import MadeInvitation, make_desk_code
from webapp.services.noticing import Cause, plan_notices
from webapp.services.ports import Collaborators

OWNER = ("Dana Ionescu", "owner@demo.example", Role.OWNER)
ARTIST = ("Iris Laurent", "artist@demo.example", Role.ARTIST)
RECEPTION = ("Noor Rahman", "reception@demo.example", Role.RECEPTION)
STAFF = (OWNER, ARTIST, RECEPTION)
PROTOCOL = ("smp", 1)
PASSWORD_BYTES = 12
# Older stories are told anew at the next start, so that "3 hours ago" stays nearly true.
FRESH_SPAN = timedelta(hours=6)
WEEKDAY, CLOSED = ["10:00", "19:00"], None
NOTICE = """We keep your name, your phone number and the dates of your treatment, so that this
page can tell you what your scalp may meet and when. Our staff see them; nobody else does. You can
read this again at any time and withdraw your consent. This is a demonstration: nothing is real."""


class UnknownPersonaError(Exception):
    """The demo has no such client."""


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How a member of the demo's staff signs in today."""

    role: Role
    email: str
    password: str


def is_here() -> bool:
    """Whether this database holds the demo clinic."""
    return _account_of(reading(), OWNER[1]) is not None


def fill(with_: Collaborators) -> list[DemoSignIn]:
    """Make or refresh the demo clinic, and give its staff new random passwords."""
    now = with_.clock.now()
    with writing() as writer:
        if _account_of(writer, OWNER[1]) is None:
            _add_clinic(writer, now)
        clients_here = [client.id for _, client in _clients(writer)]
        if demo_courses.are_older_than(writer, clients_here, now - FRESH_SPAN):
            demo_courses.remove_of(writer, clients_here)
            # The new courses begin at version 1 again: whatever phones keep is told apart by this.
            for _, client in _clients(writer):
                client.seen_version += 1
            _tell_stories(writer, now)
            tell_asked(writer, now.date())
        return [_with_new_password(writer, with_, email, role) for _, email, role in STAFF]


def persona_code(with_: Collaborators, key: str) -> MadeInvitation:
    """A fresh desk code for a persona's client. Raises UnknownPersonaError."""
    found = next((persona for persona in PERSONAS if persona.key == key), None)
    client_id = _client_of(reading(), found) if found else None
    if client_id is None:
        raise UnknownPersonaError
    return make_desk_code(with_, None, client_id)


def _account_of(reader: Session, email: str) -> Account | None:
    return reader.scalar(select(Account).where(Account.email == email))


def _client_of(reader: Session, persona: Persona) -> int | None:
    return reader.scalar(select(Client.id).where(Client.phone == persona.phone))


def _add_clinic(writer: Session, now: datetime) -> None:
    writer.add(
        Clinic(
            id=CLINIC_ID,
            name="Halo Scalp Studio",
            accent_colour="#0f766e",
            emergency_number="112",
            whatsapp="+971501234567",
        )
    )
    writer.add(
        PrivacyNotice(version=1, text=" ".join(NOTICE.split()), published_at=now, asks_again=False)
    )
    places = {DUBAI: _place("Marina Walk", "+97141234567", DUBAI)}
    places[SOFIA] = _place("Vitosha Boulevard", "+35929876543", SOFIA)
    writer.add_all(places.values())
    for name, email, role in STAFF:
        accounts.add_staff(writer, role, name, email, now)
    writer.flush()
    for number, persona in enumerate(PERSONAS):
        values = ClientValues(persona.name, persona.phone, places[persona.zone].id, "")
        clients.add(writer, values, f"DEM{number + 22}", now)


def _place(name: str, phone: str, zone: str) -> Location:
    street = f"12 {name}"
    hours = [WEEKDAY] * 6 + [CLOSED]
    return Location(name=name, address=street, phone=phone, opening_hours=hours, time_zone=zone)


def _tell_stories(writer: Session, now: datetime) -> None:
    artist = _account_of(writer, ARTIST[1])
    assert artist is not None
    for persona, client in _clients(writer):
        zone = ZoneInfo(persona.zone)
        for story in persona.stories(Moment(now, zone)):
            place = NewCourseRow(client.id, client.location_id, artist.id, story.kind, PROTOCOL)
            _tell(writer, place, story, (zone, now))


def _clients(writer: Session) -> Iterator[tuple[Persona, Client]]:
    for persona in PERSONAS:
        found = writer.scalar(select(Client).where(Client.phone == persona.phone))
        if found is not None:
            yield persona, found


def _tell(
    writer: Session, place: NewCourseRow, story: Story, here: tuple[ZoneInfo, datetime]
) -> None:
    zone, now = here
    state = story.state(zone)
    course_id = new_courses.add(writer, place, state.course, now)
    course_saving.save(writer, course_id, state)
    protocol = protocol_version(*PROTOCOL)
    # First what was told already, so that it is not planned to be told once more.
    account_id = recipients.account_of_client(writer, place.client_id)
    tell_past(writer, (account_id, course_id), (protocol, state.course), now)
    notices.supersede_other_courses(writer, place.client_id, course_id)
    plan_notices(writer, course_id, Cause("course-begin"), now)


def _with_new_password(writer: Session, with_: Collaborators, email: str, role: Role) -> DemoSignIn:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = _account_of(writer, email)
    assert account is not None
    account.password_hash = with_.passwords.hash(password)
    return DemoSignIn(role, email, password)
