"""Who may do what with a photo: the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from webapp.domain.people import Role
from webapp.domain.photos import ConsentKind


class Act(StrEnum):
    """What somebody may do with one photo."""

    SEE = "see"
    DOWNLOAD = "download"
    DESCRIBE = "describe"  # note, zone, mark for the artist
    SHARE = "share"  # with the client, and take it back
    RELEASE = "release"  # for marketing, and take it back
    BIN = "bin"
    SEE_BINNED = "see-binned"
    RESTORE = "restore"
    SEE_LOCKED = "see-locked"  # with a reason, which is kept


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in; `client_id` is None for staff."""

    role: Role
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What access depends on. `consents`: what its client agrees to at present."""

    client_id: int
    is_shared: bool = False
    is_binned: bool = False
    is_locked: bool = False
    consents: frozenset[ConsentKind] = frozenset({ConsentKind.KEPT})


NOTHING: frozenset[Act] = frozenset()
BY_ARTIST = frozenset({Act.SEE, Act.DOWNLOAD, Act.DESCRIBE, Act.SHARE, Act.RELEASE, Act.BIN})
IN_THE_BIN = frozenset({Act.SEE_BINNED, Act.RESTORE})
BY_CLIENT = frozenset({Act.SEE, Act.DOWNLOAD, Act.RELEASE})
TREATING = frozenset({Role.OWNER, Role.ARTIST})


def acts(viewer: Viewer | None, photo: PhotoFacts) -> frozenset[Act]:
    """Everything that somebody may do with a photo; None is whoever is not signed in.

    Without the consent to keep it nobody may do anything, but for the owner with one that the
    clinic must keep: it is locked. Reception sees no photo at all.
    """
    if viewer is None:
        return NOTHING
    if viewer.role is Role.CLIENT:
        return BY_CLIENT if _is_shown(viewer, photo) else NOTHING
    if viewer.role not in TREATING:
        return NOTHING
    if photo.is_locked:
        return frozenset({Act.SEE_LOCKED}) if viewer.role is Role.OWNER else NOTHING
    if ConsentKind.KEPT not in photo.consents:
        return NOTHING
    return IN_THE_BIN if photo.is_binned else BY_ARTIST


def _is_shown(viewer: Viewer, photo: PhotoFacts) -> bool:
    is_there = not (photo.is_binned or photo.is_locked)
    is_agreed = photo.consents >= {ConsentKind.KEPT, ConsentKind.SHOWN}
    is_own = viewer.client_id is not None and viewer.client_id == photo.client_id
    return is_own and is_there and is_agreed and photo.is_shared


def may(act: Act, viewer: Viewer | None, photo: PhotoFacts) -> bool:
    return act in acts(viewer, photo)


def may_work_with_photos(role: Role) -> bool:
    """Whether staff of this role take photos and open a client's gallery."""
    return role in TREATING


def may_consent(viewer: Viewer, client_id: int) -> bool:
    """Whether somebody may say what a client agrees to: the client, or whoever treats, at the
    chair and for the client."""
    return viewer.client_id == client_id or viewer.role in TREATING
