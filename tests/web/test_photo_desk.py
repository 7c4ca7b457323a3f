"""The photos of a client, as the staff look at them, share them and throw them away."""

from __future__ import annotations

import pytest

from tests.web.house import House
from tests.web.personas import main_of, words_of
from tests.web.photo_pages import PhotoDesk, make_photo_desk
from webapp.domain.photos import ConsentKind, Zone

ROUTES = ("", "/new", "/camera", "/consents", "/ask", "/bin")


@pytest.fixture
def photo_desk(house: House) -> PhotoDesk:
    return make_photo_desk(house)


def test_the_way_to_photos_is_for_those_who_treat(photo_desk: PhotoDesk) -> None:
    client = f"/staff/clients/{photo_desk.client_id}"
    assert photo_desk.address in photo_desk.iris.get(client).text
    reception = photo_desk.house.treating("Otto")
    assert photo_desk.address not in reception.get(client).text


def test_photos_stand_by_day_with_their_part_of_the_head(photo_desk: PhotoDesk) -> None:
    photo_desk.take(Zone.CROWN)
    photo_desk.take(Zone.BACK, "blue")
    words = words_of(main_of(photo_desk.iris.get(photo_desk.address)))
    assert "Monday 2 March 2026 2 photos" in words
    assert words.rindex("Back of the head") < words.rindex("Crown")


def test_one_part_of_the_head_is_looked_at_by_itself(photo_desk: PhotoDesk) -> None:
    crown, back = photo_desk.take(Zone.CROWN), photo_desk.take(Zone.BACK, "blue")
    page = photo_desk.iris.get(f"{photo_desk.address}?zone=crown").text
    assert crown in page
    assert back not in page


def test_a_part_that_nobody_has_is_not_found(photo_desk: PhotoDesk) -> None:
    assert photo_desk.iris.get(f"{photo_desk.address}?zone=tail").status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_second_factor_no_photo_page_opens(house: House, route: str) -> None:
    desk = make_photo_desk(house)
    answer = house.browser_of("Iris").get(desk.address + route)
    assert answer.status_code == 303
    assert answer.location.startswith("/staff/security")


def test_without_a_second_factor_no_picture_goes_out(house: House) -> None:
    desk = make_photo_desk(house)
    address = f"/staff/photos/{desk.take()}/320.webp"
    assert house.browser_of("Iris").get(address).status_code == 303
    assert desk.iris.get(address).status_code == 200


def test_a_picture_is_kept_by_nobody_and_tells_no_name(photo_desk: PhotoDesk) -> None:
    answer = photo_desk.iris.get(f"/staff/photos/{photo_desk.take()}/320.jpg")
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in answer.headers
    assert "Amira" not in str(answer.headers)


@pytest.mark.parametrize("size", ["320.gif", "321.jpg", "0.webp", "9999999999.jpg"])
def test_a_size_that_is_never_made_is_not_found(photo_desk: PhotoDesk, size: str) -> None:
    assert photo_desk.iris.get(f"/staff/photos/{photo_desk.take()}/{size}").status_code == 404


def test_each_opening_of_one_photo_is_one_row_in_the_audit(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}"
    assert photo_desk.iris.get(address).status_code == 200
    photo_desk.iris.get(f"{address}/1600.jpg")
    assert photo_desk.house.audit().count("photos-opened") == 1


def test_a_download_wants_the_password_again(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}/download"
    answer = photo_desk.iris.get(address)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="crown-2026')
    photo_desk.house.clock.advance(minutes=11)
    assert "/staff/confirm" in photo_desk.iris.get(address).location
    assert photo_desk.house.audit().count("photo-downloaded") == 1


def test_a_photo_is_shared_and_taken_back(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}"
    photo_desk.iris.post(f"{address}/share", data={"is_on": "yes"})
    assert photo_desk.photos()[0].shared_at
    assert "Shared with the client" in photo_desk.iris.get(address).text
    photo_desk.iris.post(f"{address}/share", data={"is_on": "no"})
    assert photo_desk.photos()[0].shared_at is None


def test_a_note_and_another_part_are_saved(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}"
    data = {"zone": "left", "note": "Denser at\nthe temple."}
    assert photo_desk.iris.post(f"{address}/describe", data=data).status_code == 303
    page = photo_desk.iris.get(address).text
    assert "Denser at" in page
    assert "<h1>Left side</h1>" in page


