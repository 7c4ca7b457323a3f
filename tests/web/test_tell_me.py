"""Today offers to tell when something lifts, beside a real restriction only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.house import House
from tests.web.personas import Personas
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone

OFFER = 'class="tell-me"'


@pytest.fixture
def phone(house: House) -> Phone:
    return make_phone(house)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"hours": 1}, "Tell me when I can wash (Sat\u00a016:30)"),
        ({"days": 4, "hours": 23}, "Tell me when I can wash (Sat\u00a016:30)"),
        ({"days": 5}, "Tell me when this lifts (Mon\u00a016:30)"),
    ],
)
def test_the_offer_names_what_and_when(phone: Phone, after: dict[str, int], words: str) -> None:
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    page = phone.open(at=FIRST_END + timedelta(**after)).text
    assert words in page


def test_a_day_further_away_is_told_by_its_date(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,), planned_sessions=1, is_last_confirmed=True)
    page = phone.open(at=FIRST_END + timedelta(days=8)).text
    assert "Tell me when this lifts (Mon 23 Mar, 16:30)" in page


@pytest.mark.parametrize("key", ["new", "healed", "unconfirmed", "overdue"])
def test_where_nothing_lifts_at_a_known_instant_nothing_is_offered(
    personas: Personas, key: str
) -> None:
    assert OFFER not in personas.phone(key).get("/").text


def test_it_stays_hidden_until_a_script_knows_that_it_fits(phone: Phone) -> None:
    add_course(phone, done=(FIRST_END,))
    part = phone.open(at=FIRST_END + timedelta(hours=1)).text.split(OFFER)[1].split("</div>")[0]
    assert part.count("<a ") == part.count(" hidden") == 2
    assert 'href="/notifications/turn-on"' in part


def test_staff_who_look_on_are_offered_nothing(house: House) -> None:
    add_course(make_phone(house), done=(house.clock.now() - timedelta(hours=3),))
    page = house.browser_of("Iris").get(f"/staff/clients/{house.clients['Amira']}/as-client").text
    assert "Can I wash my hair?" in page
    assert OFFER not in page
