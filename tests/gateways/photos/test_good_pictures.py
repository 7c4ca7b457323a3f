"""What cameras make comes out upright, in the right colours, and says nothing of its origin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from tests.gateways.photos import pictures
from tests.gateways.photos.conftest import opened
from tests.gateways.photos.pictures import (
    GREY,
    SRGB,
    WIDE_CANARY,
    XMP,
    encoded,
    exif,
    is_upright,
    profile,
)
from webapp.domain.photos import MadePicture
from webapp.gateways.photos.decoder import ChildDecoder

Master = Callable[[bytes], MadePicture]
# Where each format keeps what is no pixel.
PLACES = (b"Exif", b"EXIF", b"ICC_PROFILE", b"ICCP", b"xmpmeta", b"XMP ", b"adobe:ns")
CANARIES = (b"CANARY", WIDE_CANARY)
TWELVE, FORTY_EIGHT = (4000, 3000), (8000, 6000)


def says_nothing(data: bytes) -> bool:
    """Whether no byte of a file is anything but picture."""
    picture = opened(data)
    only_density = set(picture.info) <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
        "loop", "background", "timestamp", "duration",
    }  # fmt: skip
    is_clean = not any(place in data for place in (*CANARIES, *PLACES))
    return is_clean and only_density and not picture.getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_twelve_megapixels_lie_upright_whichever_way_the_phone_was_held(
    master: Master, orientation: int
) -> None:
    made = master(pictures.phone_jpeg(TWELVE, orientation))
    assert (made.width, made.height) == TWELVE
    assert is_upright(opened(made.data))
    assert says_nothing(made.data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_forty_eight_megapixels_become_a_master_of_4096(master: Master, orientation: int) -> None:
    made = master(pictures.phone_jpeg(FORTY_EIGHT, orientation))
    assert (made.width, made.height) == (4096, 3072)
    assert is_upright(opened(made.data))
    assert says_nothing(made.data)


@pytest.mark.parametrize("size", [TWELVE, FORTY_EIGHT])
def test_large_photos_say_nothing_in_any_size(
    master: Master, decoder: ChildDecoder, size: tuple[int, int]
) -> None:
    file = pictures.phone_jpeg(size, 6, icc_profile=profile(SRGB))
    assert file.count(b"CANARY") == 6
    made = master(file)
    sizes = decoder.variants(made.data)
    assert len(sizes) == 6
    assert all(says_nothing(one.data) for one in (made, *sizes))


WORDS = {"exif": exif(), "xmp": XMP}
PHOTOS: dict[str, Callable[[], bytes]] = {
    "heic": pictures.heic,
    "heic on its side": lambda: pictures.heic(8),
    "heic in a mirror": lambda: pictures.heic(4),
    "avif": pictures.avif,
    "webp": pictures.webp,
    "png": pictures.png,
    "png with alpha": lambda: pictures.png("RGBA"),
    "png of sixteen bits": pictures.deep_blocks_png,
    "progressive": lambda: pictures.phone_jpeg((96, 64), 8, progressive=True),
    "jpeg with a profile": lambda: pictures.phone_jpeg((96, 64), 6, icc_profile=profile(SRGB)),
    "cmyk": lambda: encoded(
        pictures.blocks(96, 64, "CMYK"), "JPEG", **WORDS, comment=b"CANARY", quality=95
    ),
    "two-pictures-in-one": lambda: encoded(
        pictures.blocks(96, 64),
        "MPO",
        save_all=True,
        append_images=[pictures.blocks(48, 32)],
        **WORDS,
    ),
    "palette": lambda: pictures.png("P"),
    "animated": lambda: encoded(
        pictures.blocks(96, 64),
        "WEBP",
        save_all=True,
        append_images=[pictures.blocks(96, 64, "L")],
        **WORDS,
    ),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_every_format_comes_out_upright_and_says_nothing_in_every_size(
    master: Master, decoder: ChildDecoder, kind: str
) -> None:
    made = master(PHOTOS[kind]())
    sizes = decoder.variants(made.data)
    assert (made.width, made.height) == (96, 64)
    assert [(one.side, one.format.value) for one in sizes] == [
        (side, kind) for side in (1600, 800, 320) for kind in ("webp", "jpeg")
    ]
    for one in (made, *sizes):
        assert is_upright(opened(one.data))
        assert says_nothing(one.data)


@pytest.mark.parametrize("kind", PHOTOS)
def test_the_canaries_are_really_in_what_is_sent(kind: str) -> None:
    file = PHOTOS[kind]()
    assert all(canary in file for canary in CANARIES)
    assert not says_nothing(file)


@pytest.mark.parametrize("kind", ["heic", "avif", "webp", "jpeg with a profile"])
def test_profiles_that_name_their_maker_are_sent_as_they_are(kind: str) -> None:
    assert profile(SRGB) in PHOTOS[kind]()


def centre(made: MadePicture) -> tuple[int, ...]:
    seen = opened(made.data).getpixel((made.width // 2, made.height // 2))
    assert isinstance(seen, tuple)
    return seen


P3_RED = encoded(Image.new("RGB", (32, 32), (234, 51, 35)), "PNG", icc_profile=profile(pictures.P3))
SWAPPED = {"r": SRGB["b"], "g": SRGB["g"], "b": SRGB["r"]}
COLOURS = {
    "display-p3": (P3_RED, (255, 0, 0)),
    "a profile that swaps red and blue": (
        encoded(Image.new("RGB", (32, 32), (254, 0, 0)), "PNG", icc_profile=profile(SWAPPED)),
        (0, 0, 254),
    ),
    "a profile that is none": (
        encoded(Image.new("RGB", (32, 32), (254, 0, 0)), "PNG", icc_profile=b"no" * 200),
        (254, 0, 0),
    ),
    "cmyk": (encoded(Image.new("CMYK", (32, 32), (0, 255, 255, 0)), "JPEG"), (254, 0, 0)),
    "sixteen bits": (pictures.deep_png(), (255, 128, 0)),
    "sixteen bits of grey": (pictures.deep_grey_png(), (128, 128, 128)),
    "transparent": (
        encoded(Image.new("RGBA", (32, 32), (255, 0, 0, 0)), "PNG"),
        (255,) * 3,
    ),
    "half transparent": (
        encoded(Image.new("RGBA", (32, 32), (0, 0, 0, 128)), "PNG"),
        (127, 127, 127),
    ),
    "grey with alpha": (encoded(Image.new("LA", (32, 32), (0, 0)), "PNG"), (255,) * 3),
    "one bit": (encoded(Image.new("1", (32, 32), 1), "PNG"), (255,) * 3),
    "grey": (encoded(Image.new("L", (32, 32), GREY[0]), "JPEG"), GREY),
}


@pytest.mark.parametrize("name", COLOURS)
def test_colours_are_those_that_a_screen_should_show(master: Master, name: str) -> None:
    file, expected = COLOURS[name]
    seen = centre(master(file))
    assert max(abs(a - b) for a, b in zip(seen, expected, strict=True)) <= 4


def test_nothing_is_enlarged(master: Master, decoder: ChildDecoder) -> None:
    made = master(pictures.phone_jpeg((1000, 700), 1))
    widths = [one.width for one in decoder.variants(made.data)]
    assert widths == [1000, 1000, 800, 800, 320, 320]
