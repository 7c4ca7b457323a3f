"""Who cannot be reached: a lift is near and no device works; until somebody tells them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests import told
from tests.conftest import NOON
from tests.services.scene import Scene
from tests.told import WATER, deliver, plan, subscribe
from webapp.domain.notices import NoticeKind
from webapp.domain.protocol import Answer
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, ToldInPerson
from webapp.services import clients, reach
from webapp.services.reach import AHEAD_SPAN, OPENED_SPAN, Reach

SECOND = timedelta(seconds=1)
SOON = NOON + timedelta(hours=20)


def lift(scene: Scene, name: str = "Amira", at: datetime = SOON) -> int:
    """A client for whom something is planned to lift; returns the account's id."""
    client_id = scene.add_client(name, "+971501112233")
    file = clients.read(client_id)
    assert file is not None
    course_id = scene.begin(client_id)
    plan(file.account_id, NoticeKind.LIFT, at, course_id=course_id, content=WATER)
    return file.account_id


def client_id(name: str) -> int:
    return clients.search(name)[0].id


def names(scene: Scene, location_id: int | None = None) -> list[str]:
    reading().rollback()
    return [found.client_name for found in reach.not_reached(scene.clock.at, location_id)]


@pytest.mark.parametrize(
    ("at", "is_listed"),
    [
        (NOON, False),
        (NOON + SECOND, True),
        (NOON + AHEAD_SPAN, True),
        (NOON + AHEAD_SPAN + SECOND, False),
    ],
)
def test_a_lift_of_the_next_two_days_is_listed(scene: Scene, at: datetime, is_listed: bool) -> None:
    lift(scene, at=at)
    assert names(scene) == ["Amira"] * is_listed


def test_it_says_whom_to_call_about_what(scene: Scene) -> None:
    lift(scene)
    (found,) = reach.not_reached(NOON)
    assert (found.phone, found.lifts_at, found.zone) == ("+971501112233", SOON, "Asia/Dubai")
    assert dict(found.activities)["wash-hair"] is Answer.LIMITED
    assert found.location_name == "Marina"


@pytest.mark.parametrize(
    ("opened", "is_listed"), [(OPENED_SPAN, False), (OPENED_SPAN + SECOND, True)]
)
def test_a_device_opened_within_thirty_days_reaches(
    scene: Scene, opened: timedelta, is_listed: bool
) -> None:
    account_id = lift(scene)
    subscribe(account_id, NOON - opened)
    assert names(scene) == ["Amira"] * is_listed
    assert why(account_id) is (Reach.SILENT if is_listed else Reach.WORKING)


def test_one_device_that_works_is_enough(scene: Scene) -> None:
    account_id = lift(scene)
    subscribe(account_id, NOON - 2 * OPENED_SPAN)
    subscribe(account_id, NOON, disabled_at=NOON)
    assert names(scene) == ["Amira"]
    subscribe(account_id, NOON)
    assert names(scene) == []


def why(account_id: int) -> Reach:
    return reach.reach_of(account_id, NOON).reach


def test_it_says_why_no_push_arrives(scene: Scene) -> None:
    never, gone, disabled, silent = (lift(scene, name) for name in ("A", "B", "C", "D"))
    deliver(gone, "gone", NOON)
    subscribe(disabled, NOON, disabled_at=NOON)
    subscribe(silent, NOON - 2 * OPENED_SPAN)
    assert [why(one) for one in (never, gone, disabled, silent)] == [
        Reach.NEVER,
        Reach.GONE,
        Reach.GONE,
        Reach.SILENT,
    ]
    assert [found.why.reach for found in reach.not_reached(NOON)] == [
        Reach.NEVER,
        Reach.GONE,
        Reach.GONE,
        Reach.SILENT,
    ]


def test_who_is_reached_is_known_by_the_devices(scene: Scene) -> None:
    account_id = lift(scene)
    for _ in range(2):
        subscribe(account_id, NOON)
    found = reach.reach_of(account_id, NOON)
    assert (found.reach, found.devices, found.seen_at) == (Reach.WORKING, 2, NOON)


def test_only_planned_lifts_count(scene: Scene) -> None:
    account_id = lift(scene, at=NOON - SECOND)
    plan(account_id, NoticeKind.TOMORROW, SOON)
    told.tell(account_id, NoticeKind.LIFT, SOON, content=WATER)
    plan(account_id, NoticeKind.LIFT, SOON, state="superseded", content=WATER)
    assert names(scene) == []


def test_an_account_that_is_disabled_is_not_called(scene: Scene) -> None:
    told.disable(lift(scene), NOON)
    assert names(scene) == []


def test_each_client_is_listed_once_with_what_lifts_first(scene: Scene) -> None:
    later, first = lift(scene, "Basim", SOON + 2 * SECOND), lift(scene, "Amira", SOON)
    plan(first, NoticeKind.LIFT, SOON + SECOND, course_id=1, content=WATER)
    assert later != first
    assert names(scene) == ["Amira", "Basim"]


def test_the_list_can_be_that_of_one_location(scene: Scene) -> None:
    lift(scene)
    assert names(scene, scene.location_id) == ["Amira"]
    assert names(scene, scene.location_id + 1) == []


def tell(scene: Scene, name: str, at: datetime = SOON) -> bool:
    return reach.tell_in_person(scene.with_, scene.iris, client_id(name), at)


def test_whoever_was_told_leaves_the_list_for_that_lift_alone(scene: Scene) -> None:
    account_id = lift(scene)
    plan(account_id, NoticeKind.LIFT, SOON + SECOND, course_id=1, content=WATER)
    assert tell(scene, "Amira")
    assert [found.lifts_at for found in reach.not_reached(NOON)] == [SOON + SECOND]
    assert tell(scene, "Amira", SOON + SECOND)
    assert names(scene) == []


def test_telling_twice_is_noted_once_with_who_and_when(scene: Scene) -> None:
    lift(scene)
    assert [tell(scene, "Amira"), tell(scene, "Amira")] == [True, True]
    (row,) = reading().scalars(select(ToldInPerson))
    assert (row.told_by, row.told_at) == (scene.iris.account_id, NOON)
    asked = select(AuditEvent.subject, AuditEvent.subject_id, AuditEvent.actor_id)
    audited = reading().execute(asked.where(AuditEvent.action == "told-in-person")).all()
    assert audited == [("client", client_id("Amira"), scene.iris.account_id)]


def test_nobody_is_told_of_what_is_not_planned(scene: Scene) -> None:
    lift(scene)
    lift(scene, "Basim", SOON + SECOND)
    assert not tell(scene, "Amira", SOON + SECOND)
    assert list(reading().scalars(select(ToldInPerson))) == []
