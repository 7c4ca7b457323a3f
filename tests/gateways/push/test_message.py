"""What travels: a declarative message within its size, how long it waits, what it replaces."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.gateways.push.conftest import MESSAGE
from webapp.domain.pushes import Urgency, topic_of, urgency_of
from webapp.gateways.push.message import (
    UnsendableMessageError,
    payload,
    time_to_live,
    topic,
)


def test_a_browser_can_show_the_message_by_itself() -> None:
    told = json.loads(payload(replace(MESSAGE, badge=3), tag="abc"))
    assert (told["web_push"], told["app_badge"]) == (8030, 3)
    assert told["notification"] == {
        "title": MESSAGE.title,
        "body": MESSAGE.body,
        "navigate": "https://a.clinic/",
        "lang": "en",
        "dir": "auto",
        "tag": "abc",
        "app_badge": 3,
    }


def test_a_message_has_at_most_two_thousand_bytes() -> None:
    room = 2000 - len(payload(replace(MESSAGE, body=""), "t"))
    assert len(payload(replace(MESSAGE, body="é" * (room // 2)), "t")) in (1999, 2000)
    with pytest.raises(UnsendableMessageError):
        payload(replace(MESSAGE, body="é" * (room // 2 + 1)), "t")


@pytest.mark.parametrize(("title", "opens"), [(" ", MESSAGE.opens), ("A", "/plan"), ("A", "")])
def test_a_message_that_no_browser_could_show_is_refused(title: str, opens: str) -> None:
    with pytest.raises(UnsendableMessageError):
        payload(replace(MESSAGE, title=title, opens=opens), "t")


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        (timedelta(hours=2), 7200),
        (timedelta(seconds=90.5), 91),
        (timedelta(seconds=60), 60),
        (timedelta(seconds=59), 60),
        (timedelta(), 60),
        (-timedelta(days=9), 60),
        (timedelta(days=30), 2_592_000),
        (timedelta(days=31), 2_592_000),
    ],
)
def test_a_message_waits_until_it_is_pointless(until: timedelta, seconds: int) -> None:
    assert time_to_live(NOON + until, NOON) == seconds


@pytest.mark.parametrize(
    ("kinds", "urgency"),
    [
        (["lift"], Urgency.HIGH),
        (["stricter"], Urgency.HIGH),
        (["photo-added", "lift"], Urgency.HIGH),
        (["aftercare-begins"], Urgency.NORMAL),
        (["session-tomorrow", "photo-added"], Urgency.NORMAL),
    ],
)
def test_only_lifts_and_stricter_are_urgent(kinds: list[str], urgency: Urgency) -> None:
    assert urgency_of(kinds) is urgency


@pytest.mark.parametrize("kind", ["aftercare-begins", "lift", "stricter", "healed"])
def test_the_newest_word_about_a_plan_replaces_the_older(kind: str) -> None:
    mine = topic(b"secret", topic_of([kind], 7, "key-1"))
    assert mine == topic(b"secret", topic_of(["lift"], 7, "key-2"))
    assert mine != topic(b"secret", topic_of(["lift"], 8, "key-1"))


def test_another_notice_replaces_itself_only() -> None:
    photo, other = (topic(b"s", topic_of(["photo-added"], 7, key)) for key in ("a", "b"))
    assert photo != other
    assert photo == topic(b"s", topic_of(["photo-added"], 7, "a"))


def test_a_topic_is_hexadecimal_and_tells_nothing_without_the_secret() -> None:
    mine = topic(b"secret", "plan/7")
    assert re.fullmatch("[0-9a-f]{32}", mine)
    assert mine != topic(b"another", "plan/7")
