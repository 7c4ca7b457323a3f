"""The clinic's accent colour stays readable, whatever the clinic chose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.colour import DARK_GROUND, LIGHT_GROUND, accent_pair, contrast, is_colour

ANY_COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
NO_COLOURS = ["", "red", "#12345", "#1234567", "#12345g", "123456", "#123456\n"]


@given(ANY_COLOUR)
@settings(derandomize=True, deadline=None)
def test_any_colour_becomes_readable_in_light_and_in_dark(colour: str) -> None:
    light, dark = accent_pair(colour)
    assert contrast(light, LIGHT_GROUND) >= 4.5
    assert contrast(dark, DARK_GROUND) >= 4.5


def test_a_colour_that_is_readable_already_is_kept() -> None:
    assert accent_pair("#0f5f59")[0] == "#0f5f59"
    assert accent_pair("#9be3d8")[1] == "#9be3d8"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("text", NO_COLOURS)
def test_what_is_no_colour_is_told_apart(text: str) -> None:
    assert not is_colour(text)
