"""Whether a client is shown photos, and is asked for some: as parts of one larger look.

Who may see a photo is decided by `domain/photo_access`; a test compares this with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, ScalarSelect, and_, false, func, select
from sqlalchemy.sql.functions import coalesce

from webapp.domain.photos import ConsentKind
from webapp.persistence.tables import Photo, PhotoConsent, PhotoRequest

_photo, _said = Photo.__table__.c, PhotoConsent.__table__.c
_asked = PhotoRequest.__table__.c


def has_shown(client_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether this client may see at least one photo."""
    shared = select(_photo.id).where(
        _photo.client_id == client_id,
        _photo.shared_at.is_not(None),
        _photo.binned_at.is_(None),
        _photo.locked_at.is_(None),
    )
    stands = (_stands(client_id, kind) for kind in (ConsentKind.KEPT, ConsentKind.SHOWN))
    return and_(shared.exists(), *stands)


def count_asked(client_id: ColumnElement[Any]) -> ScalarSelect[int]:
    """How many photos the clinic asks this client for."""
    is_open = _asked.answered_at.is_(None) & _asked.cancelled_at.is_(None)
    found = select(func.count()).select_from(PhotoRequest.__table__)
    return found.where(_asked.client_id == client_id, is_open).scalar_subquery()


def latest_asked(client_id: ColumnElement[Any]) -> ScalarSelect[int]:
    """The id of the newest request; with their count it tells one set of them from another."""
    found = select(func.max(_asked.id)).where(_asked.client_id == client_id)
    return found.scalar_subquery()


def _stands(client_id: ColumnElement[Any], kind: ConsentKind) -> ColumnElement[bool]:
    latest = (
        select(_said.is_granted)
        .where(_said.client_id == client_id, _said.kind == kind.value, _said.photo_id.is_(None))
        .order_by(_said.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return coalesce(latest, false(), type_=Boolean)
