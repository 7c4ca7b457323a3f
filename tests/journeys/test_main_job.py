"""The main job from an empty server to "shampoo is fine": one clinic, one artist, one client."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.complaints import REFUSED
from tests.journeys.conftest import PhoneMaker
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle

HOURS_IN_CHAIR = 4


@dataclass
class Chair:
    """Where the journey stands: the client's code and when the session ended."""

    code: str
    before_end: datetime
    after_end: datetime

    @property
    def clock_words(self) -> list[str]:
        """The local minutes in which the end can have been noted."""
        ends = (self.before_end, self.after_end)
        return [f"{end.astimezone(steps.DUBAI):%H:%M}" for end in ends]


@pytest.fixture
def chair(empty_clinic: Served, new_phone: PhoneMaker) -> Chair:
    """Given a clinic set up by its owner, an artist, and a client whose session 1 just ended."""
    owner = new_phone().open(empty_clinic.owner_link)
    steps.set_the_clinic_up(owner)
    steps.publish_the_notice(owner, empty_clinic)
    link_code = steps.add_artist(owner, empty_clinic)
    artist = new_phone().open(f"{empty_clinic.url}/join-staff")
    steps.choose_password(artist, empty_clinic, link_code)
    return end_first_session(artist, empty_clinic)


def end_first_session(artist: Page, served: Served) -> Chair:
    """Two taps end the session: one on the board, one on the form that opens."""
    steps.add_client(artist, served)
    steps.plan_session(artist, served.now() + timedelta(hours=1))
    served.advance(hours=HOURS_IN_CHAIR)
    artist.goto(f"{served.url}/staff")
    artist.locator("a[href$='/end']").click()
    before_end = served.now()
    steps.press(artist, "End session")
    artist.wait_for_url("**/done")
    return Chair(steps.shown_code(artist), before_end, served.now())


@pytest.fixture
def own_phone(empty_clinic: Served, new_phone: PhoneMaker, chair: Chair) -> Page:
    """Given the client's own phone, its clock moved like the server's, and the code typed."""
    phone = new_phone()
    phone.context.clock.install(time=empty_clinic.now())
    page = phone.open(f"{empty_clinic.url}/sign-in")
    steps.enter_code(page, empty_clinic, chair.code)
    steps.agree(page)
    return page


def wait_together(served: Served, page: Page, span: timedelta) -> None:
    """Time passes for the server and for the phone alike, while nothing is under way."""
    let_it_settle(page)
    served.advance(seconds=span.total_seconds())
    page.clock.fast_forward(int(span.total_seconds() * 1000))


@pytest.mark.complains(REFUSED)
def test_a_client_learns_at_the_chair_and_at_each_switch_how_to_wash(
    empty_clinic: Served,
    chair: Chair,
    own_phone: Page,
    new_phone: PhoneMaker,
) -> None:
    page = own_phone
    answer = page.locator(".answer-state")
    # Then no washing until five days after the very end of the session.
    expect(answer).to_contain_text("Not yet")
    expect(answer).to_contain_text(re.compile("|".join(chair.clock_words)))
    # When five days pass, the open page says so by itself: water, but nothing else.
    loads = count_loads(page)
    wait_together(empty_clinic, page, timedelta(days=5))
    expect(answer).to_contain_text(re.compile("water", re.IGNORECASE))
    expect(answer).not_to_contain_text("Not yet")
    # When the week is over: shampoo.
    wait_together(empty_clinic, page, timedelta(days=2))
    expect(answer).to_contain_text("Yes")
    assert loads == [], "the page was loaded again"
    join_with_one_more_device(empty_clinic, page, new_phone)


def count_loads(page: Page) -> list[str]:
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads


def join_with_one_more_device(served: Served, page: Page, new_phone: PhoneMaker) -> None:
    page.goto(f"{served.url}/devices/codes")
    steps.press(page, "Make a code")
    code = steps.shown_code(page)
    other = new_phone()
    other.context.clock.install(time=served.now())
    second = other.open(f"{served.url}/sign-in")
    steps.enter_code(second, served, code)
    expect(second.locator(".answer-state")).to_contain_text("Yes")
    # A used code opens nothing any more.
    third = new_phone().open(f"{served.url}/sign-in")
    steps.enter_code(third, served, code)
    expect(third.get_by_label("Your code")).to_be_visible()
