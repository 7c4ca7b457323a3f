"""Cards for hairdressers: read by whoever has the address, until they expire or are stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.services.hands import Hand, another_hand, client_hand
from tests.services.scene import Scene, dubai
from webapp.domain.cards import MOST_CARDS, SPANS
from webapp.domain.course_edits import MoveSession, PlanSession
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, AuditEvent, HairdresserCard, PrivacyNotice
from webapp.services import hairdresser_cards, privacy, tidying
from webapp.services.errors import NotFoundError
from webapp.services.hairdresser_cards import TooManyCardsError
from webapp.services.today import Facts

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def amira(scene: Scene) -> Hand:
    """A client at a clinic whose privacy notice she has consented to."""
    with writing() as writer:
        writer.add(PrivacyNotice(version=1, text="We keep your dates.", published_at=dubai(1, 1)))
    hand = client_hand(scene)
    privacy.consent(scene.with_, hand.person, 1)
    hand.person = replace(hand.person, consented_version=1)
    return hand


def shown(scene: Scene, token: str) -> Facts | None:
    """What the card shows now, or nothing."""
    reading().rollback()
    try:
        return hairdresser_cards.shown(scene.with_, token, scene.clock.now())
    except NotFoundError:
        return None


def made(hand: Hand, days: int = 7) -> str:
    return hairdresser_cards.make(hand.with_, hand.person, days)


@pytest.mark.parametrize("days", SPANS)
def test_a_card_is_read_up_to_its_end_and_not_from_it_on(
    scene: Scene, amira: Hand, days: int
) -> None:
    token = made(amira, days)
    begun = scene.clock.now()
    for later, is_shown in [
        (timedelta(), True),
        (timedelta(days=days) - A_SECOND, True),
        (timedelta(days=days), False),
        (timedelta(days=days) + A_SECOND, False),
    ]:
        scene.clock.at = begun + later
        assert (shown(scene, token) is not None) is is_shown, later
        assert bool(hairdresser_cards.in_use(scene.with_, amira.person)) is is_shown, later


def test_only_the_hash_of_the_token_is_stored(amira: Hand) -> None:
    token = made(amira)
    row = reading().scalars(select(HairdresserCard)).one()
    assert len(row.token_hash) == 32
    assert token.encode() not in row.token_hash
    assert len(token) >= 43  # 256 random bits


def test_a_stopped_card_shows_nothing_at_once(scene: Scene, amira: Hand) -> None:
    token, other = made(amira), made(amira)
    newest, oldest = hairdresser_cards.in_use(scene.with_, amira.person)
    hairdresser_cards.stop(scene.with_, amira.person, oldest.card_id)
    assert shown(scene, token) is None
    assert shown(scene, other) is not None
    assert hairdresser_cards.in_use(scene.with_, amira.person) == [newest]


def test_a_card_is_stopped_once_and_by_its_owner_only(scene: Scene, amira: Hand) -> None:
    made(amira)
    (card,) = hairdresser_cards.in_use(scene.with_, amira.person)
    with pytest.raises(NotFoundError):
        hairdresser_cards.stop(scene.with_, client_hand(scene, "Basim").person, card.card_id)
    hairdresser_cards.stop(scene.with_, amira.person, card.card_id)
    with pytest.raises(NotFoundError):
        hairdresser_cards.stop(scene.with_, amira.person, card.card_id)


def test_a_disabled_account_shows_nothing(scene: Scene, amira: Hand) -> None:
    token = made(amira)
    with writing() as writer:
        disabled = update(Account).where(Account.id == amira.person.account_id)
        writer.execute(disabled.values(disabled_at=scene.clock.now()))
    assert shown(scene, token) is None


def test_a_withdrawn_consent_closes_the_card_and_a_new_one_opens_it(
    scene: Scene, amira: Hand
) -> None:
    token = made(amira)
    privacy.withdraw(scene.with_, amira.person)
    assert shown(scene, token) is None
    privacy.consent(scene.with_, amira.person, 1)
    assert shown(scene, token) is not None


def test_a_notice_that_asks_again_closes_the_card_until_it_is_answered(
    scene: Scene, amira: Hand
) -> None:
    token = made(amira)
    privacy.publish(scene.with_, scene.iris, ("Another text.", True), 1)
    assert shown(scene, token) is None
    privacy.consent(scene.with_, amira.person, 2)
    assert shown(scene, token) is not None


def test_it_follows_a_session_that_is_moved(scene: Scene, amira: Hand) -> None:
    course_id = scene.begin(amira.person.client_id)
    scene.change(course_id, PlanSession(dubai(3, 10, 11)))
    token = made(amira)
    before = shown(scene, token)
    scene.change(course_id, MoveSession(1, dubai(3, 12, 11)))
    after = shown(scene, token)
    starts = [
        facts.plan.next_session_at(facts.plan.now).starts_at  # type: ignore[union-attr]
        for facts in (before, after)
        if facts and facts.plan
    ]
    assert starts == [dubai(3, 10, 11), dubai(3, 12, 11)]


def test_there_are_only_so_many_at_once(scene: Scene, amira: Hand) -> None:
    for _number in range(MOST_CARDS):
        made(amira, 1)
    with pytest.raises(TooManyCardsError):
        made(amira)
    scene.clock.advance(days=1)
    assert shown(scene, made(amira)) is not None


@pytest.mark.parametrize("token", ["", "A" * 43, "x" * 10_000, "\udc80", "' OR 1=1 --"])
def test_a_made_up_token_shows_nothing(scene: Scene, amira: Hand, token: str) -> None:
    made(amira)
    assert shown(scene, token) is None


def test_another_device_of_the_client_sees_the_same_cards(scene: Scene, amira: Hand) -> None:
    made(amira)
    tablet = another_hand(scene, amira.person.account_id)
    assert len(hairdresser_cards.in_use(scene.with_, tablet.person)) == 1


def test_making_and_stopping_are_in_the_audit(scene: Scene, amira: Hand) -> None:
    made(amira)
    (card,) = hairdresser_cards.in_use(scene.with_, amira.person)
    hairdresser_cards.stop(scene.with_, amira.person, card.card_id)
    rows = reading().scalars(select(AuditEvent).where(AuditEvent.subject == "card"))
    assert [(row.action, row.subject_id) for row in rows] == [
        ("card-made", card.card_id),
        ("card-stopped", card.card_id),
    ]


def test_what_is_long_over_is_removed(scene: Scene, amira: Hand) -> None:
    made(amira, 1)
    scene.clock.advance(days=31)
    assert tidying.tidy(scene.with_)["cards"] == 0
    scene.clock.advance(seconds=1)
    assert tidying.tidy(scene.with_)["cards"] == 1
