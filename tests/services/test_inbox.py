"""The inbox: everything a client was told, read and acknowledged by nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.services.scene import Scene, dubai
from tests.told import WATER, plan, tell
from webapp.domain.course_edits import CancelSession, PlanSession
from webapp.domain.notices import NoticeKind
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, Client, Notice
from webapp.services import clients, inbox, today
from webapp.services.errors import NotFoundError
from webapp.services.inbox import InboxNotice, InboxPage

FIRST_END = dubai(3, 2, 16, 30)
SHAMPOO_WAITS = {"activities": {"wash-shampoo": ["no", "2026-03-11T12:30:00+00:00", None]}}


@dataclass
class Reader:
    """A client with a course whose first session has ended, and what she reads."""

    scene: Scene
    client_id: int
    account_id: int
    course_id: int

    @property
    def person(self) -> SignedIn:
        return SignedIn(self.account_id, 1, Role.CLIENT, "Amira", "", self.client_id, unread=1)

    def tell(self, kind: NoticeKind, at: datetime, **values: object) -> int:
        return tell(self.account_id, kind, at, course_id=self.course_id, **values)

    def page(self, before: int = 0) -> InboxPage:
        facts = today.facts_of(self.client_id, self.scene.clock.at)
        assert facts is not None
        return inbox.page_of(self.person, facts, before)

    def ids(self, before: int = 0) -> list[int]:
        return [notice.facts.id for notice in self.page(before).notices]

    def notice(self, notice_id: int) -> InboxNotice:
        return next(one for one in self.page().notices if one.facts.id == notice_id)

    def news(self) -> list[int]:
        facts = today.facts_of(self.client_id, self.scene.clock.at)
        assert facts is not None
        return [notice.facts.id for notice in inbox.news_of(self.person, facts)]

    def read(self, *ids: int) -> None:
        inbox.mark_read(self.scene.with_, self.person, ids)

    def acknowledge(self, notice_id: int) -> None:
        inbox.acknowledge(self.scene.with_, self.person, notice_id)

    @property
    def seen_version(self) -> int:
        reading().rollback()
        found = reading().scalar(select(Client.seen_version).where(Client.id == self.client_id))
        assert found is not None
        return found


def make_reader(scene: Scene, name: str = "Amira Saleh") -> Reader:
    client_id = scene.add_client(name)
    course_id = scene.begin(client_id)
    scene.ended(course_id, 1, FIRST_END)
    file = clients.read(client_id)
    assert file is not None
    return Reader(scene, client_id, file.account_id, course_id)


@pytest.fixture
def amira(scene: Scene) -> Reader:
    return make_reader(scene)


def test_everything_told_is_there_the_newest_first(amira: Reader) -> None:
    begins = amira.tell(NoticeKind.BEGINS, FIRST_END)
    lift = amira.tell(NoticeKind.LIFT, FIRST_END + timedelta(days=5), content=WATER)
    both = [amira.tell(NoticeKind.PHOTO, FIRST_END + timedelta(days=6)) for _ in range(2)]
    assert amira.ids() == [*reversed(both), lift, begins]


def test_what_is_planned_a_proof_or_somebody_elses_is_not_there(
    scene: Scene, amira: Reader
) -> None:
    plan(amira.account_id, NoticeKind.LIFT, NOON, course_id=amira.course_id)
    for kind in (NoticeKind.WELCOME, NoticeKind.TEST):
        amira.tell(kind, NOON)
    make_reader(scene, "Basim").tell(NoticeKind.PHOTO, NOON)
    assert amira.ids() == []


def test_it_has_pages_that_miss_nothing_and_repeat_nothing(amira: Reader) -> None:
    told = [amira.tell(NoticeKind.PHOTO, NOON + timedelta(hours=n // 2)) for n in range(45)]
    first = amira.page()
    second = amira.page(first.older)
    pages = [amira.ids(), amira.ids(first.older), amira.ids(second.older)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [one for page in pages for one in page] == told[::-1]
    assert amira.page(second.older).older == 0


def test_a_page_after_somebody_elses_notice_is_empty(scene: Scene, amira: Reader) -> None:
    amira.tell(NoticeKind.PHOTO, NOON)
    theirs = make_reader(scene, "Basim").tell(NoticeKind.PHOTO, NOON + timedelta(days=1))
    assert amira.ids(theirs) == []


def test_a_notice_knows_the_zone_and_the_protocol_of_its_course(amira: Reader) -> None:
    told = amira.notice(amira.tell(NoticeKind.LIFT, FIRST_END, content=WATER)).facts
    assert told.zone.key == "Asia/Dubai"
    assert told.protocol is not None
    assert (told.client_name, told.client_id) == ("", None)


def test_reading_is_noted_once_and_changes_the_own_pages(amira: Reader) -> None:
    told = amira.tell(NoticeKind.PHOTO, NOON)
    before = amira.seen_version
    amira.read(told)
    assert amira.notice(told).is_read
    assert amira.seen_version == before + 1
    amira.read(told)
    assert amira.seen_version == before + 1


def test_nobody_reads_anothers_notices(scene: Scene, amira: Reader) -> None:
    told = amira.tell(NoticeKind.PHOTO, NOON)
    make_reader(scene, "Basim").read(told)
    assert not amira.notice(told).is_read


def test_reading_alone_does_not_acknowledge(amira: Reader) -> None:
    told = amira.tell(NoticeKind.STRICTER, NOON, content=SHAMPOO_WAITS)
    amira.read(told)
    assert amira.notice(told).must_acknowledge
    amira.acknowledge(told)
    assert not amira.notice(told).must_acknowledge


def test_acknowledging_covers_what_was_told_before_and_not_what_came_after(amira: Reader) -> None:
    earlier, this, later = (
        amira.tell(NoticeKind.STRICTER, NOON + timedelta(hours=n), content=SHAMPOO_WAITS)
        for n in range(3)
    )
    amira.acknowledge(this)
    waiting = [one for one in (earlier, this, later) if amira.notice(one).must_acknowledge]
    assert waiting == [later]


def test_an_acknowledgement_is_kept_in_the_audit_once(amira: Reader) -> None:
    told = amira.tell(NoticeKind.STRICTER, NOON, content=SHAMPOO_WAITS)
    before = amira.seen_version
    amira.acknowledge(told)
    amira.acknowledge(told)
    asked = select(AuditEvent.subject_id).where(AuditEvent.action == "notice-acknowledged")
    assert list(reading().scalars(asked)) == [told]
    assert amira.seen_version == before + 1


def test_only_an_own_stricter_notice_that_was_told_can_be_acknowledged(
    scene: Scene, amira: Reader
) -> None:
    basim = make_reader(scene, "Basim")
    for foreign in (
        basim.tell(NoticeKind.STRICTER, NOON, content=SHAMPOO_WAITS),
        amira.tell(NoticeKind.LIFT, NOON, content=WATER),
        plan(amira.account_id, NoticeKind.STRICTER, NOON, content=SHAMPOO_WAITS),
        999_999,
    ):
        with pytest.raises(NotFoundError):
            amira.acknowledge(foreign)
    acknowledged = select(Notice.id).where(Notice.acknowledged_at.is_not(None))
    assert list(reading().scalars(acknowledged)) == []


WATER_AT = FIRST_END + timedelta(days=5)


def test_a_lift_holds_while_the_plan_says_so(amira: Reader) -> None:
    told = amira.tell(NoticeKind.LIFT, WATER_AT, content=WATER)
    amira.scene.clock.at = WATER_AT
    assert amira.notice(told).holds
    amira.scene.clock.at = WATER_AT - timedelta(seconds=1)
    assert not amira.notice(told).holds


def test_a_new_session_ends_what_a_lift_allowed(amira: Reader) -> None:
    told = amira.tell(NoticeKind.LIFT, WATER_AT, content=WATER)
    amira.scene.ended(amira.course_id, 2, dubai(3, 12))
    assert not amira.notice(told).holds


def test_what_still_holds_of_a_lift_is_its_content(amira: Reader) -> None:
    activities = {"touch-scalp": "limited", "wash-hair": "limited"}
    content = {"activities": activities}
    told = amira.tell(NoticeKind.LIFT, FIRST_END, content=content)
    amira.scene.clock.at = FIRST_END + timedelta(days=1)
    assert amira.notice(told).facts.content == {"activities": {"touch-scalp": "limited"}}


def test_a_stricter_answer_holds_until_it_is_mild_again(amira: Reader) -> None:
    told = amira.tell(NoticeKind.STRICTER, FIRST_END, content=SHAMPOO_WAITS)
    assert amira.notice(told).holds
    amira.scene.clock.at = FIRST_END + timedelta(days=7)
    assert not amira.notice(told).holds


def test_a_reminder_holds_while_its_session_is_booked_and_after_it_began(amira: Reader) -> None:
    starts_at = dubai(3, 10, 11)
    told = amira.tell(NoticeKind.TOMORROW, starts_at, told_at=NOON, content={"wash": "water"})
    assert not amira.notice(told).holds
    amira.scene.change(amira.course_id, PlanSession(starts_at))
    assert amira.notice(told).holds
    amira.scene.change(amira.course_id, CancelSession(2))
    assert not amira.notice(told).holds
    amira.scene.clock.at = starts_at
    assert amira.notice(told).holds


def test_what_an_earlier_course_allowed_does_not_hold(amira: Reader) -> None:
    told = amira.tell(NoticeKind.LIFT, WATER_AT, content=WATER)
    amira.scene.clock.at = WATER_AT
    older = replace(amira, course_id=amira.course_id + 1)
    facts = today.facts_of(amira.client_id, WATER_AT)
    assert facts is not None
    elsewhere = inbox.page_of(older.person, replace(facts, course_id=None, plan=None))
    assert [(one.facts.id, one.holds) for one in elsewhere.notices] == [(told, False)]


def test_news_are_the_three_latest_that_hold_what_is_stricter_first(amira: Reader) -> None:
    stricter = amira.tell(NoticeKind.STRICTER, NOON, content=SHAMPOO_WAITS)
    photos = [amira.tell(NoticeKind.PHOTO, NOON + timedelta(hours=n)) for n in range(1, 4)]
    amira.tell(NoticeKind.LIFT, NOON + timedelta(hours=4), content=WATER)
    assert amira.news() == [stricter, photos[2], photos[1]]
    amira.read(*photos)
    amira.acknowledge(stricter)
    assert amira.news() == []
