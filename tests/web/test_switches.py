"""switches.json: the answers to come as ready words, never milder than the clinic's own plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import update

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import Personas
from webapp.domain.plan import plan_for
from webapp.persistence.database import writing
from webapp.persistence.tables import TreatmentSession
from webapp.services.demo_personas import PERSONAS, Story

KEYS = [persona.key for persona in PERSONAS]
STRICTNESS = ("yes", "limited", "ask", "no")
FAR = timedelta(days=500)


def told(personas: Personas, key: str) -> list[tuple[datetime, dict[str, str]]]:
    """Every state with all its answers: what a copy without the network would show from then."""
    answers: dict[str, str] = {}
    states = []
    for state in _states(personas, key):
        answers = answers | state["answers"]
        states.append((datetime.fromisoformat(state["at"]), answers))
    return states


def planned(personas: Personas, key: str, now: datetime, at: datetime) -> dict[str, str]:
    """The answers at `at` of the plan made at `now`."""
    plan = personas.facts(key).plan
    assert plan is not None
    then = plan_for(plan.protocol, plan.course, now)
    return {name: found.answer.word for name, found in then.answers_at(at).items()}


def next_session(personas: Personas, key: str) -> datetime:
    """When the next session begins; far away where none is booked."""
    plan = personas.facts(key).plan
    assert plan is not None
    following = plan.next_session_at(plan.now)
    return following.starts_at if following else NOON + FAR


def _states(personas: Personas, key: str) -> list[dict[str, Any]]:
    body = personas.phone(key).get("/switches.json").get_json()
    states: list[dict[str, Any]] = body["states"]
    return states


@pytest.mark.parametrize("key", KEYS)
def test_states_begin_now_and_stand_in_the_order_of_time(personas: Personas, key: str) -> None:
    instants = [state["at"] for state in _states(personas, key)]
    assert instants == sorted(set(instants))
    assert instants[0] == "2026-03-02T08:00:00Z"


@pytest.mark.parametrize("key", KEYS)
def test_the_first_state_is_the_present_one(personas: Personas, key: str) -> None:
    at, answers = told(personas, key)[0]
    assert answers == planned(personas, key, at, at)


@pytest.mark.parametrize("key", KEYS)
def test_until_the_next_session_every_state_is_the_plans(personas: Personas, key: str) -> None:
    begins = next_session(personas, key)
    states = [state for state in told(personas, key) if state[0] < begins]
    assert states
    for at, answers in states:
        assert answers == planned(personas, key, NOON, at)


@pytest.mark.parametrize("key", KEYS)
def test_no_sure_lift_is_missing(personas: Personas, key: str) -> None:
    plan = personas.facts(key).plan
    assert plan is not None
    begins = next_session(personas, key)
    lifts = {lift.at for lift in plan.lifts_after(plan.now) if lift.at < begins}
    assert lifts <= {at for at, _answers in told(personas, key)}


@pytest.mark.parametrize("key", KEYS)
def test_a_copy_is_never_milder_than_a_plan_made_then(personas: Personas, key: str) -> None:
    states = told(personas, key)
    for hours in range(0, 24 * 70, 7):
        at = NOON + timedelta(hours=hours)
        answers = [known for since, known in states if since <= at][-1]
        for name, then in planned(personas, key, at, at).items():
            assert STRICTNESS.index(answers[name]) >= STRICTNESS.index(then), (name, at)


def test_once_a_session_has_begun_nothing_becomes_milder(personas: Personas) -> None:
    begins = next_session(personas, "keep-dry")
    after = [answers for at, answers in told(personas, "keep-dry") if at >= begins]
    assert after
    for earlier, later in pairwise(after):
        for name, word in later.items():
            assert STRICTNESS.index(word) >= STRICTNESS.index(earlier[name])


def test_a_begun_session_waits_for_the_clinic(personas: Personas) -> None:
    states = _states(personas, "keep-dry")
    begun = [state for state in states if state["at"] >= "2026-03-08T07:00:00Z"]
    assert begun[0]["at"] == "2026-03-08T07:00:00Z"
    assert begun[0]["phase"] == {"id": "in-session", "session": 2}
    assert begun[0]["answers"]["wash-hair"] == "no"
    assert begun[1]["phase"] == {"id": "unconfirmed", "session": 2}
    assert len(begun) == 2


def test_the_phases_of_a_healing_follow_one_another(personas: Personas) -> None:
    phases = [state["phase"]["id"] for state in _states(personas, "touch-up")]
    assert list(dict.fromkeys(phases)) == ["keep-dry", "water-only", "final-healing", "healed"]


def test_two_sessions_ahead_are_both_waited_for(personas: Personas) -> None:
    booked = (NOON + timedelta(days=9), NOON + timedelta(days=19))
    personas.retell("keep-dry", Story(done=(NOON - timedelta(days=2),), booked=booked))
    told_phases = [state["phase"] for state in _states(personas, "keep-dry")]
    phases = [(phase["id"], phase["session"]) for phase in told_phases]
    assert phases[-4:] == [
        ("in-session", 2),
        ("unconfirmed", 2),
        ("in-session", 3),
        ("unconfirmed", 3),
    ]


def test_it_names_its_instant_its_protocol_and_its_zone(personas: Personas) -> None:
    body = personas.phone("traveller").get("/switches.json").get_json()
    assert body["as_of"] == "2026-03-02T08:00:00Z"
    assert (body["protocol"], body["zone"]) == ("smp-1", "Europe/Sofia")


def test_without_a_course_there_is_no_state(house: House) -> None:
    answer = house.browser_of("Amira").get("/switches.json")
    assert answer.get_json()["states"] == []
    assert answer.get_json()["protocol"] == ""


def test_it_belongs_to_this_client_and_is_asked_for_each_time(personas: Personas) -> None:
    answer = personas.phone("keep-dry").get("/switches.json")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]
    assert answer.content_type == "application/json"


@pytest.mark.parametrize("name", ["Olga", "Iris", "Otto"])
def test_staff_have_no_switches(house: House, name: str) -> None:
    assert house.browser_of(name).get("/switches.json").status_code == 404


def test_nobody_signed_in_has_no_switches(house: House) -> None:
    assert house.browser().get("/switches.json").location == "/sign-in"


def test_it_tells_when_water_and_when_shampoo(personas: Personas) -> None:
    states = _states(personas, "keep-dry")
    changes = [(state["at"], state["answers"].get("wash-hair")) for state in states]
    assert changes[:2] == [("2026-03-02T08:00:00Z", "no"), ("2026-03-05T12:30:00Z", "limited")]
    assert ("2026-03-07T12:30:00Z", "yes") in changes


def test_a_course_that_cannot_be_read_has_no_state(personas: Personas) -> None:
    with writing() as writer:
        writer.execute(update(TreatmentSession).values(status="dreamt"))
    assert _states(personas, "keep-dry") == []


def test_the_copy_says_what_the_page_says_until_the_next_session(personas: Personas) -> None:
    states, begins = told(personas, "keep-dry"), next_session(personas, "keep-dry")
    for hours in range(0, 24 * 20, 11):
        at = NOON + timedelta(hours=hours)
        said = [answers for since, answers in states if since <= at][-1]
        true = planned(personas, "keep-dry", at, at)
        assert all(STRICTNESS.index(said[name]) >= STRICTNESS.index(true[name]) for name in true)
        assert at > begins or said == true
