"""A new version of the app waits until it is wanted."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from sqlalchemy import update

from tests.journeys.offline_phone import phone_with_copy
from tests.journeys.served import Served
from webapp.persistence.database import writing
from webapp.persistence.tables import Clinic


def test_a_new_version_is_offered_and_comes_with_a_tap(chromium: Browser, clinic: Served) -> None:
    page = phone_with_copy(chromium, clinic, "keep-dry")
    expect(page.get_by_text("There is a new version of this app.")).to_have_count(0)
    with clinic.beside.app_context(), writing() as writer:
        # The worker says the clinic's name: with another name it is another worker.
        writer.execute(update(Clinic).values(name="Quiet Lake Clinic"))
    page.reload()
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    expect(page.get_by_text("There is a new version of this app.")).to_be_visible()
    assert page.evaluate("async () => Boolean((await navigator.serviceWorker.ready).waiting)")
    with page.expect_navigation():
        page.get_by_role("button", name="Update").click()
    expect(page.locator(".answer-state")).to_be_visible()
    assert not page.evaluate("async () => Boolean((await navigator.serviceWorker.ready).waiting)")
    page.context.set_offline(True)
    page.goto(clinic.url)
    expect(page.locator("[data-offline]")).to_be_visible()
    page.context.close()
