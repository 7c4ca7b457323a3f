"""Real pictures as cameras and enemies make them, with words in them that must not come out."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

import pillow_heif
from PIL import Image, PngImagePlugin

CANARY = "CANARY-MAKER"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{CANARY}</a></x:xmpmeta>'.encode()
RED, GREEN, BLUE, GREY = (254, 0, 0), (0, 128, 1), (0, 0, 254), (128, 128, 128)
CORNERS = ((RED, 0.1, 0.1), (GREEN, 0.9, 0.1), (BLUE, 0.1, 0.9), (GREY, 0.9, 0.9))
ORIENTATION, MAKER, DESCRIPTION, GPS = 0x0112, 0x010F, 0x010E, 0x8825
# Windows writes its comment in two bytes a letter.
WIDE_COMMENT, WIDE_CANARY = 0x9C9C, CANARY.encode("utf-16-le")
# How a picture lies in a file whose orientation says how to turn it upright.
LYING = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def blocks(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture of four blocks, by which one sees how it lies."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata([RED, GREEN, BLUE, GREY])
    return picture.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def is_upright(picture: Image.Image, tolerance: int = 12) -> bool:
    """Whether every block is in its corner, in its colour."""
    for colour, across, down in CORNERS:
        spot = (int(picture.width * across), int(picture.height * down))
        seen = picture.convert("RGB").getpixel(spot)
        assert isinstance(seen, tuple)
        if max(abs(a - b) for a, b in zip(seen, colour, strict=True)) > tolerance:
            return False
    return True


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: who made it, how it lies, and where on earth it was."""
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKER], tags[DESCRIPTION] = orientation, CANARY, CANARY
    tags[WIDE_COMMENT] = WIDE_CANARY
    place = tags.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (25.0, 4.0, 37.0), "E", (55.0, 8.0, 24.0)
    place[29] = CANARY
    return tags


def lying(picture: Image.Image, orientation: int) -> Image.Image:
    return picture.transpose(LYING[orientation]) if orientation in LYING else picture


def encoded(picture: Image.Image, kind: str, **more: object) -> bytes:
    file = BytesIO()
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    picture.save(file, kind, **more)
    return file.getvalue()


def phone_jpeg(size: tuple[int, int], orientation: int, **more: object) -> bytes:
    """A JPEG as a phone stores it; `size` is that of the picture upright."""
    picture = lying(blocks(*size), orientation)
    tags = exif(orientation)
    words: dict[str, object] = {"exif": tags, "comment": CANARY.encode(), "xmp": XMP}
    return encoded(picture, "JPEG", quality=85, **words, **more)


def heic(orientation: int = 6) -> bytes:
    """As an iPhone writes it: the encoder makes the turn that the EXIF names a part of the file."""
    tags = exif(orientation).tobytes()
    picture = lying(blocks(96, 64), orientation)
    return encoded(picture, "HEIF", exif=tags, xmp=XMP, icc_profile=profile(SRGB))


def avif(orientation: int = 6) -> bytes:
    picture = lying(blocks(96, 64), orientation)
    more = {"xmp": XMP, "icc_profile": profile(SRGB), "speed": 10}
    return encoded(picture, "AVIF", exif=exif(orientation), **more)


def webp(orientation: int = 6) -> bytes:
    picture = lying(blocks(96, 64), orientation)
    more = {"xmp": XMP, "icc_profile": profile(SRGB), "quality": 90}
    return encoded(picture, "WEBP", exif=exif(orientation), **more)


def png(mode: str = "RGB", orientation: int = 1) -> bytes:
    picture = blocks(96, 64).quantize(4) if mode == "P" else blocks(96, 64, mode)
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", CANARY)
    words.add_text("Comment", CANARY, zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    more = {"pnginfo": words, "icc_profile": profile(SRGB)}
    return encoded(lying(picture, orientation), "PNG", exif=exif(orientation), **more)


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


def raw_png(head: tuple[int, int, int, int], rows: bytes, words: bytes = b"") -> bytes:
    """A PNG by hand: (width, height, bits, colour type) and rows with their filter bytes."""
    first = chunk(b"IHDR", struct.pack(">IIBBBBB", *head, 0, 0, 0)) + words
    pixels = chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + first + pixels + chunk(b"IEND", b"")


def deep_blocks_png() -> bytes:
    """The four blocks with sixteen bits for each colour, and words."""
    # A byte twice is the same share of sixteen bits.
    doubled = bytes(byte for value in blocks(96, 64).tobytes() for byte in (value, value))
    row = 96 * 3 * 2
    rows = b"".join(b"\0" + doubled[at : at + row] for at in range(0, len(doubled), row))
    words = chunk(b"tEXt", b"Author\0" + CANARY.encode())
    words += chunk(b"eXIf", exif().tobytes().removeprefix(b"Exif\0\0"))
    words += chunk(b"iCCP", b"words\0\0" + zlib.compress(profile(SRGB)))
    return raw_png((96, 64, 16, 2), rows, words)


def deep_png() -> bytes:
    """Sixteen bits for each colour, all of one orange."""
    row = b"\0" + struct.pack(">3H", 0xFFFF, 0x8080, 0x0000) * 32
    return raw_png((32, 24, 16, 2), row * 24)


def deep_grey_png() -> bytes:
    return raw_png((32, 24, 16, 0), (b"\0" + struct.pack(">H", 0x8080) * 32) * 24)


def bomb_png() -> bytes:
    """Some 14 kB that say 120 megapixels, and would keep their word."""
    return raw_png((12_000, 10_000, 1, 0), (b"\0" + b"\0" * 1500) * 10_000)


def a_zip(comment: bytes = b"") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.jpg", CANARY)
        archive.comment = comment
    return file.getvalue()


def with_ispe(file: bytes, width: int, height: int) -> bytes:
    """A HEIF file whose header says another size than its picture has."""
    forged = bytearray(file)
    at = forged.find(b"ispe")
    while at >= 0:
        forged[at + 8 : at + 16] = struct.pack(">II", width, height)
        at = forged.find(b"ispe", at + 1)
    return bytes(forged)


Primaries = Mapping[str, tuple[float, float, float]]
SRGB: Primaries = {
    "r": (0.43607, 0.22249, 0.01392),
    "g": (0.38515, 0.71687, 0.09708),
    "b": (0.14307, 0.06061, 0.71410),
}
P3: Primaries = {
    "r": (0.51512, 0.24120, -0.00105),
    "g": (0.29198, 0.69225, 0.04189),
    "b": (0.15710, 0.06657, 0.78407),
}


def profile(primaries: Primaries) -> bytes:
    """An ICC profile of a screen with these primaries (XYZ under D50) and the curve of sRGB."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0)
    curve += _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {f"{one}XYZ": b"XYZ \0\0\0\0" + _fixed(*xyz) for one, xyz in primaries.items()}
    tags |= {f"{one}TRC": curve for one in "rgb"}
    tags["wtpt"] = b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.8249)
    tags["cprt"] = b"text\0\0\0\0" + CANARY.encode() + b"\0" * 4
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name.encode() + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4xI4s4s4s", size, 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + _fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def cut(file: bytes) -> Sequence[bytes]:
    """The file as far as every tenth of it."""
    return [file[: len(file) * tenth // 10] for tenth in range(1, 10)]
