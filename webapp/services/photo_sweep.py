"""Keeping rows and objects of photos in step: every step of ours can end halfway, and is found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from webapp.domain.photo_faults import StoreFullError, StoreUnreachableError
from webapp.persistence import audit, photo_sweeping, photos
from webapp.persistence.database import reading, writing
from webapp.services.photo_making import MAKE, MOST_ATTEMPTS
from webapp.services.ports import Collaborators

# The job's name.
SWEEP = "sweep-photos"
# An object may wait for its row as long as this; no upload takes a tenth of it.
GRACE_SPAN = timedelta(hours=1)
# A job that has not begun by then was lost.
LOST_JOB_SPAN = timedelta(minutes=5)
# Comparing asks the store for all its keys.
COMPARE_SPAN = timedelta(hours=20)
MOST_AT_ONCE = 200
log = structlog.get_logger("photos")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: erased photos, objects without a row, unfinished files, photos without
    their bytes, photos whose sizes are made again."""

    erased: int = 0
    orphans: int = 0
    unfinished: int = 0
    missing: int = 0
    remade: int = 0


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found. `damaged` and `missing` name objects by their keys."""

    photos: int
    objects: int
    orphans: int
    missing: list[str]
    damaged: list[str]

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.damaged)


def unmade(with_: Collaborators) -> list[int]:
    """Photos whose sizes no job makes any more, as far as can be known."""
    before = with_.clock.now() - LOST_JOB_SPAN
    return photo_sweeping.unmade(reading(), before, MOST_ATTEMPTS, MOST_AT_ONCE)


def sweep(with_: Collaborators, is_thorough: bool = False) -> Swept:
    """Erase what has been in the bin for its time and, about once a day or where `is_thorough`,
    compare rows with objects. Raises StoreUnreachableError."""
    now = with_.clock.now()
    erased = _erase(with_, now)
    with writing() as writer:
        photo_sweeping.give_up(writer, MOST_ATTEMPTS, now - LOST_JOB_SPAN)
    last = photo_sweeping.swept_at(reading())
    if not is_thorough and last is not None and now - last < COMPARE_SPAN:
        return Swept(erased)
    found = _compare(with_, now)
    log.info("photos swept", erased=erased, orphans=found.orphans, missing=found.missing)
    return Swept(erased, found.orphans, found.unfinished, found.missing, found.remade)


def verify(with_: Collaborators) -> Verified:
    """Read every object and compare it with what its row says. Changes nothing."""
    wanted = photo_sweeping.hashes(reading())
    there = {found.key for found in with_.objects.objects()}
    missing = sorted(wanted.keys() - there)
    damaged = [key for key in sorted(wanted.keys() & there) if _hash(with_, key) != wanted[key]]
    orphans = len(there - wanted.keys())
    return Verified(photo_sweeping.count(reading()), len(there), orphans, missing, damaged)


def _erase(with_: Collaborators, now: datetime) -> int:
    """Rows first: an object that nothing leads to is found again, a row without bytes is seen."""
    erased = 0
    while ids := photo_sweeping.to_erase(reading(), now, MOST_AT_ONCE):
        with writing() as writer:
            keys = photos.remove(writer, ids)
            for photo_id in ids:
                audit.record(writer, now, None, "photo-erased", ("photo", photo_id))
        with_.objects.remove(keys)
        erased += len(ids)
    return erased


def _compare(with_: Collaborators, now: datetime) -> Swept:
    """What is in one and not in the other. Rows are read before and after the objects, because
    uploads go on meanwhile."""
    before = _rows()
    objects = list(with_.objects.objects())
    after = _rows()
    there = {found.key for found in objects}
    leads = before[0].keys() | after[0].keys() | before[1].keys() | after[1].keys()
    leads |= photo_sweeping.logos(reading())
    old = now - GRACE_SPAN
    orphans = [one.key for one in objects if one.key not in leads and one.modified_at < old]
    with_.objects.remove(orphans)
    masters, sizes = (
        {was[key] for key in was.keys() & will.keys() if key not in there}
        for was, will in zip(before, after, strict=True)
    )
    with writing() as writer:
        photo_sweeping.lost_masters(writer, sorted(masters))
        left = photo_sweeping.lost_sizes(writer, sorted(sizes - masters))
        photo_sweeping.note_swept(writer, now, len(orphans), len(masters))
    with_.objects.remove(left)
    for photo_id in sorted(sizes - masters):
        with_.jobs.put(MAKE, photo_id)
    unfinished = with_.objects.tidy(old)
    return Swept(0, len(orphans), unfinished, len(masters), len(sizes - masters))


def _rows() -> tuple[dict[str, int], dict[str, int]]:
    reader = reading()
    reader.rollback()
    return photo_sweeping.masters(reader), photo_sweeping.sizes(reader)


def _hash(with_: Collaborators, key: str) -> bytes:
    try:
        digest = hashlib.sha256()
        for piece in with_.objects.stream(key):
            digest.update(piece)
        return digest.digest()
    except (FileNotFoundError, StoreFullError, StoreUnreachableError):
        return b""
