"""What is typed into Can I …?: any text, kept as it is, never beside a secret in fewer bytes."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import update

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, SECOND_START, Phone, add_course, make_phone
from webapp.persistence.tables import TreatmentSession
from webapp.protocols.loader import protocols

PACKED = {"Accept-Encoding": "br"}
KILOBYTE = 1_024


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's, on the second day after session 1; session 2 is booked."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,), booked=(SECOND_START,))
    house.clock.at = FIRST_END + timedelta(days=2)
    return phone


def typed_into(page: str) -> str:
    """What stands in the field of a page."""
    field = re.search(r'<input class="control" type="search"[^>]*\bvalue="([^"]*)"', page)
    assert field
    return html.unescape(field[1])


# as it is sent, as it stays in the field
ODD = {
    "markup": ("<script>alert('x')</script>\"", "<script>alert('x')</script>\""),
    "controls": ("swim%00ming%1b[31m", "swim ming [31m"),
    "turning": ("hat%E2%80%AE!", "hat !"),
    "half a character": ("sauna%ED%B2%80", "sauna%ED%B2%80"),
    "spaces": ("++hair+%0a+wash+", "hair wash"),
    "two hundred": ("n" * 200, "n" * 200),
}


@pytest.mark.parametrize("kind", list(ODD))
def test_any_text_is_asked_and_stays_in_the_field(phone: Phone, kind: str) -> None:
    sent, kept = ODD[kind]
    answer = phone.open(f"/can-i?q={sent}")
    assert answer.status_code == 200
    assert typed_into(answer.text) == kept
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("length", [201, 6_000])
def test_a_text_too_long_is_refused_kindly_and_kept(phone: Phone, length: int) -> None:
    answer = phone.browser.get("/can-i", query_string={"q": "n" * length})
    assert answer.status_code == 422
    assert f"Use at most 200 characters. You entered {length}." in words_of(answer.text)
    assert typed_into(answer.text) == "n" * length
    assert "is-ask" not in main_of(answer)


def test_bytes_that_are_no_text_are_no_error(phone: Phone) -> None:
    assert phone.browser.get("/can-i?q=%ff%fe%00&day=%ff&hour=%00").status_code == 422
    assert phone.browser.get("/can-i?q=%ff%fe%00").status_code == 200


REPEATING = ["/can-i?q=swimming", "/can-i?day=2026-03-05", "/can-i?q=x&day=1", "/can-i/typed?q=sa"]


@pytest.mark.parametrize("address", REPEATING)
def test_a_page_that_repeats_what_was_typed_is_never_compressed(phone: Phone, address: str) -> None:
    answer = phone.browser.get(address, headers=PACKED)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("private")


def test_every_answer_together_is_compressed_and_light(phone: Phone) -> None:
    answer = phone.browser.get("/can-i", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "br"
    print(len(answer.data), "bytes")
    assert len(answer.data) <= 8 * KILOBYTE


def test_a_copy_is_of_one_question_only(phone: Phone) -> None:
    held = phone.open("/can-i?q=swimming")
    tag = {"If-None-Match": held.headers["ETag"]}
    again = [phone.open(f"/can-i?q={text}", None, **tag) for text in ("swimming", "sauna")]
    assert [answer.status_code for answer in again] == [304, 200]


def test_a_copy_ends_with_the_words_of_its_countdown(phone: Phone) -> None:
    held = phone.open("/can-i?q=swimming")
    tag = {"If-None-Match": held.headers["ETag"]}
    later = phone.open("/can-i?q=swimming", phone.house.clock.at + timedelta(seconds=1), **tag)
    assert "in 5 days" in words_of(held.text)
    assert "in 4 days 23 hours" in words_of(later.text)


def test_a_copy_ends_when_a_session_begins(phone: Phone) -> None:
    begins = SECOND_START + timedelta(minutes=7)
    with phone.house.writer() as writer:
        second = update(TreatmentSession).where(TreatmentSession.number == 2)
        writer.execute(second.values(starts_at=begins))
    held = phone.open("/can-i?q=swimming", begins - timedelta(seconds=1))
    begun = phone.open("/can-i?q=swimming", begins, **{"If-None-Match": held.headers["ETag"]})
    assert "Go swimming Yes" in words_of(held.text)
    assert "Go swimming No" in words_of(begun.text)


def test_every_row_leads_to_its_own_answer(phone: Phone) -> None:
    rows = re.findall(
        r'<a class="row-link" href="([^"]+)" dir="auto">([^<]+)<', phone.open("/can-i").text
    )
    assert len(rows) == len(protocols()["smp"].activities)
    for address, title in rows:
        shown = main_of(phone.open(html.unescape(address)))
        assert f'<h2 class="answer-question">{title}</h2>' in shown, unquote_plus(address)


def test_where_every_answer_stood_before_leads_here(phone: Phone) -> None:
    answer = phone.open("/all-answers")
    assert (answer.status_code, answer.location) == (308, "/can-i")


def test_today_asks_and_staff_who_look_on_do_not(personas: Personas) -> None:
    page = main_of(personas.phone("keep-dry").get("/"))
    assert 'action="/can-i"' in page
    assert 'name="q"' in page
    assert page.index('class="help"') < page.index('action="/can-i"')


def test_what_is_typed_so_far_is_answered_in_rows(phone: Phone) -> None:
    words = words_of(phone.open("/can-i/typed?q=swi").text)
    assert words.startswith("3 activities fit Go swimming No Until Mon 9 Mar, 16:30")
    assert words_of(phone.open("/can-i/typed?q=exfol").text).startswith("1 activity fits Scratch")


@pytest.mark.parametrize(
    "query", ["q=fly+a+kite", "q=", "", "q=sauna&day=1999-01-01", "q=" + "n" * 999]
)
def test_where_nothing_fits_the_whole_question_can_be_asked(phone: Phone, query: str) -> None:
    answer = phone.open(f"/can-i/typed?{query}")
    assert answer.status_code == 200
    assert words_of(answer.text).startswith("Nothing fits by its name yet.")
    assert "row" not in answer.text


def test_rows_for_another_day_say_so(phone: Phone) -> None:
    answer = phone.open("/can-i/typed?q=swi&day=2026-03-09&hour=17")
    assert "Expected for Monday 9 March, 17:00 Go swimming Yes" in words_of(answer.text)
    assert "day=2026-03-09&amp;hour=17" in answer.text
