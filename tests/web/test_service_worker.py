"""The service worker travels as one plain script from the root, and says the clinic's name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.web.house import House
from webapp.persistence.tables import Clinic

WORKER = "/service-worker.js"
FOLDER = Path(__file__).parents[2] / "service_worker"


def words_of(script: str) -> dict[str, str]:
    found = re.search(r"^const WORDS = (.*);$", script, re.MULTILINE)
    assert found is not None
    words: dict[str, str] = json.loads(found[1])
    return words


@pytest.fixture
def phone(house: House) -> FlaskClient:
    return house.browser()


def test_it_serves_the_whole_site_and_is_asked_for_each_time(phone: FlaskClient) -> None:
    answer = phone.get(WORKER)
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_an_unchanged_one_is_not_sent_again(phone: FlaskClient, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    tag = phone.get(WORKER, headers=headers).headers["ETag"]
    again = phone.get(WORKER, headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_every_module_is_in_it_once_and_nothing_is_left_to_import(phone: FlaskClient) -> None:
    script = phone.get(WORKER).text
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    for path in FOLDER.glob("*.js"):
        for name in re.findall(
            r"^export (?:async )?function (\w+)", path.read_text(), re.MULTILINE
        ):
            assert script.count(f"function {name}(") == 1, name
    assert script.count("function described(") == 1


def test_names_of_the_joined_modules_do_not_collide(phone: FlaskClient) -> None:
    declared = re.findall(
        r"^(?:async )?(?:function|const|let|class) (\w+)", phone.get(WORKER).text, re.MULTILINE
    )
    assert len(declared) > 10
    assert len(declared) == len(set(declared))


def test_its_own_words_are_the_clinics(house: House, phone: FlaskClient) -> None:
    before = phone.get(WORKER)
    name = 'Ünal "Dots"</script>\u2028;alert(1)'
    with house.writer() as writer:
        writer.execute(update(Clinic).values(name=name))
    after = phone.get(WORKER, headers={"If-None-Match": before.headers["ETag"]})
    assert words_of(after.text)["title"] == name
    assert words_of(after.text)["body"] == "There is something new to read."
    assert len(after.text.split("const WORDS")[1].splitlines()) > 1
    assert phone.get(words_of(after.text)["icon"]).content_type == "image/png"
    assert phone.get(words_of(after.text)["badge"]).content_type == "image/png"


def test_it_needs_no_sign_in_and_no_consent(house: House) -> None:
    client = house.browser_of("Amira")
    client.post("/privacy/withdrawal")
    assert client.get(WORKER).status_code == 200
