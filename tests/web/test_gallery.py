"""What a client finds under Photos."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.web.house import House
from tests.web.personas import words_of
from tests.web.shared_photos import Shared, make_shared
from webapp.domain.photos import ConsentKind, Zone
from webapp.web.assets import shell_urls

EARLIER = NOON - timedelta(days=30)
ALT = re.compile(r'<img[^>]* alt="([^"]*)"')


@pytest.fixture
def shared(house: House) -> Shared:
    return make_shared(house)


def opened(shared: Shared, path: str = "/photos") -> str:
    answer = shared.browser.get(path)
    assert answer.status_code == 200, answer.status
    return answer.text


def nav_of(page: str) -> list[str]:
    bar = page.partition('<nav class="bar"')[2].partition("</nav>")[0]
    return re.findall(r"<span>([^<]*)</span>", bar)


def test_photos_stand_by_session_the_newest_first_and_say_what_they_show(shared: Shared) -> None:
    shared.take(Zone.CROWN, EARLIER, session=1)
    shared.take(Zone.CROWN, NOON, session=2)
    shared.take(Zone.HAIRLINE, NOON, session=2)
    page = opened(shared)
    titles = re.findall(r"section-title[^>]*>([^<]*)<", page)
    assert titles == ["After session 2", "After session 1"]
    assert ALT.findall(page) == [
        "Hairline, after session 2, Mon 2 Mar",
        "Crown, after session 2, Mon 2 Mar",
        "Crown, after session 1, Sat 31 Jan",
    ]


def test_a_thumbnail_has_its_room_before_it_is_there(shared: Shared) -> None:
    public_id = shared.take()
    page = opened(shared)
    image = re.search(r"<img[^>]*>", page)
    assert image is not None
    assert 'width="90" height="120"' in image[0]
    assert 'loading="lazy"' in image[0]
    assert f'<source type="image/webp" srcset="/photos/{public_id}/320.webp">' in page


def test_one_part_of_the_head_can_be_looked_at(shared: Shared) -> None:
    shared.take(Zone.CROWN)
    shared.take(Zone.HAIRLINE)
    (alt,) = ALT.findall(opened(shared, "/photos?zone=crown"))
    assert alt.startswith("Crown")
    assert len(ALT.findall(opened(shared, "/photos?zone=nowhere"))) == 2


def test_each_opening_of_the_gallery_is_one_row_in_the_audit(shared: Shared) -> None:
    shared.take(Zone.CROWN)
    shared.take(Zone.HAIRLINE)
    opened(shared)
    assert shared.house.audit().count("photos-opened") == 1


def test_each_opening_of_one_photo_is_one_row_too_and_its_picture_is_none(shared: Shared) -> None:
    public_id = shared.take()
    opened(shared, f"/photos/{public_id}?show=yes")
    shared.browser.get(f"/photos/{public_id}/1600.jpg")
    assert shared.house.audit().count("photos-opened") == 1
    opened(shared, f"/photos/{public_id}")
    assert shared.house.audit().count("photos-opened") == 2


def test_a_photo_that_is_not_found_was_not_opened(shared: Shared) -> None:
    public_id = shared.take(is_shared=False)
    assert shared.browser.get(f"/photos/{public_id}?show=yes").status_code == 404
    assert "photos-opened" not in shared.house.audit()


def test_an_empty_gallery_says_what_will_stand_there(shared: Shared) -> None:
    assert "No photos yet" in words_of(opened(shared))
    shared.withdraw(ConsentKind.SHOWN)
    words = words_of(opened(shared))
    assert "Photos are off" in words
    assert "What I agree to" in words


def test_the_bar_leads_to_photos_once_there_is_one(shared: Shared) -> None:
    assert nav_of(opened(shared, "/")) == ["Today", "Can I?", "Dates", "Help"]
    public_id = shared.take()
    for path in ("/", "/dates", "/photos", f"/photos/{public_id}"):
        page = opened(shared, path)
        assert nav_of(page) == ["Today", "Can I?", "Dates", "Photos"]
        assert "/something-is-wrong" in page.partition('<nav class="bar"')[0]
    shared.share(public_id, is_shared=False)
    assert nav_of(opened(shared, "/"))[-1] == "Help"


def test_a_kept_copy_of_today_learns_of_the_first_photo(shared: Shared) -> None:
    held = shared.browser.get("/")
    shared.take()
    again = shared.browser.get("/", headers={"If-None-Match": held.headers["ETag"]})
    assert again.status_code == 200


def test_pictures_are_blurred_until_tapped_and_the_choice_is_remembered(shared: Shared) -> None:
    shared.take()
    assert "tile-veil" in opened(shared)
    assert "tile-veil" not in opened(shared, "/photos?show=yes")
    assert "tile-veil" in opened(shared)
    answer = shared.browser.post("/photos/discreet", data={"value": "no"})
    assert answer.location == "/photos"
    elsewhere = shared.house.browser_of("Amira").get("/photos").text
    assert "tile-veil" not in elsewhere


def test_one_photo_is_shown_large_and_can_be_released(shared: Shared) -> None:
    public_id = shared.take()
    assert f"/photos/{public_id}/1600.webp 1600w" in opened(shared, f"/photos/{public_id}?show=yes")
    assert "/1600.webp" not in opened(shared, f"/photos/{public_id}")
    answer = shared.browser.post(f"/photos/{public_id}/release?show=yes", data={"value": "yes"})
    assert answer.location == f"/photos/{public_id}?show=yes#release"
    assert shared.row(public_id).released_at == NOON
    assert "Your general consent is missing" in words_of(opened(shared, f"/photos/{public_id}"))
    shared.agree(ConsentKind.MARKETING)
    assert "without your name" in words_of(opened(shared, f"/photos/{public_id}"))


def test_a_picture_is_nobodys_to_keep(shared: Shared) -> None:
    public_id = shared.take()
    answer = shared.browser.get(f"/photos/{public_id}/320.jpg")
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert shared.browser.get(f"/photos/{public_id}/321.jpg").status_code == 404
    assert shared.browser.get(f"/photos/{public_id}/320.gif").status_code == 404


def test_the_copy_for_the_time_without_a_network_holds_no_photo(shared: Shared) -> None:
    shared.take()
    copy = shared.browser.get("/offline.json").get_json()
    assert [path for path in copy["pages"] if path.startswith("/photos")] == []
    # The bar leads there; nothing of a photo goes along.
    assert "/photos/" not in json.dumps(copy)
    assert [path for path in shell_urls() if "photos/" in path] == []


def test_a_saved_photo_has_a_name_that_names_nobody(shared: Shared) -> None:
    public_id = shared.take(at=NOON)
    answer = shared.browser.get(f"/photos/{public_id}/download")
    assert re.fullmatch(
        r'attachment; filename="crown-2026-03-02-\d+.jpg"', answer.headers["Content-Disposition"]
    )
    assert shared.house.audit()[-1] == "photo-downloaded"


def test_a_photo_without_bytes_is_said_to_be_missing(shared: Shared) -> None:
    public_id = shared.take()
    shared.phone.change(type(shared.row(public_id)), state="missing")
    page = opened(shared)
    assert "Cannot be shown at present" in page
    assert "<img" not in page
