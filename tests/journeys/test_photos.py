"""A client looks at photos, compares them, agrees and withdraws, and sends one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys import album, steps
from tests.journeys.conftest import Phone, PhoneMaker
from tests.journeys.looks import ALL, LIGHT, phone_of, token_of
from tests.journeys.photo_pages import (
    COMPARE,
    KEPT_OF_PHOTOS,
    WORKER_IS_READY,
    at,
    drag,
    expect_loaded,
    is_blurred,
    line,
)
from tests.journeys.served import Served
from tests.journeys.test_event import problems_of
from webapp.domain.photos import ConsentKind, Zone
from webapp.services import photo_consents, photo_viewing
from webapp.services.demo_personas import DUBAI


@pytest.fixture(scope="module")
def photos(clinic: Served) -> list[str]:
    """The public ids of the album, the oldest first."""
    return album.fill(clinic)


OpenPhone = Callable[..., Page]


@pytest.fixture
def open_phone(new_phone: PhoneMaker, clinic: Served, photos: list[str]) -> OpenPhone:
    """The client's phone at an address, as discreet and as agreeing as at the first time."""
    with clinic.beside.app_context():
        client, with_ = album.client_of_album(), album.with_of(clinic)
        photo_viewing.choose(client, is_discreet=True)
        for kind in (ConsentKind.KEPT, ConsentKind.SHOWN):
            photo_consents.say(with_, client, client.client_id or 0, (kind, True))

    def made(path: str, **options: object) -> Page:
        phone: Phone = new_phone(**options)
        token = token_of(clinic, album.persona_of_album(), DUBAI)
        cookie: Any = {"name": "liftday", "value": token, "url": clinic.url}
        phone.context.add_cookies([cookie])
        return phone.open(clinic.url + path)

    return made


def test_pictures_are_blurred_until_tapped_and_stay_as_chosen(open_phone: OpenPhone) -> None:
    page = open_phone("/photos")
    first = page.locator(".tile").first
    assert is_blurred(first.locator("img"))
    # When one is tapped, it alone is shown, and leads on.
    first.locator("summary").click()
    assert not is_blurred(first.locator("img"))
    assert is_blurred(page.locator(".tile").nth(1).locator("img"))
    first.get_by_role("link").click()
    expect_loaded(page.locator(".photo-large img"))
    # When the client wants no blur, then there is none, at the next opening either.
    page.goto(page.url.partition("/photos")[0] + "/photos")
    page.get_by_role("switch", name="Blur until I tap").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("as soon as you open this page")
    page.reload()
    assert not is_blurred(page.locator(".tile img").first)
    expect(page.get_by_role("switch", name="Blur until I tap")).not_to_be_checked()


def test_the_line_is_moved_by_keys_by_finger_and_by_buttons(open_phone: OpenPhone) -> None:
    page = open_phone(COMPARE, reduced_motion="reduce")
    slider = page.get_by_role("slider", name="How much of the earlier photo is shown")
    assert at(page) == "50 % earlier photo"
    slider.focus()
    for _press in range(10):
        page.keyboard.press("ArrowLeft")
    assert at(page) == "40 % earlier photo"
    page.keyboard.press("End")
    assert line(page) == pytest.approx(1, abs=0.01)
    drag(page, 0.5, 0.3, 0.25)
    assert at(page) == "25 % earlier photo"
    assert line(page) == pytest.approx(0.25, abs=0.01)
    steps.press(page, "Later")
    assert at(page) == "0 % earlier photo"
    steps.press(page, "Half")
    assert line(page) == pytest.approx(0.5, abs=0.01)


def test_from_right_to_left_the_earlier_photo_stands_on_the_right(open_phone: OpenPhone) -> None:
    page = open_phone(f"{COMPARE}&dir=rtl", reduced_motion="reduce")
    drag(page, 0.5, 0.2)
    assert at(page) == "80 % earlier photo"
    assert line(page) == pytest.approx(0.2, abs=0.01)
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    assert at(page) == "81 % earlier photo"


def test_the_line_glides_only_for_those_who_want_movement(open_phone: OpenPhone) -> None:
    page = open_phone(COMPARE)
    page.emulate_media(reduced_motion="no-preference")
    moves = "stage => getComputedStyle(stage).transitionDuration"
    steps.press(page, "Later")
    assert page.locator(".stage").evaluate(moves) == "0.25s"
    page.emulate_media(reduced_motion="reduce")
    assert page.locator(".stage").evaluate(moves) == "0s"


