"""The clinic asks for a photo of the healing, and the client sends it."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.gateways.photos.pictures import a_zip
from tests.services.photo_scene import jpeg
from tests.web.house import House
from tests.web.personas import main_of, words_of
from tests.web.shared_photos import Shared, make_shared
from webapp.domain.photos import MOST_BYTES, ConsentKind, Zone
from webapp.services import photo_requests
from webapp.web.sent_files import MOST_IN_FORM

ASKED = "Your clinic asks for a photo"


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def send(shared: Shared, request_id: int, *files: bytes) -> TestResponse:
    named = [
        FileStorage(BytesIO(file), f"IMG_{number}.jpg", "photos")
        for number, file in enumerate(files, 1)
    ]
    # In memory: the test client would leave a file open that holds more than half a megabyte.
    boundary, body = encode_multipart(MultiDict([("photos", file) for file in named]))
    return shared.browser.post(
        f"/photos/asked/{request_id}",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )


def kept(shared: Shared) -> set[str]:
    with shared.house.app.app_context():
        return {one.key for one in shared.house.with_.objects.objects()}


def words_at(shared: Shared, path: str) -> str:
    return words_of(shared.browser.get(path).text)


def test_today_and_photos_lead_to_what_is_asked_for(shared: Shared) -> None:
    held = shared.browser.get("/")
    assert ASKED not in held.text
    request_id = shared.ask(Zone.HAIRLINE)
    today = shared.browser.get("/", headers={"If-None-Match": held.headers["ETag"]})
    for page in (today.text, shared.browser.get("/photos").text):
        assert f"{ASKED} Hairline, Mon 2 Mar" in words_of(page)
        assert f"/photos/asked/{request_id}" in page


def test_what_is_asked_for_a_later_day_waits_for_it(shared: Shared) -> None:
    request_id = shared.ask(days=2)
    assert ASKED not in words_at(shared, "/")
    assert shared.browser.get(f"/photos/asked/{request_id}").status_code == 404
    shared.house.clock.advance(days=2)
    assert ASKED in words_at(shared, "/")


def test_the_day_of_healing_is_named_while_it_lasts(shared: Shared) -> None:
    here = f"/photos/asked/{shared.ask()}"
    assert "Day 28 · Mon 2 Mar" in words_at(shared, here)
    shared.house.clock.advance(days=1)
    assert "A photo for your clinic Mon 2 Mar" in words_at(shared, here)


def test_warning_signs_and_a_call_stand_before_the_form(shared: Shared) -> None:
    request_id = shared.ask(words="The left side, please.")
    page = main_of(shared.browser.get(f"/photos/asked/{request_id}"))
    order = ["at night", "tel:+97140000000", "See a doctor now", "without flash", 'type="file"']
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "The left side, please." in page


def test_a_photo_is_sent_and_listed_until_it_is_looked_at(shared: Shared) -> None:
    request_id = shared.ask()
    answer = send(shared, request_id, jpeg(), jpeg(colour="blue"))
    assert (answer.status_code, answer.location) == (303, f"/photos/asked/{request_id}")
    page = shared.browser.get(answer.location).text
    assert "Your photos are with your clinic." in page
    assert page.count("<img") == 2
    assert ASKED not in words_at(shared, "/")
    assert "Your photo is with your clinic" in words_at(shared, "/photos")
    with shared.as_("Iris") as iris:
        photo_requests.see(shared.with_, iris, request_id)
    assert send(shared, request_id, jpeg(colour="teal")).status_code == 404


def test_what_cannot_be_read_is_refused_by_name_and_the_others_are_kept(shared: Shared) -> None:
    request_id = shared.ask()
    answer = send(shared, request_id, jpeg(), b"no photo at all")
    assert answer.status_code == 422
    words = words_of(answer.text)
    assert "IMG_2.jpg: This is not a photo that we can read." in words
    assert "Your photo is with your clinic." in words


def test_a_picture_that_is_something_else_too_is_refused_with_what_to_do(shared: Shared) -> None:
    before = kept(shared)
    answer = send(shared, shared.ask(), jpeg() + a_zip())
    assert answer.status_code == 422
    words = "IMG_1.jpg: This file holds more than a picture. Take the photo again, or send"
    assert words in words_of(answer.text)
    assert kept(shared) == before


@pytest.mark.parametrize("count", [0, 5])
def test_one_to_four_are_taken_at_once(shared: Shared, count: int) -> None:
    answer = send(shared, shared.ask(), *([jpeg()] * count))
    assert answer.status_code == 422
    assert "Choose one to four photos." in answer.text


def test_a_photo_as_phones_make_them_is_taken_and_a_larger_one_is_refused(shared: Shared) -> None:
    # What follows the picture is thrown away with the file it came in.
    request_id, heavy = shared.ask(), jpeg() + bytes(6 * 10**6)
    assert send(shared, request_id, heavy).status_code == 303
    answer = send(shared, request_id, jpeg(colour="blue") + bytes(MOST_BYTES))
    assert answer.status_code == 422
    assert "IMG_1.jpg: This file is larger than 25 MB." in words_of(answer.text)


def test_what_is_too_much_altogether_is_not_even_read(shared: Shared) -> None:
    answer = shared.browser.post(
        f"/photos/asked/{shared.ask()}",
        input_stream=BytesIO(b"--x"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(MOST_IN_FORM + 1)},
    )
    assert answer.status_code == 413
    assert "Together they are larger than 100 MB." in words_of(answer.text)


def test_without_the_consent_it_is_asked_for_first(shared: Shared) -> None:
    request_id = shared.ask()
    shared.withdraw(ConsentKind.KEPT)
    here = f"/photos/asked/{request_id}"
    assert 'type="file"' not in shared.browser.get(here).text
    answer = shared.browser.post(
        "/photos/consents/kept", data={"value": "yes", "request": request_id}
    )
    assert answer.location == here
    assert 'type="file"' in shared.browser.get(here).text


def test_another_client_finds_nothing_to_answer(shared: Shared) -> None:
    request_id = shared.ask()
    basim = shared.house.browser_of("Basim")
    assert basim.get(f"/photos/asked/{request_id}").status_code == 404