def test_a_note_that_is_too_long_stays_in_its_form(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}/describe"
    answer = photo_desk.iris.post(address, data={"zone": "left", "note": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.text


def test_a_photo_goes_into_the_bin_only_with_the_typed_word(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}"
    refused = photo_desk.iris.post(f"{address}/delete", data={"word": "yes"})
    assert refused.status_code == 422
    assert photo_desk.photos()[0].binned_at is None
    assert photo_desk.iris.post(f"{address}/delete", data={"word": "delete"}).status_code == 303
    assert photo_desk.photos()[0].binned_at
    assert photo_desk.iris.get(address).status_code == 404


def test_what_lies_in_the_bin_is_restored(photo_desk: PhotoDesk) -> None:
    address = f"/staff/photos/{photo_desk.take()}"
    photo_desk.iris.post(f"{address}/delete", data={"word": "DELETE"})
    listed = words_of(main_of(photo_desk.iris.get(f"{photo_desk.address}/bin")))
    assert "Crown Taken Mon 2 Mar, 12:00 Erased for good after Wed 1 Apr, 12:00" in listed
    photo_desk.iris.post(f"{address}/restore")
    assert photo_desk.iris.get(address).status_code == 200
    assert photo_desk.house.audit()[-2:] == ["photo-restored", "photos-opened"]


def test_any_two_stand_side_by_side_the_earlier_first(photo_desk: PhotoDesk) -> None:
    before = photo_desk.take()
    photo_desk.house.clock.advance(minutes=5)
    after = photo_desk.take(colour="blue")
    address = f"{photo_desk.address}/compare"
    page = photo_desk.iris.get(f"{address}?a={after}&b={before}").text
    assert page.index(f"{before}/800.jpg") < page.index(f"{after}/800.jpg")
    assert photo_desk.iris.get(f"{address}?a={after}&b=of-nobody").status_code == 404


def test_another_clients_photo_stands_beside_nothing(photo_desk: PhotoDesk) -> None:
    photo = photo_desk.take()
    basim = photo_desk.house.clients["Basim"]
    address = f"/staff/clients/{basim}/photos/compare?a={photo}"
    assert photo_desk.iris.get(address).status_code == 404


def test_a_marked_photo_waits_on_the_board_for_those_who_treat(photo_desk: PhotoDesk) -> None:
    photo_desk.iris.post(f"/staff/photos/{photo_desk.take()}/mark", data={"is_on": "yes"})
    assert "Crown, marked for the artist" in photo_desk.iris.get("/staff").text
    reception = photo_desk.house.treating("Otto")
    assert "marked for the artist" not in reception.get("/staff").text


def test_consents_are_recorded_at_the_chair_with_their_history(photo_desk: PhotoDesk) -> None:
    data = {"kind": "shown", "is_granted": "no"}
    photo_desk.iris.post(f"{photo_desk.address}/consents", data=data)
    words = words_of(main_of(photo_desk.iris.get(f"{photo_desk.address}/consents")))
    assert "recorded by Iris withdrawn" in words
    photo_desk.take()
    page = words_of(photo_desk.iris.get(photo_desk.address).text)
    assert "Amira has not agreed to photos in the app" in page


def test_without_the_consent_nothing_can_be_taken(photo_desk: PhotoDesk) -> None:
    photo_desk.say(ConsentKind.KEPT, False)
    page = main_of(photo_desk.iris.get(photo_desk.address))
    assert "Amira has not agreed that photos are kept" in page
    assert "Take photos" not in page
    assert 'type="file"' not in photo_desk.iris.get(f"{photo_desk.address}/new").text


def test_only_the_page_of_the_camera_may_use_one(photo_desk: PhotoDesk) -> None:
    allowed = {
        route: photo_desk.iris.get(photo_desk.address + route).headers["Permissions-Policy"]
        for route in ROUTES
    }
    assert [route for route, said in allowed.items() if "camera=(self)" in said] == ["/camera"]


def test_a_photo_is_asked_for_and_taken_back(photo_desk: PhotoDesk) -> None:
    data = {"zone": "back", "due_on": "2026-03-12", "words": "How does it look?"}
    assert photo_desk.iris.post(f"{photo_desk.address}/ask", data=data).status_code == 303
    (asked,) = photo_desk.requests()
    page = words_of(main_of(photo_desk.iris.get(f"{photo_desk.address}/ask")))
    assert "for Thu 12 Mar How does it look?" in page
    photo_desk.iris.post(f"/staff/photo-requests/{asked.id}/cancel")
    assert photo_desk.requests()[0].cancelled_at


@pytest.mark.parametrize("day", ["2026-03-01", "2028-01-01", "soon", "", "0001-01-01"])
def test_a_day_that_cannot_be_asked_for_is_refused_kindly(photo_desk: PhotoDesk, day: str) -> None:
    data = {"zone": "back", "due_on": day, "words": "please"}
    answer = photo_desk.iris.post(f"{photo_desk.address}/ask", data=data)
    assert answer.status_code == 422
    assert "please" in answer.text
    assert photo_desk.requests() == []


def test_an_answer_stands_on_the_board_until_it_is_seen(photo_desk: PhotoDesk) -> None:
    request_id = photo_desk.ask_and_answer("Day 10?")
    board = words_of(photo_desk.iris.get("/staff").text)
    assert "Amira A photo to look at: back of the head" in board
    page = photo_desk.iris.get(f"{photo_desk.address}?request={request_id}").text
    assert "Sent by Amira" in page
    photo_desk.iris.post(f"/staff/photo-requests/{request_id}/seen")
    assert "A photo to look at" not in photo_desk.iris.get("/staff").text
