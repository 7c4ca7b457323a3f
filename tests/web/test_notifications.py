"""How somebody is told: chosen on one page, refused in words, never lost."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SetClock
from tests.web.browser_push import PushBrowser, push_browser
from tests.web.desk import text_of
from tests.web.house import House
from webapp.domain.notices import CHOOSABLE
from webapp.domain.preferences import Preferences
from webapp.services import notice_preferences

GOOD = {
    "pushed": ["lift", "healed"],
    "text": "full",
    "is_quiet": "yes",
    "quiet_from": "22:30",
    "quiet_until": "07:15",
}
REFUSED = [
    ({"text": ""}, "Choose what the lock screen shows."),
    ({"text": "loud"}, "Choose what the lock screen shows."),
    ({"pushed": ["lift", "stricter"]}, "one of these is not in it"),
    ({"pushed": ["<script>alert(1)</script>"]}, "one of these is not in it"),
    ({"quiet_from": "25:00"}, "Enter a time of day"),
    ({"quiet_from": "٢١:٠٠"}, "Enter a time of day"),
    ({"quiet_until": ""}, "Enter a time of day"),
    ({"quiet_until": "7"}, "Enter a time of day"),
    ({"quiet_until": "22:30"}, "Choose two different times"),
]


@pytest.fixture
def amira(house: House) -> PushBrowser:
    return push_browser(house)


def chosen(house: House, name: str = "Amira") -> Preferences:
    with house.app.app_context():
        return notice_preferences.chosen_by(house.person(name))


def checked(page: str) -> set[str]:
    return set(re.findall(r'value="([^"]+)" checked', page))


def test_who_never_chose_is_told_all_of_it_discreetly(amira: PushBrowser) -> None:
    page = amira.browser.get("/notifications").text
    assert checked(page) >= {*(kind.value for kind in CHOOSABLE), "discreet"}
    assert 'value="21:00"' in page
    assert 'value="08:00"' in page


def test_what_is_chosen_is_kept_and_shown(house: House, amira: PushBrowser) -> None:
    assert amira.browser.post("/notifications", data=GOOD).location == "/notifications"
    page = amira.browser.get("/notifications").text
    assert "Saved. It holds from the next message on." in page
    assert checked(page) == {"lift", "healed", "full", "yes"}
    assert chosen(house).muted == frozenset(CHOOSABLE) - {"lift", "healed"}
    assert (chosen(house).quiet_from.hour, chosen(house).quiet_until.minute) == (22, 15)


def test_without_quiet_hours_the_times_do_not_matter(house: House, amira: PushBrowser) -> None:
    form = GOOD | {"is_quiet": "", "quiet_from": "soon", "quiet_until": ""}
    assert amira.browser.post("/notifications", data=form).status_code == 303
    assert not chosen(house).has_quiet_hours
    # Turned on again, the usual hours wait there.
    assert 'value="21:00"' in amira.browser.get("/notifications").text


@pytest.mark.parametrize(("change", "words"), REFUSED, ids=str)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    house: House, amira: PushBrowser, change: dict[str, object], words: str
) -> None:
    answer = amira.browser.post("/notifications", data=GOOD | change)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "<script>alert" not in answer.text
    if "quiet_from" not in change:
        assert 'value="22:30"' in answer.text
    assert chosen(house) == Preferences()


def test_an_empty_form_mutes_nothing(house: House, amira: PushBrowser) -> None:
    assert amira.browser.post("/notifications").status_code == 422
    assert chosen(house).muted == frozenset()


def test_staff_choose_their_quiet_hours_only(house: House) -> None:
    otto = push_browser(house, "Otto").browser
    page = otto.get("/notifications").text
    assert "Quiet hours" in page
    assert "On the lock screen" not in page
    assert otto.post("/notifications", data=GOOD).status_code == 303
    assert (chosen(house, "Otto").muted, chosen(house, "Otto").is_discreet) == (frozenset(), True)
    assert chosen(house, "Otto").quiet_from.hour == 22


def test_both_texts_are_shown_before_one_is_chosen(amira: PushBrowser) -> None:
    words = text_of(amira.browser.get("/notifications"))
    assert "Your plan has an update" in words
    assert "You can wash with water only now" in words


def test_devices_are_listed_tested_and_removed(
    house: House, amira: PushBrowser, clock: SetClock
) -> None:
    amira.turn_on()
    clock.advance(days=1)
    tablet = push_browser(house, number=2)
    tablet.turn_on()
    words = text_of(tablet.browser.get("/notifications"))
    assert "This device. Turned on Tue 3 Mar." in words
    assert "Turned on Mon 2 Mar. Last opened Mon 2 Mar." in words
    assert amira.browser.post(tablet.row_link("remove")).location == "/notifications"
    assert "That device is told no more." in amira.browser.get("/notifications").text
    assert (tablet.compare().json or {})["state"] == "off"


def test_the_way_there_is_on_the_page_of_devices(house: House, amira: PushBrowser) -> None:
    assert 'href="/notifications"' in amira.browser.get("/devices").text
    otto = push_browser(house, "Otto").browser
    assert 'href="/notifications"' in otto.get("/devices").text
    assert 'href="/notifications"' in otto.get("/staff/settings").text


def test_the_sheet_says_what_and_how_often_before_anybody_asks(amira: PushBrowser) -> None:
    answer = amira.browser.get("/notifications/turn-on")
    for words in ("When something lifts", "A few short messages", "no more than that there is"):
        assert words in text_of(answer)
    assert "Nothing from 21:00 to 08:00" in text_of(answer)
    assert f'data-key="{amira.held["key"]}"' in answer.text
    assert "<noscript>" in answer.text


def test_the_sheet_says_what_was_chosen(amira: PushBrowser) -> None:
    amira.browser.post("/notifications", data=GOOD | {"is_quiet": ""})
    words = text_of(amira.browser.get("/notifications/turn-on"))
    assert "shows the whole message, as you chose" in words
    assert "Nothing from" not in words


def test_staff_read_what_staff_are_told(house: House) -> None:
    page = push_browser(house, "Iris").browser.get("/notifications/turn-on")
    words = text_of(page)
    assert 'href="/dates/calendar"' not in page.text
    assert "No message ever holds a client's name." in words
    assert "When something lifts" not in words


@pytest.mark.parametrize("query", ["?lang=x-pseudo", "?dir=rtl"])
def test_the_pages_pass_through_gettext_and_turn(amira: PushBrowser, query: str) -> None:
    amira.turn_on()
    for page in ("/notifications", "/notifications/turn-on"):
        answer = amira.browser.get(page + query)
        assert answer.status_code == 200
        assert "Quiet hours" not in answer.text or "pseudo" not in query
