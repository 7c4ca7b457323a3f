"""What services need of the outer world, as typed ports; create_app supplies the real ones."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from webapp.domain.icons import IconDrawing
from webapp.domain.notices import NoticeFacts
from webapp.domain.photos import MadePicture, StoredObject
from webapp.domain.pushes import OutgoingPush, PushMessage, PushSubscription, SendResult
from webapp.domain.retention import Retention
from webapp.domain.second_factors import HeldPasskey, NewPasskey, PasskeyHolder


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant: UTC, whole seconds."""


class PasswordHasher(Protocol):
    def hash(self, password: str) -> str:
        """A salted, slow hash that carries its own parameters."""

    def is_right(self, stored_hash: str, password: str) -> bool:
        """Whether the password made this hash; False for an unreadable one."""


class PushKeys(Protocol):
    """The clinic's keys for web push."""

    def ensure(self) -> None:
        """Make the key that is missing; never replace one."""

    def current_id(self) -> str:
        """The id of the key for new subscriptions."""

    def ids(self) -> list[str]:
        """The ids of all keys."""

    def public_key(self, key_id: str) -> str:
        """The application server key that a browser subscribes with: base64url."""

    def rotate(self) -> str:
        """Make another key for new subscriptions; the old ones are kept. Returns its id."""

    def forget(self, key_id: str) -> None:
        """Delete a key that no subscription uses any more; raises ValueError for the current."""


class PushSender(Protocol):
    """Sends to push services over connections that it keeps. For one thread."""

    def send(
        self, batch: Sequence[OutgoingPush], now: datetime
    ) -> Generator[SendResult | None, None, None]:
        """Exactly one result for each push, in the order in which they become known; None at
        moments with nothing to do but wait, at least once a second."""

    def hold(self, origin: str, until: datetime) -> None:
        """Start nothing to an origin before this instant."""

    def release(self, origin: str) -> None:
        """Let a paused origin be tried at once; what it asked us to wait still holds."""

    def closed_origins(self, now: datetime) -> dict[str, datetime]:
        """The origins to which nothing may start yet, and until when."""

    def close(self) -> None:
        """Close every connection."""


class Push(Protocol):
    """The way to web push."""

    def check(self, subscription: PushSubscription) -> str:
        """The origin of a subscription that can be sent to. Raises SubscriptionError."""

    def open(self) -> PushSender:
        """A sender of one's own; the caller closes it."""


class NoticeWords(Protocol):
    """Finds the words of a push; they are presenters'."""

    def message(
        self, notices: Sequence[NoticeFacts], is_discreet: bool, badge: int, now: datetime
    ) -> PushMessage:
        """One push for all these notices of one account, the most important first."""


class Jobs(Protocol):
    """Background work that may be lost, because a sweep finds it again."""

    def put(self, name: str, *arguments: int) -> None:
        """Let a job be done soon."""

    def count(self) -> int:
        """How many jobs wait."""

    def do_one(self) -> bool:
        """Do the job that waits longest; False where none does."""


class Icons(Protocol):
    def draw(self, drawing: IconDrawing) -> bytes:
        """The icon as a PNG file."""


class Uploads(Protocol):
    def taken(self, stream: BinaryIO) -> AbstractContextManager[tuple[BinaryIO, bytes]]:
        """What somebody sends as a file, and its SHA-256; raises PhotoRefusedError where it is
        empty, too large or finds no room."""


class Decoder(Protocol):
    """Makes clean files of foreign pictures. Every method raises PhotoRefusedError."""

    def master(self, source: BinaryIO) -> MadePicture:
        """The one file that is kept of a photo."""

    def variants(self, master: bytes) -> list[MadePicture]:
        """The smaller sizes of a master."""

    def logo(self, source: BinaryIO) -> MadePicture:
        """A logo, as PNG."""


