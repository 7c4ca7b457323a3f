"""Slips: told by a client, seen by the clinic, and nothing else changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.services.hands import Hand, client_hand
from tests.services.scene import Scene, dubai
from webapp.domain.course_edits import ConfirmLast, PlanSession
from webapp.domain.slips import SlipInFutureError, SlipKind, SlipTooLongAgoError
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import AuditEvent, Client, Course, Location, Notice, Slip
from webapp.services import clients, courses, slips
from webapp.services.clients import NewClient
from webapp.services.course_extras import CloseCourse
from webapp.services.errors import NotFoundError
from webapp.services.today import Facts, facts_of

WET = SlipKind.WET
A_SECOND = timedelta(seconds=1)
AN_HOUR = timedelta(hours=1)
FIRST_END = dubai(3, 2, 16, 30)


@pytest.fixture
def amira(scene: Scene) -> Hand:
    """A client on the day after her first session."""
    hand = client_hand(scene)
    scene.ended(scene.begin(hand.person.client_id), 1, FIRST_END)
    scene.clock.at = dubai(3, 3, 9)
    return hand


def tell(scene: Scene, hand: Hand, kind: SlipKind = WET, ago: timedelta = timedelta()) -> int:
    now = scene.clock.now()
    return slips.tell(hand.person, kind, now - ago, now)


def facts(scene: Scene, hand: Hand) -> Facts:
    found = facts_of(hand.person.client_id or 0, scene.clock.now())
    assert found is not None
    return found


def everything_that_counts(scene: Scene, hand: Hand) -> object:
    """Every answer and lift, the course's and the client's version, and the notices."""
    reading().rollback()
    found = facts(scene, hand)
    assert found.plan is not None
    now = found.plan.now
    course_and_client = select(Course.version, Client.seen_version, Client.version)
    versions = reading().execute(course_and_client.join(Client, Client.id == Course.client_id))
    notices = reading().scalar(select(func.count()).select_from(Notice))
    lifts = found.plan.lifts_after(now)
    return found.plan.answers_at(now), lifts, versions.all(), notices, hand.person.seen


@pytest.mark.parametrize("kind", SlipKind)
def test_no_slip_changes_an_answer_a_version_or_a_notice(
    scene: Scene, amira: Hand, kind: SlipKind
) -> None:
    before = everything_that_counts(scene, amira)
    tell(scene, amira, kind)
    assert everything_that_counts(scene, amira) == before


def test_the_board_shows_what_nobody_has_seen_the_oldest_first(scene: Scene, amira: Hand) -> None:
    tell(scene, amira, ago=AN_HOUR)
    scene.clock.advance(minutes=2)
    tell(scene, amira, SlipKind.SUN)
    told = [(row.client_name, row.kind, row.location_name) for row in slips.unseen()]
    assert told == [("Amira", "wet", "Marina"), ("Amira", "sun", "Marina")]
    assert slips.unseen()[0].happened_at == dubai(3, 3, 8)


def test_the_first_who_sees_it_is_remembered(scene: Scene, amira: Hand) -> None:
    slip_id, client_id = tell(scene, amira), amira.person.client_id or 0
    scene.clock.advance(minutes=5)
    slips.see(scene.with_, scene.iris, client_id, slip_id)
    scene.clock.advance(minutes=5)
    slips.see(scene.with_, scene.otto, client_id, slip_id)
    (row,) = slips.history_of(client_id, 3)
    assert (row.seen_by, row.seen_at) == ("Iris", dubai(3, 3, 9, 5))
    assert slips.unseen() == []


def test_telling_and_seeing_are_in_the_audit_once(scene: Scene, amira: Hand) -> None:
    slip_id, client_id = tell(scene, amira), amira.person.client_id or 0
    for staff in (scene.iris, scene.otto):
        slips.see(scene.with_, staff, client_id, slip_id)
    rows = reading().scalars(select(AuditEvent).where(AuditEvent.subject == "slip"))
    assert [(row.action, row.actor_id) for row in rows] == [
        ("slip-told", amira.person.account_id),
        ("slip-seen", scene.iris.account_id),
    ]


@pytest.mark.parametrize(
    ("later", "kind", "is_one"),
    [
        (59, WET, True),
        (60, WET, False),
        (61, WET, False),
        (1, SlipKind.SUN, False),
    ],
)
def test_the_same_again_within_a_minute_is_one_slip(
    scene: Scene, amira: Hand, later: int, kind: SlipKind, is_one: bool
) -> None:
    first = tell(scene, amira)
    scene.clock.advance(seconds=later)
    assert (tell(scene, amira, kind) == first) is is_one


def test_another_time_told_within_a_minute_is_another_slip(scene: Scene, amira: Hand) -> None:
    assert tell(scene, amira) != tell(scene, amira, ago=AN_HOUR)


def test_two_clients_at_once_are_two_slips(scene: Scene, amira: Hand) -> None:
    assert tell(scene, amira) != tell(scene, client_hand(scene, "Basim"))


def test_the_future_and_the_distant_past_are_refused_and_leave_nothing(
    scene: Scene, amira: Hand
) -> None:
    with pytest.raises(SlipInFutureError):
        tell(scene, amira, ago=-A_SECOND)
    with pytest.raises(SlipTooLongAgoError):
        tell(scene, amira, ago=timedelta(days=30) + A_SECOND)
    assert reading().scalar(select(func.count()).select_from(Slip)) == 0


def test_a_slip_is_found_with_its_own_client_only(scene: Scene, amira: Hand) -> None:
    slip_id, basim = tell(scene, amira), client_hand(scene, "Basim")
    assert slips.own(amira.person, slip_id).kind == "wet"
    with pytest.raises(NotFoundError):
        slips.own(basim.person, slip_id)
    with pytest.raises(NotFoundError):
        slips.see(scene.with_, scene.iris, basim.person.client_id or 0, slip_id)


def test_a_location_sees_the_slips_of_the_courses_that_run_there(scene: Scene, amira: Hand) -> None:
    with writing() as writer:
        creek = Location(name="Creek", time_zone="Asia/Dubai")
        writer.add(creek)
        writer.flush()
        creek_id = creek.id
    clients.add(scene.with_, scene.iris, NewClient("Basim", "", creek_id))
    tell(scene, amira)
    assert [row.location_name for row in slips.unseen(scene.location_id)] == ["Marina"]
    assert slips.unseen(creek_id) == []


def test_before_the_first_session_and_without_a_course_there_is_nothing_to_tell(
    scene: Scene,
) -> None:
    hand = client_hand(scene)
    assert not slips.may_tell(facts(scene, hand))
    course_id = scene.begin(hand.person.client_id)
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    scene.clock.at = dubai(3, 10, 11) - A_SECOND
    assert not slips.may_tell(facts(scene, hand))
    scene.clock.at = dubai(3, 10, 11)
    assert slips.may_tell(facts(scene, hand))


def test_from_the_instant_of_healing_there_is_nothing_to_tell(scene: Scene, amira: Hand) -> None:
    (card,) = courses.all_of(amira.person.client_id or 0)
    scene.change(card.id, ConfirmLast())
    scene.clock.at = FIRST_END + timedelta(days=21) - A_SECOND
    assert slips.may_tell(facts(scene, amira))
    scene.clock.at = FIRST_END + timedelta(days=21)
    assert not slips.may_tell(facts(scene, amira))


def test_in_a_course_that_was_stopped_the_scalp_heals_on(scene: Scene, amira: Hand) -> None:
    (card,) = courses.all_of(amira.person.client_id or 0)
    scene.change(card.id, CloseCourse("She moves away."))
    assert slips.may_tell(facts(scene, amira))
