"""The clinic's accent colour, corrected until it can be read on light and on dark pages."""

from __future__ import annotations

import re

CONTRAST = 4.5
# The page grounds the accent stands on; text on the accent is white (light) or near black (dark).
LIGHT_GROUND = "#f4f6f6"
DARK_GROUND = "#20282b"
STEPS = 100
LINEAR_BELOW = 0.04045  # of the sRGB transfer function

Rgb = tuple[int, int, int]


def is_colour(text: str) -> bool:
    """Whether the text is a colour of the form #rrggbb."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def accent_pair(colour: str) -> tuple[str, str]:
    """The colour for light pages and the colour for dark pages, each #rrggbb.

    Each keeps at least 4.5:1 against its page (WCAG 2.2, success criterion 1.4.3): the colour
    is moved towards black, or towards white, just as far as needed.
    """
    chosen = _rgb(colour)
    light = _first_readable(_towards(chosen, (0, 0, 0)), _rgb(LIGHT_GROUND))
    dark = _first_readable(_towards(chosen, (255, 255, 255)), _rgb(DARK_GROUND))
    return _text(light), _text(dark)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    return _contrast(_rgb(one), _rgb(other))


def _first_readable(candidates: list[Rgb], ground: Rgb) -> Rgb:
    readable = [candidate for candidate in candidates if _contrast(candidate, ground) >= CONTRAST]
    return readable[0]


def _towards(start: Rgb, end: Rgb) -> list[Rgb]:
    return [_mixed(start, end, step / STEPS) for step in range(STEPS + 1)]


def _mixed(start: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= LINEAR_BELOW else float(((channel + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _text(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
