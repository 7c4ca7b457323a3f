"""Photos on their way in: by a form, or one by one as the script sends them."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import pytest

from tests.gateways.photos import pictures
from tests.services.photo_scene import jpeg
from tests.services.scene import Scene
from tests.web.house import House
from tests.web.photo_pages import PhotoDesk, make_photo_desk
from webapp.domain.photos import MOST_BYTES, ConsentKind

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


HOSTILE = {
    "drawing.jpg": SVG,
    "page.png": b"<!doctype html><script>alert(1)</script>",
    "archive.webp": pictures.a_zip(),
    "nothing.jpg": b"",
    "half.jpg": jpeg((400, 300))[:900],
    "bomb.png": pictures.bomb_png(),
    "words.heic": b"these are words",
}
POLYGLOTS = {
    "archive.jpg": jpeg() + pictures.a_zip(),
    "document.jpg": jpeg() + b"%PDF-1.7",
    "page.heic": pictures.heic() + b"<html><body onload='alert(1)'>",
    "script.png": pictures.png() + b"<script>alert(1)</script>",
    "server.jpg": jpeg(comment=b"<?php system($_GET[0]); ?>"),
    "more.webp": pictures.webp() + b"/*",
}


@pytest.fixture
def photo_desk(house: House) -> PhotoDesk:
    return make_photo_desk(house)


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_a_form_without_scripts_sends_many_files(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.send_form((jpeg(), "a.jpg"), (jpeg(colour="blue"), "b.jpg"))
    assert answer.status_code == 303
    assert "2 photos are in the record." in photo_desk.iris.get(answer.location).text
    assert [photo.zone for photo in photo_desk.photos()] == ["crown", "crown"]


def test_one_bad_file_of_a_form_does_not_spoil_the_others(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.send_form((jpeg(), "good.jpg"), (SVG, "../../etc/bad.jpg"))
    assert answer.status_code == 422
    assert "bad.jpg: This is not a photo that we can read." in answer.text
    assert "etc" not in answer.text.partition("<main")[2]
    assert len(photo_desk.photos()) == 1


def test_a_form_without_files_says_so(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.send_form()
    assert answer.status_code == 422
    assert "Choose at least one photo." in answer.text


def test_a_photo_belongs_to_the_newest_session_unless_another_is_chosen(house: House) -> None:
    desk = make_photo_desk(house)
    scene = Scene(house.with_, house.clock, house.location_id, house.person("Iris"),
                  house.person("Otto"))  # fmt: skip
    with house.app.app_context():
        course_id = scene.begin(desk.client_id)
        scene.ended(course_id, 1, house.clock.now())
    page = desk.iris.get(f"{desk.address}/new").text
    assert f'<option value="{course_id}-1" selected>' in page
    query = {"zone": "crown", "session": f"{course_id}-1"}
    desk.iris.post(f"{desk.address}/files", data=jpeg(), query_string=query)
    (photo,) = desk.photos()
    assert (photo.course_id, photo.session_number) == (course_id, 1)


def test_a_session_of_nobody_is_refused(photo_desk: PhotoDesk) -> None:
    query = {"zone": "crown", "session": "999-1"}
    answer = photo_desk.iris.post(f"{photo_desk.address}/files", data=jpeg(), query_string=query)
    assert answer.status_code == 422
    assert photo_desk.photos() == []


def test_the_same_file_twice_is_one_photo(photo_desk: PhotoDesk) -> None:
    body = jpeg()
    first = photo_desk.send(body, **{"X-Photo-Hash": sha256(body)})
    again = photo_desk.send(body, **{"X-Photo-Hash": sha256(body)})
    assert (first.status_code, first.get_json()) == (201, {"is_new": True})
    assert (again.status_code, again.get_json()) == (200, {"is_new": False})
    assert len(photo_desk.photos()) == 1


def test_what_did_not_arrive_whole_is_not_kept(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.send(jpeg(), **{"X-Photo-Hash": sha256(jpeg(colour="blue"))})
    assert answer.status_code == 503
    assert answer.get_json()["may_try_again"]
    assert photo_desk.photos() == []


def assert_nothing_is_kept(desk: PhotoDesk) -> None:
    with desk.house.app.app_context():
        assert list(desk.house.with_.objects.objects()) == []
        incoming = desk.house.app.extensions["settings"].data_folder / "incoming"
    assert list(incoming.iterdir()) == []
    assert desk.photos() == []


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(
    photo_desk: PhotoDesk, name: str
) -> None:
    answer = photo_desk.send(HOSTILE[name], **{"Content-Type": "image/jpeg"})
    assert answer.status_code == 422
    assert answer.get_json()["may_try_again"] is False
    assert answer.get_json()["words"].endswith(".")
    assert_nothing_is_kept(photo_desk)


@pytest.mark.parametrize("name", list(POLYGLOTS))
def test_a_picture_that_is_something_else_too_is_refused_in_words_and_leaves_nothing(
    photo_desk: PhotoDesk, name: str
) -> None:
    words = "This file holds more than a picture. Take the photo again, or send a screenshot of it."
    answer = photo_desk.send(POLYGLOTS[name], **{"Content-Type": "image/jpeg"})
    assert answer.status_code == 422
    assert answer.get_json() == {"words": words, "may_try_again": False}
    form = photo_desk.send_form((POLYGLOTS[name], name))
    assert form.status_code == 422
    assert f"{name}: {words}" in form.text
    assert_nothing_is_kept(photo_desk)


def test_a_wrong_content_type_does_no_harm(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.send(jpeg(), **{"Content-Type": "text/html"})
    assert answer.status_code == 201


def test_a_file_that_says_it_is_too_large_is_not_read(photo_desk: PhotoDesk) -> None:
    query = {"zone": "crown", "session": ""}
    unread = BytesIO(b"x")
    answer = photo_desk.iris.post(
        f"{photo_desk.address}/files",
        query_string=query,
        input_stream=unread,
        environ_overrides={"CONTENT_LENGTH": str(100 * 10**6)},
    )
    assert answer.status_code == 413
    assert "larger than 25 MB" in answer.get_json()["words"]
    assert unread.tell() == 0


def test_a_form_that_is_too_large_altogether_says_so(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.iris.post(
        f"{photo_desk.address}/new",
        input_stream=BytesIO(b"x"),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(5 * MOST_BYTES)},
    )
    assert answer.status_code == 413
    assert "Together they are larger than 100 MB" in answer.text


def test_without_the_consent_a_file_is_refused(photo_desk: PhotoDesk) -> None:
    photo_desk.say(ConsentKind.KEPT, False)
    answer = photo_desk.send(jpeg())
    assert answer.status_code == 422
    assert "has not agreed" in answer.get_json()["words"]


def test_uploads_are_limited_in_their_rate(limited_house: House) -> None:
    desk = make_photo_desk(limited_house)
    codes = [desk.send(b"").status_code for _ in range(121)]
    assert codes[:120] == [422] * 120
    assert codes[120] == 429


@pytest.mark.parametrize("taken", ["yesterday", "-5", "99999999999999999", "0"])
def test_a_time_that_cannot_be_is_not_believed(photo_desk: PhotoDesk, taken: str) -> None:
    query = {"zone": "crown", "session": "", "taken": taken}
    photo_desk.iris.post(f"{photo_desk.address}/files", data=jpeg(), query_string=query)
    assert photo_desk.photos()[0].taken_at == photo_desk.house.clock.now()


def test_the_script_is_given_its_words(photo_desk: PhotoDesk) -> None:
    page = photo_desk.iris.get(f"{photo_desk.address}/new").text
    words = page.partition('data-words="')[2].partition('"')[0].replace("&#34;", '"')
    assert json.loads(words)["total"] == "{done} of {all} sent"
