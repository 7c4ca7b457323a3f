"""Today: in every phase the page answers the one question, and says what waits until when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import Personas, card_of, lines_of, main_of, section_of, states_of, words_of
from webapp.persistence.database import writing
from webapp.persistence.tables import Course, Location, TreatmentSession
from webapp.services.demo_personas import PERSONAS, Story

WATER_AT = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)  # Marta's fifth day, 16:30 in Dubai
SESSION_2_AT = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
HEAD_DRY = "Keep your head dry and wash only your body."
WATER = "With lukewarm water only, gently, no shampoo."
WAITING = (
    "Waiting for your clinic to confirm session 2. Until then the answer stays no. Call your clinic"
)
# Persona: what stands beside the ring, and the beginning of the large answer.
PHASES = {
    "new": ("Getting ready Before your first session", "Yes With shampoo or without."),
    "preparing": (
        "Getting ready Before your first session Until Wed 4 Mar, 11:00",
        "Yes Until session 1, Wednesday 4 March, 11:00 With shampoo or without.",
    ),
    "hands-off": (
        "Day 0 Hands off After session 1 Until Tue 3 Mar, 09:00",
        f"Not yet Until Saturday 7 March, 09:00 in 4 days 21 hours {HEAD_DRY}",
    ),
    "keep-dry": (
        "Day 2 Keep dry After session 1 Until Thu 5 Mar, 16:30",
        f"Not yet Until Thursday 5 March, 16:30 in 3 days 4 hours {HEAD_DRY}",
    ),
    "water-only": (
        "Day 5 Water only After session 1 Until Wed 4 Mar, 00:00",
        f"Water only Until Wednesday 4 March, 00:00 in 1 day 12 hours {WATER}",
    ),
    "settling": (
        "Day 10 Settling After session 1 Until Wed 4 Mar, 11:00",
        "Yes Until session 2, Wednesday 4 March, 11:00 With shampoo or without.",
    ),
    "in-session": ("In session Session 2", f"Not yet {WAITING}"),
    "unconfirmed": ("Waiting for your clinic Session 2", f"Not yet {WAITING}"),
    "final-healing": (
        "Day 12 Final healing After session 3 Until Wed 11 Mar, 16:30",
        "Yes With shampoo or without. Next Sauna, Steam room, Direct sun, 9 more Wed 11 Mar, 16:30",
    ),
    "healed": ("Day 54 Healed After session 3", "Yes With shampoo or without."),
    "touch-up": (
        "Day 2 Keep dry After your touch-up Until Thu 5 Mar, 20:00",
        f"Not yet Until Thursday 5 March, 20:00 in 3 days 8 hours {HEAD_DRY}",
    ),
    "traveller": (
        "Day 3 Keep dry After session 1 Until Wed 4 Mar, 16:30",
        f"Not yet Until Wednesday 4 March, 16:30 in 2 days 6 hours {HEAD_DRY}",
    ),
    "extended": (
        "Day 4 Keep dry After session 1",
        f"Not yet Until Thursday 5 March, 16:30 in 3 days 4 hours {HEAD_DRY}",
    ),
    "overdue": ("Day 112 Settling After session 2", "Yes With shampoo or without."),
}
ALWAYS = "Always Scratching Colour with ammonia"
MANY = "Sauna Steam room Direct sun Growth stimulant Hairspray Dry shampoo 6 more"
HEAT = "Light sport Sweating Spicy food Great heat Hair dryer 6 more"
LAST = "an estimate, until your clinic confirms your last session"
SECOND = "an estimate, until your clinic confirms session 2"
# Persona: the lines under Not yet, and the link to all of them.
NOT_YET = {
    "healed": ([ALWAYS], "See all 2"),
    "settling": ([f"About Wed 22 Apr {LAST} {MANY}", ALWAYS], "See all 14"),
    "final-healing": ([f"Until Wed 11 Mar, 16:30 {MANY}", ALWAYS], "See all 14"),
    "keep-dry": (
        [
            "Until Thu 5 Mar, 16:30 Wet scalp",
            f"Until Sat 7 Mar, 16:30 Shampoo {HEAT}",
            f"About Sun 26 Apr {LAST} {MANY}",
            ALWAYS,
        ],
        "See all 29",
    ),
    "unconfirmed": (
        [
            f"About Fri 6 Mar {SECOND} Wet scalp",
            f"About Sun 8 Mar {SECOND} Shampoo {HEAT}",
            f"About Sun 19 Apr {SECOND} {MANY}",
            "No date yet waiting for your clinic to confirm session 2 Touching",
            ALWAYS,
        ],
        "See all 30",
    ),
}
LIGHTLY = "With clean hands and only lightly."
SCARF = "Wear a hat or a scarf Keep it loose and clean, and on the first day try an umbrella first."
SHOWER = "Shower your body Keep your head dry and do not use hot water."
YOU_CAN = {
    "hands-off": [SHOWER, SCARF],
    "keep-dry": [f"Touch your scalp {LIGHTLY}", SHOWER, SCARF],
    "settling": ["Touch your scalp", "Wash your hair with shampoo", "Do light sport"],
    "healed": ["Touch your scalp", "Wash your hair with shampoo", "Do light sport"],
}
# What cannot be true: a change of session 1 in the database, past every check.
CONTRADICTIONS = {
    "a session that ended before it began": {"ended_at": NOON - timedelta(days=30)},
    "a booked session that has an end": {"status": "scheduled"},
    "a session that happened without an end": {"ended_at": None},
    "a status that nobody knows": {"status": "sleeping"},
    "a session of the future that is done": {"starts_at": NOON + timedelta(days=400)},
}


@pytest.mark.parametrize("key", PHASES)
def test_every_phase_is_named_and_answers_the_question(personas: Personas, key: str) -> None:
    answer = personas.phone(key).get("/")
    ring, words = PHASES[key]
    assert ring in words_of(main_of(answer).partition("answer card")[0])
    assert card_of(answer).startswith(f"Can I wash my hair? {words}")


def test_no_persona_is_forgotten() -> None:
    assert set(PHASES) == {persona.key for persona in PERSONAS}


@pytest.mark.parametrize("key", NOT_YET)
def test_what_waits_stands_in_lines_that_lift_together(personas: Personas, key: str) -> None:
    answer = personas.phone(key).get("/")
    lines, more = NOT_YET[key]
    assert lines_of(answer, "is-no") == lines
    assert words_of(section_of(answer, "is-no")).endswith(more)


@pytest.mark.parametrize("key", YOU_CAN)
def test_what_is_allowed_comes_with_its_condition(personas: Personas, key: str) -> None:
    assert lines_of(personas.phone(key).get("/"), "is-yes") == YOU_CAN[key]


@pytest.mark.parametrize("key", PHASES)
def test_the_lists_are_short_and_in_the_order_of_time(personas: Personas, key: str) -> None:
    answer = personas.phone(key).get("/")
    instants = re.findall(r'datetime="([^"]+)"', section_of(answer, "is-no"))
    assert instants == sorted(instants)
    assert len(lines_of(answer, "is-no")) <= 5
    assert len(lines_of(answer, "is-yes")) <= 3


@pytest.mark.parametrize("key", ["in-session", "unconfirmed"])
def test_an_unsettled_session_keeps_its_no_and_offers_a_call(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    personas.clock.advance(days=60)
    answer = phone.get("/")
    card = re.search(r'<section class="answer card">.*?</section>', answer.text, re.DOTALL)
    assert f"Not yet {WAITING}" in card_of(answer)
    assert card is not None
    assert 'class="button is-primary" href="tel:+97141234567"' in card[0]
    assert states_of(answer) == []


def test_a_lift_counts_from_its_second_on(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    personas.clock.at = WATER_AT - timedelta(seconds=1)
    before = card_of(phone.get("/"))
    personas.clock.at = WATER_AT
    after = card_of(phone.get("/"))
    assert "Not yet Until Thursday 5 March, 16:30 in 1 second" in before
    assert f"Water only Until Saturday 7 March, 16:30 in 2 days {WATER}" in after


def test_a_session_begins_with_its_second(personas: Personas) -> None:
    phone = personas.phone("keep-dry")
    personas.clock.at = SESSION_2_AT - timedelta(seconds=1)
    before = card_of(phone.get("/"))
    personas.clock.at = SESSION_2_AT
    after = card_of(phone.get("/"))
    assert before.startswith("Can I wash my hair? Yes Until session 2, Sunday 8 March, 11:00")
    assert after.startswith(f"Can I wash my hair? Not yet {WAITING}")


@pytest.mark.parametrize("key", PHASES)
def test_kept_states_come_in_order_and_are_all_to_come(personas: Personas, key: str) -> None:
    instants = [at for at, _words in states_of(personas.phone(key).get("/"))]
    assert instants == sorted(set(instants))
    assert all(at > "2026-03-02T08:00:00Z" for at in instants)


def test_the_page_keeps_the_next_lift_and_the_begin_of_the_session(personas: Personas) -> None:
    lift, begin = states_of(personas.phone("keep-dry").get("/"))
    plan = personas.facts("keep-dry").plan
    assert plan is not None
    until = plan.answer_at("wash-hair", personas.clock.now()).until
    assert until == WATER_AT
    assert lift == ("2026-03-05T12:30:00Z", lift[1])
    assert lift[1].startswith("Water only Until Saturday 7 March, 16:30 in 2 days")
    assert begin[0] == "2026-03-08T07:00:00Z"
    assert begin[1].startswith("Not yet Waiting for your clinic to confirm session 2.")


@pytest.mark.parametrize("key", ["hands-off", "keep-dry", "water-only", "settling", "touch-up"])
def test_a_kept_state_says_what_the_page_says_then(personas: Personas, key: str) -> None:
    phone = personas.phone(key)
    states = states_of(phone.get("/"))
    assert states
    for at, words in states:
        personas.clock.at = datetime.fromisoformat(at)
        assert card_of(phone.get("/")).startswith(f"Can I wash my hair? {words}")


def test_a_lift_after_the_next_session_is_never_kept(personas: Personas) -> None:
    done, booked = NOON - timedelta(days=1), NOON + timedelta(days=2)
    personas.retell("keep-dry", Story(done=(done,), booked=(booked,)))
    states = states_of(personas.phone("keep-dry").get("/"))
    assert [at for at, _words in states] == ["2026-03-04T08:00:00Z"]
    assert states[0][1].startswith("Not yet Waiting for your clinic to confirm session 2.")


def test_both_clocks_are_named_where_they_differ(personas: Personas) -> None:
    words = words_of(personas.phone("traveller", "Asia/Dubai").get("/").text)
    assert "Until Wednesday 4 March, 16:30 Sofia time (18:30 Dubai time)" in words
    assert "Sat 7 Mar, 13:00, Dubai time" in words
    assert "Dubai time" not in words_of(personas.phone("traveller", "Europe/Athens").get("/").text)


@pytest.mark.parametrize("key", ["keep-dry", "settling", "unconfirmed", "overdue"])
def test_what_nobody_has_confirmed_is_never_said_as_sure(personas: Personas, key: str) -> None:
    answer = personas.phone(key).get("/")
    line = next(line for line in lines_of(answer, "is-no") if "Sauna" in line)
    assert re.match(r"About \w+ \d+ \w+ an estimate, until your clinic confirms", line)


@pytest.mark.parametrize("values", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_course_that_cannot_be_true_sends_to_the_clinic(
    personas: Personas, values: dict[str, object]
) -> None:
    course_id = personas.course_id("keep-dry")
    is_first = (TreatmentSession.course_id == course_id, TreatmentSession.number == 1)
    with writing() as writer:
        writer.execute(update(TreatmentSession).where(*is_first).values(**values))
    answer = personas.phone("keep-dry").get("/")
    words = words_of(answer.text)
    assert answer.status_code == 200
    assert "Your dates cannot be shown" in words
    assert "does not fit together. Please call your clinic." in words
    assert "Can I wash my hair? Ask your clinic Call your clinic" in words
    assert states_of(answer) == []


@pytest.mark.parametrize("path", ["/can-i", "/dates", "/switches.json"])
def test_no_page_guesses_where_the_course_cannot_be_read(personas: Personas, path: str) -> None:
    with writing() as writer:
        writer.execute(update(Course).values(protocol_version=99))
    answer = personas.phone("keep-dry").get(path)
    assert answer.status_code == 200
    assert "Until" not in answer.text
    assert '"wash-hair"' not in answer.text


def test_a_zone_that_is_gone_sends_to_the_clinic(personas: Personas) -> None:
    with writing() as writer:
        writer.execute(update(Location).values(time_zone="Mars/Olympus"))
    words = words_of(personas.phone("keep-dry").get("/").text)
    assert "Can I wash my hair? Ask your clinic" in words


def test_without_a_course_the_clinic_is_asked(house: House) -> None:
    answer = house.browser_of("Amira").get("/")
    assert "Can I wash my hair? Ask your clinic" in words_of(answer.text)
    assert "Your clinic has not planned a session yet." in words_of(answer.text)
    assert (section_of(answer, "is-no"), section_of(answer, "is-yes")) == ("", "")


def test_a_course_without_sessions_has_nothing_to_wait_for(personas: Personas) -> None:
    course_id = personas.course_id("preparing")
    with writing() as writer:
        writer.execute(delete(TreatmentSession).where(TreatmentSession.course_id == course_id))
    answer = personas.phone("preparing").get("/")
    assert card_of(answer).startswith("Can I wash my hair? Yes With shampoo or without.")
    assert states_of(answer) == []


@pytest.mark.parametrize("key", PHASES)
def test_help_stands_in_the_same_place(personas: Personas, key: str) -> None:
    main = main_of(personas.phone(key).get("/"))
    first_view = main.partition('<section class="dos')[0]
    assert 'href="/something-is-wrong"' in first_view
    assert 'href="https://wa.me/971501234567"' in first_view
    assert 'href="tel:+' in first_view
