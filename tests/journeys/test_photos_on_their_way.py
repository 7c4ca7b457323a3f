"""A photo on its way: made smaller and upright before, told of meanwhile, there once after."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response, Route, expect
from sqlalchemy import update

from tests.journeys import photo_desk as at
from tests.journeys.complaints import BROKEN_OFF
from tests.journeys.looks import WITHOUT_WORKER
from tests.journeys.photo_desk import sent_is
from tests.journeys.served import Served
from tests.journeys.steps import press
from webapp.domain.photos import PhotoState
from webapp.persistence.database import writing
from webapp.persistence.tables import Photo

FILES = "**/photos/files*"
ORIENTATION, QUARTER_TURN = 0x0112, 6
# Keeps what was sent, which no tool outside a browser sees; and loses the first answer, if told so.
BETWEEN = """
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
  window.sent = body;
  if (window.losesAnswer) this.onload = this.onerror;
  window.losesAnswer = false;
  return send.call(this, body);
};
"""
SENT = """async () => {
  const bytes = new Uint8Array(await window.sent.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}"""


@pytest.fixture
def page(chromium: Browser, clinic: Served) -> Iterator[Page]:
    """The artist's phone, on the page that sends photos of a client."""
    page = at.staff_phone(chromium, clinic, WITHOUT_WORKER)
    client_id = at.client_of(clinic, "water-only")
    at.agree(clinic, client_id)
    page.add_init_script(BETWEEN)
    page.goto(f"{clinic.url}/staff/clients/{client_id}/photos/new")
    yield page
    page.context.close()


def lying(folder: Path) -> Path:
    """A photo of 20 megapixels as a phone writes it: on its side, with a note how to turn it. Its
    upper half, once it is turned, is red."""
    image = Image.new("RGB", (5_200, 3_900), "blue")
    image.paste("red", (0, 0, 2_600, 3_900))
    exif = Image.Exif()
    exif[ORIENTATION] = QUARTER_TURN
    path = folder / "lying.jpg"
    image.save(path, "JPEG", exif=exif)
    return path


def test_a_large_photo_leaves_the_phone_upright_and_no_larger_than_it_is_kept(
    page: Page, tmp_path: Path
) -> None:
    page.locator("#photos").set_input_files(lying(tmp_path))
    sent_is(page, "1 of 1 sent")
    sent = Image.open(BytesIO(b64decode(page.evaluate(SENT))))
    assert sent.size == (3_072, 4_096)
    assert ORIENTATION not in sent.getexif()
    red, _green, blue = sent.convert("RGB").getpixel((1_500, 200))  # type: ignore[misc]
    assert red - blue > 200


def test_each_file_tells_how_far_it_is(page: Page, tmp_path: Path) -> None:
    held: list[Route] = []
    page.route(FILES, lambda route: route.continue_() if held else held.append(route))
    page.locator("#photos").set_input_files([at.picture(tmp_path, one) for one in (1, 2)])
    bar = page.locator('.upload-row[data-state="sending"]').get_by_role("progressbar")
    expect(bar).to_have_accessible_name("Hairline · head-1.jpg")
    expect(page.locator('.upload-row[data-state="waiting"] progress')).to_be_hidden()
    expect(page.locator("[data-total]")).to_have_text("0 of 2 sent")
    held[0].continue_()
    sent_is(page, "2 of 2 sent")
    expect(page.locator(".upload-row progress:visible")).to_have_count(0)


def test_a_photo_that_arrived_and_whose_answer_was_lost_is_there_once(
    page: Page, clinic: Served, tmp_path: Path
) -> None:
    before = len(at.stored(clinic, at.client_of(clinic, "water-only")))
    answers: list[int] = []

    def note(answer: Response) -> None:
        if "/photos/files" in answer.url:
            answers.append(answer.status)

    page.on("response", note)
    page.evaluate("window.losesAnswer = true")
    page.locator("#photos").set_input_files([at.picture(tmp_path, 4)])
    sent_is(page, "1 of 1 sent")
    assert answers == [201, 200]
    assert len(at.stored(clinic, at.client_of(clinic, "water-only"))) == before + 1


def test_a_photo_whose_sizes_are_still_being_made_says_so(page: Page, clinic: Served) -> None:
    client_id = at.client_of(clinic, "keep-dry")
    at.until_stored(clinic, client_id, 4)
    with clinic.beside.app_context(), writing() as writer:
        arrived = update(Photo).values(state=PhotoState.ARRIVED.value)
        writer.execute(arrived.where(Photo.client_id == client_id))
    page.goto(f"{clinic.url}/staff/clients/{client_id}/photos")
    expect(page.get_by_text("Some are still being prepared. They are safe.")).to_be_visible()


@pytest.mark.complains(BROKEN_OFF)
def test_signing_out_leaves_no_photo_on_the_device(
    page: Page, clinic: Served, tmp_path: Path
) -> None:
    page.route(FILES, lambda route: route.abort())
    page.locator("#photos").set_input_files([at.picture(tmp_path, 1)])
    expect(page.locator('.upload-row[data-state="later"]')).to_be_visible()
    page.goto(f"{clinic.url}/devices")
    press(page, "Sign out on this device")
    page.wait_for_url("**/sign-in*")
    assert page.evaluate("indexedDB.databases()") == []
