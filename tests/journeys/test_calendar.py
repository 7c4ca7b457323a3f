"""From an open date to the calendar: prepare, share, be moved, read again."""

from __future__ import annotations

import re
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.journeys import steps
from tests.journeys.looks import (
    DARK,
    LARGE_TEXT,
    LIGHT,
    NARROW_LIGHT,
    RIGHT_TO_LEFT,
    Variant,
    phone_of,
    scrolls_sideways,
    show,
    violations,
)
from tests.journeys.looks import new_page as browser_of_staff
from tests.journeys.screens import owner_sign_in
from tests.journeys.served import Served
from webapp.persistence.database import reading
from webapp.persistence.tables import Client, Course
from webapp.services.demo_personas import PERSONAS, Persona

PERSONA = {one.key: one for one in PERSONAS}
WITHOUT_SCRIPTS = Variant("without-scripts", {"java_script_enabled": False})
LOOKS = {
    "/dates/sessions/1": (LIGHT, DARK, NARROW_LIGHT, LARGE_TEXT),
    "/dates/calendar": (DARK, NARROW_LIGHT, RIGHT_TO_LEFT),
}


def read(address: str) -> dict[str, Any]:
    """The appointments of a feed by their names, read as a calendar reads."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return appointments_in(answer.read())


def appointments_in(body: bytes) -> dict[str, Any]:
    events = Calendar.from_ical(body).walk("VEVENT")
    return {str(e["UID"]): e for e in events if e["SUMMARY"] == "Appointment"}


def course_of(served: Served, persona: Persona) -> int:
    with served.beside.app_context():
        course = select(func.max(Course.id)).join(Client).where(Client.phone == persona.phone)
        return reading().scalars(course).one()


def prepare(page: Page, served: Served) -> None:
    """The client opens the next session from Dates and ticks a line, without any script."""
    page.goto(f"{served.url}/dates")
    steps.follow(page, "Session 2")
    line = page.get_by_role("button", name="Come natural")
    expect(line).to_have_attribute("aria-pressed", "false")
    line.click()
    expect(line).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#prepare")).to_contain_text("1 of 4 done")


def share(page: Page) -> str:
    """From the appointment back to Dates and on to the calendar; returns the address shown."""
    page.locator(".back").click()
    steps.follow(page, "Calendar")
    steps.press(page, "Make the address")
    address = page.locator(".address").inner_text()
    expect(page.get_by_role("link", name="Add on this phone")).to_have_attribute(
        "href", re.compile("^webcal://")
    )
    return address


def move_by_a_day(staff: Page, old: Any) -> None:
    """The staff, who see what is prepared, move the session to the next day."""
    expect(staff.locator("main")).to_contain_text("1 of 4 prepared")
    steps.follow(staff, "Move to another time")
    local = (old["DTSTART"].dt + timedelta(days=1)).astimezone(steps.DUBAI)
    staff.get_by_label("Date").fill(local.strftime("%Y-%m-%d"))
    steps.press(staff, "Save")
    steps.press(staff, "Save it so")
    expect(staff.get_by_role("button", name="Undo")).to_be_visible()


def test_a_date_is_prepared_shared_moved_and_read_again(
    chromium: Browser, demo_clinic: Served, tmp_path: Path
) -> None:
    persona = PERSONA["settling"]
    phone = phone_of(chromium, demo_clinic, persona, WITHOUT_SCRIPTS)
    prepare(phone, demo_clinic)
    address = share(phone)
    before = read(address)
    (uid,) = [u for u, e in before.items() if e["DTSTART"].dt > demo_clinic.now()]
    staff = browser_of_staff(chromium, LIGHT)
    steps.staff_sign_in(staff, demo_clinic, *owner_sign_in(demo_clinic))
    staff.goto(f"{demo_clinic.url}/staff/courses/{course_of(demo_clinic, persona)}/sessions/2")
    move_by_a_day(staff, before[uid])
    moved = read(address)
    assert moved[uid]["DTSTART"].dt == before[uid]["DTSTART"].dt + timedelta(days=1)
    steps.press(staff, "Undo")
    expect(staff.locator("main")).to_contain_text("Taken back")
    after = read(address)
    assert after[uid]["DTSTART"] == before[uid]["DTSTART"]
    sequences = [int(feed[uid]["SEQUENCE"]) for feed in (before, moved, after)]
    assert sequences == sorted(set(sequences))
    assert downloaded(phone, demo_clinic, tmp_path / "one.ics") == {uid: after[uid]}
    phone.context.close()
    staff.context.close()


def downloaded(phone: Page, served: Served, path: Path) -> dict[str, Any]:
    """The single entry from the appointment's own page, where the move has cleared the ticks."""
    phone.goto(f"{served.url}/dates/sessions/2")
    expect(phone.locator("#prepare")).to_contain_text("0 of 4 done")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Add to calendar").click()
    download.value.save_as(path)
    return appointments_in(path.read_bytes())


def test_the_pages_of_a_date_have_nothing_for_axe_to_find(
    chromium: Browser, demo_clinic: Served
) -> None:
    page = phone_of(chromium, demo_clinic, PERSONA["preparing"], LIGHT)
    page.goto(f"{demo_clinic.url}/dates/calendar")
    steps.press(page, "Make the address")
    for path, variants in LOOKS.items():
        for variant in variants:
            show(page, demo_clinic.url + path, variant)
            problems = (violations(page), scrolls_sideways(page))
            assert problems == ([], False), f"{path} {variant.name}"
    page.context.close()
