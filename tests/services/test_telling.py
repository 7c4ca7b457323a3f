"""Telling: into the inbox when due, onto the way to every device, together and not at night."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.services.push_scene import PushScene, phones
from tests.services.scene import dubai
from webapp.domain.course_edits import PlanSession
from webapp.domain.notices import NoticeKind, PlannedNotice
from webapp.domain.pushes import Outcome
from webapp.persistence.database import reading, writing
from webapp.persistence.notices import PlannedFor, add
from webapp.persistence.tables import Client, DeliveryNotice, LoginRecord, Notice

SECOND = timedelta(seconds=1)
ENDED = dubai(3, 2, 16, 30)
BEGINS = ENDED + timedelta(seconds=13)
TOUCH = ENDED + timedelta(hours=24)
WATER = dubai(3, 7, 16, 30)


def told(pushing: PushScene, kind: str) -> list[Notice]:
    return [notice for notice in pushing.notices(kind) if notice.told_at]


def add_photo(account_id: int, at: datetime) -> None:
    """Something else to tell, due at this instant."""
    notice = PlannedNotice(NoticeKind.PHOTO, at, at, at + timedelta(days=1))
    with writing() as writer:
        add(writer, [(notice, PlannedFor(account_id, None, at))])


def test_nothing_is_told_a_second_before_it_is_due(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    assert pushing.work(BEGINS - SECOND) == []
    assert pushing.notices("aftercare-begins")[0].state == "planned"
    assert len(pushing.work(BEGINS)) == 1


def test_a_lift_goes_out_at_its_very_instant(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    pushing.work(BEGINS)
    assert pushing.work(TOUCH - SECOND) == []
    assert len(pushing.work(TOUCH)) == 1
    assert told(pushing, "lift")[0].told_at == TOUCH


def test_what_is_due_together_is_one_message_to_each_device(pushing: PushScene) -> None:
    (course_id,) = phones(pushing, 1, ENDED)
    account_id = pushing.account_of(pushing.scene.file(course_id).client_id)
    pushing.add_phone(account_id, "tablet")
    pushing.work(BEGINS)
    add_photo(account_id, TOUCH)
    sent = pushing.work(TOUCH)
    assert [push.subscription.endpoint[-6:] for push in sent] == ["hone 0", "tablet"]
    last_two = [delivery.id for delivery in pushing.deliveries()][-2:]
    carried = reading().execute(select(DeliveryNotice.delivery_id, DeliveryNotice.notice_id))
    both = {notice.id for notice in (*told(pushing, "lift"), *told(pushing, "photo-added"))}
    assert {n for d, n in carried if d in last_two} == both


def test_without_a_device_everything_is_still_in_the_inbox(pushing: PushScene) -> None:
    course_id = pushing.scene.begin()
    pushing.scene.ended(course_id, 1, ENDED)
    assert pushing.work(TOUCH) == []
    assert [notice.kind for notice in pushing.notices() if notice.state == "told"] == [
        "aftercare-begins",
        "lift",
    ]
    assert pushing.deliveries() == []


def test_telling_changes_what_the_clients_pages_are_made_of(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    before = reading().scalar(select(Client.seen_version))
    pushing.work(BEGINS)
    assert reading().scalar(select(Client.seen_version)) != before


@pytest.mark.parametrize(
    ("zone", "sent_at"),
    [
        ("", dubai(3, 8, 8)),
        ("Europe/London", datetime.fromisoformat("2026-03-08T08:00:00+00:00")),
    ],
)
def test_at_night_a_lift_waits_for_the_phones_own_morning(
    pushing: PushScene, zone: str, sent_at: datetime
) -> None:
    late = dubai(3, 2, 23, 30)
    client_id = pushing.scene.add_client()
    pushing.add_phone(pushing.account_of(client_id), zone=zone)
    pushing.scene.ended(pushing.scene.begin(client_id), 1, late)
    pushing.work(late + timedelta(days=4))
    water = dubai(3, 7, 23, 30)
    if zone:  # In London it is still evening.
        assert len(pushing.work(water)) == 1
        return
    assert pushing.work(water) == []
    assert pushing.notices("lift")[-1].told_at is None
    assert pushing.work(sent_at - SECOND) == []
    assert len(pushing.work(sent_at)) == 1


def test_two_lifts_of_one_night_are_one_message_in_the_morning(pushing: PushScene) -> None:
    (course_id,) = phones(pushing, 1, ENDED)
    account_id = pushing.account_of(pushing.scene.file(course_id).client_id)
    pushing.work(TOUCH)
    night = dubai(3, 3, 22)
    for hour in (0, 3):
        at = night + timedelta(hours=hour)
        add_photo(account_id, at)
        assert pushing.work(at) == []
    assert len(pushing.work(dubai(3, 4, 8))) == 1
    assert pushing.states()[-1] == "accepted"


def test_aftercare_that_begins_at_night_is_told_at_night(pushing: PushScene) -> None:
    late = dubai(3, 2, 23, 30)
    list(phones(pushing, 1, late))
    assert len(pushing.work(late + timedelta(seconds=13))) == 1


def test_a_kind_that_a_client_does_not_want_pushed_is_in_the_inbox_alone(
    pushing: PushScene,
) -> None:
    (course_id,) = phones(pushing, 1, ENDED)
    account_id = pushing.account_of(pushing.scene.file(course_id).client_id)
    pushing.prefer(account_id, muted=["lift"])
    pushing.work(BEGINS)
    assert pushing.work(TOUCH) == []
    assert told(pushing, "lift")[0].is_inbox_only


def test_what_comes_too_late_is_in_the_inbox_alone(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    begins = pushing.notices("aftercare-begins")[0]
    pushing.work(begins.expires_at)
    assert told(pushing, "aftercare-begins")[0].is_inbox_only
    assert not told(pushing, "lift")[0].is_inbox_only


def test_a_signed_out_phone_receives_nothing(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    with writing() as writer:
        for login in writer.scalars(select(LoginRecord)):
            login.ended_at = ENDED
    assert pushing.work(BEGINS) == []


def test_a_lift_that_a_booked_session_forbids_is_not_told(pushing: PushScene) -> None:
    """Booked on the fourth day and never confirmed, the session keeps the head dry."""
    (course_id,) = phones(pushing, 1, ENDED)
    pushing.work(BEGINS)
    pushing.scene.change(course_id, PlanSession(dubai(3, 6, 12)))
    pushing.work(TOUCH)
    assert pushing.work(WATER) == []
    states = {notice.at: notice.state for notice in pushing.notices("lift")}
    assert states[WATER] == "superseded"


def test_a_message_says_how_many_notices_are_unread(pushing: PushScene) -> None:
    list(phones(pushing, 1, ENDED))
    first, second = pushing.work(BEGINS)[0], pushing.work(TOUCH)[0]
    assert (first.message.badge, second.message.badge) == (1, 2)
    assert first.message.opens.startswith("http://localhost/")
    assert pushing.push.answer(first) is Outcome.ACCEPTED
