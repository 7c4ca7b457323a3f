"""Photos of the demo clinic's clients: taken in like any others, in the background."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import ConsentKind, Zone
from webapp.persistence import photos
from webapp.persistence.database import reading
from webapp.persistence.tables import Account, Client, Course, TreatmentSession
from webapp.services import photo_consents, photo_keeping, photo_requests, photo_uploads
from webapp.services.demo import ARTIST
from webapp.services.demo_personas import PERSONAS
from webapp.services.demo_pictures import head
from webapp.services.photo_requests import NewRequest
from webapp.services.photo_uploads import NewPhoto
from webapp.services.ports import Collaborators

# The job's name.
TAKE = "demo-photos"
# One whose sessions are followed, and one who was asked for a photo and sent it.
FOLLOWED, ASKED = "keep-dry", "settling"
ZONES = (Zone.HAIRLINE, Zone.CROWN)
BEFORE_SPAN, AFTER_SPAN = timedelta(hours=4), timedelta(minutes=10)
WORDS = "How does it look on day 10?"


def soon(with_: Collaborators) -> None:
    """Have them taken by the worker: to read pictures takes longer than a start may."""
    with_.jobs.put(TAKE)


def take(with_: Collaborators) -> None:
    """Take the photos of the demo's clients who have none yet."""
    artist = reading().scalar(select(Account).where(Account.email == ARTIST[1]))
    if artist is None:
        return
    by = SignedIn(artist.id, 0, Role.ARTIST, artist.name, "")
    _follow(with_, by, _client(FOLLOWED))
    _ask(with_, by, _client(ASKED))


def _client(key: str) -> Client:
    number = next(persona.phone for persona in PERSONAS if persona.key == key)
    return reading().scalars(select(Client).where(Client.phone == number)).one()


def _follow(with_: Collaborators, by: SignedIn, client: Client) -> None:
    """Before and after the first session, shared with the client."""
    client_id, done = client.id, _ended(client.id)
    if photos.of_client(reading(), client_id) or done is None:
        return
    for kind in (ConsentKind.KEPT, ConsentKind.SHOWN):
        photo_consents.say(with_, by, client_id, (kind, True))
    course_id, number, ended_at = done
    for zone in ZONES:
        for sessions, span in ((0, -BEFORE_SPAN), (1, AFTER_SPAN)):
            session = number if sessions else None
            new = NewPhoto(client_id, zone, course_id, session, ended_at + span)
            photo_uploads.receive(with_, by, new, BytesIO(head(zone, sessions)))
    photo_keeping.share_session(with_, by, client_id, (course_id, number))


def _ask(with_: Collaborators, by: SignedIn, client: Client) -> None:
    """A photo that was asked for, has come, and waits to be looked at."""
    client_id, account_id, now = client.id, client.account_id, with_.clock.now()
    if photos.of_client(reading(), client_id):
        return
    own = SignedIn(account_id, 0, Role.CLIENT, "", "", client_id)
    photo_consents.say(with_, own, client_id, (ConsentKind.KEPT, True))
    asked = NewRequest(client_id, Zone.HAIRLINE, now.date() + timedelta(days=1), WORDS)
    answer = NewPhoto(client_id, Zone.HAIRLINE, request_id=photo_requests.ask(with_, by, asked))
    photo_uploads.receive(with_, own, answer, BytesIO(head(Zone.HAIRLINE, 2)))


def _ended(client_id: int) -> tuple[int, int, datetime] | None:
    """Course, number and end of a client's latest session."""
    rows = (
        select(Course.id, TreatmentSession.number, TreatmentSession.ended_at)
        .join(TreatmentSession, TreatmentSession.course_id == Course.id)
        .where(Course.client_id == client_id, TreatmentSession.ended_at.is_not(None))
        .order_by(TreatmentSession.ended_at.desc())
    )
    found = reading().execute(rows.limit(1)).one_or_none()
    return (found[0], found[1], found[2]) if found and found[2] else None
