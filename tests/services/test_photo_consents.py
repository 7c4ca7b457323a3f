"""Consents are given and taken back one by one, with effect at once, and never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from tests.services.test_photo_keeping import audit, mine, notices
from webapp.domain.photo_faults import PhotoRefusedError
from webapp.domain.photos import BIN_SPAN, WITHDRAWN_SPAN, ConsentKind, Format
from webapp.services import photo_consents, photo_keeping, photo_sweep, photos
from webapp.services.errors import NotFoundError
from webapp.services.photos import OPENING_SPAN

pytestmark = pytest.mark.usefixtures("anywhere", "quickly")
A_SECOND = timedelta(seconds=1)
SIZE = (320, Format.WEBP)


@pytest.fixture
def shared(taking: PhotoScene) -> str:
    """One photo that its client sees."""
    sent = taking.send()
    photo_keeping.share(taking.with_, taking.iris, [sent.public_id])
    return sent.public_id


def seen_by_staff(taking: PhotoScene) -> int:
    return len(photos.gallery(taking.with_, taking.iris, taking.client_id).photos)


def test_everything_is_off_until_somebody_says_so(taking: PhotoScene) -> None:
    client_id = taking.scene.add_client("Basim")
    assert photo_consents.standing(taking.iris, client_id) == frozenset()


def test_what_is_not_to_be_shown_is_gone_at_once_and_stays_in_the_record(
    taking: PhotoScene, shared: str
) -> None:
    assert mine(taking) == [shared]
    taking.withdraw(ConsentKind.SHOWN)
    assert mine(taking) == []
    with pytest.raises(NotFoundError):
        photos.picture(taking.with_, taking.amira, shared, SIZE)
    assert seen_by_staff(taking) == 1
    assert notices() == ["superseded"]
    taking.agree(ConsentKind.SHOWN)
    assert mine(taking) == [shared]


def test_what_is_not_to_be_kept_is_gone_at_once_and_erased_within_a_day(
    taking: PhotoScene, shared: str
) -> None:
    taking.withdraw(ConsentKind.KEPT)
    assert (mine(taking), seen_by_staff(taking)) == ([], 0)
    for by in (taking.amira, taking.iris, taking.olga):
        assert photos.bin_of(taking.olga, taking.client_id).photos == []
        with pytest.raises(NotFoundError):
            photos.picture(taking.with_, by, shared, SIZE)
    with pytest.raises(PhotoRefusedError):
        taking.send(jpeg(colour="blue"))
    taking.scene.clock.at += WITHDRAWN_SPAN - A_SECOND
    assert photo_sweep.sweep(taking.with_).erased == 0
    taking.scene.clock.at += A_SECOND
    assert photo_sweep.sweep(taking.with_).erased == 1
    assert taking.count() == (0, 0)


def test_a_slip_of_the_finger_is_taken_back_and_what_was_binned_stays_binned(
    taking: PhotoScene, shared: str
) -> None:
    binned = taking.send(jpeg(colour="blue")).public_id
    binned_at = taking.scene.clock.at
    photo_keeping.put_in_bin(taking.with_, taking.iris, binned)
    taking.scene.clock.advance(minutes=5)
    taking.withdraw(ConsentKind.KEPT)
    assert taking.row(binned).erase_at == taking.scene.clock.at + WITHDRAWN_SPAN
    taking.scene.clock.advance(minutes=5)
    taking.agree(ConsentKind.KEPT)
    assert mine(taking) == [shared]
    assert taking.row(binned).erase_at == binned_at + BIN_SPAN


def test_where_the_law_obliges_a_withdrawal_locks(taking: PhotoScene, shared: str) -> None:
    taking.oblige()
    taking.withdraw(ConsentKind.KEPT)
    assert (mine(taking), seen_by_staff(taking)) == ([], 0)
    locked = photos.locked_of(taking.olga, taking.client_id).photos
    assert [item.row.public_id for item in locked] == [shared]
    with pytest.raises(NotFoundError):
        photos.locked_picture(taking.with_, taking.olga, shared, SIZE)
    with pytest.raises(ValueError, match=r"^$"):
        photos.unlock(taking.with_, taking.olga, shared, "  ")
    taking.agree(ConsentKind.KEPT)
    assert mine(taking) == [shared]


def test_the_owner_says_why_and_sees_what_is_locked_for_ten_minutes(
    taking: PhotoScene, shared: str
) -> None:
    taking.oblige()
    taking.withdraw(ConsentKind.KEPT)
    photos.unlock(taking.with_, taking.olga, shared, "The insurer asks.")
    assert photos.locked_picture(taking.with_, taking.olga, shared, SIZE).size > 0
    taking.scene.clock.at += OPENING_SPAN
    with pytest.raises(NotFoundError):
        photos.locked_picture(taking.with_, taking.olga, shared, SIZE)
    assert audit("photo-unlocked") == 1
    for by in (taking.iris, taking.amira):
        with pytest.raises(NotFoundError):
            photos.unlock(taking.with_, by, shared, "I am curious.")


def test_every_turn_of_a_switch_is_a_row_with_who_and_when(taking: PhotoScene) -> None:
    taking.withdraw(ConsentKind.MARKETING)
    taking.withdraw(ConsentKind.MARKETING)
    switch = (ConsentKind.MARKETING, True)
    photo_consents.say(taking.with_, taking.iris, taking.client_id, switch)
    said = photo_consents.history(taking.amira, taking.client_id)
    marketing = [(one.is_granted, one.said_by) for one in said if one.kind == "marketing"]
    assert marketing == [(True, "Iris"), (False, "Amira Saleh"), (True, "Amira Saleh")]
    assert audit("photos-marketing-withdrawn") == 1


def test_consent_is_nobody_elses(taking: PhotoScene) -> None:
    stranger = make_photo_scene(taking.scene).amira
    for by in (stranger, taking.scene.otto):
        with pytest.raises(NotFoundError):
            photo_consents.say(taking.with_, by, taking.client_id, (ConsentKind.SHOWN, False))
        with pytest.raises(NotFoundError):
            photo_consents.standing(by, taking.client_id)
    with pytest.raises(NotFoundError):
        photo_consents.say_must_keep(taking.with_, taking.iris, must_keep=True)
