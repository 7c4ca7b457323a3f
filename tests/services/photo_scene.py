"""The small clinic with photos: a client who agrees to everything, and pictures to send."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from tests.services.hands import Hand, another_hand
from tests.services.scene import Scene
from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import SIDES, ConsentKind, Format, MadePicture, Zone
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, Client, Photo
from webapp.services import clinic_settings, photo_consents, photo_uploads
from webapp.services.clinic_settings import ClinicDetails
from webapp.services.photo_making import MOST_ATTEMPTS
from webapp.services.photo_uploads import NewPhoto, Received
from webapp.services.ports import Collaborators


def jpeg(size: tuple[int, int] = (64, 48), colour: str = "red", **more: object) -> bytes:
    """A small picture; each colour is another file."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", **more)
    return file.getvalue()


class QuickDecoder:
    """Stands in for the child process where a test is about something else."""

    def master(self, source: BinaryIO) -> MadePicture:
        source.seek(0)
        return MadePicture(4096, Format.JPEG, 64, 48, source.read())

    def variants(self, master: bytes) -> list[MadePicture]:
        kinds = (Format.WEBP, Format.JPEG)
        return [
            MadePicture(side, kind, 64, 48, f"{side} {kind}".encode())
            for side in reversed(SIDES)
            for kind in kinds
        ]

    def logo(self, source: BinaryIO) -> MadePicture:
        raise NotImplementedError


@dataclass
class PhotoScene:
    """`amira` is a client with a phone who agrees to everything; Iris treats, Olga owns."""

    scene: Scene
    hand: Hand
    client_id: int
    olga: SignedIn

    @property
    def with_(self) -> Collaborators:
        return self.scene.with_

    @property
    def iris(self) -> SignedIn:
        return self.scene.iris

    @property
    def amira(self) -> SignedIn:
        return self.hand.person

    def agree(self, *kinds: ConsentKind, is_granted: bool = True) -> None:
        for kind in kinds:
            photo_consents.say(self.with_, self.amira, self.client_id, (kind, is_granted))

    def withdraw(self, *kinds: ConsentKind) -> None:
        self.agree(*kinds, is_granted=False)

    def oblige(self) -> None:
        """The law obliges the clinic to keep photos."""
        details = ClinicDetails("Halo", "#0f766e", "", "", "")
        clinic_settings.save_details(self.with_, self.olga, details, 0)
        photo_consents.say_must_keep(self.with_, self.olga, must_keep=True)

    def send(self, file: bytes | None = None, by: SignedIn | None = None, **more: int) -> Received:
        """Send a picture of the client's crown, as Iris unless somebody else is named."""
        new = NewPhoto(self.client_id, Zone.CROWN, **more)  # type: ignore[arg-type]
        return photo_uploads.receive(self.with_, by or self.iris, new, BytesIO(file or jpeg()))

    def make_sizes(self) -> None:
        """Do everything that waits in the queue, as the worker would."""
        while self.with_.jobs.do_one():
            pass

    def lose_jobs(self) -> None:
        """Take every job out of the queue without any size being made."""
        with writing() as writer:
            attempts = {row.id: row.attempts for row in writer.query(Photo)}
            writer.query(Photo).update({"attempts": MOST_ATTEMPTS})
        self.make_sizes()
        with writing() as writer:
            for row in writer.query(Photo):
                row.attempts = attempts[row.id]

    def row(self, public_id: str) -> Photo:
        reading().rollback()
        return reading().query(Photo).filter_by(public_id=public_id).one()

    def count(self) -> tuple[int, int]:
        """How many photos and how many objects there are."""
        reading().rollback()
        return reading().query(Photo).count(), len(list(self.with_.objects.objects()))


def make_photo_scene(scene: Scene) -> PhotoScene:
    client_id = scene.add_client("Amira Saleh")
    account_id = reading().query(Client).filter_by(id=client_id).one().account_id
    hand = another_hand(scene, account_id)
    with writing() as writer:
        owner = Account(role="owner", name="Olga", created_at=scene.clock.now())
        writer.add(owner)
        writer.flush()
        olga = SignedIn(owner.id, 1, Role.OWNER, "Olga", "Asia/Dubai")
    made = PhotoScene(scene, hand, client_id, olga)
    made.agree(*ConsentKind)
    return made