def test_while_it_is_held_the_earlier_photo_is_shown(open_phone: OpenPhone) -> None:
    page = open_phone(COMPARE)
    steps.press(page, "Hold")
    earlier = page.locator(".half.is-earlier img")
    expect(earlier).to_be_hidden()
    page.locator(".stage").hover()
    page.mouse.down()
    expect(earlier).to_be_visible()
    page.mouse.up()
    expect(earlier).to_be_hidden()
    page.get_by_role("button", name="Press and hold for the earlier photo").focus()
    page.keyboard.down("Space")
    expect(earlier).to_be_visible()
    page.keyboard.up("Space")
    expect(earlier).to_be_hidden()
    steps.press(page, "Earlier photo")
    expect(earlier).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("Earlier")
    steps.press(page, "Side by side")
    expect(page.locator(".half img")).to_have_count(2)
    expect(page.get_by_role("slider")).to_have_count(0)


def test_others_of_the_same_part_are_chosen(open_phone: OpenPhone) -> None:
    page = open_phone(COMPARE)
    chosen = page.get_by_label("Later photo")
    chosen.select_option(index=1)
    second = chosen.input_value()
    steps.press(page, "Compare these two")
    page.wait_for_url("**/photos/compare?*second=*")
    expect(page.locator(f".is-later img[src*='{second}']")).to_be_visible()


def test_a_withdrawal_counts_in_every_other_tab_at_once(
    open_phone: OpenPhone, clinic: Served, photos: list[str]
) -> None:
    page = open_phone("/photos?show=yes")
    expect(page.locator(".tile")).to_have_count(len(photos))
    other = page.context.new_page()
    other.goto(f"{clinic.url}/photos/consents")
    other.get_by_role("switch", name="Shown to me").click()
    expect(other.get_by_role("status").first).to_contain_text("No photo is shown here any more")
    page.reload()
    expect(page.locator("main")).to_contain_text("Photos are off")
    assert page.request.get(f"{clinic.url}/photos/{photos[0]}/320.jpg").status == 404
    expect(page.get_by_role("navigation")).to_contain_text("Help")


def test_back_after_signing_out_shows_nothing(open_phone: OpenPhone, clinic: Served) -> None:
    page = open_phone("/photos?show=yes")
    expect_loaded(page.locator(".tile img").first)
    page.goto(f"{clinic.url}/devices")
    steps.press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in**")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/sign-in**")
    expect(page.locator(".tile")).to_have_count(0)


def test_nothing_of_a_photo_is_kept_on_the_phone(open_phone: OpenPhone, clinic: Served) -> None:
    page = open_phone("/")
    page.evaluate(WORKER_IS_READY)
    page.goto(f"{clinic.url}/photos?show=yes")
    expect_loaded(page.locator(".tile img").first)
    page.goto(clinic.url + COMPARE)
    expect(page.locator(".half img")).to_have_count(2)
    assert page.evaluate(KEPT_OF_PHOTOS) == []


def test_all_of_it_works_without_scripts(open_phone: OpenPhone, clinic: Served) -> None:
    page = open_phone("/photos", java_script_enabled=False)
    page.locator(".tile summary").first.click()
    expect(page.locator(".tile").first.get_by_role("link")).to_be_visible()
    page.locator(".gallery-ways a", has_text="Compare").click()
    page.locator("a.stage").click()
    earlier, later = (half.bounding_box() for half in page.locator(".half img").all())
    assert earlier is not None
    assert later is not None
    assert earlier["x"] + earlier["width"] <= later["x"]
    page.goto(f"{clinic.url}/photos/consents")
    page.get_by_role("switch", name="Shown to others").click()
    expect(page.locator("main")).to_contain_text("until you release a photo")


def test_a_photo_that_the_clinic_asked_for_is_sent(open_phone: OpenPhone, clinic: Served) -> None:
    album.ask(clinic)
    page = open_phone("/", java_script_enabled=False)
    steps.follow(page, "Your clinic asks for a photo")
    expect(page.locator("main")).to_contain_text("Do not wait with these")
    taken: FilePayload = {
        "name": "crown.jpg",
        "mimeType": "image/jpeg",
        "buffer": album.head(Zone.CROWN, 0.7),
    }
    page.get_by_label("One to four photos").set_input_files([taken])
    steps.press(page, "Send to my clinic")
    expect(page.locator("main")).to_contain_text("Your photo is with your clinic.")
    expect(page.locator(".tile")).to_have_count(1)


@pytest.fixture(scope="module")
def looked_at(chromium: Browser, clinic: Served, photos: list[str]) -> Iterator[Page]:
    page = phone_of(chromium, clinic, album.persona_of_album(), LIGHT)
    yield page
    page.context.close()


@pytest.mark.parametrize(
    "path", ["/photos", "/photos?show=yes", COMPARE, "/photos/consents", "one", "asked"]
)
def test_the_pages_have_nothing_for_axe_to_find(
    looked_at: Page, clinic: Served, photos: list[str], path: str
) -> None:
    named = {"one": f"/photos/{photos[0]}?show=yes"}
    named["asked"] = f"/photos/asked/{album.ask(clinic)}" if path == "asked" else ""
    for variant in ALL:
        assert problems_of(looked_at, clinic.url + named.get(path, path), variant) == []
