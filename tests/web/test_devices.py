"""Signed-in devices: listed, signed out, and over after a while."""

from __future__ import annotations

import pytest

from tests.web.house import PASSWORD, House

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Version/18.5 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (IPHONE, "iPhone, Safari"),
        (DESK, "Windows, Edge"),
        ("Mozilla/5.0 (Linux; Android 16) SamsungBrowser/29 Chrome/136", "Android, Samsung Int"),
        ("Mozilla/5.0 (Macintosh; Intel) Gecko/2010 Firefox/143.0", "Mac, Firefox"),
        ("Mozilla/5.0 (iPhone) CriOS/140 Safari/604", "iPhone, Chrome"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_as_its_holder_knows_it(house: House, agent: str, words: str) -> None:
    browser = house.browser(agent)
    browser.post("/sign-in", data={"code": house.desk_code().code})
    assert words in browser.get("/devices").text


def test_a_device_is_signed_out_from_another_one(house: House) -> None:
    phone, tablet = house.browser_of("Amira"), house.browser_of("Amira")
    page = phone.get("/devices").text
    address = page.split('action="/devices/')[1].split('"')[0]
    assert phone.post(f"/devices/{address}").status_code == 303
    assert tablet.get("/devices").location == "/sign-in"
    assert phone.get("/devices").status_code == 200
    assert house.audit()[-1] == "logout"


def test_signing_out_ends_the_login_and_clears_the_browser(house: House) -> None:
    phone, thief = house.browser_of("Amira"), house.browser()
    cookie = phone.get_cookie("liftday")
    assert cookie is not None
    thief.set_cookie("liftday", cookie.value)
    response = phone.post("/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.get_cookie("liftday") is None
    assert thief.get("/devices").location == "/sign-in"


def test_signing_out_twice_is_no_error(house: House) -> None:
    phone = house.browser_of("Amira")
    assert [phone.post("/sign-out").location for _ in range(2)] == ["/sign-in"] * 2


@pytest.mark.parametrize(
    ("name", "span", "is_in"),
    [
        ("Amira", {"days": 399}, True),
        ("Amira", {"days": 400}, False),
        ("Otto", {"hours": 11, "minutes": 59}, True),
        ("Otto", {"hours": 12}, False),
    ],
)
def test_an_idle_device_is_signed_out(
    house: House, name: str, span: dict[str, float], is_in: bool
) -> None:
    browser = house.browser_of(name)
    house.clock.advance(**span)
    assert (browser.get("/devices").status_code == 200) is is_in


def test_staff_sign_in_again_after_a_week_however_busy(house: House) -> None:
    otto = house.browser_of("Otto")
    for _ in range(15):
        house.clock.advance(hours=11)
        assert otto.get("/devices").status_code == 200
    house.clock.advance(hours=3)
    assert otto.get("/devices").location == "/sign-in"


def test_every_sign_in_gives_a_new_token_and_stores_its_hash_only(house: House) -> None:
    tokens = []
    for _ in range(2):
        browser = house.browser()
        data = {"email": "iris@clinic.example", "password": PASSWORD}
        browser.post("/sign-in/staff", data=data)
        cookie = browser.get_cookie("liftday")
        assert cookie is not None
        tokens.append(cookie.value)
    assert len(set(tokens)) == 2
    stored = (house.app.extensions["settings"].data_folder / "test.sqlite").read_bytes()
    assert all(token.encode() not in stored for token in tokens)


def test_a_second_device_joins_with_a_code_of_the_first(house: House) -> None:
    phone, app = house.browser_of("Amira"), house.browser()
    assert phone.post("/devices/codes").status_code == 303
    page = phone.get("/devices/codes").text
    code = page.split('data-copy="')[1].split('"')[0]
    assert "<svg viewBox" in page
    assert app.post("/sign-in", data={"code": code}).status_code == 303
    assert "Amira" in app.get("/devices").text
    assert phone.get("/devices").status_code == 200
    assert code not in phone.get("/devices/codes").text


def test_an_unused_device_code_is_revoked_by_its_holder(house: House) -> None:
    phone = house.browser_of("Amira")
    phone.post("/devices/codes")
    page = phone.get("/devices/codes").text
    code = page.split('data-copy="')[1].split('"')[0]
    revoke = page.split('action="/devices/codes/')[1].split('"')[0]
    assert phone.post(f"/devices/codes/{revoke}").status_code == 303
    assert house.browser().post("/sign-in", data={"code": code}).status_code == 422


@pytest.mark.parametrize(
    ("zone", "status"),
    [("Europe/Sofia", 204), ("Mars/Olympus", 422), ("", 422), ("../etc/passwd", 422)],
)
def test_a_phone_reports_its_time_zone(house: House, zone: str, status: int) -> None:
    phone = house.browser_of("Amira")
    assert phone.post("/time-zone", data={"zone": zone}).status_code == status
    is_kept = f'data-zone="{zone}"' in phone.get("/devices").text
    assert is_kept is (status == 204 or zone == "")
