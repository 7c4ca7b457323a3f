"""Staff at real browsers: a passkey on a device, an app beside it, and no script at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PhoneMaker
from tests.journeys.served import Served
from tests.journeys.steps import follow, press
from webapp.domain.people import Role, SignedIn
from webapp.services import second_factors

# These walks go on before a page has come in.
STILL = {"reduced_motion": "reduce"}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


# A browser of a few years ago, which reads and writes no passkey as JSON by itself.
OLDER = """
// An empty page knows no passkeys at all.
if ("PublicKeyCredential" in window) {
  delete PublicKeyCredential.parseCreationOptionsFromJSON;
  delete PublicKeyCredential.parseRequestOptionsFromJSON;
  delete PublicKeyCredential.prototype.toJSON;
}
"""


@pytest.fixture(autouse=True)
def nobody_keeps_one(clinic: Served) -> Iterator[None]:
    """Whatever a walk has set up is taken away after it."""
    yield
    with clinic.beside.app_context():
        for account_id in second_factors.holders():
            by = SignedIn(account_id, 0, Role.OWNER, "", "")
            second_factors.reset(clinic.beside.extensions["collaborators"], by, account_id)


def named(served: Served) -> str:
    """The address by name: browsers make no passkeys for a number."""
    return served.url.replace("127.0.0.1", "localhost")


def demo_sign_in(served: Served, who: str) -> tuple[str, str]:
    """The e-mail address and password that the start printed for the `owner` or `artist`."""
    words = next(line.split() for line in served.said.splitlines() if f"{who}@" in line)
    return words[1], words[2]


def type_password(page: Page, served: Served, who: str, at: str = "") -> None:
    email, password = demo_sign_in(served, who)
    page.goto(f"{at or named(served)}/sign-in/staff")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def arrive(page: Page) -> None:
    """Wait for the board, which nobody sees who is not signed in."""
    page.wait_for_url(re.compile(r"//[^/]+/staff$"))


def sign_out(page: Page, served: Served) -> None:
    page.goto(f"{named(served)}/staff/settings")
    press(page, "Sign out")
    page.wait_for_url("**/sign-in")


def give_device(page: Page, **more: object) -> str:
    """A device in the browser that keeps passkeys and knows its holder; returns its id."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | more})
    return str(made["authenticatorId"])


def add_passkey(page: Page, served: Served) -> None:
    page.goto(f"{named(served)}/staff/security")
    follow(page, "Add a passkey")
    press(page, "Add the passkey")


def sign_in_alone(page: Page, served: Served) -> None:
    page.goto(f"{named(served)}/sign-in/staff")
    press(page, "Sign in with a passkey")
    arrive(page)


def test_a_passkey_is_added_and_signs_in_alone(new_phone: PhoneMaker, clinic: Served) -> None:
    page = new_phone(**STILL).open(f"{named(clinic)}/sign-in/staff")
    give_device(page)
    type_password(page, clinic, "artist")
    arrive(page)
    add_passkey(page, clinic)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    press(page, "Make ten codes")
    expect(page.locator("ol.recovery li")).to_have_count(10)
    press(page, "I have kept them")
    expect(page.locator("main")).to_contain_text("10 codes left")
    sign_out(page, clinic)
    sign_in_alone(page, clinic)
    # Signed in so, nothing more is asked for.
    page.goto(f"{named(clinic)}/staff/security/recovery")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_a_passkey_follows_the_password_where_the_address_has_a_name(
    new_phone: PhoneMaker, clinic: Served
) -> None:
    page = new_phone(**STILL).open(f"{clinic.url}/sign-in/staff")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    type_password(page, clinic, "reception", at=clinic.url)
    arrive(page)
    page.goto(f"{clinic.url}/staff/security/passkeys/new")
    expect(page.get_by_text("Passkeys work at this address only:")).to_be_visible()
    give_device(page)
    type_password(page, clinic, "reception")
    arrive(page)
    add_passkey(page, clinic)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page, clinic)
    type_password(page, clinic, "reception")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    press(page, "Use a passkey")
    arrive(page)


def test_an_older_browser_adds_and_shows_a_passkey_too(
    new_phone: PhoneMaker, clinic: Served
) -> None:
    phone = new_phone(**STILL)
    phone.context.add_init_script(OLDER)
    page = phone.open(f"{named(clinic)}/sign-in/staff")
    assert page.evaluate("'parseCreationOptionsFromJSON' in PublicKeyCredential") is False
    give_device(page)
    type_password(page, clinic, "owner")
    arrive(page)
    add_passkey(page, clinic)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page, clinic)
    sign_in_alone(page, clinic)


def test_a_device_that_does_not_know_its_holder_is_no_way_in(
    new_phone: PhoneMaker, clinic: Served
) -> None:
    page = new_phone(**STILL).open(f"{named(clinic)}/sign-in/staff")
    give_device(page, isUserVerified=False)
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("No passkey was used.").first).to_be_visible()
    assert page.url.endswith("/sign-in/staff")


def test_an_app_is_set_up_and_asked_for_without_any_script(
    new_phone: PhoneMaker, clinic: Served
) -> None:
    page = new_phone(**STILL, java_script_enabled=False).open(f"{named(clinic)}/sign-in/staff")
    type_password(page, clinic, "owner")
    key = set_app_up(page, clinic)
    press(page, "Make ten codes")
    recovery = page.locator("ol.recovery li").first.inner_text()
    press(page, "I have kept them")
    sign_out(page, clinic)
    type_password(page, clinic, "owner")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    clinic.advance(seconds=30)
    page.get_by_label("Code from your app").fill(code_now(clinic, key))
    press(page, "Continue")
    arrive(page)
    sign_out(page, clinic)
    type_password(page, clinic, "owner")
    page.get_by_text("Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery)
    press(page, "Continue")
    arrive(page)


def set_app_up(page: Page, served: Served) -> str:
    """From the overview to an app that counts; returns its key."""
    page.goto(f"{named(served)}/staff/security")
    follow(page, "Authenticator app")
    press(page, "Show the QR code")
    expect(page.locator(".code-value span").first).to_be_visible()
    key = "".join(page.locator(".code-value span").all_inner_texts())
    page.get_by_role("textbox", name="Code").fill(code_now(served, key))
    press(page, "Set up")
    return key


def code_now(served: Served, key: str) -> str:
    """What an app with this key shows on the server's clock."""
    authenticator = served.beside.extensions["collaborators"].authenticator
    return str(authenticator.code_at(key, served.now()))
