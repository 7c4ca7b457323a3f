"""What there is at the demo clinic to be looked at, as values for the parameters of addresses."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.journeys import photo_desk
from tests.journeys.album import with_of
from tests.journeys.served import Served
from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import ConsentKind, Zone
from webapp.domain.slips import SlipKind
from webapp.persistence import sending
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import (
    Account,
    Client,
    Course,
    Location,
    Photo,
    PhotoRequest,
    Slip,
    Visit,
)
from webapp.services import (
    courses,
    hairdresser_cards,
    photo_consents,
    photo_requests,
    photos,
    slips,
)
from webapp.services.course_extras import CloseCourse
from webapp.services.demo_personas import DUBAI, PERSONAS
from webapp.services.sending import CLOCK_JUMP

Belongings = dict[str, dict[str, Sequence[object]]]
WITH_PHOTOS, TO_BE_LOCKED, TO_BE_CLOSED = "keep-dry", "settling", "overdue"


def belongings(served: Served) -> Belongings:
    """By persona, and by the name of a parameter: every value it can have for this client."""
    for key, count in ((WITH_PHOTOS, 4), (TO_BE_LOCKED, 1)):
        photo_desk.until_stored(served, photo_desk.client_of(served, key), count)
    with served.beside.app_context():
        token = _let_everything_be_there(served)
        return {persona.key: _of_client(persona.phone) | {"token": [token]} for persona in PERSONAS}


def _let_everything_be_there(served: Served) -> str:
    """What the demo has of everything but of this: a card, a slip, a photo that is asked for, one
    that is locked, a course that is closed, news that are held. Returns the token of the card."""
    with_, now = with_of(served), served.now()
    owner, artist, client = _staff(Role.OWNER), _staff(Role.ARTIST), _client(WITH_PHOTOS)
    today = now.astimezone(ZoneInfo(DUBAI)).date()
    slips.tell(client, SlipKind.WET, now, now)
    wanted = photo_requests.NewRequest(client.client_id or 0, Zone.CROWN, today)
    photo_requests.ask(with_, artist, wanted)
    photo_consents.say_must_keep(with_, owner, must_keep=True)
    _lock_photo(served, owner, _client(TO_BE_LOCKED))
    file = courses.running_of(_client(TO_BE_CLOSED).client_id or 0)
    assert file is not None
    courses.change(with_, artist, file.id, file.version, CloseCourse("She moved away."))
    with writing() as writer:
        sending.note(writer, held_at=now, held_for=CLOCK_JUMP)
    return hairdresser_cards.make(with_, client, 7)


def _lock_photo(served: Served, owner: SignedIn, client: SignedIn) -> None:
    """The client withdraws, and the owner has said why a photo has to be seen all the same."""
    client_id = client.client_id or 0
    photo_consents.say(with_of(served), client, client_id, (ConsentKind.KEPT, False))
    (item,) = photos.locked_of(owner, client_id).photos
    photos.unlock(with_of(served), owner, item.row.public_id, "The insurer asks.")


def _of_client(phone: str) -> dict[str, Sequence[object]]:
    reader = reading()
    client_id = reader.scalars(select(Client.id).where(Client.phone == phone)).one()
    course_ids = list(reader.scalars(select(Course.id).where(Course.client_id == client_id)))
    visits = select(Visit.id).where(Visit.course_id.in_(course_ids))
    requests = select(PhotoRequest.id).where(PhotoRequest.client_id == client_id)
    shown = select(Photo.public_id).where(Photo.client_id == client_id)
    told = select(Slip.id).where(Slip.client_id == client_id)
    artist = select(Account.id).where(Account.role == Role.ARTIST)
    return {
        "client_id": [client_id],
        "course_id": course_ids,
        "number": [1, 2, 3],
        "visit_id": list(reader.scalars(visits)),
        "request_id": list(reader.scalars(requests)),
        "public_id": list(reader.scalars(shown)),
        "slip_id": list(reader.scalars(told)),
        "account_id": list(reader.scalars(artist)),
        "location_id": list(reader.scalars(select(Location.id))),
        "activity": ["wash-hair"],
        "status": ["held", "cancelled", "missed"],
    }


def _client(key: str) -> SignedIn:
    phone = next(persona.phone for persona in PERSONAS if persona.key == key)
    client = reading().scalars(select(Client).where(Client.phone == phone)).one()
    return SignedIn(client.account_id, 0, Role.CLIENT, key, DUBAI, client.id)


def _staff(role: Role) -> SignedIn:
    found = reading().scalars(select(Account.id).where(Account.role == role)).first()
    assert found is not None
    return SignedIn(found, 0, role, role.value, DUBAI)
