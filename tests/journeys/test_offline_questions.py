"""Without a network "Can I …?" answers what its copy knows by name, and never more than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.complaints import NO_NETWORK
from tests.journeys.offline_phone import STAMP, phone_with_copy
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle

pytestmark = pytest.mark.complains(NO_NETWORK)
ROWS = "#found li:visible .row-title"
UNKNOWN, OTHER_DAY = "We do not know this without a connection", "Not for that day"


@pytest.fixture(scope="module")
def phone(chromium: Browser, demo_clinic: Served) -> Iterator[Page]:
    """A client's phone after one visit, where there is no network."""
    page = phone_with_copy(chromium, demo_clinic, "keep-dry")
    page.context.set_offline(True)
    yield page
    page.context.close()


def ask(phone: Page, served: Served, question: str) -> list[str]:
    """Open a link with a question; the activities that are shown."""
    phone.goto(f"{served.url}/can-i?{question}")
    expect(phone.locator(STAMP)).to_be_visible()
    let_it_settle(phone)
    return phone.locator(ROWS).all_inner_texts()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("wash hair", "Wash your hair"),
        ("Hair wash", "Wash your hair"),
        ("can I wash my hair yet?", "Wash your hair"),
        ("Can I swim", "Go swimming"),
        ("gym", "Do intense sport"),
        ("hijáb", "Wear a hat or a scarf"),
    ],
)
def test_a_question_finds_what_it_names(
    phone: Page, demo_clinic: Served, question: str, found: str
) -> None:
    rows = ask(phone, demo_clinic, f"q={quote_plus(question)}")
    assert found in rows
    assert len(rows) < 10
    expect(phone.locator("#typed").get_by_text(UNKNOWN)).to_be_hidden()


@pytest.mark.parametrize(
    "question",
    ["walk the dog", "yes", "until", "<b>kombucha</b>", "manual work", "sport competition"],
)
def test_what_has_no_name_here_is_left_to_the_clinic(
    phone: Page, demo_clinic: Served, question: str
) -> None:
    rows = ask(phone, demo_clinic, f"q={quote_plus(question)}")
    expect(phone.get_by_role("heading", name=UNKNOWN)).to_be_visible()
    expect(phone.locator("#typed a[href^='tel:']").first).to_be_visible()
    # Nothing is hidden that may be what was meant.
    assert len(rows) == len(ask(phone, demo_clinic, ""))


def test_every_row_leads_to_itself(phone: Page, demo_clinic: Served) -> None:
    ask(phone, demo_clinic, "")
    links = phone.locator("#found .row-link")
    told = [(one.inner_text(), one.get_attribute("href") or "") for one in links.all()]
    assert len(told) > 40
    for title, href in told[::7]:
        assert title in ask(phone, demo_clinic, href.partition("?")[2])


def test_another_day_is_not_answered_with_today(phone: Page, demo_clinic: Served) -> None:
    day = (demo_clinic.now() + timedelta(days=8)).date().isoformat()
    assert ask(phone, demo_clinic, f"q=swimming&day={day}&hour=14") != []
    expect(phone.locator("#typed").get_by_text(OTHER_DAY)).to_be_visible()
    expect(phone.locator("[name=day]")).to_have_value(day)
    ask(phone, demo_clinic, "q=swimming")
    expect(phone.locator("#typed").get_by_text(OTHER_DAY)).to_be_hidden()


def test_what_is_typed_is_kept_to_its_rows(phone: Page, demo_clinic: Served) -> None:
    every = ask(phone, demo_clinic, "")
    phone.get_by_label("A word or a whole question").fill("saun")
    expect(phone.locator(ROWS)).to_have_text(["Use a sauna"])
    phone.get_by_label("A word or a whole question").fill("")
    expect(phone.locator(ROWS)).to_have_count(len(every))
