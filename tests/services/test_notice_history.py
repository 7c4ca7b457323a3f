"""A client's notices as staff see them: what was told and what comes, with every push."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.services.scene import Scene
from tests.told import WATER, deliver, plan, tell
from webapp.domain.notices import NoticeKind
from webapp.services import clients, notice_history
from webapp.services.clients import ClientFile
from webapp.services.notice_history import NoticeHistory

HOUR = timedelta(hours=1)


@pytest.fixture
def amira(scene: Scene) -> ClientFile:
    found = clients.read(scene.add_client())
    assert found is not None
    return found


def history(client: ClientFile, count: int = 10) -> NoticeHistory:
    return notice_history.history_of(client, count, "Asia/Dubai")


def test_it_tells_the_newest_first_and_says_when_it_is_cut(amira: ClientFile) -> None:
    told = [tell(amira.account_id, NoticeKind.PHOTO, NOON + n * HOUR) for n in range(3)]
    found = history(amira, 2)
    assert [entry.facts.id for entry in found.told] == [told[2], told[1]]
    assert [found.is_cut, history(amira, 3).is_cut] == [True, False]


def test_it_tells_the_next_three_that_are_planned(amira: ClientFile) -> None:
    ids = [plan(amira.account_id, NoticeKind.LIFT, NOON + n * HOUR) for n in (4, 1, 3, 2)]
    assert [entry.facts.id for entry in history(amira).ahead] == [ids[1], ids[3], ids[2]]
    assert history(amira).told == ()


def test_neither_proofs_nor_what_was_superseded_nor_others_are_told(
    scene: Scene, amira: ClientFile
) -> None:
    other = clients.read(scene.add_client("Basim"))
    assert other is not None
    tell(other.account_id, NoticeKind.PHOTO, NOON)
    tell(amira.account_id, NoticeKind.TEST, NOON)
    plan(amira.account_id, NoticeKind.LIFT, NOON, state="superseded")
    assert history(amira) == NoticeHistory((), (), False)


def test_each_notice_has_its_own_pushes(amira: ClientFile) -> None:
    one, other, none = (tell(amira.account_id, NoticeKind.PHOTO, NOON + n * HOUR) for n in range(3))
    deliver(amira.account_id, "accepted", NOON, one, other)
    deliver(amira.account_id, "gone", NOON, other)
    states = {
        entry.facts.id: [delivery.state for delivery in entry.deliveries]
        for entry in history(amira).told
    }
    assert states == {one: ["accepted"], other: ["accepted", "gone"], none: []}


def test_a_notice_of_a_course_is_told_in_its_zone(scene: Scene, amira: ClientFile) -> None:
    course_id = scene.begin(amira.id)
    tell(amira.account_id, NoticeKind.LIFT, NOON, course_id=course_id, content=WATER)
    tell(amira.account_id, NoticeKind.PHOTO, NOON - HOUR)
    found = notice_history.history_of(amira, 5, "Europe/Sofia").told
    assert [entry.facts.zone.key for entry in found] == ["Asia/Dubai", "Europe/Sofia"]
    assert [entry.facts.protocol is None for entry in found] == [False, True]
