"""Who is signed in, and what a role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    ARTIST = "artist"
    RECEPTION = "reception"
    CLIENT = "client"


STAFF_ROLES = frozenset({Role.OWNER, Role.ARTIST, Role.RECEPTION})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The holder of a live login record, as the pages need them.

    `client_id` is None for staff. `time_zone` is the IANA name that this device last
    reported, or empty. `consented_version` is the privacy notice version the client
    consented to, 0 for none. `seen` names the versions of all that a client's own pages are made
    of; it is another text after every change of one of them, and empty for staff. `unread` counts
    what was told and waits in the inbox to be read or acknowledged. `proved_at` (UTC) is when a
    second factor was shown on this login, or None. `has_photos`: whether the clinic shows this
    client a photo; `asked_photos` counts the photos that it asks them for.
    """

    account_id: int
    login_id: int
    role: Role
    name: str
    time_zone: str
    client_id: int | None = None
    consented_version: int = 0
    seen: str = ""
    unread: int = 0
    proved_at: datetime | None = None
    has_photos: bool = False
    asked_photos: int = 0

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_owner(self) -> bool:
        return self.role is Role.OWNER
