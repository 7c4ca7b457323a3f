"""Photos come in: once each, whole or not at all, and only where the client agrees."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO, RawIOBase
from typing import Any, BinaryIO, cast

import pytest
from flask import Flask

from tests.gateways.photos.pictures import a_zip
from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from webapp.domain.photo_faults import (
    PhotoFault,
    PhotoRefusedError,
    StoreFullError,
    StoreUnreachableError,
)
from webapp.domain.photos import MOST_BYTES, ConsentKind, Format, Zone
from webapp.persistence.database import db
from webapp.services import photo_keeping, photo_uploads, photos
from webapp.services.errors import NotFoundError
from webapp.services.photo_uploads import NewPhoto

pytestmark = pytest.mark.usefixtures("anywhere")


def fault_of(taking: PhotoScene, file: bytes | BinaryIO, **with_: Any) -> PhotoFault:
    stream = BytesIO(file) if isinstance(file, bytes) else file
    new = NewPhoto(taking.client_id, Zone.CROWN)
    with pytest.raises(PhotoRefusedError) as refused:
        photo_uploads.receive(replace(taking.with_, **with_), taking.iris, new, stream)
    return refused.value.fault


@pytest.fixture(autouse=True)
def nothing_is_left_of_uploads(app: Flask) -> Iterator[None]:
    yield
    incoming = app.extensions["settings"].data_folder / "incoming"
    assert list(incoming.glob("*")) == []


def test_a_photo_is_seen_in_every_size_once_its_job_is_done(taking: PhotoScene) -> None:
    sent = taking.send(jpeg((2000, 1500)))
    assert taking.row(sent.public_id).state == "arrived"
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "ready"
    for side in (320, 800, 1600):
        for kind in (Format.WEBP, Format.JPEG):
            seen = photos.picture(taking.with_, taking.iris, sent.public_id, (side, kind))
            data = b"".join(seen.open())
            assert (len(data), hashlib.sha256(data).digest()) == (seen.size, seen.content_hash)
    assert taking.count() == (1, 7)


def test_until_its_sizes_are_made_the_master_stands_in_for_them(taking: PhotoScene) -> None:
    sent = taking.send()
    seen = photos.picture(taking.with_, taking.iris, sent.public_id, (320, Format.WEBP))
    assert (seen.content_type, seen.size) == ("image/jpeg", taking.row(sent.public_id).size)


def test_the_same_file_again_is_the_photo_that_is_there(taking: PhotoScene) -> None:
    first, again = taking.send(), taking.send()
    assert (first.is_new, again.is_new) == (True, False)
    assert first.public_id == again.public_id
    assert taking.count() == (1, 1)
    known = photo_uploads.known(taking.iris, taking.client_id, hashlib.sha256(jpeg()).digest())
    assert known == first.public_id
    assert photo_uploads.known(taking.iris, taking.client_id, b"\0" * 32) is None


def test_the_same_file_of_another_client_is_another_photo(taking: PhotoScene) -> None:
    first = taking.send()
    other = make_another(taking)
    assert other.send().public_id != first.public_id


def make_another(taking: PhotoScene) -> PhotoScene:
    return make_photo_scene(taking.scene)


def test_the_same_file_sent_four_times_at_once_is_one_photo(taking: PhotoScene, app: Flask) -> None:
    def send(_: int) -> str:
        with app.app_context():
            try:
                return taking.send().public_id
            finally:
                db.engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert taking.count() == (1, 1)


def test_without_the_consent_nothing_is_kept(taking: PhotoScene) -> None:
    taking.withdraw(ConsentKind.KEPT)
    assert fault_of(taking, jpeg()) is PhotoFault.NO_CONSENT
    assert taking.count() == (0, 0)


class Endless(RawIOBase):
    """A hundred megabytes of nothing, of which it counts how many are taken."""

    left = 100 * 10**6

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self.left)
        self.left -= taken
        return b"\0" * taken


def test_a_stream_without_end_is_taken_no_further_than_a_photo_may_be(taking: PhotoScene) -> None:
    stream = Endless()
    assert fault_of(taking, cast(BinaryIO, stream)) is PhotoFault.TOO_LARGE
    assert 100 * 10**6 - stream.left <= MOST_BYTES + 2**20
    assert taking.count() == (0, 0)


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (b"", PhotoFault.EMPTY),
        (b"<svg/>", PhotoFault.NOT_A_PHOTO),
        (jpeg((400, 300))[:800], PhotoFault.DAMAGED),
        (jpeg() + a_zip(), PhotoFault.MORE_THAN_A_PHOTO),
        (jpeg(comment=b"<script>1</script>"), PhotoFault.MORE_THAN_A_PHOTO),
    ],
)
def test_what_is_refused_leaves_nothing(taking: PhotoScene, file: bytes, fault: PhotoFault) -> None:
    waiting = taking.with_.jobs.count()
    assert fault_of(taking, file) is fault
    assert taking.count() == (0, 0)
    assert taking.with_.jobs.count() == waiting


class Failing:
    """A store that is full or away, and keeps nothing."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def put(self, key: str, data: bytes) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (StoreFullError(), PhotoFault.NO_ROOM),
        (StoreUnreachableError(), PhotoFault.UNREACHABLE),
    ],
)
def test_a_store_that_takes_nothing_is_said_and_the_repeat_gives_one_photo(
    taking: PhotoScene, error: Exception, fault: PhotoFault
) -> None:
    assert fault_of(taking, jpeg(), objects=Failing(error)) is fault
    assert taking.count() == (0, 0)
    assert taking.send().is_new
    assert taking.count() == (1, 1)


def test_what_the_store_lost_is_mended_by_the_same_file(taking: PhotoScene) -> None:
    sent = taking.send()
    taking.with_.objects.remove([taking.row(sent.public_id).key])
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "missing"
    assert photo_uploads.known(taking.iris, taking.client_id, sha(jpeg())) is None
    assert taking.send().public_id == sent.public_id
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "ready"


def sha(file: bytes) -> bytes:
    return hashlib.sha256(file).digest()


def test_a_binned_photo_that_is_sent_again_comes_out_of_the_bin(taking: PhotoScene) -> None:
    sent = taking.send()
    photo_keeping.put_in_bin(taking.with_, taking.iris, sent.public_id)
    again = taking.send()
    assert (again.public_id, again.is_new) == (sent.public_id, False)
    assert taking.row(sent.public_id).erase_at is None


def test_reception_and_strangers_send_no_photos(taking: PhotoScene) -> None:
    other = make_another(taking)
    for by in (taking.scene.otto, taking.amira, other.amira):
        with pytest.raises(NotFoundError):
            taking.send(by=by)
    for by in (taking.scene.otto, other.amira):
        with pytest.raises(NotFoundError):
            photo_uploads.known(by, taking.client_id, b"\0" * 32)


def test_a_photo_belongs_to_a_session_of_its_own_client_only(taking: PhotoScene) -> None:
    course = taking.scene.begin(taking.client_id)
    foreign = taking.scene.begin()
    taking.scene.ended(course, 1, taking.scene.clock.at)
    sent = taking.send(course_id=course, session_number=1)
    assert taking.row(sent.public_id).session_number == 1
    wrong: list[dict[str, int]] = [
        {"course_id": foreign},
        {"course_id": course, "session_number": 2},
        {"session_number": 1},
        {"request_id": 1},
    ]
    for about in wrong:
        with pytest.raises(NotFoundError):
            taking.send(jpeg(colour="blue"), taking.iris, **about)
