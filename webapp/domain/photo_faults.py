"""Why a photo is not taken. Each is said in words by the web floor."""

from __future__ import annotations

from enum import StrEnum


class PhotoFault(StrEnum):
    """What is wrong with what was sent, or in the way of keeping it."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"  # in bytes
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_A_PHOTO = "not-a-photo"  # no format that is taken
    MORE_THAN_A_PHOTO = "more-than-a-photo"  # an archive, a document or a page as well
    DAMAGED = "damaged"  # begins as a photo and cannot be read to its end
    TOO_HARD = "too-hard"  # its decoder ran out of time or memory
    BUSY = "busy"  # too many at once: the same again in a moment
    NO_ROOM = "no-room"  # the clinic's disk is full
    UNREACHABLE = "unreachable"  # the store of photos does not answer
    NO_CONSENT = "no-consent"  # the client has not agreed that photos are kept


# The same file sent again may well be taken.
MAY_TRY_AGAIN = frozenset({PhotoFault.BUSY, PhotoFault.NO_ROOM, PhotoFault.UNREACHABLE})


class PhotoRefusedError(Exception):
    """A photo was not taken, and nothing of it is kept; `fault` says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(fault.value)
        self.fault = fault

    @property
    def may_try_again(self) -> bool:
        return self.fault in MAY_TRY_AGAIN


class StoreFullError(Exception):
    """There is no room for an object."""


class StoreUnreachableError(Exception):
    """The store of objects failed, or does not answer."""
