"""What every answer carries, and which requests are refused before a view sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import SECRET, SetClock, settings_for
from tests.web.house import House
from webapp import create_app

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
)
PAGES = [
    "/sign-in",
    "/privacy",
    "/about-treatment",
    "/devices",
    "/staff",
    "/no-such-page",
    "/assets/no-such-file",
]
PERSONAL = ["/devices", "/devices/codes", "/privacy", "/sign-in"]
PERSONAL += ["/sheet", "/hairdresser-card", "/slip"]
CODE = {"code": "AAAAAAAA"}


@pytest.fixture
def production(tmp_path: Path, migrated: Path, clock: SetClock) -> FlaskClient:
    """A browser at a clinic in production, behind HTTPS."""
    (tmp_path / "test.sqlite").write_bytes(migrated.read_bytes())
    changes = {"mode": "production", "base_url": "https://care.clinic.bg", "secret_key": SECRET}
    return create_app(settings_for(tmp_path, **changes), clock).test_client()


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_the_whole_policy(house: House, page: str) -> None:
    headers = house.browser().get(page).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("page", PERSONAL)
def test_personal_answers_are_kept_by_nobody(house: House, page: str) -> None:
    headers = house.browser_of("Amira").get(page).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 422),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[oops"}, 403),
        ({"Referer": "http://localhost/sign-in"}, 403),
        ({}, 403),
    ],
)
def test_forms_are_taken_from_our_own_pages_only(
    house: House, headers: dict[str, str], status: int
) -> None:
    answer = house.app.test_client().post("/sign-in", data=CODE, headers=headers)
    assert answer.status_code == status


def test_a_foreign_page_cannot_sign_somebody_out(house: House) -> None:
    phone = house.browser_of("Amira")
    phone.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert phone.get("/devices").status_code == 200


def test_production_cookies_are_bound_to_host_and_https(production: FlaskClient) -> None:
    url, headers = "https://care.clinic.bg", {"Sec-Fetch-Site": "same-origin"}
    production.set_cookie("__Host-liftday", "a-token", domain="care.clinic.bg", secure=True)
    answer = production.post("/sign-out", base_url=url, headers=headers)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "__Host-liftday" in c)
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_production_refuses_time_travel_and_foreign_hosts(production: FlaskClient) -> None:
    travelled = "/sign-in?at=2026-03-06T17:00:00Z"
    assert production.get(travelled, base_url="https://care.clinic.bg").status_code == 400
    assert production.get("/sign-in", base_url="https://care.clinic.bg").status_code == 200
    assert production.get("/sign-in", base_url="https://evil.example").status_code == 400


def test_the_login_cookie_is_out_of_reach_of_scripts(house: House) -> None:
    answer = house.browser().post("/sign-in", data={"code": house.desk_code().code})
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("liftday="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
