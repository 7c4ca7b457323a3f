"""Photos at the chair, in a real browser: taken, chosen, dropped, cut off, and there once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.journeys import photo_desk as at
from tests.journeys.complaints import BROKEN_OFF, CUT, NOBODY_THERE, REFUSED
from tests.journeys.conftest import launch
from tests.journeys.looks import LIGHT, WITHOUT_WORKER
from tests.journeys.photo_desk import sent_is
from tests.journeys.served import Served
from tests.journeys.settling import let_it_settle
from tests.journeys.steps import follow, press

FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
FILES = "**/photos/files*"
PARTS = ("Hairline", "Parting", "Crown", "Left side", "Right side")
# What a page asks of a screen that must not go dark; no screen here ever does.
WAKE_LOCKS = """
window.locks = [];
Object.defineProperty(navigator, "wakeLock", { value: {
  request: async (kind) => {
    window.locks.push(kind);
    return { released: false, release: async () => window.locks.push("released") };
  },
} });
"""
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def camera(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a camera that films a moving figure."""
    browser = launch(playwright, *FAKE_CAMERA)
    yield browser
    browser.close()


@pytest.fixture
def open_page(camera: Browser, clinic: Served) -> Iterator[OpenPage]:
    """A page of the artist's phone; at the end none may have complained."""
    pages: list[Page] = []
    complaints: list[str] = []

    def made(path: str, key: str, **options: Any) -> Page:
        client_id = at.client_of(clinic, key)
        at.agree(clinic, client_id)
        page = at.staff_phone(camera, clinic, WITHOUT_WORKER, **options)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = page.goto(f"{clinic.url}/staff/clients/{client_id}/photos{path}")
        assert answer is not None
        assert answer.status == 200, clinic.said[-2_000:]
        pages.append(page)
        return page

    yield made
    for page in pages:
        page.context.close()
    assert complaints == []


def cut_once(page: Page) -> list[str]:
    """Let the third file lose its connection, once."""
    met: list[str] = []

    def answer(route: Route) -> None:
        met.append(route.request.url)
        if len(met) == 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(FILES, answer)
    return met


@pytest.mark.complains(CUT)
def test_five_photos_taken_with_one_connection_cut_arrive_once(
    open_page: OpenPage, clinic: Served
) -> None:
    page = open_page("/camera", "new", permissions=["camera"])
    met = cut_once(page)
    for part in PARTS:
        page.locator(".camera-zones").get_by_label(part).check()
        press(page, "Take the photo")
        expect(page.locator("#announcer")).to_have_text(f"Taken: {part}")
    sent_is(page, "5 of 5 sent")
    expect(page.locator("[data-count]")).to_have_text("5 of 5 sent")
    assert len(met) == 6
    assert sorted(at.stored(clinic, at.client_of(clinic, "new"))) == sorted(
        ["hairline", "parting", "crown", "left", "right"]
    )


def test_the_camera_is_off_as_soon_as_its_page_is_left(open_page: OpenPage) -> None:
    page = open_page("/camera", "new", permissions=["camera"])
    expect(page.locator("[data-shutter]")).to_be_visible()
    page.wait_for_function("document.querySelector('video').videoWidth > 0")
    page.evaluate("window.track = document.querySelector('video').srcObject.getTracks()[0]")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("window.track.readyState") == "ended"


def test_the_screen_stays_on_while_the_camera_is_open(open_page: OpenPage) -> None:
    page = open_page("/camera", "new", permissions=["camera"])
    page.add_init_script(WAKE_LOCKS)
    page.reload()
    page.wait_for_function("() => window.locks.includes('screen')")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.wait_for_function("() => window.locks.at(-1) === 'released'")


def test_the_last_photo_of_a_part_lies_over_the_picture(
    open_page: OpenPage, clinic: Served
) -> None:
    page = open_page("/camera?zone=hairline", "keep-dry", permissions=["camera"])
    ghost = page.locator('[data-ghost="hairline"]')
    at.until_stored(clinic, at.client_of(clinic, "keep-dry"), 4)
    page.reload()
    expect(ghost).to_be_visible()
    page.get_by_role("slider").fill("80")
    expect(ghost).to_have_css("opacity", "0.8")
    press(page, "Last photo")
    expect(ghost).to_be_hidden()
    press(page, "Grid")
    expect(page.locator("[data-grid]")).to_be_visible()


