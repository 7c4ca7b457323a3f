"""Pictures that are something else too: an archive, a document, a page with scripts.

A new picture is made of everything that is let in, so none of this could live on; but an honest
camera makes no such file, and whoever sent it shall hear of it. Fixed bytes are looked for
and no structure is followed, so there is nothing to lead astray. JPEG and HEIC may be followed by
what they like, because phones append films and second pictures to them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import FileIO
from typing import BinaryIO, cast

# So little that a file made to be slow holds up other threads for some milliseconds at a time.
PIECE = 64 * 1024
# Longer than the longest mark with what has to follow it.
OVERLAP = 64
# Compressed data is as good as random, and so may hold any mark by chance. With 25 MB of it:
# `<svg`, in either case, one of eight bytes, then ten of the 98 that are text:
# 25e6 / 2^8 / 2^21 * 8/256 * (98/256)^10 = 1e-7; `<html`, `<body` and `<?php` are more than
# a hundred times rarer still. `<script` and `<iframe`, with one of eight bytes and no more: 1e-9
# each. A PDF with its version: 1e-10. An honest photo is refused for its marks once in ten million.
MARKS = re.compile(
    rb"<(?:(?:!doctype\s{1,16}html|script|iframe)[\s/>]"
    rb"|(?:html|body|svg|\?php)[\s/>][\t\n\r -~]{10})",
    re.IGNORECASE,
)
# What stands at the very end of a file has all the text that it needs after it.
AFTER_THE_END = b" " * 10
# Readers of PDF look for its beginning in the first kilobyte; further on it gives its version.
PDF, PDF_AT_ONCE, FIRST = re.compile(rb"%PDF-\d\.\d"), re.compile(rb"%PDF-\d"), 1024
# `is_zipfile` asks for four bytes in the last 64 kB: by chance once in 65,000 photos. That and an
# entry of its list, or the list of an empty archive: once in ten million.
LISTED = re.compile(rb"PK(?:\x01\x02|\x05\x06\0{18})")
JPEG, PNG, HEIF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"ftyp"
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def is_more_than_a_picture(source: BinaryIO) -> bool:
    """Whether a file that begins as a picture is something else too.

    `source` is a real file; it is read from its beginning. False for what is no picture at all.
    """
    source.seek(0)
    # Past any buffer of it, for it is handed on as a file, and only as far as it was moved.
    with FileIO(source.fileno(), closefd=False) as raw:
        file = cast(BinaryIO, raw)
        start = file.read(FIRST)
        if not _is_picture(start):
            return False
        return bool(PDF_AT_ONCE.search(start)) or any(
            finds(file) for finds in (_has_marks, _is_zip, _goes_on)
        )


def _is_picture(start: bytes) -> bool:
    return start.startswith((JPEG, PNG)) or start[4:8] == HEIF or _is_webp(start)


def _is_webp(start: bytes) -> bool:
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def _has_marks(source: BinaryIO) -> bool:
    return any(MARKS.search(piece) or PDF.search(piece) for _, piece in _pieces(source))


def _is_zip(source: BinaryIO) -> bool:
    if not zipfile.is_zipfile(source):
        return False
    return any(LISTED.search(piece) for _, piece in _pieces(source))


def _goes_on(source: BinaryIO) -> bool:
    """Whether anything but zeros follows the end that a WebP or a PNG gives itself."""
    end = _end_of(source)
    if end is None:
        return False
    source.seek(end)
    return any(piece.strip(b"\0") for piece in iter(lambda: source.read(PIECE), b""))


def _end_of(source: BinaryIO) -> int | None:
    """Where the picture ends; None where nobody can say. What is cut off has no end."""
    source.seek(0)
    start = source.read(FIRST)
    if _is_webp(start):
        size = int.from_bytes(start[4:8], "little")
        # A part of odd length is followed by one more byte.
        return 8 + size + size % 2
    if start.startswith(PNG):
        found = ((at, piece.find(PNG_END)) for at, piece in _pieces(source))
        return next((at + within + len(PNG_END) for at, within in found if within >= 0), None)
    return None


def _pieces(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The file in pieces that overlap, each with where it begins: never the whole in memory."""
    source.seek(0)
    at, before = 0, b""
    while read := source.read(PIECE):
        piece = before + read
        yield at, piece
        before = piece[-OVERLAP:]
        at += len(piece) - len(before)
    yield at, before + AFTER_THE_END
