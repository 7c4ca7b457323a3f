"""Icons drawn with Pillow: the clinic's letters, or the neutral mark where its font has none."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageColor, ImageDraw, ImageFont

from webapp.domain.icons import IconDrawing, Shape

# Drawn so much larger and made smaller, so that edges are smooth.
FINER = 2
SHADES, ALL_BUT = 64, 3
WHITE = (255, 255, 255, 255)
FAINT = (255, 255, 255, 158)
CLEAR = (255, 255, 255, 0)
CORNER = 116 / 512
# Shares of the icon's side. Letters keep within a circle of 80 %, which no system cuts away.
LETTERS_WIDTH = 0.56
LETTERS_HEIGHT = 0.42
BOLDER = 0.045  # of the size of the font
RADIUS, THICK, DOT = 150 / 512, 40 / 512, 22 / 512
DOTS, TURN = 24, 0.62
# No font has a glyph for it: what is drawn for it stands for whatever is missing.
NOBODYS = "\U0010fffd"
PROBE = 64
# Letters whose stroke Unicode does not take apart from them.
STRUCK = str.maketrans("ØŁĐĦŦ", "OLDHT")


class DrawnIcons:
    """The clinic's icon as PNG. Those of a clinic are kept; a wrong address makes none."""

    def draw(self, drawing: IconDrawing) -> bytes:
        """The picture as a PNG file."""
        return _drawn(drawing)


@lru_cache(maxsize=32)
def _drawn(drawing: IconDrawing) -> bytes:
    side = drawing.size * FINER
    picture = _ground(drawing, side)
    pen = ImageDraw.Draw(picture)
    letters = "".join(map(_written, drawing.letters))
    if letters and all(map(_can_write, letters)):
        _write(pen, letters, side)
    else:
        _draw_mark(picture, side)
    small = picture.resize((drawing.size, drawing.size), Image.Resampling.LANCZOS)
    if drawing.shape == Shape.MASKABLE:
        # An Apple device paints black what is transparent.
        small = small.convert("RGB")
    file = BytesIO()
    _in_few_shades(small, drawing).save(file, "PNG", optimize=True)
    return file.getvalue()


def _in_few_shades(picture: Image.Image, drawing: IconDrawing) -> Image.Image:
    """One ground, one ink and the steps between them: a small palette holds them all, and a file
    is a fifth of its size. Ground and ink stay as they are to the last bit."""
    few = picture.quantize(SHADES, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    parts = iter(few.getpalette("RGBA") or [])
    ground = (*ImageColor.getrgb(drawing.ground)[:3], 255)
    shades = [_snapped(shade, ground) for shade in zip(parts, parts, parts, parts, strict=True)]
    if drawing.shape == Shape.MONOCHROME:
        shades = [(*WHITE[:3], alpha) for *_colour, alpha in shades]
    few.putpalette([part for shade in shades for part in shade], "RGBA")
    return few


def _snapped(shade: tuple[int, ...], ground: tuple[int, ...]) -> tuple[int, ...]:
    """What this shade is all but, of ground, ink and nothing; else itself."""
    for exact in (ground, WHITE, CLEAR):
        if all(abs(a - b) <= ALL_BUT for a, b in zip(shade, exact, strict=True)):
            return exact
    return shade


def _ground(drawing: IconDrawing, side: int) -> Image.Image:
    if drawing.shape == Shape.MONOCHROME:
        return Image.new("RGBA", (side, side), CLEAR)
    if drawing.shape == Shape.MASKABLE:
        return Image.new("RGBA", (side, side), drawing.ground)
    picture = Image.new("RGBA", (side, side), CLEAR)
    corner = side * CORNER
    ImageDraw.Draw(picture).rounded_rectangle((0, 0, side, side), corner, fill=drawing.ground)
    return picture


def _written(letter: str) -> str:
    """The letter, or the one below its accents where the font has that one only."""
    if _can_write(letter):
        return letter
    parts = unicodedata.normalize("NFD", letter.translate(STRUCK))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _can_write(letter: str) -> bool:
    """Whether the font has it: it knows plain Latin only, without accents."""
    font = _font(PROBE)
    return bytes(font.getmask(letter)) not in (bytes(font.getmask(NOBODYS)), b"")


def _write(pen: ImageDraw.ImageDraw, letters: str, side: int) -> None:
    _left, top, right, bottom = pen.textbbox((0, 0), letters, font=_font(PROBE), anchor="ls")
    wide, high = max(right, 1), max(bottom - top, 1)
    size = min(PROBE * side * LETTERS_WIDTH / wide, PROBE * side * LETTERS_HEIGHT / high)
    font, stroke = _font(round(size)), size * BOLDER
    box = pen.textbbox((0, 0), letters, font=font, anchor="ls", stroke_width=stroke)
    middle = ((side - box[0] - box[2]) / 2, (side - box[1] - box[3]) / 2)
    pen.text(middle, letters, WHITE, font, anchor="ls", stroke_width=stroke, stroke_fill=WHITE)


def _draw_mark(picture: Image.Image, side: int) -> None:
    """The ring of static/icons/icon.svg: a turn of points, most of it already passed."""
    layer = Image.new("RGBA", picture.size, CLEAR)
    pen = ImageDraw.Draw(layer)
    for number in range(DOTS):
        _dot(pen, side, number / DOTS, DOT, FAINT)
    edge = (0.5 - RADIUS - THICK / 2) * side
    box = (edge, edge, side - edge, side - edge)
    pen.arc(box, -90, 360 * TURN - 90, WHITE, round(THICK * side))
    for end in (0, TURN):
        _dot(pen, side, end, THICK, WHITE)
    picture.alpha_composite(layer)


def _dot(
    pen: ImageDraw.ImageDraw, side: int, turn: float, wide: float, ink: tuple[int, int, int, int]
) -> None:
    """A point on the ring, `turn` of the way round from the top, `wide` a share of the side."""
    angle = 2 * pi * (turn - 0.25)
    middle = (side * (0.5 + RADIUS * cos(angle)), side * (0.5 + RADIUS * sin(angle)))
    pen.circle(middle, side * wide / 2, fill=ink)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
