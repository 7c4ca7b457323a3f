"""The commands that tell what was planned and what became of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import SetClock
from tests.services.push_scene import PushScene, make_push_scene, phones
from tests.services.scene import dubai, make_scene
from webapp.persistence.database import reading, writing
from webapp.persistence.sending import note, state
from webapp.persistence.tables import PushSubscription

ENDED = dubai(3, 2, 16, 30)
TOUCH = ENDED + timedelta(hours=24)


@pytest.fixture
def pushing(app: Flask, clock: SetClock) -> PushScene:
    return make_push_scene(make_scene(app, clock))


def said(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_what_falls_due_within_two_days_is_listed_without_a_name(
    app: Flask, pushing: PushScene
) -> None:
    list(phones(pushing, 1, ENDED))
    lines = said(app, "notices", "due").splitlines()
    assert [line.split()[-1] for line in lines] == ["1", "lift"]
    assert "Client" not in "".join(lines)
    pushing.scene.clock.at = dubai(3, 5, 16, 30)
    assert len(said(app, "notices", "due").splitlines()) == 3


def test_a_clients_notices_are_explained_down_to_each_attempt(
    app: Flask, pushing: PushScene
) -> None:
    (course_id,) = phones(pushing, 1, ENDED)
    pushing.work(ENDED + timedelta(seconds=13))
    code = pushing.scene.file(course_id).client_code
    whole = said(app, "notices", "explain", code.lower())
    lines = whole[whole.index("2026-03-02 12:30:00Z  aftercare-begins") :].splitlines()
    assert lines[0] == (
        "2026-03-02 12:30:00Z  aftercare-begins, session 1: told 2026-03-02 12:30:13Z"
    )
    assert lines[1] == "    to https://push.test: accepted"
    assert re.search(r"accepted \(2xx\), 120 ms$", lines[2])
    assert "planned, due 2026-03-03 12:30:00Z" in lines[3]


@pytest.mark.parametrize("nobody", ["ZZZZZ", "999", "١٢", "9" * 30])
def test_an_unknown_client_is_said_kindly(app: Flask, pushing: PushScene, nobody: str) -> None:
    done = app.test_cli_runner().invoke(args=["notices", "explain", nobody])
    assert done.exit_code == 1
    assert "No client has the code or number" in done.output


def test_planning_again_changes_nothing(app: Flask, pushing: PushScene) -> None:
    list(phones(pushing, 2, ENDED))
    pushing.work(ENDED + timedelta(seconds=13))
    before = said(app, "notices", "due")
    assert said(app, "notices", "replay") == "2 courses planned.\n"
    assert said(app, "notices", "due") == before


def test_a_held_sending_is_released_from_the_terminal(app: Flask, pushing: PushScene) -> None:
    assert said(app, "notices", "release") == "Sending was not held.\n"
    with writing() as writer:
        note(writer, held_at=ENDED, held_for="clock-jump")
    assert said(app, "notices", "release") == "Sending goes on.\n"
    assert state(reading()).held_at is None


def test_a_rotated_key_keeps_the_old_one_while_a_device_uses_it(
    app: Flask, pushing: PushScene
) -> None:
    first = said(app, "vapid", "new").split()[0]
    assert said(app, "vapid", "new").split()[0] == first
    list(phones(pushing, 1, ENDED))
    with writing() as writer:
        writer.execute(update(PushSubscription).values(key_id=first))
    lines = said(app, "vapid", "rotate").splitlines()
    assert [line.split()[1] for line in lines] == ["current", "older"]
    assert lines[1].startswith(f"{first}  older        1 devices")
    with writing() as writer:
        writer.execute(update(PushSubscription).values(key_id=lines[0].split()[0]))
    assert len(said(app, "vapid", "rotate").splitlines()) == 2
    assert first not in said(app, "vapid", "show")


def test_a_test_at_the_terminal_says_what_became_of_it_on_each_device(
    app: Flask, pushing: PushScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course_id,) = phones(pushing, 1, ENDED)
    pushing.work(ENDED + timedelta(seconds=13))
    code = pushing.scene.file(course_id).client_code
    # The worker looks while the command waits.
    monkeypatch.setattr("threading.Event.wait", lambda *_: pushing.work() is not None)
    assert said(app, "push", "test", code) == (
        "Device 1: accepted by the push service; whether it was shown, only the device knows.\n"
    )


def test_a_test_for_somebody_without_a_device_is_said_so(app: Flask, pushing: PushScene) -> None:
    course_id = pushing.scene.begin()
    code = pushing.scene.file(course_id).client_code
    assert said(app, "push", "test", code) == "No device: nothing was sent.\n"
