"""The clinic's icon: which pictures of it there are, and what each is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from webapp.domain.colour import accent_pair


class Shape(StrEnum):
    """How much of its square an icon fills, and with what."""

    # Round corners of its own; transparent outside.
    ANY = "any"
    # The whole square, its letters within the circle that no system cuts away.
    MASKABLE = "maskable"
    # The letters alone, white on nothing: the system gives the colour.
    MONOCHROME = "monochrome"


@dataclass(frozen=True, slots=True)
class IconDrawing:
    """What a picture is drawn from: `ground` is #rrggbb, `size` in pixels, both ways."""

    letters: str
    ground: str
    shape: Shape
    size: int


PICTURES: dict[str, tuple[Shape, int]] = {
    "favicon-48": (Shape.ANY, 48),
    "apple-180": (Shape.MASKABLE, 180),
    "any-192": (Shape.ANY, 192),
    "any-512": (Shape.ANY, 512),
    "maskable-192": (Shape.MASKABLE, 192),
    "maskable-512": (Shape.MASKABLE, 512),
    "monochrome-512": (Shape.MONOCHROME, 512),
}


def icon_drawing(picture: str, letters: str, accent_colour: str) -> IconDrawing:
    """What the picture of this name is drawn from; raises KeyError where there is none.

    White letters stand on the accent as light pages have it: it is dark enough for them.

    >>> icon_drawing("any-192", "QL", "#0f766e")
    IconDrawing(letters='QL', ground='#0f766e', shape=<Shape.ANY: 'any'>, size=192)
    """
    shape, size = PICTURES[picture]
    return IconDrawing(letters, accent_pair(accent_colour)[0], shape, size)
