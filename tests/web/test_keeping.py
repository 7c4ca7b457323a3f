"""Keeping the app on the phone: what the pages hand to the scripts that offer it."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.web.personas import Personas
from webapp.web.keeping import PAUSE_SPAN


def test_the_pause_after_a_no_is_handed_over_as_scripts_count(personas: Personas) -> None:
    page = personas.phone("keep-dry").get("/").text
    assert re.findall(r'data-pause="(\d+)"', page) == ["259200000"]
    assert timedelta(days=3) == PAUSE_SPAN


def test_the_card_and_its_words_need_a_script_to_show(personas: Personas) -> None:
    page = personas.phone("keep-dry").get("/").text
    (card,) = re.findall(r"<section[^>]*data-late=\"install\"[^>]*>", page)
    assert " hidden" in card
