"""Photos for journeys: drawn heads, taken and shared beside the running server."""

from __future__ import annotations

import random
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import select

from tests.journeys.served import Served
from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import ConsentKind, Zone
from webapp.persistence.database import reading
from webapp.persistence.tables import Account, Client, Course, TreatmentSession
from webapp.services import photo_consents, photo_keeping, photo_requests, photo_uploads
from webapp.services.demo_personas import PERSONAS, Persona
from webapp.services.photo_requests import NewRequest
from webapp.services.photo_uploads import NewPhoto
from webapp.services.ports import Collaborators

SIZE = (900, 1200)
WALL, SKIN, HAIR = (196, 202, 204), (222, 178, 150), (62, 50, 46)
# Who has had several sessions, so that there is something to compare.
ALBUM_OF = "final-healing"
ZONES = (Zone.CROWN, Zone.HAIRLINE)


def head(zone: Zone, fullness: float) -> bytes:
    """A head as a JPEG; `fullness` from 0 to 1 is how dense its dots are."""
    chance = random.Random(f"{zone}{fullness}")
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = (110, 150, 790, 1120)
    draw.ellipse((left, top, right, bottom), fill=HAIR)
    bare = (260, 330, 640, 800) if zone is Zone.CROWN else (180, 560, 720, 1240)
    draw.ellipse(bare, fill=SKIN)
    picture = picture.filter(ImageFilter.GaussianBlur(14))
    draw = ImageDraw.Draw(picture)
    for _dot in range(int(3600 * fullness)):
        x, y = chance.uniform(bare[0], bare[2]), chance.uniform(bare[1], min(bare[3], 1000))
        draw.ellipse((x, y, x + 5, y + 5), fill=HAIR)
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def persona_of_album() -> Persona:
    return next(persona for persona in PERSONAS if persona.key == ALBUM_OF)


def fill(served: Served) -> list[str]:
    """Photos of every session that this client had, agreed to and shared; the oldest first."""
    with served.beside.app_context():
        with_, client = with_of(served), client_of_album()
        assert client.client_id is not None
        for kind in (ConsentKind.KEPT, ConsentKind.SHOWN):
            photo_consents.say(with_, client, client.client_id, (kind, True))
        sessions, taken = _sessions(client.client_id), []
        for place, (course_id, number, ended_at) in enumerate(sessions, 1):
            for zone in ZONES:
                new = NewPhoto(client.client_id, zone, course_id, number, ended_at)
                file = BytesIO(head(zone, place / len(sessions)))
                taken.append(photo_uploads.receive(with_, _artist(), new, file).public_id)
        photo_keeping.share(with_, _artist(), taken)
    return taken


def ask(served: Served) -> int:
    """The clinic asks this client for a photo of the crown, today; the id of the request."""
    with served.beside.app_context():
        client = client_of_album()
        assert client.client_id is not None
        course_id = _sessions(client.client_id)[-1][0]
        words = "Does the small spot above the ear still show?"
        today = served.now().astimezone(ZoneInfo("Asia/Dubai")).date()
        new = NewRequest(client.client_id, Zone.CROWN, today, words, course_id)
        return photo_requests.ask(with_of(served), _artist(), new)


def with_of(served: Served) -> Collaborators:
    found: Collaborators = served.beside.extensions["collaborators"]
    return found


def client_of_album() -> SignedIn:
    """The client, within the application beside the server."""
    persona = persona_of_album()
    client = reading().scalars(select(Client).where(Client.phone == persona.phone)).one()
    return SignedIn(client.account_id, 0, Role.CLIENT, persona.name, "", client.id)


def _artist() -> SignedIn:
    account_id = reading().scalars(select(Account.id).where(Account.role == Role.ARTIST)).first()
    assert account_id is not None
    return SignedIn(account_id, 0, Role.ARTIST, "Iris", "")


def _sessions(client_id: int) -> list[tuple[int, int, datetime]]:
    """(course id, number, end) of every session that this client had, the earliest first."""
    had = (
        select(TreatmentSession.course_id, TreatmentSession.number, TreatmentSession.ended_at)
        .join(Course, Course.id == TreatmentSession.course_id)
        .where(Course.client_id == client_id, TreatmentSession.ended_at.is_not(None))
        .order_by(TreatmentSession.ended_at)
    )
    return [(course_id, number, at) for course_id, number, at in reading().execute(had) if at]
