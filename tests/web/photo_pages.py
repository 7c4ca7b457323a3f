"""A client's photos at the desk: Iris with a second factor shown, and a client who agrees."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.services.photo_scene import jpeg
from tests.web.house import House
from webapp.domain.photos import ConsentKind, Zone
from webapp.persistence.tables import Photo, PhotoRequest
from webapp.services import photo_consents, photo_requests, photo_uploads
from webapp.services.photo_requests import NewRequest
from webapp.services.photo_uploads import NewPhoto


@dataclass
class PhotoDesk:
    """Iris at her browser, and Amira's photos."""

    house: House
    iris: FlaskClient

    @property
    def client_id(self) -> int:
        return self.house.clients["Amira"]

    @property
    def address(self) -> str:
        return f"/staff/clients/{self.client_id}/photos"

    def say(self, kind: ConsentKind, is_granted: bool) -> None:
        with self.house.app.app_context():
            by = self.house.person("Iris")
            photo_consents.say(self.house.with_, by, self.client_id, (kind, is_granted))

    def take(self, zone: Zone = Zone.CROWN, colour: str = "red", by: str = "Iris") -> str:
        """A photo that is in the record; returns its public id."""
        with self.house.app.app_context():
            new = NewPhoto(self.client_id, zone)
            picture = BytesIO(jpeg(colour=colour))
            person = self.house.person(by)
            return photo_uploads.receive(self.house.with_, person, new, picture).public_id

    def ask_and_answer(self, words: str = "") -> int:
        """A photo was asked for and has come; returns the request's id."""
        today = self.house.clock.now().date()
        with self.house.app.app_context():
            iris, amira = self.house.person("Iris"), self.house.person("Amira")
            new = NewRequest(self.client_id, Zone.BACK, today, words)
            request_id = photo_requests.ask(self.house.with_, iris, new)
            answer = NewPhoto(self.client_id, Zone.BACK, request_id=request_id)
            picture = BytesIO(jpeg(colour="green"))
            photo_uploads.receive(self.house.with_, amira, answer, picture)
        return request_id

    def send(self, body: bytes, zone: str = "crown", **headers: str) -> TestResponse:
        """A file by itself, as the script sends it."""
        query = {"zone": zone, "session": ""}
        address = f"{self.address}/files"
        return self.iris.post(address, data=body, query_string=query, headers=headers)

    def send_form(self, *files: tuple[bytes, str], zone: str = "crown") -> TestResponse:
        """Files in a form, as a browser without scripts sends them."""
        sent = [(BytesIO(body), name) for body, name in files]
        data = {"zone": zone, "session": "", "photos": sent}
        return self.iris.post(f"{self.address}/new", data=data, content_type="multipart/form-data")

    def photos(self) -> list[Photo]:
        with self.house.reader() as reader:
            return list(reader.scalars(select(Photo).order_by(Photo.id)))

    def requests(self) -> list[PhotoRequest]:
        with self.house.reader() as reader:
            return list(reader.scalars(select(PhotoRequest).order_by(PhotoRequest.id)))


def make_photo_desk(house: House) -> PhotoDesk:
    """Amira agrees to everything; Iris has shown a second factor and typed the password."""
    desk = PhotoDesk(house, house.treating("Iris"))
    for kind in ConsentKind:
        desk.say(kind, True)
    return desk
