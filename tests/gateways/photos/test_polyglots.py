"""A picture that is something else too is refused; what cameras append to pictures is not."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pytest

from tests.gateways.photos import pictures
from tests.gateways.photos.conftest import fault_of
from tests.gateways.photos.pictures import a_zip, encoded, phone_jpeg
from webapp.domain.photo_faults import PhotoFault
from webapp.domain.photos import MOST_BYTES, MadePicture
from webapp.gateways.photos.decoder import ChildDecoder
from webapp.gateways.photos.polyglots import PIECE, is_more_than_a_picture

Master = Callable[[bytes], MadePicture]
SCRIPT = b"<script>CANARY()</script>"
SHORT_MARKS = (
    b"<html><p>some words", b"<BODY onload='a()'>", b"<svg\nonload='a()'>", b"<?php echo 'words';"
)  # fmt: skip
LONG_MARKS = (b"<!DOCTYPE\n html>", b"<sCript>", b"<script/x>", b"<iframe ")


def box(name: bytes, data: bytes) -> bytes:
    """A part of an MP4 or HEIC."""
    return struct.pack(">I", 8 + len(data)) + name + data


def a_film() -> bytes:
    """As phones append it to a photo that moves."""
    return box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", Random(1).randbytes(5000))


def small(comment: bytes = b"") -> bytes:
    return encoded(pictures.blocks(64, 48), "JPEG", comment=comment)


POLYGLOTS = {
    "jpeg and zip": phone_jpeg((64, 48), 1) + a_zip(),
    "jpeg and zip that ends in words": small() + a_zip(b"words" * 10_000),
    "heic and zip": pictures.heic() + a_zip(),
    "a zip within a jpeg": small(a_zip()),
    "jpeg and pdf": small() + b"%PDF-1.7\n",
    "pdf that a jpeg begins": small(b"%PDF-1"),
    "png and html": pictures.png() + SCRIPT,
    "jpeg with a script as comment": small(SCRIPT),
    "heic and a page": pictures.heic() + b"<html><p>some words</p>",
    "avif with a frame": pictures.avif() + b"\0free<iframe src=x>",
    "webp and javascript": pictures.webp() + b"/*" + b"CANARY()",
    "webp of odd length and a byte": pictures.webp() + b"\0\0\0x",
    "png and bytes after zeros": pictures.png() + b"\0" * PIECE * 2 + b"x",
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_picture_that_is_something_else_too_is_refused(
    master: Master, decoder: ChildDecoder, name: str
) -> None:
    assert fault_of(lambda: master(POLYGLOTS[name])) is PhotoFault.MORE_THAN_A_PHOTO
    with TemporaryFile() as source:
        source.write(POLYGLOTS[name])
        fault = fault_of(lambda: decoder.logo(cast(BinaryIO, source)))
    assert fault is PhotoFault.MORE_THAN_A_PHOTO


ORDINARY = {
    "a photo that moves": phone_jpeg((96, 64), 6) + a_film(),
    "a second photo after the first": phone_jpeg((96, 64), 6) + phone_jpeg((48, 32), 6),
    "two photos in one": encoded(
        pictures.blocks(96, 64), "MPO", save_all=True, append_images=[pictures.blocks(48, 32)]
    ),
    "heic and a film": pictures.heic() + a_film(),
    "heic and a film in its box": pictures.heic() + box(b"mpvd", a_film()),
    "words that look like a page": small(b"<3 <svgs> <htmlx> < script> <x:body> script> %PDF"),
    "png and zeros": pictures.png() + b"\0" * 9,
    "webp and zeros": pictures.webp() + b"\0" * 9,
}


@pytest.mark.parametrize("name", ORDINARY)
def test_what_cameras_write_into_pictures_and_after_them_is_taken(
    master: Master, name: str
) -> None:
    made = master(ORDINARY[name])
    assert made.data.startswith(b"\xff\xd8\xff")
    assert b"CANARY" not in made.data


def is_more(file: bytes) -> bool:
    with TemporaryFile(buffering=0) as source:
        source.write(file)
        return is_more_than_a_picture(cast(BinaryIO, source))


@pytest.mark.parametrize("mark", [*SHORT_MARKS, *LONG_MARKS, b"%PDF-2.0"])
def test_a_mark_is_found_wherever_it_stands(mark: bytes) -> None:
    head, words = b"\xff\xd8\xff", b"and more words"
    assert is_more(head + b"\xe0" * 2000 + mark)
    for before in range(PIECE - len(mark) - len(words) - 1, PIECE + 1):
        assert is_more(head.ljust(before, b"\xe0") + mark + words + b"\xe0" * 100)


@pytest.mark.parametrize("mark", [b"<html>", b"<svg/>", b"<?php ", b"<script>"])
def test_nothing_has_to_follow_a_mark_at_the_very_end(mark: bytes) -> None:
    assert is_more(b"\xff\xd8\xff" + b"\xe0" * 2000 + mark)


@pytest.mark.parametrize("odd", [0, 1])
def test_a_webp_ends_where_it_says(odd: int) -> None:
    """A part of odd length is followed by one byte that counts for nothing."""
    webp = b"RIFF" + struct.pack("<I", 104 + odd) + b"WEBP" + b"\xe0" * (100 + odd)
    assert not is_more(webp + b"x" * odd)
    assert is_more(webp + b"x" * odd + b"x")


def test_a_png_ends_at_its_last_part_also_where_two_pieces_meet() -> None:
    end = pictures.chunk(b"IEND", b"")
    for before in range(PIECE - len(end) - 1, PIECE + 1):
        png = b"\x89PNG\r\n\x1a\n".ljust(before, b"\xe0") + end
        assert not is_more(png)
        assert is_more(png + b"x")


def test_what_compressed_bytes_hold_by_chance_is_no_mark() -> None:
    noise = Random(2).randbytes(MOST_BYTES - 1000)
    chance = b"<svg \x80 <html>text\0 <?php\n\x01 %PDF-1\x00 PK\x05\x06" + b"\xe0" * 30
    assert not is_more(b"\xff\xd8\xff" + noise + chance)
