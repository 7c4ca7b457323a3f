"""Rows and objects are kept in step, whatever was lost on either side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.services.photo_scene import PhotoScene, jpeg
from webapp.domain.photos import BIN_SPAN, ConsentKind, Format
from webapp.services import photo_consents, photo_keeping, photo_sweep, photos
from webapp.services.errors import NotFoundError
from webapp.services.photo_sweep import COMPARE_SPAN, GRACE_SPAN

pytestmark = pytest.mark.usefixtures("anywhere", "quickly")
A_SECOND = timedelta(seconds=1)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def taking(taking: PhotoScene) -> PhotoScene:
    """At the machine's own time, by which a store says when an object was stored."""
    taking.scene.clock.at = datetime.now(UTC).replace(microsecond=0)
    return taking


def later(taking: PhotoScene, span: timedelta) -> None:
    taking.scene.clock.at = datetime.now(UTC).replace(microsecond=0) + span


def test_an_object_without_a_row_is_removed_once_no_upload_can_be_under_way(
    taking: PhotoScene,
) -> None:
    taking.send()
    taking.with_.objects.put("aa/orphan", b"nobody's")
    later(taking, GRACE_SPAN - A_MINUTE)
    assert photo_sweep.sweep(taking.with_, is_thorough=True).orphans == 0
    later(taking, GRACE_SPAN + A_MINUTE)
    assert photo_sweep.sweep(taking.with_, is_thorough=True).orphans == 1
    assert taking.count() == (1, 1)


def test_a_photo_without_its_bytes_is_marked_and_no_other(taking: PhotoScene) -> None:
    lost, kept = taking.send(), taking.send(jpeg(colour="blue"))
    taking.make_sizes()
    taking.with_.objects.remove([taking.row(lost.public_id).key])
    assert photo_sweep.sweep(taking.with_, is_thorough=True).missing == 1
    states = [taking.row(one.public_id).state for one in (lost, kept)]
    assert states == ["missing", "ready"]


def test_a_size_that_was_lost_is_made_again(taking: PhotoScene) -> None:
    sent = taking.send()
    taking.make_sizes()
    for found in list(taking.with_.objects.objects()):
        if found.key != taking.row(sent.public_id).key:
            taking.with_.objects.remove([found.key])
            break
    assert photo_sweep.sweep(taking.with_, is_thorough=True).remade == 1
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "ready"
    assert taking.count() == (1, 7)


def test_rows_and_objects_are_compared_about_once_a_day(taking: PhotoScene) -> None:
    photo_sweep.sweep(taking.with_)
    taking.with_.objects.put("aa/orphan", b"nobody's")
    later(taking, COMPARE_SPAN - A_MINUTE)
    assert photo_sweep.sweep(taking.with_).orphans == 0
    later(taking, COMPARE_SPAN + A_MINUTE)
    assert photo_sweep.sweep(taking.with_).orphans == 1


def test_the_bin_is_emptied_after_thirty_days_and_not_a_second_before(taking: PhotoScene) -> None:
    sent = taking.send()
    taking.make_sizes()
    until = photo_keeping.put_in_bin(taking.with_, taking.iris, sent.public_id)
    assert until == taking.scene.clock.at + BIN_SPAN
    taking.scene.clock.at = until - A_SECOND
    assert photo_sweep.sweep(taking.with_).erased == 0
    taking.scene.clock.at = until
    assert photo_sweep.sweep(taking.with_).erased == 1
    assert taking.count() == (0, 0)
    with pytest.raises(NotFoundError):
        photos.one(taking.olga, sent.public_id)


def test_what_is_locked_is_not_erased(taking: PhotoScene) -> None:
    sent = taking.send()
    photo_keeping.put_in_bin(taking.with_, taking.iris, sent.public_id)
    taking.oblige()
    taking.withdraw(ConsentKind.KEPT)
    later(taking, BIN_SPAN * 2)
    assert photo_sweep.sweep(taking.with_, is_thorough=True).erased == 0
    assert taking.count() == (1, 1)
    assert photo_consents.must_keep()


def test_verifying_finds_what_is_damaged_missing_or_too_much(taking: PhotoScene) -> None:
    one, other = taking.send(), taking.send(jpeg(colour="blue"))
    assert photo_sweep.verify(taking.with_).is_whole
    keys = [taking.row(sent.public_id).key for sent in (one, other)]
    taking.with_.objects.put(keys[0], b"something else")
    taking.with_.objects.remove([keys[1]])
    taking.with_.objects.put("aa/orphan", b"nobody's")
    found = photo_sweep.verify(taking.with_)
    assert (found.damaged, found.missing, found.orphans) == ([keys[0]], [keys[1]], 1)
    assert (found.photos, found.objects, found.is_whole) == (2, 2, False)


def test_a_photo_whose_bytes_are_away_says_so_when_it_is_opened(taking: PhotoScene) -> None:
    sent = taking.send()
    taking.with_.objects.remove([taking.row(sent.public_id).key])
    seen = photos.picture(taking.with_, taking.iris, sent.public_id, (800, Format.WEBP))
    with pytest.raises(FileNotFoundError):
        seen.open()
