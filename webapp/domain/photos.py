"""Photos of a scalp: their words, sizes and spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

MOST_BYTES = 25 * 10**6
SIDES = (320, 800, 1600)
# A binned photo can be restored for so long.
BIN_SPAN = timedelta(days=30)
# Long enough to take back a slip of the finger, and no longer.
WITHDRAWN_SPAN = timedelta(days=1)
# The machine's clock may be a little behind the phone's.
AHEAD_SPAN = timedelta(minutes=5)
LONGEST_NOTE = 1000


class Zone(StrEnum):
    """The part of the head that a photo shows."""

    HAIRLINE = "hairline"
    PARTING = "parting"
    CROWN = "crown"
    LEFT = "left"
    RIGHT = "right"
    BACK = "back"


class ConsentKind(StrEnum):
    """What a client agrees to, each by itself."""

    KEPT = "kept"  # photos are kept in the client's record
    SHOWN = "shown"  # what the clinic shares is shown in the app
    MARKETING = "marketing"  # a photo that is released too may be shown to others


class PhotoState(StrEnum):
    """How far a photo is. Bin and lock are told beside it."""

    ARRIVED = "arrived"  # safe, its sizes are still to be made
    READY = "ready"
    FAILED = "failed"  # safe, but its sizes could not be made
    MISSING = "missing"  # its bytes are not where they were


class Format(StrEnum):
    WEBP = "webp"
    JPEG = "jpeg"
    PNG = "png"  # of a logo only

    @property
    def content_type(self) -> str:
        return f"image/{self.value}"


class StoredObject(NamedTuple):
    """An object in the store; `modified_at` is UTC."""

    key: str
    size: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A file made of a picture by its decoder. `side`: what the longer side was allowed;
    `width` and `height` in pixels. Nothing but pixels in sRGB is in it."""

    side: int
    format: Format
    width: int
    height: int
    data: bytes


def taken_at(said: datetime | None, now: datetime) -> datetime:
    """When a photo counts as taken (UTC): as was said, unless that is still to come."""
    return said if said is not None and said <= now + AHEAD_SPAN else now


def side_for(wanted: int, made: Sequence[int]) -> int | None:
    """Of the sizes that are made, the smallest that is enough, else the largest."""
    enough = [side for side in made if side >= wanted]
    return min(enough) if enough else max(made, default=None)
