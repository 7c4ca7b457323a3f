"""What people do on our pages, step by step, by the words they read on them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.journeys.served import Served

PASSWORD = "seven quiet herons by the lake"
DUBAI = ZoneInfo("Asia/Dubai")
NOTICE = (
    "We keep your name, phone number and treatment dates to show your aftercare. Ask us anything."
)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()


def submit(page: Page) -> None:
    """The one button at the end of a form."""
    page.locator("main form.form button").last.click()


def set_the_clinic_up(page: Page) -> None:
    """The owner, at the one-time link of the first start."""
    page.get_by_label("Your name").fill("Dana Ionescu")
    page.get_by_label("E-mail").fill("dana@clinic.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Clinic name").fill("Quiet Lake Clinic")
    page.get_by_label("Emergency number").fill("998")
    page.get_by_label("Name of the location").fill("Marina Walk")
    page.get_by_label("Phone").fill("+971 4 123 4567")
    press(page, "Set up and sign in")
    page.wait_for_url("**/staff")


def publish_the_notice(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/staff/settings/privacy")
    page.get_by_label("The notice").fill(NOTICE)
    press(page, "Publish")


def add_artist(page: Page, served: Served) -> str:
    """The owner adds an artist; returns the code of the artist's link."""
    page.goto(f"{served.url}/staff/settings/people/new")
    page.get_by_label("Name").fill("Iris Laurent")
    page.get_by_label("E-mail").fill("iris@clinic.example")
    page.get_by_label("Artist").check()
    press(page, "Add and make the link")
    return shown_code(page)


def shown_code(page: Page) -> str:
    """The code a page shows, without its gap."""
    code = page.locator(".code-value").inner_text()
    return "".join(code.split())


def choose_password(page: Page, served: Served, code: str) -> None:
    """A member of staff, at their link."""
    page.goto(f"{served.url}/join-staff")
    page.get_by_label("The code of your link").fill(code)
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Save and sign in")
    page.wait_for_url(f"{served.url}/staff")


def add_client(page: Page, served: Served) -> None:
    """Staff enter somebody new, which begins a course as well."""
    page.goto(f"{served.url}/staff/clients/new")
    page.get_by_label("Name").fill("Marta Rossi")
    page.get_by_label("Phone").fill("+971 50 100 0004")
    submit(page)
    page.wait_for_url("**/staff/courses/*")


def plan_session(page: Page, starts_at: datetime) -> None:
    """On a course's page: plan the next session at this instant."""
    local = starts_at.astimezone(DUBAI)
    page.locator("a[href$='/sessions/new']").first.click()
    page.get_by_label("Date").fill(local.strftime("%Y-%m-%d"))
    page.get_by_label("Time").fill(local.strftime("%H:%M"))
    press(page, "Save")
    # Whatever it would change is shown first; saving takes a second look.
    press(page, "Save it so")
    page.wait_for_url("**/staff/courses/*")


def enter_code(page: Page, served: Served, code: str) -> None:
    """A client, anywhere: type the code from the clinic."""
    page.goto(f"{served.url}/sign-in")
    type_code(page, code)


def type_code(page: Page, code: str) -> None:
    """A client, where a code is asked for."""
    page.get_by_label("Your code").fill(code)
    press(page, "Continue")


def agree(page: Page) -> None:
    """A client, before anything else: read the privacy notice and agree."""
    page.get_by_role("checkbox").check()
    press(page, "Agree and continue")


def staff_sign_in(page: Page, served: Served, email: str, password: str) -> None:
    page.goto(f"{served.url}/sign-in/staff")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")
    page.wait_for_url(f"{served.url}/staff")
