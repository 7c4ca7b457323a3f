"""Clients: added, found by what people type, edited."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.services.scene import Scene, dubai
from webapp.domain.codes import ALPHABET
from webapp.domain.edit_rules import EditRefused
from webapp.persistence.clients import folded
from webapp.persistence.database import reading
from webapp.persistence.tables import Account, Client
from webapp.services import clients
from webapp.services.clients import ClientRefused, NewClient, StaleClient, UnknownClient
from webapp.services.courses import NewCourse, all_of


def names(typed: str) -> list[str]:
    return [line.name for line in clients.search(typed)]


def test_a_new_client_has_an_account_and_a_short_code(scene: Scene) -> None:
    client_id = scene.add_client("  Amira   Saleh ", "050 123 4567")
    file = clients.read(client_id)
    assert file is not None
    assert (file.name, file.phone, file.location_name) == ("Amira Saleh", "+971501234567", "Marina")
    assert len(file.code) == 5
    assert set(file.code) <= set(ALPHABET)
    account = reading().get(Account, file.account_id)
    assert account is not None
    assert (account.role, account.email) == ("client", None)


KEPT = [
    "Zoë O'Brien-Łukasz",
    "أميرة صالح",
    "דנה לוי",
    "👩🏽‍🦱 Amira",
    "<script>alert(1)</script>",
    "Ли",
    "王小明",
    "x" * 200,
    "100 % _ \\",
]


@pytest.mark.parametrize("name", KEPT)
def test_a_name_is_kept_as_it_is_written_and_found_again(scene: Scene, name: str) -> None:
    file = clients.read(scene.add_client(name))
    assert file is not None
    assert file.name == name
    assert names(name.split(maxsplit=1)[0]) == [name]


REFUSED = [
    ("", "", "", "name-missing"),
    (" \u200b\u200f ", "", "", "name-missing"),
    ("...", "", "", "name-missing"),
    ("x" * 201, "", "", "name-too-long"),
    ("y" * 10_240, "", "", "name-too-long"),
    ("A\0B", "", "", "name-unreadable"),
    ("A\ud800B", "", "", "name-unreadable"),
    ("Amira", "12", "", "phone-wrong"),
    ("Amira", "call me", "", "phone-wrong"),
    ("Amira", "+971 50 123 4567 ext. 5", "", "phone-wrong"),
    ("Amira", "+999 123 456 789", "", "phone-wrong"),
    ("Amira", "5" * 10_240, "", "phone-wrong"),
    ("Amira", "", "n" * 2_001, "note-too-long"),
    ("Amira", "", "bell \a", "note-unreadable"),
]


@pytest.mark.parametrize(("name", "phone", "note", "code"), REFUSED)
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(
    scene: Scene, name: str, phone: str, note: str, code: str
) -> None:
    with pytest.raises(ClientRefused) as caught:
        clients.add(scene.with_, scene.iris, NewClient(name, phone, scene.location_id, note))
    assert caught.value.code == code
    assert clients.search("") == []


def test_a_client_belongs_to_a_location_in_use(scene: Scene) -> None:
    with pytest.raises(ClientRefused) as caught:
        clients.add(scene.with_, scene.iris, NewClient("Amira", "", 999))
    assert caught.value.code == "location-unknown"


PHONES = [
    ("+359 88 812-3456", "+359888123456"),
    ("00359888123456", "+359888123456"),
    ("(050) 123 4567", "+971501234567"),
    ("٠٥٠١٢٣٤٥٦٧", "+971501234567"),
    ("  ", ""),
]


@pytest.mark.parametrize(("typed", "stored"), PHONES)
def test_a_phone_number_is_stored_in_one_form(scene: Scene, typed: str, stored: str) -> None:
    file = clients.read(scene.add_client(phone=typed))
    assert file is not None
    assert file.phone == stored


SEARCHES = [
    ("", ["Łukasz Ødegård", "Marta 100% Rossi", "Zoë van Leeuwen"]),
    ("zo", ["Zoë van Leeuwen"]),
    ("ZOË", ["Zoë van Leeuwen"]),
    ("leeu", ["Zoë van Leeuwen"]),
    ("leeuwen zoe", ["Zoë van Leeuwen"]),
    ("euwen", []),
    ("lukasz odeg", ["Łukasz Ødegård"]),
    ("%", []),
    ("_", []),
    ("100%", ["Marta 100% Rossi"]),
    ("050 123", ["Zoë van Leeuwen"]),
    ("+97150123", ["Zoë van Leeuwen"]),
    ("0097150123", ["Zoë van Leeuwen"]),
    ("٠٥٠١٢٣", ["Zoë van Leeuwen"]),
    ("4567", ["Zoë van Leeuwen"]),
    ("45", []),
    ("zoe\0", ["Zoë van Leeuwen"]),
    ("'; DROP TABLE clients; --", []),
    ("\ud800", ["Łukasz Ødegård", "Marta 100% Rossi", "Zoë van Leeuwen"]),
]


@pytest.mark.parametrize(("typed", "found"), SEARCHES)
def test_clients_are_found_by_the_beginning_of_any_word_or_by_phone(
    scene: Scene, typed: str, found: list[str]
) -> None:
    scene.add_client("Zoë van Leeuwen", "0501234567")
    scene.add_client("Marta 100% Rossi")
    scene.add_client("Łukasz Ødegård")
    assert names(typed) == found


def test_a_client_is_found_by_the_beginning_of_the_code(scene: Scene) -> None:
    file = clients.read(scene.add_client())
    assert file is not None
    scene.add_client("Somebody Else")
    assert names(file.code[:4].lower()) == ["Amira Saleh"]
    assert names(f" {file.code} ") == ["Amira Saleh"]


def test_the_list_is_cut_at_its_limit_and_leads_to_the_running_course(scene: Scene) -> None:
    client_id = scene.add_client("Amira")
    course_id = scene.begin(client_id)
    for name in ("Bella", "Carla"):
        scene.add_client(name)
    lines = clients.search("", limit=2)
    assert [(line.name, line.course_id) for line in lines] == [
        ("Amira", course_id),
        ("Bella", None),
    ]


def test_arabic_is_found_without_its_vowel_signs() -> None:
    assert folded("أَمِيرَة") == folded("اميرة")


def test_an_edit_is_saved_and_found_under_the_new_name(scene: Scene) -> None:
    client_id = scene.add_client("Amira Saleh")
    new = NewClient("Amira Khoury", "+359888123456", scene.location_id, "Prefers\r\nmornings")
    clients.edit(scene.with_, scene.iris, client_id, 1, new)
    file = clients.read(client_id)
    assert file is not None
    assert (file.version, file.name, file.note) == (2, "Amira Khoury", "Prefers\nmornings")
    assert (names("saleh"), names("khoury")) == ([], ["Amira Khoury"])


def test_an_edit_tells_the_clients_own_pages_that_something_changed(scene: Scene) -> None:
    client_id = scene.add_client()
    new = NewClient("Amira Khoury", "", scene.location_id)
    clients.edit(scene.with_, scene.iris, client_id, 1, new)
    assert reading().scalar(select(Client.seen_version).where(Client.id == client_id)) == 2


def test_two_edits_of_one_version_do_not_overwrite_each_other(scene: Scene) -> None:
    client_id = scene.add_client()
    clients.edit(scene.with_, scene.iris, client_id, 1, NewClient("One", "", scene.location_id))
    with pytest.raises(StaleClient):
        clients.edit(scene.with_, scene.otto, client_id, 1, NewClient("Two", "", scene.location_id))
    with pytest.raises(UnknownClient):
        clients.edit(scene.with_, scene.otto, 999, 1, NewClient("Two", "", scene.location_id))
    assert names("") == ["One"]


def test_a_client_with_past_sessions_is_added_as_a_whole(scene: Scene) -> None:
    past = ((dubai(2, 2, 10), dubai(2, 2, 13)),)
    new = NewClient("Amira Saleh", "", scene.location_id)
    course = NewCourse(0, scene.location_id, past_sessions=past)
    client_id, course_id = clients.add_with_course(scene.with_, scene.iris, new, course)
    assert [file.id for file in all_of(client_id)] == [course_id]
    assert scene.file(course_id).course.live[0].ended_at == dubai(2, 2, 13)


def test_a_client_whose_past_sessions_cannot_be_true_is_not_added_at_all(scene: Scene) -> None:
    past = ((dubai(2, 2, 13), dubai(2, 2, 10)),)
    new = NewClient("Amira Saleh", "", scene.location_id)
    with pytest.raises(EditRefused):
        clients.add_with_course(
            scene.with_, scene.iris, new, NewCourse(0, scene.location_id, past_sessions=past)
        )
    assert reading().scalar(select(func.count(Client.id))) == 0
