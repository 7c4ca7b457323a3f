"""The inbox page and what is new on Today, as a client meets them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.told import WATER, plan, tell
from tests.web.house import House
from tests.web.personas import words_of
from tests.web.phone import FIRST_END, Phone, add_course, make_phone
from webapp.domain.notices import NoticeKind

WATER_AT = FIRST_END + timedelta(days=5)
STRICTER = {"activities": {"wash-shampoo": ["no", "2026-03-11T12:30:00+00:00", None]}}
NEWS = "Since your last visit"


@pytest.fixture
def phone(house: House) -> Phone:
    """Amira's phone; her first session has ended, and it is five days later."""
    phone = make_phone(house)
    add_course(phone, done=(FIRST_END,))
    house.clock.at = WATER_AT + timedelta(minutes=5)
    return phone


def told(phone: Phone, kind: NoticeKind, at: datetime = WATER_AT, **values: object) -> int:
    account_id = phone.house.accounts["Amira"]
    return tell(account_id, kind, at, course_id=phone.course_id, **values)


def told_water(phone: Phone) -> int:
    return told(phone, NoticeKind.LIFT, content=WATER)


def told_stricter(phone: Phone) -> int:
    return told(phone, NoticeKind.STRICTER, content=STRICTER)


def post(phone: Phone, path: str, **fields: object) -> str:
    answer = phone.browser.post(path, data=fields)
    assert answer.status_code == 303, answer.status
    return answer.location


def badge(phone: Phone, path: str = "/") -> str:
    found = re.search(r'class="count"[^>]*>([^<]*)<', phone.open(path).text)
    assert found is not None
    return found[1].strip()


@pytest.mark.parametrize("kind", [NoticeKind.PHOTO, NoticeKind.PHOTO_WANTED])
def test_a_notice_about_photos_leads_to_them(phone: Phone, kind: NoticeKind) -> None:
    told(phone, kind)
    for path in ("/inbox", "/"):
        assert 'class="more" href="/photos"' in phone.open(path).text


def test_an_empty_inbox_says_what_will_stand_there(phone: Phone) -> None:
    words = phone.words("/inbox")
    assert "Nothing here yet" in words
    assert "whether it reached your phone or not" in words


def test_notices_stand_under_the_day_they_were_told(phone: Phone) -> None:
    for days in (0, 1, 3):
        told(phone, NoticeKind.PHOTO, WATER_AT - timedelta(days=days))
    titles = re.findall(r'section-title">([^<]+)<', phone.open("/inbox").text)
    assert titles == ["Today", "Yesterday", "Wed 4 Mar"]
    assert "New · 16:30 There is a new photo" in phone.words("/inbox")


