"""What a worker that died left behind, and rows that broke: sent once, and no other is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from tests.services.push_scene import ORIGIN, PushScene, phones
from tests.services.scene import dubai
from webapp.domain.notices import NoticeFacts, NoticeKind, PlannedNotice
from webapp.domain.pushes import Outcome, OutgoingPush, PushMessage
from webapp.persistence import outbox
from webapp.persistence.database import reading, writing
from webapp.persistence.notices import PlannedFor, add
from webapp.persistence.sending import state
from webapp.persistence.tables import Delivery, DeliveryNotice, Notice
from webapp.services.claiming import BAD_ROW_SPAN
from webapp.services.delivering import BEGIN_SECONDS, LEASE_SPAN, deliver
from webapp.services.telling import tell_due

ENDED = dubai(3, 2, 16, 30)
BEGINS = ENDED + timedelta(seconds=13)
MINUTE = timedelta(minutes=1)
RETRY = timedelta(minutes=2)


@pytest.fixture
def begun(pushing: PushScene) -> PushScene:
    """One client with a phone, whose aftercare is told and whose push nobody has sent yet."""
    list(phones(pushing, 1, ENDED))
    tell_due(pushing.with_, BEGINS)
    return pushing


def add_photo(scene: PushScene) -> None:
    """Something else to tell the same client."""
    account_id = reading().scalar(select(Delivery.account_id)) or 0
    notice = PlannedNotice(NoticeKind.PHOTO, BEGINS, BEGINS, BEGINS + timedelta(days=1))
    with writing() as writer:
        add(writer, [(notice, PlannedFor(account_id, None, BEGINS))])


def die_holding() -> None:
    """A worker claims everything and is never seen again."""
    with writing() as writer:
        outbox.claim(writer, ORIGIN, (BEGINS, BEGINS + LEASE_SPAN, "dead"), 10)


def carried() -> list[int]:
    return list(reading().scalars(select(DeliveryNotice.delivery_id)))


def test_what_a_dead_worker_held_takes_along_what_fell_due_since(begun: PushScene) -> None:
    die_holding()
    add_photo(begun)
    assert len(begun.work(BEGINS + LEASE_SPAN)) == 1
    assert (begun.states(), carried()) == (["accepted"], [1, 1])


def test_a_dead_worker_that_comes_back_knows_nothing_of_what_was_added(begun: PushScene) -> None:
    die_holding()
    add_photo(begun)
    tell_due(begun.with_, BEGINS + LEASE_SPAN)
    settlement = outbox.Settlement(1, "accepted", 1, BEGINS, BEGINS)
    with writing() as writer:
        assert outbox.settle(writer, "dead", [settlement]) == 0
    assert begun.states() == ["pending"]


def test_two_deliveries_to_one_phone_become_one_message(begun: PushScene) -> None:
    die_holding()
    add_photo(begun)
    tell_due(begun.with_, BEGINS + MINUTE / 2)
    assert begun.states() == ["claimed", "pending"]
    (push,) = begun.work(BEGINS + LEASE_SPAN)
    assert (push.id, begun.states()) == (1, ["accepted", "superseded"])
    assert carried().count(1) == 2


def test_two_deliveries_that_became_one_are_retried_as_one(begun: PushScene) -> None:
    die_holding()
    add_photo(begun)
    tell_due(begun.with_, BEGINS + MINUTE / 2)
    begun.push.answer = lambda push: Outcome.RETRY
    begun.work(BEGINS + LEASE_SPAN)
    begun.push.answer = lambda push: Outcome.ACCEPTED
    assert len(begun.work(BEGINS + LEASE_SPAN + RETRY)) == 1
    assert begun.deliveries()[0].expires_at == BEGINS + timedelta(days=1)


def test_a_notice_planned_again_while_it_is_on_board_is_sent_when_it_is_due(
    begun: PushScene,
) -> None:
    """Its delivery waits for a retry when the notice is superseded and comes back for later."""
    add_photo(begun)
    tell_due(begun.with_, BEGINS)
    due_at = BEGINS + timedelta(hours=1)
    with writing() as writer:
        photo = update(Notice).where(Notice.kind == NoticeKind.PHOTO)
        writer.execute(photo.values(state="planned", due_at=due_at))
    begun.push.answer = lambda push: Outcome.RETRY
    (first,) = begun.work(BEGINS)
    begun.push.answer = lambda push: Outcome.ACCEPTED
    tell_due(begun.with_, due_at)
    assert carried() == [1, 1]
    assert deliver(begun.with_, begun.push, ORIGIN, due_at) == 1
    # The photo is of use a little longer than what the first push said alone.
    assert first.expires_at < begun.push.sent[-1].expires_at == BEGINS + timedelta(days=1)


@pytest.fixture
def two(pushing: PushScene) -> PushScene:
    """Two clients who were told and whose pushes nobody has sent yet."""
    list(phones(pushing, 2, ENDED))
    tell_due(pushing.with_, BEGINS)
    return pushing


def first_told() -> int:
    return min(reading().scalars(select(Notice.id).where(Notice.state == "told")))


def say_of_the_first(content: str) -> None:
    named = {"content": content, "id": first_told()}
    with writing() as writer:
        writer.execute(text("UPDATE notices SET content = :content WHERE id = :id"), named)


def test_a_row_that_broke_on_its_way_is_put_off_and_stops_no_other(two: PushScene) -> None:
    say_of_the_first("{broken")
    assert len(two.work(BEGINS)) == 1
    assert (two.states(), state(reading()).mistake_at) == (["pending", "accepted"], BEGINS)
    say_of_the_first("{}")
    assert two.work(BEGINS + BAD_ROW_SPAN - MINUTE) == []
    assert len(two.work(BEGINS + BAD_ROW_SPAN)) == 1


class Speechless:
    """Has no words for one notice."""

    def message(
        self, notices: Sequence[NoticeFacts], is_discreet: bool, badge: int, now: datetime
    ) -> PushMessage:
        if notices[0].id == first_told():
            raise LookupError
        return PushMessage("Your plan has an update", "", "/", "en")


def test_what_cannot_be_worded_is_put_off_and_the_owner_is_told(two: PushScene) -> None:
    speechless = replace(two, with_=replace(two.with_, words=Speechless()))
    assert len(speechless.work(BEGINS)) == 1
    assert (two.states(), state(reading()).mistake_at) == (["pending", "accepted"], BEGINS)
    assert len(two.work(BEGINS + BAD_ROW_SPAN)) == 1


def test_what_was_accepted_before_a_sender_broke_down_is_not_sent_again(two: PushScene) -> None:
    def break_down_at_the_second(push: OutgoingPush) -> Outcome:
        if push.id == 2:
            raise MemoryError
        return Outcome.ACCEPTED

    two.push.answer = break_down_at_the_second
    with pytest.raises(MemoryError):
        deliver(two.with_, two.push, ORIGIN, BEGINS)
    assert two.states() == ["accepted", "claimed"]


def test_who_slept_between_claiming_and_sending_sends_nothing(two: PushScene) -> None:
    seconds = iter([0.0, BEGIN_SECONDS + 0.1])
    slept = replace(two.with_, stopwatch=lambda: next(seconds))
    assert deliver(slept, two.push, ORIGIN, BEGINS) == 2
    assert two.push.sent == []
    assert len(two.work(BEGINS + LEASE_SPAN)) == 2
