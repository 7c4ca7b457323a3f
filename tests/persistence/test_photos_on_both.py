"""Photos on both databases: many at once are one, and every query says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import SetClock
from tests.persistence.test_push_on_both_databases import AT_ONCE, all_at_once
from tests.services.photo_scene import PhotoScene, QuickDecoder, jpeg, make_photo_scene
from tests.services.scene import make_scene
from webapp.domain.photos import ConsentKind, Format
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, PhotoConsent, PhotoVariant
from webapp.services import photo_consents, photo_keeping, photo_requests, photo_sweep, photos
from webapp.services.photo_making import make_sizes


@pytest.fixture
def taking(app_on_both: Flask, clock: SetClock) -> PhotoScene:
    with_ = replace(app_on_both.extensions["collaborators"], decoder=QuickDecoder())
    app_on_both.extensions["collaborators"] = with_
    return make_photo_scene(make_scene(app_on_both, clock))


def count(what: object) -> int:
    reading().rollback()
    return reading().scalar(select(func.count()).select_from(what)) or 0  # type: ignore[arg-type]


def test_one_file_sent_many_times_at_once_is_one_photo_with_one_row_in_the_audit(
    app_on_both: Flask, taking: PhotoScene
) -> None:
    all_at_once(app_on_both, *[taking.send] * AT_ONCE)
    assert taking.count() == (1, 1)
    uploads = AuditEvent.action == "photo-uploaded"
    reading().rollback()
    assert len(reading().scalars(select(AuditEvent.id).where(uploads)).all()) == 1


def test_sizes_made_by_many_at_once_are_made_once(app_on_both: Flask, taking: PhotoScene) -> None:
    photo_id = taking.row(taking.send().public_id).id
    all_at_once(app_on_both, *[lambda: make_sizes(taking.with_, photo_id)] * 3)
    assert count(PhotoVariant) == 6
    assert taking.count() == (1, 7)


def test_a_switch_turned_many_times_at_once_is_turned_once(
    app_on_both: Flask, taking: PhotoScene
) -> None:
    before = count(PhotoConsent)
    all_at_once(app_on_both, *[lambda: taking.withdraw(ConsentKind.SHOWN)] * AT_ONCE)
    assert count(PhotoConsent) == before + 1
    agreed = photo_consents.standing(taking.iris, taking.client_id)
    assert agreed == {ConsentKind.KEPT, ConsentKind.MARKETING}


def test_a_photo_goes_its_whole_way(app_on_both: Flask, taking: PhotoScene) -> None:
    first, other = taking.send(), taking.send(jpeg(colour="blue"))
    taking.make_sizes()
    photo_keeping.share(taking.with_, taking.iris, [first.public_id])
    (mine,) = photos.mine(taking.with_, taking.amira).photos
    seen = photos.picture(taking.with_, taking.amira, mine.row.public_id, (800, Format.WEBP))
    assert b"".join(seen.open()) == b"800 webp"
    until = photo_keeping.put_in_bin(taking.with_, taking.iris, other.public_id)
    taking.scene.clock.at = until
    assert photo_sweep.sweep(taking.with_, is_thorough=True).erased == 1
    assert taking.count() == (1, 7)
    assert photo_sweep.verify(taking.with_).is_whole
    assert photo_requests.unseen(taking.iris, taking.scene.location_id) == []
