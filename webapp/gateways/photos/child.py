"""The process that decodes one foreign picture, and then ends.

Started with nothing of ours around it: standard input is the picture, the first argument says what
is made of it, standard output gets a line of JSON and then the files, one after
the other. Whatever the picture does to its decoder happens here, within limits, and to no other.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from errno import EDQUOT, ENOSPC
from io import BytesIO
from typing import BinaryIO, NamedTuple

from PIL import Image

# How a process says that the disk is full (EX_TEMPFAIL).
NO_ROOM_CODE = 75
MEMORY = 2**30
SECONDS = 20
OPEN_FILES = 64
LARGEST_OUTPUT = 64 * 2**20
MOST_PIXELS = 64_000_000
MASTER_SIDE = 4096
LOGO_SIDE = 512
SIDES = (1600, 800, 320)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# Every file of the HEIF family, AVIF too, says so at its beginning.
HEIF_MARK, HEIF_MARK_AT = b"ftyp", slice(4, 8)
SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")
IN_INK = "CMYK"
WHITE = (255, 255, 255)
MASTER_QUALITY, JPEG_QUALITY, WEBP_QUALITY, WEBP_EFFORT = 90, 82, 80, 2
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class RefusedError(Exception):
    """The picture is not taken; the argument is the code that says why."""


class Made(NamedTuple):
    """A finished file. `side` is the length that the longer side was allowed."""

    side: int
    kind: str
    size: tuple[int, int]
    data: bytes


def main() -> None:
    _limit()
    try:
        files = make(sys.argv[1], sys.stdin.buffer)
        _answer({"files": [_told(file) for file in files]}, files)
    except RefusedError as refusal:
        _answer({"fault": str(refusal)}, [])
    except MemoryError:
        _answer({"fault": "too-much-memory"}, [])


def _limit() -> None:
    """Memory, time, open files and output, and no core file: for good, nothing raises them."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: LARGEST_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    # Nobody heeds it, so it ends the process.
    signal.alarm(SECONDS)


def _told(made: Made) -> dict[str, object]:
    width, height = made.size
    size = {"width": width, "height": height, "bytes": len(made.data)}
    return {"side": made.side, "format": made.kind, **size}


def _answer(head: dict[str, object], files: list[Made]) -> None:
    out = sys.stdout.buffer
    try:
        out.write(json.dumps(head).encode() + b"\n")
        for file in files:
            out.write(file.data)
        out.flush()
    except OSError as error:
        # At once, because what is left in the buffer would be tried again at a usual end.
        os._exit(NO_ROOM_CODE if error.errno in (ENOSPC, EDQUOT) else 1)


def make(what: str, source: BinaryIO) -> list[Made]:
    """The files that are made of a picture: its master, the variants of a master, or a logo.

    Raises RefusedError.
    """
    side, files = WISHES[what]
    picture = _opened(source)
    if what == "variants":
        # A master is a JPEG of ours, which can be decoded at half its size or less.
        share = min(1.0, SIDES[0] / max(picture.size))
        picture.draft("RGB", (int(picture.width * share), int(picture.height * share)))
    try:
        _load(picture)
        clean = _clean(picture, side, what == "logo")
    except RefusedError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise RefusedError("damaged") from error
    return list(files(clean))


def _opened(source: BinaryIO) -> Image.Image:
    """The picture with its header read and found small enough; no pixel is decoded yet."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(source, formats=_formats(source))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise RefusedError("too-many-pixels") from error
    except MemoryError:
        raise
    except Exception as error:
        raise RefusedError("not-a-photo") from error


def _formats(source: BinaryIO) -> tuple[str, ...]:
    """What is tried; what reads HEIF and AVIF is loaded only where the file may be one."""
    start = source.read(HEIF_MARK_AT.stop)
    source.seek(0)
    if start[HEIF_MARK_AT] != HEIF_MARK:
        return FORMATS
    import pillow_heif  # noqa: PLC0415
    from PIL import AvifImagePlugin  # noqa: PLC0415

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    pillow_heif.options.DECODE_THREADS = 1
    return (*FORMATS, "HEIF")


def _load(picture: Image.Image) -> None:
    picture.load()
    # A header may have said otherwise, and what it said was let in.
    if picture.width * picture.height > MOST_PIXELS:
        raise RefusedError("too-many-pixels")


def _clean(picture: Image.Image, side: int, keeps_alpha: bool) -> Image.Image:
    """The pixels alone: upright, within `side`, in sRGB, on white unless alpha is kept."""
    profile = picture.info.get("icc_profile")
    turn = picture.getexif().get(ORIENTATION, 1)
    pixels = _in_eight_bits(picture)
    if not keeps_alpha:
        pixels = _on_white(pixels)
    pixels.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
    pixels = _turned(pixels, turn)
    alpha = pixels.getchannel("A") if pixels.mode == "RGBA" else None
    pixels = _in_srgb(pixels.convert("RGB") if alpha else pixels, profile)
    # No comment, profile or resolution comes along.
    pixels.info = {}
    if alpha:
        pixels.putalpha(alpha)
    return pixels


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Grey, colours, ink or colours with alpha, eight bits each; palettes are resolved."""
    if picture.mode in SIXTEEN_BITS:
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode in ("L", "RGB", "RGBA", IN_INK):
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, WHITE)
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    """Upright; pictures of which nobody says how they lie are left as they are."""
    return picture.transpose(TURNS[turn]) if turn in TURNS else picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as a screen shows them; a profile that cannot be read counts as none."""
    if profile:
        from PIL import ImageCms  # noqa: PLC0415 (most photos have none)

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
            assert turned is not None
            return turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _master(picture: Image.Image) -> Iterator[Made]:
    """In the plainest way there is: it is decoded once more, and travels seldom."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=MASTER_QUALITY)
    yield Made(MASTER_SIDE, "jpeg", picture.size, file.getvalue())


def _variants(picture: Image.Image) -> Iterator[Made]:
    """The smaller sizes, each made from the one before; nothing is ever enlarged."""
    for side in SIDES:
        picture = picture.copy()
        picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
        yield Made(side, "webp", picture.size, _webp(picture))
        yield Made(side, "jpeg", picture.size, _jpeg(picture))


def _logo(picture: Image.Image) -> Iterator[Made]:
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    yield Made(LOGO_SIDE, "png", picture.size, file.getvalue())


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return file.getvalue()


def _webp(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return file.getvalue()


WISHES: dict[str, tuple[int, Callable[[Image.Image], Iterator[Made]]]] = {
    "master": (MASTER_SIDE, _master),
    "variants": (MASTER_SIDE, _variants),
    "logo": (LOGO_SIDE, _logo),
}
