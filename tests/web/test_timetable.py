"""The table of what waits until when: the plan's own instants, grouped, and nothing left out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.web.house import House
from tests.web.personas import Personas
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, add_extension, make_phone
from webapp.domain.protocol import Answer
from webapp.services.demo_personas import PERSONAS
from webapp.services.today import Facts
from webapp.web.presenters.answers import View
from webapp.web.presenters.timetable import Dated, Timetable, timetable

KEYS = [persona.key for persona in PERSONAS if persona.key != "new"]
A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def phone(house: House) -> Phone:
    return make_phone(house)


def table_of(facts: Facts) -> Timetable:
    assert facts.plan is not None
    return timetable(facts.plan, View(facts.plan.now, facts.zone))


def table_at(phone: Phone, at: datetime) -> Timetable:
    phone.house.clock.at = at
    return table_of(phone.facts())


def names_in(rows: list[Dated]) -> list[str]:
    return [name for row in rows for line in row.lines for name in line.names.split(", ")]


@pytest.mark.parametrize("key", KEYS)
def test_every_activity_stands_once_under_the_answer_that_the_plan_gives(
    personas: Personas, key: str
) -> None:
    facts = personas.facts(key)
    assert facts.plan is not None
    table, known = table_of(facts), facts.plan.protocol.activities
    shown = {
        Answer.NO: names_in(table.waiting),
        Answer.LIMITED: names_in(table.careful),
        Answer.ASK: [name for name in table.ask.split(", ") if name],
        Answer.YES: [name for name in table.allowed.split(", ") if name],
    }
    for answer, names in shown.items():
        found = facts.plan.answers_at(facts.plan.now).values()
        wanted = [known[one.activity].name for one in found if one.answer is answer]
        assert sorted(names) == sorted(wanted), answer


@pytest.mark.parametrize("key", KEYS)
def test_only_a_sure_end_has_an_instant_and_it_is_the_plans(personas: Personas, key: str) -> None:
    facts = personas.facts(key)
    assert facts.plan is not None
    table = table_of(facts)
    ends = {one.until for one in facts.plan.answers_at(facts.plan.now).values() if one.until}
    shown = {row.at for row in [*table.waiting, *table.careful] if row.at}
    assert shown == {f"{end:%Y-%m-%dT%H:%M:%SZ}" for end in ends}
    noted = [row.when for row in table.waiting if row.note]
    assert [when for when in noted if not when.startswith(("About", "No date yet"))] == []


def test_what_follows_a_sure_end_is_said_with_it(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    first = table_at(phone, FIRST_END + A_DAY).waiting[0]
    assert first.when == "Until Sat 7 Mar, 16:30"
    words = "then, until Mon 9 Mar, 16:30, with lukewarm water only, gently, no shampoo"
    assert first.lines[0] == ("Hair wash, Water only", words)


@pytest.mark.parametrize(
    ("at", "waits"),
    [
        (FIRST_END + 5 * A_DAY - A_SECOND, True),
        (FIRST_END + 5 * A_DAY, False),
        (FIRST_END + 5 * A_DAY + A_SECOND, False),
    ],
)
def test_at_the_end_itself_the_activity_has_moved_on(
    phone: Phone, at: datetime, waits: bool
) -> None:
    add_course(phone, done=(FIRST_END,))
    table = table_at(phone, at)
    assert ("Hair wash" in names_in(table.waiting)) is waits
    assert ("Hair wash" in names_in(table.careful)) is not waits


def test_a_longer_wait_of_one_client_stands_in_the_table(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    add_extension(phone, "wash-hair", 2)
    assert table_at(phone, FIRST_END + A_DAY).waiting[0].when == "Until Mon 9 Mar, 16:30"


def test_before_a_first_session_it_says_what_ends_on_its_eve(phone: Phone) -> None:
    add_course(phone, booked=(SECOND_START,))
    table = table_at(phone, SECOND_START - 3 * A_DAY)
    (row,) = table.stopping
    assert row.when == "From Mon 9 Mar, 11:00"
    assert "Hairspray" in row.lines[0].names
    assert table_at(phone, SECOND_START - A_DAY).stopping == []


def test_what_begins_with_the_session_itself_is_not_told_as_a_date_of_its_own(
    phone: Phone,
) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    assert table_at(phone, FIRST_END + A_DAY).stopping == []


def test_where_only_the_clinic_can_end_it_there_is_no_date(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    table = table_at(phone, SECOND_START + 9 * A_DAY)
    assert [row.at for row in table.waiting] == [""] * len(table.waiting)
    assert "waiting for your clinic to confirm session 2" in [row.note for row in table.waiting]
    assert table.waiting[-1].when == "Always"
