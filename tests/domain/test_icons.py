"""What an icon is drawn from."""

from __future__ import annotations

import pytest

from webapp.domain.colour import contrast
from webapp.domain.icons import PICTURES, Shape, icon_drawing


@pytest.mark.parametrize("colour", ["#0f766e", "#ffe600", "#ffffff", "#000000"])
def test_white_letters_can_be_read_on_the_ground(colour: str) -> None:
    assert contrast(icon_drawing("any-192", "QL", colour).ground, "#ffffff") >= 4.5


def test_an_apple_device_cuts_its_own_corners() -> None:
    assert PICTURES["apple-180"] == (Shape.MASKABLE, 180)
