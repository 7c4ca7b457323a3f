"""The owner reads what clients ask, and makes words and notes of it with one tap."""

from __future__ import annotations

import html

import pytest
from flask.testing import FlaskClient

from tests.asked import SWIM_NO, ask
from tests.web.desk import text_of
from tests.web.house import House
from webapp.services import asking, logins, protocol_notes, synonyms
from webapp.services.asking import newest_protocol

RADAR = "/staff/radar"
WORDS = f"{RADAR}/words"
NOTES = f"{RADAR}/notes"
NOT_SHOWN = "Questions that fewer than three people asked are not shown."


@pytest.fixture
def olga(house: House) -> FlaskClient:
    return house.browser_of("Olga")


def page(olga: FlaskClient) -> str:
    return text_of(olga.get(RADAR))


def asked(text: str) -> list[str]:
    return asking.matcher(newest_protocol()).activities_in(text)


def test_nothing_asked_is_a_page_that_teaches(olga: FlaskClient) -> None:
    words = page(olga)
    assert "Every search finds something When at least three clients look for" in words
    assert NOT_SHOWN in words


def test_what_two_people_asked_is_not_shown(house: House, olga: FlaskClient) -> None:
    ask(house.with_, "kombucha", people=2)
    ask(house.with_, "swim", SWIM_NO, people=2)
    words = page(olga)
    assert "Every search finds something" in words
    assert ("at least 2" in words, NOT_SHOWN in words) == (False, True)


def test_what_three_people_asked_is_shown_with_how_often_and_by_how_many(
    house: House, olga: FlaskClient
) -> None:
    ask(house.with_, "swim", SWIM_NO, people=4)
    ask(house.with_, "sauna", [("sauna", "ask")])
    house.clock.advance(days=1)
    ask(house.with_, "swim", SWIM_NO, people=4)
    words = page(house.browser_of("Olga"))
    assert "Go swimming at least 4 people 8 times" in words
    assert "27% of these questions were answered “ask your clinic”." in words
    assert words.count("Use a sauna at least 3 people 3 times") == 2


def test_of_all_activities_the_ten_most_asked_are_listed(house: House, olga: FlaskClient) -> None:
    for name in list(newest_protocol().activities)[:11]:
        ask(house.with_, name, [(name, "no")])
    assert page(olga).count("at least 3 people 3 times") == 10


def test_a_search_without_an_answer_offers_what_it_may_mean(
    house: House, olga: FlaskClient
) -> None:
    ask(house.with_, "Can I have kombucha?")
    words = page(olga)
    assert "kombucha 3 times, by at least 3 people Means: Alcohol Note it" in words


def test_one_tap_makes_a_synonym_and_another_undoes_it(house: House, olga: FlaskClient) -> None:
    ask(house.with_, "kombucha")
    assert olga.post(WORDS, data={"words": "kombucha", "activity": "alcohol"}).location == RADAR
    assert asked("kombucha") == ["alcohol"]
    words = page(olga)
    assert "“kombucha” now means: Alcohol. Clients get its answer from now on. Undo" in words
    assert "Every search finds something" in words
    assert "kombucha Means: Alcohol Remove" in words
    olga.post(f"{WORDS}/{synonyms.every()[0].id}/remove")
    assert asked("kombucha") == []
    assert "Removed. Clients are answered as before." in page(olga)


def test_one_tap_makes_a_note_that_can_be_done_and_opened_again(
    house: House, olga: FlaskClient
) -> None:
    ask(house.with_, "kombucha")
    olga.post(NOTES, data={"note": "kombucha"})
    words = page(olga)
    assert "In your notes" in words
    assert "Note it" not in words
    (note,) = protocol_notes.still_open()
    olga.post(f"{NOTES}/{note.id}/done")
    assert "Done. Undo" in page(olga)
    assert "In your notes" not in page(olga)
    olga.post(f"{NOTES}/{note.id}/open")
    assert "In your notes" in page(olga)


def test_another_meaning_begins_both_forms_with_the_words(house: House, olga: FlaskClient) -> None:
    ask(house.with_, "kombucha tea")
    answer = olga.get(RADAR)
    assert 'href="/staff/radar?about=kombucha+tea#your-words"' in answer.text
    begun = olga.get(f"{RADAR}?about=kombucha+tea").text
    assert 'value="kombucha tea"' in begun
    assert "kombucha tea:</textarea>" in begun