def test_days_and_times_are_those_of_the_phone(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Pacific/Auckland"})
    told(phone, NoticeKind.PHOTO)
    assert "Today New · 01:30" in phone.words("/inbox")


def test_what_lifted_is_worded_with_its_condition(phone: Phone) -> None:
    told_water(phone)
    words = phone.words("/inbox")
    assert "You can wash with water only With lukewarm water only, gently, no shampoo." in words


def test_what_lifted_once_and_does_not_hold_is_no_invitation(phone: Phone) -> None:
    told_water(phone)
    phone.house.clock.at = WATER_AT - timedelta(seconds=1)
    words = phone.words("/inbox")
    assert "You could wash with water only" in words
    assert "This does not hold any more. Today shows what does." in words
    assert "You can wash" not in words


def test_looking_marks_nothing_and_the_button_does(phone: Phone) -> None:
    ids = [told_water(phone), told(phone, NoticeKind.PHOTO)]
    phone.open("/inbox")
    assert badge(phone) == "2"
    assert post(phone, "/inbox/read", notice=ids) == "/inbox"
    assert badge(phone) == ""
    assert "New ·" not in phone.words("/inbox")


@pytest.mark.parametrize("notice", ["", "0", "-1", "nonsense", "9" * 30, "999999"])
def test_made_up_ids_are_read_by_nobody(phone: Phone, notice: str) -> None:
    told_water(phone)
    assert post(phone, "/inbox/read", notice=notice) == "/inbox"
    assert badge(phone) == "1"


def test_the_form_holds_what_its_page_shows_and_what_is_left_then(phone: Phone) -> None:
    told_stricter(phone)
    ids = {str(told(phone, NoticeKind.PHOTO)) for _ in range(2)}
    body = phone.open("/inbox").text
    assert set(re.findall(r'name="notice" value="(\d+)"', body)) == ids
    assert 'data-left="1"' in body
    assert 'data-left-words="Inbox, 1 unread"' in body


def test_a_proof_that_pushes_arrive_is_no_news(phone: Phone) -> None:
    told(phone, NoticeKind.WELCOME)
    told(phone, NoticeKind.TEST)
    assert badge(phone) == ""
    assert "Nothing here yet" in phone.words("/inbox")


@pytest.mark.parametrize(("count", "shown"), [(1, "1"), (9, "9"), (10, "9+"), (25, "9+")])
def test_the_badge_counts_as_far_as_it_has_room(phone: Phone, count: int, shown: str) -> None:
    for _ in range(count):
        told(phone, NoticeKind.PHOTO)
    assert badge(phone) == shown
    page = phone.open("/dates").text
    assert f'aria-label="Inbox, {shown} unread"' in page
    # For the app's icon, which has room for all of it.
    assert f'data-unread="{count}"' in page


def test_older_notices_stand_on_further_pages(phone: Phone) -> None:
    for hour in range(21):
        told(phone, NoticeKind.PHOTO, WATER_AT - timedelta(hours=hour))
    first = phone.open("/inbox").text
    (older,) = re.findall(r'href="(/inbox\?before=\d+)"', first)
    assert first.count("There is a new photo") == 20
    assert phone.words(older).count("There is a new photo") == 1


def test_today_shows_what_is_new_until_it_was_read(phone: Phone) -> None:
    assert NEWS not in phone.words()
    notice_id = told_water(phone)
    assert f"{NEWS} New · Today, 16:30 You can wash with water only" in phone.words()
    assert post(phone, "/inbox/read", **{"notice": notice_id, "from": "today"}) == "/"
    assert NEWS not in phone.words()


def test_today_shows_no_more_than_three_news(phone: Phone) -> None:
    for _ in range(5):
        told(phone, NoticeKind.PHOTO)
    assert phone.words().count("There is a new photo") == 3


def test_what_became_stricter_stands_at_the_top_until_it_is_acknowledged(phone: Phone) -> None:
    notice_id = told_stricter(phone)
    told(phone, NoticeKind.PHOTO, WATER_AT + timedelta(minutes=1))
    page = phone.words()
    title = "Plan changed: please wait with shampoo"
    assert page.index(title) < page.index("Can I wash my hair?")
    assert f"{NEWS} New · Today, 16:30 {title} Not yet: Shampoo, until Wed 11 Mar, 16:30" in page
    assert post(phone, f"/inbox/{notice_id}/acknowledge", **{"from": "today"}) == "/"
    assert title not in phone.words()
    assert badge(phone) == "1"


def test_what_must_be_acknowledged_is_not_read_by_looking(phone: Phone) -> None:
    notice_id = told_stricter(phone)
    post(phone, "/inbox/read", notice=notice_id)
    assert "I have read this" in phone.words("/inbox")
    assert post(phone, f"/inbox/{notice_id}/acknowledge") == "/inbox"
    assert "I have read this" not in phone.words("/inbox")


def test_a_copy_of_today_does_not_outlive_the_news(phone: Phone) -> None:
    notice_id = told_water(phone)
    held = phone.open()
    tag = {"If-None-Match": held.headers["ETag"]}
    assert phone.browser.get("/", headers=tag).status_code == 304
    post(phone, "/inbox/read", notice=notice_id)
    fresh = phone.browser.get("/", headers=tag)
    assert (fresh.status_code, NEWS in words_of(fresh.text)) == (200, False)


def test_the_inbox_is_kept_nowhere(phone: Phone) -> None:
    assert phone.open("/inbox").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/inbox", "/"])
def test_every_text_is_translated(phone: Phone, path: str) -> None:
    told_stricter(phone)
    told_water(phone)
    body = phone.open(f"{path}?lang=x-pseudo").text
    inbox = re.findall(r'(?s)<ul class="rows is-inbox">(.*?)</ul>\s*<', body)[0]
    texts = [text.strip() for text in re.split(r"<[^>]+>", inbox)]
    assert [text for text in texts if re.search(r"[a-z]", text) and "[" not in text] == []


def test_what_is_planned_for_later_is_not_shown(phone: Phone) -> None:
    plan(phone.house.accounts["Amira"], NoticeKind.LIFT, NOON, content=WATER)
    assert badge(phone) == ""
    assert "Nothing here yet" in phone.words("/inbox")


def test_staff_have_no_inbox(house: House) -> None:
    iris = house.browser_of("Iris")
    assert iris.get("/inbox").status_code == 404
    assert "top-inbox" not in iris.get("/staff").text
