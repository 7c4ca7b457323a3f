"""Heads from above for the demo: drawn, calm, and of nobody."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from math import sqrt
from typing import NamedTuple

from webapp.domain.photos import Zone

Colour = tuple[int, int, int]
WIDTH, HEIGHT = 480, 600
GROUND, GROUND_STEP = (214, 224, 222), 0.00035
EDGE, LIGHT, LEVELS = (168, 128, 104), (219, 183, 156), 24
DOT, FAINT_DOT = (74, 58, 50), (132, 104, 86)
HAIRY = 0.9
ROWS, SPACING, UNEVEN = 46, 11, 7


class Pose(NamedTuple):
    """Where a head lies in the picture, as shares of it, and where its hair is thin."""

    across: float
    down: float
    wide: float
    high: float
    thin_across: float
    thin_down: float


POSES: Mapping[Zone, Pose] = {
    Zone.HAIRLINE: Pose(0.5, 0.66, 0.44, 0.52, 0.5, 0.3),
    Zone.PARTING: Pose(0.5, 0.5, 0.42, 0.46, 0.5, 0.45),
    Zone.CROWN: Pose(0.5, 0.48, 0.45, 0.45, 0.5, 0.52),
    Zone.LEFT: Pose(0.6, 0.5, 0.46, 0.46, 0.3, 0.4),
    Zone.RIGHT: Pose(0.4, 0.5, 0.46, 0.46, 0.7, 0.4),
    Zone.BACK: Pose(0.5, 0.36, 0.44, 0.5, 0.5, 0.5),
}


def head(zone: Zone, sessions: int) -> bytes:
    """A PNG of a head after so many sessions: what was thin is filled with fine dots."""
    rows = [_ground(y) for y in range(HEIGHT)]
    pose = POSES[zone]
    for level in range(LEVELS):
        share = level / LEVELS
        _fill(rows, pose, 1 - share * share, _between(EDGE, LIGHT, sqrt(share)))
    for x, y, is_thin in _dots(pose):
        if not is_thin:
            _dot(rows, (x, y), DOT, 3)
        elif sessions:
            _dot(rows, (x, y), FAINT_DOT if sessions == 1 else DOT, 2)
    return _png(rows)


def _ground(y: int) -> bytearray:
    light = 1 - GROUND_STEP * abs(y - HEIGHT / 3)
    return bytearray(bytes(int(part * light) for part in GROUND) * WIDTH)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _fill(rows: list[bytearray], pose: Pose, size: float, colour: Colour) -> None:
    """An ellipse in the place of the head, a share of its size."""
    wide, high = pose.wide * WIDTH * size, pose.high * HEIGHT * size
    for y in range(HEIGHT):
        away = (y - pose.down * HEIGHT) / high
        if abs(away) < 1:
            half = wide * sqrt(1 - away * away)
            start = max(int(pose.across * WIDTH - half), 0)
            end = min(int(pose.across * WIDTH + half), WIDTH)
            rows[y][start * 3 : end * 3] = bytes(colour) * (end - start)


def _dots(pose: Pose) -> Iterator[tuple[int, int, bool]]:
    """Places of hair on the head, never in straight rows, and whether they were thin."""
    for row in range(ROWS * 2):
        for column in range(ROWS):
            uneven = (row * 37 + column * 101 + row * column * 13) % (UNEVEN * UNEVEN)
            x = column * SPACING + uneven % UNEVEN + (row % 2) * (SPACING // 2)
            y = row * (SPACING - 4) + uneven // UNEVEN
            on_head = _distance((x, y), (pose.across, pose.down), (pose.wide, pose.high))
            if on_head < HAIRY:
                thin = _distance((x, y), (pose.thin_across, pose.thin_down), (0.26, 0.2))
                yield x, y, thin < 1 + uneven / 150


def _distance(at: tuple[int, int], middle: tuple[float, float], size: tuple[float, float]) -> float:
    """How far a point is from the middle of an ellipse: 1 on its line."""
    across = (at[0] / WIDTH - middle[0]) / size[0]
    down = (at[1] / HEIGHT - middle[1]) / size[1]
    return sqrt(across * across + down * down)


def _dot(rows: list[bytearray], at: tuple[int, int], colour: Colour, size: int) -> None:
    x, y = at
    if x + size < WIDTH and y + size < HEIGHT:
        for line in rows[y : y + size]:
            line[x * 3 : (x + size) * 3] = bytes(colour) * size


def _png(rows: list[bytearray]) -> bytes:
    """Eight bits for each colour, without a filter."""
    head_words = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 6)
    parts = ((b"IHDR", head_words), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
