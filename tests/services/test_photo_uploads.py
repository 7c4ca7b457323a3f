"""Photos come in: once each, whole or not at all, and only where the client agrees."""

from __future__ import annotations

import pytest

from tests.services.photo_scene import PhotoScene, jpeg
from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import ConsentKind, Format
from webapp.services import photos
from webapp.services.errors import NotFoundError


def test_a_photo_is_seen_in_every_size_once_its_job_is_done(taking: PhotoScene) -> None:
    sent = taking.send(jpeg((2000, 1500)))
    assert taking.row(sent.public_id).state == "arrived"
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "ready"
    seen = photos.picture(taking.with_, taking.iris, sent.public_id, (320, Format.WEBP))
    assert len(b"".join(seen.open())) == seen.size
    assert taking.count() == (1, 7)


def test_the_same_file_again_is_the_photo_that_is_there(taking: PhotoScene) -> None:
    first, again = taking.send(), taking.send()
    assert (first.is_new, again.is_new) == (True, False)
    assert first.public_id == again.public_id
    assert taking.count() == (1, 1)


def test_without_the_consent_nothing_is_kept(taking: PhotoScene) -> None:
    taking.withdraw(ConsentKind.KEPT)
    with pytest.raises(PhotoRefusedError) as refused:
        taking.send()
    assert refused.value.fault is PhotoFault.NO_CONSENT
    assert taking.count() == (0, 0)


def test_reception_sends_no_photos_and_opens_no_gallery(taking: PhotoScene) -> None:
    with pytest.raises(NotFoundError):
        taking.send(by=taking.scene.otto)
    with pytest.raises(NotFoundError):
        photos.gallery(taking.with_, taking.scene.otto, taking.client_id)
