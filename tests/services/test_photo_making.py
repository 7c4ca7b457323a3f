"""Sizes are made in the background, found again when a job is lost, and given up in the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.services.photo_scene import PhotoScene, jpeg
from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError, StoreUnreachableError
from webapp.persistence.database import writing
from webapp.persistence.tables import Photo
from webapp.services import photo_keeping, photo_sweep, upkeep
from webapp.services.photo_making import MAKE, MOST_ATTEMPTS, make_sizes
from webapp.services.photo_sweep import LOST_JOB_SPAN
from webapp.services.ports import Collaborators, Decoder

pytestmark = pytest.mark.usefixtures("anywhere", "quickly")
A_SECOND = timedelta(seconds=1)


@dataclass
class Wrapped:
    """The real thing, but for what a test sets."""

    real: object

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)


class HardToMake(Wrapped):
    def variants(self, master: bytes) -> None:
        raise PhotoRefusedError(PhotoFault.TOO_HARD)


class Away(Wrapped):
    def put(self, key: str, data: bytes) -> None:
        raise StoreUnreachableError


def hard(taking: PhotoScene) -> Collaborators:
    decoder: Decoder = HardToMake(taking.with_.decoder)  # type: ignore[assignment]
    return replace(taking.with_, decoder=decoder)


def test_a_lost_job_is_found_from_its_row_and_done(taking: PhotoScene) -> None:
    sent = taking.send()
    taking.lose_jobs()
    taking.scene.clock.at += LOST_JOB_SPAN
    assert photo_sweep.unmade(taking.with_) == []
    taking.scene.clock.at += A_SECOND
    upkeep.sweep(taking.with_)
    taking.make_sizes()
    assert taking.row(sent.public_id).state == "ready"


def test_a_photo_with_its_sizes_is_not_made_again(taking: PhotoScene) -> None:
    sent = taking.send()
    photo_id = taking.row(sent.public_id).id
    assert make_sizes(taking.with_, photo_id)
    assert not make_sizes(taking.with_, photo_id)
    assert taking.row(sent.public_id).attempts == 1


def test_what_cannot_be_made_is_given_up_after_three_tries(taking: PhotoScene) -> None:
    sent = taking.send()
    photo_id = taking.row(sent.public_id).id
    states = []
    for _ in range(MOST_ATTEMPTS):
        assert not make_sizes(hard(taking), photo_id)
        states.append(taking.row(sent.public_id).state)
    assert states == ["arrived", "arrived", "failed"]
    assert not make_sizes(taking.with_, photo_id)


def test_a_photo_that_ends_its_process_three_times_is_left_alone(taking: PhotoScene) -> None:
    sent = taking.send()
    with writing() as writer:
        writer.query(Photo).update({"attempts": MOST_ATTEMPTS})
    taking.scene.clock.at += LOST_JOB_SPAN + A_SECOND
    assert photo_sweep.unmade(taking.with_) == []
    photo_sweep.sweep(taking.with_)
    assert taking.row(sent.public_id).state == "failed"


def test_while_the_store_is_away_nothing_is_lost(taking: PhotoScene) -> None:
    sent = taking.send()
    photo_id = taking.row(sent.public_id).id
    away = replace(taking.with_, objects=Away(taking.with_.objects))  # type: ignore[arg-type]
    assert not make_sizes(away, photo_id)
    assert taking.row(sent.public_id).state == "arrived"
    assert make_sizes(taking.with_, photo_id)


def test_of_a_photo_that_is_erased_meanwhile_no_size_is_left(taking: PhotoScene) -> None:
    sent = taking.send(jpeg((500, 400)))
    photo_id = taking.row(sent.public_id).id

    class Slow(Wrapped):
        def variants(self, master: bytes) -> object:
            photo_keeping.put_in_bin(taking.with_, taking.iris, sent.public_id)
            taking.scene.clock.at += timedelta(days=31)
            photo_sweep.sweep(taking.with_)
            return taking.with_.decoder.variants(master)

    slow = replace(taking.with_, decoder=Slow(taking.with_.decoder))  # type: ignore[arg-type]
    assert not make_sizes(slow, photo_id)
    assert taking.count() == (0, 0)


@pytest.mark.parametrize("photo_id", [0, 999])
def test_a_job_about_no_photo_does_nothing(taking: PhotoScene, photo_id: int) -> None:
    taking.with_.jobs.put(MAKE, photo_id)
    taking.make_sizes()
    assert taking.count() == (0, 0)
