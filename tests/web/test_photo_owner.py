"""What only the owner does with photos: the export, what is locked, the logo, the duty."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.gateways.photos.pictures import a_zip
from tests.services.photo_scene import jpeg
from tests.web.house import House
from tests.web.photo_pages import PhotoDesk, make_photo_desk
from webapp.domain.photos import ConsentKind

SETTINGS = "/staff/settings/photos"


@pytest.fixture
def photo_desk(house: House) -> PhotoDesk:
    return make_photo_desk(house)


@pytest.fixture
def olga(photo_desk: PhotoDesk) -> FlaskClient:
    return photo_desk.house.treating("Olga")


def send_logo(browser: FlaskClient, body: bytes) -> TestResponse:
    data = {"logo": (BytesIO(body), "logo.png")}
    return browser.post(f"{SETTINGS}/logo", data=data, content_type="multipart/form-data")


def locked_photo(desk: PhotoDesk, olga: FlaskClient) -> str:
    """A photo whose client has withdrawn the consent, at a clinic that must keep it."""
    photo = desk.take()
    olga.post(f"{SETTINGS}/duty", data={"must_keep": "yes"})
    desk.say(ConsentKind.KEPT, False)
    return photo


def test_the_owner_takes_everything_in_one_archive(
    photo_desk: PhotoDesk, olga: FlaskClient
) -> None:
    photo_desk.take()
    answer = olga.get(f"{photo_desk.address}/export", buffered=True)
    assert answer.headers["Content-Disposition"] == "attachment; filename=photos-C0AMIRA.zip"
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert len(archive.namelist()) == 3
    assert photo_desk.house.audit()[-1] == "photos-exported"


def test_an_export_wants_the_password_again_and_the_owner(photo_desk: PhotoDesk) -> None:
    address = f"{photo_desk.address}/export"
    assert photo_desk.iris.get(address).status_code == 404
    olga = photo_desk.house.treating("Olga")
    photo_desk.house.clock.advance(minutes=11)
    assert "/staff/confirm" in olga.get(address).location


def test_a_locked_photo_is_seen_with_a_reason_for_ten_minutes(
    photo_desk: PhotoDesk, olga: FlaskClient
) -> None:
    address = f"/staff/photos/{locked_photo(photo_desk, olga)}/locked"
    assert olga.get(f"{address}/320.jpg").status_code == 404
    assert "Reason" in olga.get(f"{photo_desk.address}/locked").text
    olga.post(address, data={"reason": "A question of the insurer"})
    assert olga.get(f"{address}/320.jpg").status_code == 200
    photo_desk.house.clock.advance(minutes=11)
    assert olga.get(f"{address}/320.jpg").status_code == 404


def test_without_a_reason_it_stays_locked(photo_desk: PhotoDesk, olga: FlaskClient) -> None:
    address = f"/staff/photos/{locked_photo(photo_desk, olga)}/locked"
    answer = olga.post(address, data={"reason": "  "})
    assert "Say why you have to see it" in olga.get(answer.location).text
    assert olga.get(f"{address}/320.jpg").status_code == 404


def test_an_artist_finds_nothing_that_is_locked(photo_desk: PhotoDesk, olga: FlaskClient) -> None:
    address = f"/staff/photos/{locked_photo(photo_desk, olga)}"
    assert photo_desk.iris.get(address).status_code == 404
    assert photo_desk.iris.get(f"{address}/locked").status_code == 404
    assert photo_desk.iris.get(f"{photo_desk.address}/locked").status_code == 404


def test_a_logo_stands_at_the_head_of_the_staffs_pages(
    photo_desk: PhotoDesk, olga: FlaskClient
) -> None:
    assert "/staff/logo.png" not in olga.get("/staff").text
    assert send_logo(olga, jpeg()).status_code == 303
    assert "/staff/logo.png?v=" in olga.get("/staff").text
    assert olga.get("/staff/logo.png").data.startswith(b"\x89PNG")
    olga.post(f"{SETTINGS}/logo/remove")
    assert olga.get("/staff/logo.png").status_code == 404


def test_a_drawing_with_scripts_is_no_logo(photo_desk: PhotoDesk, olga: FlaskClient) -> None:
    answer = send_logo(olga, b"<svg onload='alert(1)'></svg>")
    assert answer.status_code == 422
    assert "not a photo that we can read" in answer.text
    assert send_logo(photo_desk.iris, jpeg()).status_code == 404


def test_a_logo_that_is_an_archive_too_is_refused_in_words(olga: FlaskClient) -> None:
    answer = send_logo(olga, jpeg() + a_zip())
    assert answer.status_code == 422
    assert "This file holds more than a picture." in answer.text
    assert olga.get("/staff/logo.png").status_code == 404
