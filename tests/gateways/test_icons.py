"""The clinic's letters as a picture, and the neutral mark where the font has none of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from webapp.domain.colour import contrast
from webapp.domain.icons import PICTURES, icon_drawing
from webapp.gateways.icons import DrawnIcons

TEAL, YELLOW = "#0f766e", "#ffe600"
SAFE = 0.4  # of the side, from the middle: what no system cuts away


def drawn(picture: str, letters: str, colour: str = TEAL) -> Image.Image:
    file = DrawnIcons().draw(icon_drawing(picture, letters, colour))
    return Image.open(BytesIO(file)).convert("RGBA")


@pytest.mark.parametrize("letters", ["QL", "WM", "I", "Ü", "É", "4D", "Я", "عن"])
def test_a_maskable_icon_keeps_within_the_circle_and_fills_its_square(letters: str) -> None:
    picture = drawn("maskable-192", letters)
    ground = picture.getpixel((0, 0))
    for x in range(192):
        for y in range(192):
            is_outside = (x - 95.5) ** 2 + (y - 95.5) ** 2 > (SAFE * 192) ** 2
            assert not is_outside or picture.getpixel((x, y)) == ground
    assert picture.getcolors(1_000) != [(192 * 192, ground)]


def test_letters_without_a_glyph_give_the_neutral_mark_instead_of_boxes() -> None:
    mark = drawn("any-192", "").tobytes()
    for letters in ("Я", "Й", "عن", "中", "한", "ЖQ", "ÉЖ", "Ά", "Æ", "🦢", "\u0301"):
        assert drawn("any-192", letters).tobytes() == mark, letters
    for letters in ("Q", "WM", "4D"):
        assert drawn("any-192", letters).tobytes() != mark, letters


@pytest.mark.parametrize(
    ("letters", "plain"),
    [("É", "E"), ("ÇÅ", "CA"), ("İŞ", "IS"), ("Ứ", "U"), ("ŁØ", "LO"), ("ĐQ", "DQ")],
)
def test_an_accented_letter_is_drawn_without_its_accents(letters: str, plain: str) -> None:
    assert drawn("any-192", letters).tobytes() == drawn("any-192", plain).tobytes()


def test_corners_are_round_where_nobody_cuts_them_and_full_where_somebody_does() -> None:
    assert drawn("any-192", "QL").getchannel("A").getpixel((0, 0)) == 0
    assert drawn("apple-180", "QL").getchannel("A").getextrema() == (255, 255)


def test_a_monochrome_icon_is_white_on_nothing() -> None:
    picture = drawn("monochrome-512", "QL")
    assert picture.getchannel("A").getextrema() == (0, 255)
    flat = Image.new("RGB", picture.size)
    flat.paste(picture, mask=picture.getchannel("A"))
    assert flat.getchannel("R").tobytes() == picture.getchannel("A").tobytes()


@pytest.mark.parametrize("colour", [TEAL, YELLOW, "#ffffff", "#000000", "#ff69b4"])
def test_white_letters_can_be_read_on_every_ground(colour: str) -> None:
    assert contrast(icon_drawing("any-192", "QL", colour).ground, "#ffffff") >= 4.5


def test_every_size_is_as_it_is_called() -> None:
    assert {name: drawn(name, "QL").size[0] for name in PICTURES} == {
        name: size for name, (_shape, size) in PICTURES.items()
    }


def test_another_colour_is_another_picture() -> None:
    assert drawn("any-192", "QL").tobytes() != drawn("any-192", "QL", "#1d4ed8").tobytes()
