"""A question on Can I …? is counted for the owner's radar, and its answer never waits for that."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests.web.house import House
from tests.web.phone import FIRST_END, Phone, add_course, make_phone
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import AskedQuestion


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's, on the second day after session 1."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,))
    house.clock.at = FIRST_END + timedelta(days=2)
    return phone


def counted() -> list[tuple[str, str]]:
    reading().rollback()
    rows = reading().execute(select(AskedQuestion.subject, AskedQuestion.answer))
    return sorted((subject, answer) for subject, answer in rows)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/can-i?q=can+I+swim", [("swimming", "no")]),
        ("/can-i?q=kombucha+tonight", [("kombucha", "")]),
        ("/can-i?q=shave&day=2026-03-20&hour=9", [("shave", "ask")]),
        ("/can-i", []),
        ("/can-i?day=2026-03-20&hour=9", []),
        ("/can-i?q=" + "a" * 201, []),
        ("/can-i/typed?q=swimm", []),
    ],
)
def test_what_is_asked_is_counted_and_nothing_else(
    phone: Phone, address: str, kept: list[tuple[str, str]]
) -> None:
    phone.browser.get(address)
    assert counted() == kept


def test_a_page_from_the_phones_own_copy_is_no_question(phone: Phone) -> None:
    tag = phone.browser.get("/can-i?q=swim").headers["ETag"]
    with writing() as writer:
        writer.execute(delete(AskedQuestion))
    again = phone.browser.get("/can-i?q=swim", headers={"If-None-Match": tag})
    assert (again.status_code, counted()) == (304, [])


def test_the_answer_comes_though_it_cannot_be_counted(phone: Phone) -> None:
    other = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = phone.browser.get("/can-i?q=swim")
    other.execute("ROLLBACK")
    other.close()
    assert (answer.status_code, "Go swimming" in answer.text) == (200, True)
    assert counted() == []