class Objects(Protocol):
    """Bytes by key: whole or not there. Every method raises StoreFullError or
    StoreUnreachableError, and FileNotFoundError for a key that is not there."""

    def put(self, key: str, data: bytes) -> None:
        """Store an object, safe from then on."""

    def read(self, key: str) -> bytes:
        """The whole object."""

    def stream(self, key: str) -> Iterator[bytes]:
        """The object piece by piece."""

    def remove(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is not there is as good as removed."""

    def objects(self) -> Iterator[StoredObject]:
        """Everything that is stored."""

    def tidy(self, before: datetime) -> int:
        """Remove unfinished files begun before then (UTC); how many."""


class Tombstones(Protocol):
    """Lines outside the database, kept when an older copy of it is put back."""

    def lines(self) -> list[str]:
        """Every line that was ever added, the oldest first."""

    def add(self, lines: Sequence[str]) -> None:
        """Add lines, safe from then on. Raises OSError."""


class Phones(Protocol):
    def normalised(self, text: str) -> str | None:
        """A typed phone number in E.164, or None where it cannot be one."""

    def shown(self, number: str) -> str:
        """A number in E.164 as people write it; any other text as it is."""


class Authenticator(Protocol):
    """Codes of authenticator apps: TOTP of six digits."""

    def new_secret(self) -> str:
        """A fresh secret in base32."""

    def uri(self, secret: str, account: str, clinic: str) -> str:
        """The `otpauth:` address that an app reads from a QR code."""

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step at which this code is shown, of the present one and its neighbours."""

    def code_at(self, secret: str, at: datetime) -> str:
        """What an app shows at this instant."""


class Passkeys(Protocol):
    """Passkeys of this site. Questions and answers are JSON, as browsers exchange them."""

    @property
    def origin(self) -> str:
        """Where passkeys work: scheme, host and port."""

    def ask_to_add(
        self, holder: PasskeyHolder, clinic: str, challenge: bytes, held: Sequence[bytes]
    ) -> str:
        """What a browser is asked to make a passkey; none on a device that has one of `held`."""

    def added(self, answer: str, challenge: bytes) -> NewPasskey:
        """The passkey that was made. Raises PasskeyRefusedError."""

    def ask_to_prove(self, challenge: bytes, held: Sequence[bytes]) -> str:
        """What a browser is asked to show a passkey: one of `held`, or any of this site."""

    def named_in(self, answer: str) -> bytes:
        """The credential id that an answer speaks of. Raises PasskeyRefusedError."""

    def proved(self, answer: str, challenge: bytes, held: HeldPasskey) -> int:
        """The new sign count, where the answer is right. Raises PasskeyRefusedError."""


class Seal(Protocol):
    """Keeps secrets in the database, readable with this deployment's key alone."""

    def close(self, text: str) -> bytes:
        """The text as it may be stored."""

    def open(self, sealed: bytes) -> str | None:
        """The text again, or None where the key is another one."""

    def digest(self, text: str) -> bytes:
        """32 bytes, equal for equals, that cannot be tried out without the key."""


@dataclass(frozen=True, slots=True)
class Collaborators:
    """The outer world in one value, built once by create_app."""

    clock: Clock
    passwords: PasswordHasher
    push_keys: PushKeys
    push: Push
    words: NoticeWords
    jobs: Jobs
    phones: Phones
    icons: Icons
    uploads: Uploads
    decoder: Decoder
    objects: Objects
    authenticator: Authenticator
    passkeys: Passkeys
    seal: Seal
    tombstones: Tombstones
    # The address clients open, without a slash at its end.
    base_url: str
    # Seconds of a clock that only measures spans; its zero means nothing.
    stopwatch: Callable[[], float]
    # A secret of this deployment, by which accounts fall into drawers.
    drawer_key: bytes
    # Whether clients may be invited only once the privacy notice is filled.
    needs_notice: bool = False
    # How long each kind of record is kept once it is over.
    retention: Retention = field(default_factory=Retention)