def test_a_denied_camera_leaves_the_form_and_kind_words(chromium: Browser, clinic: Served) -> None:
    client_id = at.client_of(clinic, "new")
    at.agree(clinic, client_id)
    page = at.staff_phone(chromium, clinic, LIGHT)
    page.goto(f"{clinic.url}/staff/clients/{client_id}/photos/camera")
    expect(page.locator("[data-camera-words]")).to_contain_text("hoose photos below")
    expect(page.locator("input[type=file]")).to_be_visible()
    page.context.close()


def test_files_are_sent_by_choosing_and_by_dropping(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "preparing")
    chosen = [at.picture(tmp_path, number) for number in (1, 2)]
    page.get_by_label("Crown").check()
    page.locator("#photos").set_input_files(chosen)
    sent_is(page, "2 of 2 sent")
    at.drop(page, at.picture(tmp_path, 3))
    sent_is(page, "3 of 3 sent")
    follow(page, "See the photos")
    expect(page.locator(".thumb")).to_have_count(3)
    assert at.stored(clinic, at.client_of(clinic, "preparing")) == ["crown"] * 3


def test_a_page_closed_in_the_middle_goes_on_when_it_is_opened_again(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "hands-off")
    held: list[Route] = []
    page.route(FILES, lambda route: held.append(route))  # noqa: PLW0108
    page.locator("#photos").set_input_files([at.picture(tmp_path, one) for one in (1, 2, 3)])
    expect(page.locator('[data-state="sending"]')).to_have_count(1)
    expect(page.locator('[data-state="waiting"]')).to_have_count(2)
    address = page.url
    page.close()
    again = page.context.new_page()
    again.goto(address)
    sent_is(again, "3 of 3 sent")
    assert len(at.stored(clinic, at.client_of(clinic, "hands-off"))) == 3


@pytest.mark.complains(BROKEN_OFF)
def test_a_file_that_waits_can_be_taken_back(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "water-only")
    page.route(FILES, lambda route: route.abort())
    page.locator("#photos").set_input_files([at.picture(tmp_path, 1)])
    expect(page.locator('.upload-row[data-state="later"]')).to_be_visible()
    page.get_by_role("button", name="Do not send").click()
    expect(page.locator(".upload-row")).to_have_count(0)
    page.reload()
    expect(page.locator(".upload-line")).to_be_hidden()
    assert at.stored(clinic, at.client_of(clinic, "water-only")) == []


@pytest.mark.complains(REFUSED)
def test_what_is_no_photo_is_told_in_its_line(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "water-only")
    fake = tmp_path / "drawing.jpg"
    fake.write_text("<svg></svg>")
    page.locator("#photos").set_input_files([fake])
    expect(page.locator(".upload-row")).to_contain_text("not a photo that we can read")
    assert at.stored(clinic, at.client_of(clinic, "water-only")) == []


def test_whoever_was_signed_out_in_the_middle_loses_nothing(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "unconfirmed")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("#photos").set_input_files([at.picture(tmp_path, 1)])
    row = page.locator('.upload-row[data-state="held"]')
    expect(row).to_contain_text("You are signed out")
    page.context.add_cookies([at.cookie(clinic, str(one["value"])) for one in cookies])
    row.get_by_role("button", name="Try again").click()
    sent_is(page, "1 of 1 sent")
    assert len(at.stored(clinic, at.client_of(clinic, "unconfirmed"))) == 1


def test_without_scripts_the_form_sends_them_all(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "settling", java_script_enabled=False)
    page.get_by_label("Crown").check()
    page.locator("#photos").set_input_files([at.picture(tmp_path, number) for number in (1, 2)])
    press(page, "Send")
    expect(page.get_by_role("status").first).to_contain_text("2 photos are in the record.")
    assert at.stored(clinic, at.client_of(clinic, "settling")).count("crown") == 2


@pytest.mark.complains(NOBODY_THERE)
def test_a_server_that_starts_again_gets_what_it_missed(
    open_page: OpenPage, clinic: Served, tmp_path: Path
) -> None:
    page = open_page("/new", "in-session")
    let_it_settle(page)
    clinic.stop()
    page.locator("#photos").set_input_files([at.picture(tmp_path, one) for one in (1, 2)])
    expect(page.locator('.upload-row[data-state="later"]').first).to_be_visible()
    clinic.start(is_demo=True)
    sent_is(page, "2 of 2 sent")
    assert len(at.stored(clinic, at.client_of(clinic, "in-session"))) == 2
