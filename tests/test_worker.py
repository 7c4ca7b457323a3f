"""The background process tidies, survives a bad round and stops when asked."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, text, update

from tests.conftest import NOON, SetClock
from tests.services.scene import make_scene
from webapp import worker
from webapp.domain.notices import ENGINE_VERSION
from webapp.gateways.jobs import HueyJobs
from webapp.persistence.database import reading, writing
from webapp.persistence.notices import PLANNED
from webapp.persistence.tables import Notice, WrongCode
from webapp.services import tidying, upkeep
from webapp.services.tidying import WRONG_CODE_SPAN

SOURCE = b"\1" * 32


def count_wrong_codes() -> int:
    return reading().scalar(select(func.count()).select_from(WrongCode)) or 0


def do_all_jobs(app: Flask) -> None:
    while app.extensions["collaborators"].jobs.do_one():
        pass


def add_wrong_code() -> None:
    with writing() as writer:
        writer.add(WrongCode(source_hash=SOURCE, tried_at=NOON))


def test_what_has_served_its_time_is_removed_and_the_rest_stays(
    app: Flask, clock: SetClock
) -> None:
    add_wrong_code()
    clock.at = NOON + WRONG_CODE_SPAN
    tidying.tidy(app.extensions["collaborators"])
    assert count_wrong_codes() == 1
    clock.at += timedelta(seconds=1)
    assert tidying.tidy(app.extensions["collaborators"])["wrong_codes"] == 1
    assert count_wrong_codes() == 0


def test_the_worker_sweeps_at_its_start_and_ends_when_stopped(app: Flask, clock: SetClock) -> None:
    add_wrong_code()
    clock.at = NOON + WRONG_CODE_SPAN * 2
    running = worker.start(app)
    running.stop()
    assert not running.is_alive()
    do_all_jobs(app)
    assert count_wrong_codes() == 0


def test_a_look_that_fails_is_followed_by_one_that_works(app: Flask, clock: SetClock) -> None:
    add_wrong_code()
    clock.at = NOON + WRONG_CODE_SPAN * 2
    running = worker.Worker(app)
    with writing() as writer:
        writer.execute(text("ALTER TABLE wrong_codes RENAME TO away"))
    running.look()
    do_all_jobs(app)
    with writing() as writer:
        writer.execute(text("ALTER TABLE away RENAME TO wrong_codes"))
    for _ in range(12):
        # In steps that are no jump of the clock.
        clock.advance(seconds=50)
        running.look()
    do_all_jobs(app)
    assert count_wrong_codes() == 0


def test_a_lost_queue_loses_nothing_because_the_next_sweep_finds_it_again(
    app: Flask, clock: SetClock
) -> None:
    """The file is deleted between a sweep and its jobs, as a full disk or a hand would do it."""
    scene = make_scene(app, clock)
    scene.ended(scene.begin(), 1, clock.at)
    with_ = app.extensions["collaborators"]
    with writing() as writer:
        writer.execute(update(Notice).values(engine_version=0))
    assert upkeep.sweep(with_) == 3
    folder = app.extensions["settings"].data_folder
    for file in folder.glob("jobs.sqlite*"):
        file.unlink()
    fresh = replace(with_, jobs=HueyJobs(folder / "jobs.sqlite", upkeep.jobs(lambda: with_)))
    assert upkeep.sweep(fresh) == 3
    while fresh.jobs.do_one():
        pass
    planned = select(Notice.engine_version).where(Notice.state == PLANNED)
    versions = reading().scalars(planned.distinct()).all()
    assert versions == [ENGINE_VERSION]
