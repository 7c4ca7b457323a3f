"""Amira's photos at the clinic: taken by Iris, and shared with her unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from flask.testing import FlaskClient

from tests.services.photo_scene import jpeg
from tests.web.house import House
from tests.web.phone import Phone, add_course, make_phone
from webapp.domain.people import SignedIn
from webapp.domain.photos import ConsentKind, Zone
from webapp.persistence.tables import Photo
from webapp.services import photo_consents, photo_keeping, photo_requests, photo_uploads
from webapp.services.photo_requests import NewRequest
from webapp.services.photo_uploads import NewPhoto
from webapp.services.ports import Collaborators

COLOURS = ("red", "green", "blue", "gold", "teal", "pink", "navy", "plum")


@dataclass
class Shared:
    """`house` with the course of Amira's `phone`; each new photo has a colour of its own."""

    house: House
    phone: Phone
    taken: list[str] = field(default_factory=list)

    @property
    def client_id(self) -> int:
        return self.house.clients["Amira"]

    @property
    def with_(self) -> Collaborators:
        return self.house.with_

    @property
    def browser(self) -> FlaskClient:
        return self.phone.browser

    @contextmanager
    def as_(self, name: str) -> Iterator[SignedIn]:
        with self.house.app.app_context():
            yield self.house.person(name)

    def agree(self, *kinds: ConsentKind, is_granted: bool = True) -> None:
        with self.as_("Amira") as amira:
            for kind in kinds:
                photo_consents.say(self.with_, amira, self.client_id, (kind, is_granted))

    def withdraw(self, *kinds: ConsentKind) -> None:
        self.agree(*kinds, is_granted=False)

    def take(
        self,
        zone: Zone = Zone.CROWN,
        at: datetime | None = None,
        session: int | None = None,
        is_shared: bool = True,
    ) -> str:
        """A photo of the course; returns its public id."""
        with self.as_("Iris") as iris:
            course_id = self.phone.course_id or None
            new = NewPhoto(self.client_id, zone, course_id, session, at)
            file = BytesIO(jpeg((90, 120), COLOURS[len(self.taken)]))
            found = photo_uploads.receive(self.with_, iris, new, file).public_id
            if is_shared:
                photo_keeping.share(self.with_, iris, [found])
        self.taken.append(found)
        return found

    def share(self, public_id: str, is_shared: bool = True) -> None:
        with self.as_("Iris") as iris:
            verb = photo_keeping.share if is_shared else photo_keeping.unshare
            verb(self.with_, iris, [public_id])

    def put_in_bin(self, public_id: str) -> None:
        with self.as_("Iris") as iris:
            photo_keeping.put_in_bin(self.with_, iris, public_id)

    def must_keep(self) -> None:
        """The owner says that the law obliges the clinic to keep photos."""
        with self.as_("Olga") as olga:
            photo_consents.say_must_keep(self.with_, olga, must_keep=True)

    def ask(self, zone: Zone = Zone.CROWN, days: int = 0, words: str = "") -> int:
        """Ask for a photo on a day from today on; returns the id of the request."""
        on = self.house.clock.now().date().toordinal() + days
        with self.as_("Iris") as iris:
            new = NewRequest(
                self.client_id,
                zone,
                datetime.fromordinal(on).date(),
                words,
                self.phone.course_id or None,
            )
            return photo_requests.ask(self.with_, iris, new)

    def row(self, public_id: str) -> Photo:
        with self.house.reader() as reader:
            return reader.query(Photo).filter_by(public_id=public_id).one()


def make_shared(house: House) -> Shared:
    """Amira has agreed to see her photos; her two sessions have ended."""
    phone = make_phone(house)
    at = house.clock.now()
    add_course(phone, done=(at.replace(month=1), at.replace(month=2)))
    shared = Shared(house, phone)
    shared.agree(ConsentKind.KEPT, ConsentKind.SHOWN)
    return shared
