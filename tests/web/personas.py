"""The demo clinic's clients at their phones: one in every phase of healing."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import SetClock
from webapp.domain.people import Role
from webapp.persistence import course_saving, courses
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import Account, Client, Consent, Course
from webapp.services import demo, logins, today
from webapp.services.demo_personas import PERSONAS, Story
from webapp.services.today import Facts


@dataclass(frozen=True)
class Personas:
    """The demo clinic, its stories told at the clock's present."""

    app: Flask
    clock: SetClock

    def client_id(self, key: str) -> int:
        """The client of the persona that the demo calls `key`."""
        return self._client(key).id

    def course_id(self, key: str) -> int:
        """The newest course of that client."""
        newest = select(func.max(Course.id)).where(Course.client_id == self.client_id(key))
        return reading().scalars(newest).one()

    def phone(self, key: str, zone: str = "") -> FlaskClient:
        """Their phone, signed in, with the consent given; in `zone`, where one is named."""
        client = self._client(key)
        with writing() as writer:
            consent = Consent(account_id=client.account_id, notice_version=1)
            consent.consented_at = self.clock.now()
            writer.add(consent)
            token = logins.begin(writer, client.account_id, "Phone", self.clock.now())
        phone = self.app.test_client()
        phone.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        phone.set_cookie("liftday", token)
        if zone:
            phone.post("/time-zone", data={"zone": zone})
        return phone

    def desk(self) -> FlaskClient:
        """The reception's browser, signed in."""
        found = select(Account.id).where(Account.role == Role.RECEPTION)
        with writing() as writer:
            account_id = writer.scalars(found).one()
            token = logins.begin(writer, account_id, "Desk", self.clock.now())
        browser = self.app.test_client()
        browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        browser.set_cookie("liftday", token)
        return browser

    def facts(self, key: str, now: datetime | None = None) -> Facts:
        """What the pages of this client are made of."""
        found = today.facts_of(self.client_id(key), now or self.clock.now())
        assert found is not None
        return found

    def retell(self, key: str, story: Story) -> None:
        """Change the facts of this client's course, as staff would, to these."""
        with writing() as writer:
            stored = courses.load(writer, self.course_id(key))
            assert stored is not None
            state = story.state(ZoneInfo(stored.location.zone))
            course_saving.save(writer, stored.id, replace(state, closed_at=None))

    def _client(self, key: str) -> Client:
        number = next(persona.phone for persona in PERSONAS if persona.key == key)
        return reading().scalars(select(Client).where(Client.phone == number)).one()


def tell_personas(app: Flask, clock: SetClock) -> Personas:
    """The demo clinic in the application's fresh database."""
    demo.fill(app.extensions["collaborators"])
    return Personas(app, clock)


def keep(app: Flask, told: Path) -> None:
    """Store the database in `told`: to tell the stories again costs more than most tests."""
    db.session.remove()
    db.engine.dispose()
    shutil.copy(app.extensions["settings"].data_folder / "test.sqlite", told)


def bring_back(app: Flask, told: Path) -> None:
    """Put the database that `keep` has stored in the place of the present one."""
    db.session.remove()
    db.engine.dispose()
    folder = app.extensions["settings"].data_folder
    for old in folder.glob("test.sqlite*"):
        old.unlink()
    shutil.copy(told, folder / "test.sqlite")


def words_of(body: str) -> str:
    """The visible words of HTML, in order, with single spaces; no state that is yet to come."""
    shown = re.sub(r"<(template|style|script|head)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def main_of(answer: TestResponse) -> str:
    """The HTML of what the page itself says, without the frame around it."""
    main = answer.text.partition('id="main"')[2].partition(">")[2]
    return main.partition("</main>")[0]


def states_of(answer: TestResponse) -> list[tuple[str, str]]:
    """The instants of the states that the page keeps for later, each with its words."""
    kept = re.findall(r'<template data-at="([^"]+)"[^>]*>(.*?)</template>', answer.text, re.DOTALL)
    return [(at, words_of(words)) for at, words in kept]


def section_of(answer: TestResponse, kind: str) -> str:
    """The HTML of one of the lists on Today: `is-no` for Not yet, `is-yes` for You can."""
    found = re.search(rf'<section class="dos {kind}">(.*?)</section>', answer.text, re.DOTALL)
    return found[1] if found else ""


def lines_of(answer: TestResponse, kind: str) -> list[str]:
    """The words of every line of that list."""
    lists = section_of(answer, kind).partition('<ul class="dos-groups">')[2]
    lines = re.split(r'<li>\s*(?=<p>|<p class="dos-when">)', lists.rpartition("</ul>")[0])
    return [words_of(line) for line in lines[1:]]


def card_of(answer: TestResponse) -> str:
    """The words of the large answer, with what stands below it."""
    found = re.search(r'<section class="answer card">(.*?)</section>', answer.text, re.DOTALL)
    assert found is not None
    return words_of(found[1])
