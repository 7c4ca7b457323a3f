"""Back on the network the stamp goes, and what changed meanwhile takes the place of the copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import chair
from tests.journeys.complaints import NO_NETWORK, NOBODY_THERE
from tests.journeys.offline_phone import (
    STAMP,
    age,
    cold,
    next_session,
    phone_with_copy,
    wait_for_words,
    without_network,
)
from tests.journeys.served import Served
from webapp.web.presenters.times import iso

pytestmark = pytest.mark.complains(NO_NETWORK, NOBODY_THERE)
ANSWER, PHASE = ".answer-state", ".phase-words"
# What a page does last: without a network it has asked for its copy in vain by then.
HAS_BEGUN = "() => sessionStorage.getItem('compared')"


def test_a_session_that_was_moved_meanwhile(chromium: Browser, clinic: Served) -> None:
    page = phone_with_copy(chromium, clinic, "settling")
    old = next_session(page)
    with without_network(page):
        new = chair.move_session(clinic, "settling", timedelta(days=3))
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_contain_text("dates may have changed")
        assert next_session(page) == old
        # At its old time it may have begun: nobody told this phone otherwise.
        age(page, old - clinic.now() + timedelta(minutes=1))
        page = cold(page, clinic)
        expect(page.locator(ANSWER)).to_contain_text("Not yet")
        page.wait_for_function(HAS_BEGUN)
    expect(page.locator(STAMP)).to_have_count(0)
    expect(page.locator(ANSWER)).to_contain_text("Yes")
    assert next_session(page) == new
    wait_for_words(page, iso(new))
    with without_network(page):
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        assert next_session(page) == new
    page.context.close()


def test_a_session_that_ended_meanwhile(chromium: Browser, clinic: Served) -> None:
    page = phone_with_copy(chromium, clinic, "in-session")
    with without_network(page):
        chair.end_session(clinic, "in-session")
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        expect(page.locator(PHASE)).not_to_contain_text("After session 2")
        page.wait_for_function(HAS_BEGUN)
    expect(page.locator(STAMP)).to_have_count(0)
    expect(page.locator(PHASE)).to_contain_text("After session 2")
    wait_for_words(page, "After session 2")
    with without_network(page):
        page = cold(page, clinic)
        expect(page.locator(STAMP)).to_be_visible()
        expect(page.locator(PHASE)).to_contain_text("After session 2")
    page.context.close()


def test_a_server_that_is_there_again_is_asked_by_the_next_opening(
    chromium: Browser, clinic: Served
) -> None:
    page = phone_with_copy(chromium, clinic, "water-only")
    before = page.locator(PHASE).inner_text()
    clinic.stop()
    page = cold(page, clinic)
    expect(page.locator(STAMP)).to_be_visible()
    clinic.advance(days=2)
    clinic.start()
    page = cold(page, clinic)
    expect(page.locator(STAMP)).to_have_count(0)
    assert page.locator(PHASE).inner_text() != before
    page.context.close()