@pytest.mark.parametrize(
    ("typed", "noted"),
    [("kombucha:", "kombucha"), (" kombucha: yes ", "kombucha: yes"), (":", ":")],
)
def test_a_note_that_was_begun_and_not_gone_on_with_is_about_the_words(
    olga: FlaskClient, typed: str, noted: str
) -> None:
    olga.post(NOTES, data={"note": typed})
    assert [note.words for note in protocol_notes.still_open()] == [noted]


@pytest.mark.parametrize(
    ("words", "activity", "said"),
    [
        ("", "alcohol", "Enter the word or the phrase that clients use."),
        ("ж", "alcohol", "Enter the word or the phrase that clients use."),
        ("kombucha", "", "Choose what it means."),
        ("kombucha", "teleport", "Choose what it means."),
        ("can I", "alcohol", "These words stand in many questions."),
        ("hair", "alcohol", "These words stand in many questions."),
        ("swimming", "alcohol", "Clients who type this are already answered about: Swimming."),
        ("gym bag", "alcohol", "The search leaves these words aside"),
        ("ж" * 81, "alcohol", "Use at most 80 letters."),
        ("x" * 201, "alcohol", "Use at most 200 characters. You entered 201."),
        ("kom\x00bucha", "alcohol", "There is a character in it that cannot be shown."),
        ("<b>swimming</b>", "alcohol", "already answered about: Swimming."),
    ],
)
def test_what_cannot_be_a_synonym_is_said_and_nothing_typed_is_lost(
    olga: FlaskClient, words: str, activity: str, said: str
) -> None:
    answer = olga.post(WORDS, data={"words": words, "activity": activity})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not words or f'value="{html.escape(words)}"' in answer.text.replace("&#39;", "&#x27;")
    assert activity != "alcohol" or '<option value="alcohol" selected>' in answer.text


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "Enter what to remember."),
        ("  \n ", "Enter what to remember."),
        ("n" * 501, "Use at most 500 characters. You entered 501."),
        ("kom\x1bbucha", "There is a character in it that cannot be shown."),
    ],
)
def test_a_note_that_cannot_be_kept_is_said_and_not_lost(
    olga: FlaskClient, note: str, said: str
) -> None:
    answer = olga.post(NOTES, data={"note": note})
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert note.strip() in answer.text
    assert protocol_notes.still_open() == []


@pytest.mark.parametrize("about", ["%00", "%ED%B2%80", "x" * 5_000, "<script>alert(1)</script>"])
def test_whatever_stands_in_the_address_the_page_opens(olga: FlaskClient, about: str) -> None:
    answer = olga.get(f"{RADAR}?about={about}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_second_tap_on_something_gone_is_not_found(olga: FlaskClient) -> None:
    for address in (f"{WORDS}/999/remove", f"{NOTES}/999/done", f"{NOTES}/999/open"):
        assert olga.post(address).status_code == 404


@pytest.mark.parametrize("name", ["Iris", "Otto"])
def test_nobody_else_on_the_staff_finds_it(house: House, name: str) -> None:
    browser = house.browser_of(name)
    assert browser.get(RADAR).status_code == 404
    assert browser.post(WORDS, data={"words": "x", "activity": "sauna"}).status_code == 404
    assert "What clients ask" not in text_of(browser.get("/staff/settings"))


def test_the_owner_finds_it_in_the_settings(olga: FlaskClient) -> None:
    assert f'href="{RADAR}"' in olga.get("/staff/settings").text


def test_words_of_an_activity_that_is_gone_can_still_be_removed(
    house: House, olga: FlaskClient
) -> None:
    olga.post(WORDS, data={"words": "kombucha", "activity": "alcohol"})
    with house.writer() as writer:
        writer.connection().exec_driver_sql("UPDATE synonyms SET activity = 'misting'")
    assert "kombucha Means: misting Remove" in page(olga)


def seen(house: House, token: str) -> str:
    person = logins.find(house.with_, token)
    assert person is not None
    return person.seen


def test_copies_that_clients_keep_become_stale_with_every_change(
    house: House, olga: FlaskClient
) -> None:
    with house.writer() as writer:
        token = logins.begin(writer, house.accounts["Amira"], "a phone", house.clock.now())
    states = [seen(house, token)]
    olga.post(WORDS, data={"words": "kombucha", "activity": "alcohol"})
    states.append(seen(house, token))
    olga.post(WORDS, data={"words": "swimming", "activity": "alcohol"})
    assert seen(house, token) == states[-1], "a refused one changes nothing"
    olga.post(f"{WORDS}/{synonyms.every()[0].id}/remove")
    states.append(seen(house, token))
    assert len(set(states)) == 3
