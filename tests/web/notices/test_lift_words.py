"""A lift in words: named where it is harmless, with its bans, and never more than is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.web.notices.facts import TOUCH, WATER, lift, push, text
from webapp.web.presenters.lift_words import lift_said, lifted_by
from webapp.web.presenters.notice_words import said
from webapp.web.presenters.said import Voice


@pytest.fixture(autouse=True)
def _in_the_house(app: Flask) -> None:
    """Texts are looked up in the application's catalogue."""


@pytest.mark.parametrize(
    ("activities", "words"),
    [
        (TOUCH, "1 restriction eased. The app shows what you may do."),
        (
            WATER,
            "You can wash with water only now. With lukewarm water only, gently, no shampoo.",
        ),
        ({"wash-shampoo": "yes"}, "You can wash with shampoo now. "),
        ({"wash-shampoo": "limited"}, "You can wash with shampoo now, with care. "),
        (
            {"wash-hair": "limited", "wash-shampoo": "yes"},
            "You can wash with shampoo now, with care. ",
        ),
        (
            {"wash-hair": "yes"},
            "You can wash with water only now. With lukewarm water only, gently, no shampoo.",
        ),
        (
            {"swimming": "yes", "direct-sun": "yes"},
            "Allowed again: swimming. And 1 more restriction ended.",
        ),
        (
            {"swimming": "limited", "alcohol": "limited", "smoking": "yes"},
            "Allowed again: swimming (with care). And 2 more restrictions ended or eased. Keep "
            "your head out of the sun.",
        ),
        (
            {"swimming": "yes", "direct-sun": "limited"},
            "Allowed again: swimming. And 1 more restriction eased. Keep your head out of the sun.",
        ),
        ({"body-shower": "yes"}, "Allowed again: showering. Keep the water lukewarm."),
        ({"light-workout": "yes"}, "Allowed again: light sport. Intense sport still has to wait."),
        (
            {"light-workout": "yes", "intense-workout": "yes"},
            "Allowed again: light sport, intense sport. ",
        ),
        ({"alcohol": "yes"}, "1 restriction ended. The app shows what you may do."),
        (
            {"alcohol": "yes", "sauna": "yes"},
            "2 restrictions ended. The app shows what you may do.",
        ),
        ({"wash-hair": "ask"}, "Your plan has an update. The app shows what you may do."),
        ({}, "Your plan has an update. The app shows what you may do."),
    ],
)
def test_a_lift_is_worded(activities: dict[str, str], words: str) -> None:
    assert text(push(lift(activities))) == words


@pytest.mark.parametrize("word", ["ask", "no", "perhaps", ""])
def test_what_is_not_allowed_is_never_said_to_be(word: str) -> None:
    message = push(lift({"wash-shampoo": word, "swimming": word, "wash-hair": "limited"}))
    assert message.title == "You can wash with water only now"
    assert "wimming" not in message.body


def test_without_its_protocol_a_lift_keeps_every_ban() -> None:
    unknown = replace(lift({"wash-water": "limited", "swimming": "yes"}), protocol=None)
    assert push(unknown).body == (
        "Lukewarm and gently, without shampoo. Allowed again: swimming. Keep your head out of the "
        "sun."
    )


def test_a_page_says_since_when_and_not_now() -> None:
    assert said(lift(WATER), NOON).title == "You can wash with water only"


def test_what_holds_no_more_is_told_as_past_and_invites_to_nothing() -> None:
    past = lift_said(lifted_by([lift({**WATER, "swimming": "yes"})]), None, Voice.PAST)
    assert past == ("You could wash with water only", ("Allowed then: swimming.",))
