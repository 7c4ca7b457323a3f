"""The log tells what happened, and nothing about whom."""

from __future__ import annotations

import errno
import io
import json

import pytest
import structlog
from sqlalchemy import select

from tests.web.house import PASSWORD, House
from webapp.persistence.tables import AuditEvent

CANARY = "Kanarienvogel"
PHONE = "+971501234567"


class FullDisk(io.StringIO):
    """A file on a disk that has no room."""

    tries = 0

    def write(self, text: str) -> int:
        self.tries += 1
        raise OSError(errno.ENOSPC, "no room")


def walk(house: House) -> list[str]:
    """Do something with every kind of secret; returns the secrets."""
    owner, made = house.browser_of("Olga", is_confirmed=True), house.desk_code()
    person = {"name": CANARY, "email": f"{CANARY}@clinic.example", "role": "artist"}
    owner.post("/staff/settings/people/new", data=person)
    owner.post("/staff/settings/locations/new", data={"name": CANARY, "phone": PHONE})
    owner.get(f"/staff/clients?q={CANARY}")
    owner.get(f"/{CANARY}/{made.token}?t={made.token}")
    browser = house.browser(agent=CANARY)
    browser.post("/sign-in", data={"code": CANARY})
    browser.post("/join", data={"token": made.token})
    cookie = browser.get_cookie("liftday")
    assert cookie is not None
    staff = {"email": "iris@clinic.example", "password": PASSWORD}
    house.browser().post("/sign-in/staff", data=staff)
    house.browser().post("/sign-in/staff", data={**staff, "password": CANARY})
    browser.get("/devices", headers={"X-Forwarded-For": CANARY})
    return [CANARY, PHONE, made.token, made.code, cookie.value, PASSWORD, "iris@", "Amira"]


def test_nothing_personal_or_secret_reaches_the_log(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = walk(house)
    printed = "".join(capsys.readouterr())
    assert printed.count('"event": "request"') > 8
    assert [secret for secret in secrets if secret in printed] == []


def test_a_line_names_the_route_and_never_the_path(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.browser_of("Olga").get("/staff/settings/locations/1?q=x")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["route"] == "/staff/settings/locations/<int:location_id>"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert set(line) == {"at", "event", "level", "method", "milliseconds", "route", "status"}


def test_an_error_is_told_by_its_place_without_its_words(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise RuntimeError(CANARY)

    monkeypatch.setitem(house.app.view_functions, "sign_in.join", broken)
    broken.audience = frozenset()  # type: ignore[attr-defined]
    assert house.browser().get("/join").status_code == 500
    printed = "".join(capsys.readouterr())
    assert '"kind": "RuntimeError"' in printed
    assert CANARY not in printed


def test_what_fails_in_the_background_is_told_by_its_place_too(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise RuntimeError(CANARY)
    except RuntimeError:
        structlog.get_logger().exception("a step failed", step=7)
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (line["event"], line["kind"], line["step"]) == ("a step failed", "RuntimeError", 7)
    assert line["where"][0].split(":")[0] == "tests/web/test_request_log.py"
    assert CANARY not in str(line)


def test_a_log_that_cannot_be_written_stops_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = FullDisk()
    monkeypatch.setattr("sys.stderr", full)
    structlog.get_logger().error("a step failed")
    assert full.tries == 1


def test_the_audit_holds_opaque_ids_only(house: House) -> None:
    walk(house)
    with house.reader() as reader:
        rows = list(reader.scalars(select(AuditEvent)))
    assert {"login", "invite", "redeem", "staff-added"} <= {row.action for row in rows}
    told = " ".join(f"{row.action} {row.subject}" for row in rows)
    assert CANARY not in told
    assert all(isinstance(row.subject_id, int) for row in rows)
