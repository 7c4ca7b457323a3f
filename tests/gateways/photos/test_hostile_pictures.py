"""What is no photo, or wants to harm its decoder, is refused by name and leaves nothing."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pytest

from tests.gateways.photos import pictures
from tests.gateways.photos.conftest import fault_of
from tests.gateways.photos.pictures import cut, phone_jpeg, with_ispe
from webapp.domain.photo_faults import PhotoFault
from webapp.domain.photos import MadePicture
from webapp.gateways.photos import decoder as gateway
from webapp.gateways.photos.decoder import ChildDecoder

Master = Callable[[bytes], MadePicture]


NO_PHOTOS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "html": b"<!doctype html><script>1</script>",
    "zip": pictures.a_zip(),
    "pdf": b"%PDF-1.7\n" + b"\0" * 100,
    "text": b"photo.jpg",
    "one byte": b"\xff",
    "gif": pictures.encoded(pictures.blocks(8, 8).quantize(4), "GIF"),
    "bmp": pictures.encoded(pictures.blocks(8, 8), "BMP"),
    "tiff": pictures.encoded(pictures.blocks(8, 8), "TIFF"),
    "icon": pictures.encoded(pictures.blocks(16, 16), "ICO"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "heif without a picture": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "jpeg of zeros": b"\xff\xd8\xff" + b"\0" * 1000,
}


@pytest.mark.parametrize("name", NO_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(master: Master, name: str) -> None:
    assert fault_of(lambda: master(NO_PHOTOS[name])) is PhotoFault.NOT_A_PHOTO


def test_a_bomb_is_refused_by_its_header(master: Master) -> None:
    bomb = pictures.bomb_png()
    assert len(bomb) < 20_000
    assert fault_of(lambda: master(bomb)) is PhotoFault.TOO_MANY_PIXELS


@pytest.mark.parametrize("size", [(60_000, 60_000), (8001, 8000), (2**31 - 1, 2**31 - 1), (0, 0)])
def test_a_heif_that_says_to_be_huge_is_refused(master: Master, size: tuple[int, int]) -> None:
    forged = with_ispe(pictures.heic(), *size)
    allowed = {PhotoFault.TOO_MANY_PIXELS, PhotoFault.NOT_A_PHOTO, PhotoFault.DAMAGED}
    assert fault_of(lambda: master(forged)) in allowed


def test_a_heif_that_says_to_be_tiny_gets_no_more_than_it_says(master: Master) -> None:
    forged = with_ispe(pictures.heic(1), 8, 8)
    assert fault_of(lambda: master(forged)) in (PhotoFault.DAMAGED, PhotoFault.NOT_A_PHOTO)


WHOLE = {
    "jpeg": phone_jpeg((96, 64), 6),
    "progressive": phone_jpeg((96, 64), 6, progressive=True),
    "png": pictures.png(),
    "webp": pictures.webp(),
    "heic": pictures.heic(),
    "avif": pictures.avif(),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_was_cut_off_anywhere_is_refused(master: Master, kind: str) -> None:
    parts = cut(WHOLE[kind])
    with ThreadPoolExecutor(2) as pool:
        faults = set(pool.map(lambda part: fault_of(lambda: master(part)), parts))
    assert faults <= {PhotoFault.DAMAGED, PhotoFault.NOT_A_PHOTO}


def heavy(tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> ChildDecoder:
    """A decoder whose child does something else once it has its limits."""
    script = tmp_path / "child.py"
    text = gateway.CHILD.read_text().replace(
        "        files = make(sys.argv[1], sys.stdin.buffer)\n", f"        {code}\n"
    )
    assert code in text
    script.write_text(text)
    monkeypatch.setattr(gateway, "CHILD", script)
    return ChildDecoder(tmp_path / "incoming", at_once=1, wait=0.05)


def decode(decoder: ChildDecoder) -> MadePicture:
    with TemporaryFile() as source:
        source.write(b"anything")
        source.flush()
        return decoder.master(cast(BinaryIO, source))


@pytest.mark.parametrize(
    "code",
    [
        "bytearray(2**30)",  # more memory than there is for it
        "resource.setrlimit(resource.RLIMIT_CPU, (1, 1)); [0 for _ in iter(int, 1)]",
        "signal.alarm(1); __import__('time').sleep(60)",
        "sys.stdout.buffer.write(b'{broken'); files = []; sys.exit(0)",
        "_answer({'files': [{'side': 1, 'format': 'jpeg', 'width': 1, 'height': 1, 'bytes': 9}]},"
        " []); sys.exit(0)",
        "import os; os.kill(os.getpid(), signal.SIGSEGV)",
    ],
)
def test_a_child_that_runs_out_of_anything_is_a_picture_that_is_too_hard(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder = heavy(tmp_path, code, monkeypatch)
    assert fault_of(lambda: decode(decoder)) is PhotoFault.TOO_HARD
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_disk_without_room_for_what_is_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "sys.stdout = open('/dev/full', 'w'); files = [Made(1, 'jpeg', (1, 1), b'x')]"
    assert fault_of(lambda: decode(heavy(tmp_path, code, monkeypatch))) is PhotoFault.NO_ROOM


def test_a_child_that_cannot_end_itself_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "signal.alarm(0); __import__('time').sleep(60)"
    decoder = heavy(tmp_path, code, monkeypatch)
    monkeypatch.setattr(gateway, "SECONDS", 0.5)
    assert fault_of(lambda: decode(decoder)) is PhotoFault.TOO_HARD


def test_who_waits_too_long_for_a_place_is_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One place, held by a child that waits until it is ended."""
    pipe = tmp_path / "ready"
    os.mkfifo(pipe)
    code = (
        f"open({str(pipe)!r}, 'wb').write(str(__import__('os').getpid()).encode()); signal.pause()"
    )
    decoder = heavy(tmp_path, code, monkeypatch)
    holding = threading.Thread(target=lambda: fault_of(lambda: decode(decoder)))
    holding.start()
    child = int(pipe.read_text())
    try:
        assert fault_of(lambda: decode(decoder)) is PhotoFault.BUSY
    finally:
        os.kill(child, signal.SIGKILL)
        holding.join(10)


def test_the_child_gets_none_of_our_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIFTDAY_SECRET_KEY", "CANARY")
    found = tmp_path / "environment"
    code = f"open({str(found)!r}, 'w').write(repr(dict(__import__('os').environ))); sys.exit(1)"
    fault_of(lambda: decode(heavy(tmp_path, code, monkeypatch)))
    assert "CANARY" not in found.read_text()
    assert "MALLOC_ARENA_MAX" in found.read_text()
