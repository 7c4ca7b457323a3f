"""Every page of the application, by its own list of them: nothing for axe to find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import every_page
from tests.journeys.complaints import NOT_FOUND
from tests.journeys.every_page import (
    ALSO_FOR_CLIENTS,
    CLIENT,
    LED_ON,
    NOBODY,
    NOT_OPENED,
    STAFF,
    Opened,
    Visitors,
)
from tests.journeys.looks import LIGHT, new_page, scrolls_sideways, show, violations
from tests.journeys.served import Served

# Where the pages stand: each belongs to the longest of these that its address begins with.
PARTS = (
    "/",
    "/dates",
    "/photos",
    "/staff",
    "/staff/clients",
    "/staff/courses",
    "/staff/courses/<int:course_id>/sessions",
    "/staff/settings",
)
# The card for the hairdresser has no scripts to wait for.
IS_AT_REST = """() => !document.scripts.length
  || window.areModulesHere() && window.underWay <= 0"""
CODE_OF_THE_ANSWER = "() => performance.getEntriesByType('navigation')[0].responseStatus"


@pytest.fixture(scope="module")
def visitors(chromium: Browser, clinic: Served) -> Iterator[Visitors]:
    visitors = Visitors(chromium, clinic)
    yield visitors
    for page in visitors.phones.values():
        page.context.close()


def part_of(rule: str) -> str:
    return max((part for part in PARTS if rule.startswith(part)), key=len)


def problems_of(opened: Opened, served: Served) -> list[str]:
    """What is wrong with a page that opens by itself, and not by way of another one."""
    show(opened.page, served.url + opened.path, opened.variant)
    opened.page.wait_for_function(IS_AT_REST)
    assert urlsplit(opened.page.url).path == opened.path
    assert opened.page.evaluate(CODE_OF_THE_ANSWER) == 200, opened.path
    return problems_on(opened.page)


def problems_on(page: Page) -> list[str]:
    return [*violations(page), *["scrolls sideways"] * scrolls_sideways(page)]


@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_readable_for_everybody(
    visitors: Visitors, clinic: Served, part: str
) -> None:
    found = {}
    for rule, who in every_page.to_open(clinic):
        if part_of(rule) == part:
            opened = visitors.open(rule, who)
            name = f"{rule} as {who}, {opened.variant.name}"
            found[name] = problems_of(opened, clinic)
    assert found
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_whatever_is_not_opened_here_is_there_and_looked_at_where_it_says(clinic: Served) -> None:
    named = NOT_OPENED.keys() | ALSO_FOR_CLIENTS | {rule for rule, _who in LED_ON}
    assert named - every_page.rules(clinic).keys() == set()
    elsewhere = {words for words in NOT_OPENED.values() if words.endswith(".py")}
    assert [name for name in elsewhere if not (Path(__file__).parent / name).exists()] == []


@pytest.mark.complains(NOT_FOUND)
@pytest.mark.parametrize("who", [NOBODY, CLIENT, STAFF])
def test_a_page_that_is_not_there_is_readable_for_everybody(
    visitors: Visitors, clinic: Served, who: str
) -> None:
    page = visitors.open("/something-is-wrong", who).page
    show(page, f"{clinic.url}/nothing", every_page.variant_of("/nothing", who))
    assert page.evaluate(CODE_OF_THE_ANSWER) == 404
    assert problems_on(page) == []


def test_setting_the_clinic_up_is_readable_for_everybody(
    chromium: Browser, empty_clinic: Served
) -> None:
    page = new_page(chromium, LIGHT)
    show(page, empty_clinic.owner_link, every_page.variant_of("/welcome", "the owner"))
    expect(page.get_by_label("Clinic name")).to_be_visible()
    assert problems_on(page) == []
    page.context.close()
