"""The clinic asks for a photo of the healing, and the client answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from tests.services.scene import dubai
from tests.services.test_photo_keeping import mine, notices
from webapp.domain.notices import NoticeKind
from webapp.domain.photos import ConsentKind, Zone
from webapp.persistence.database import reading
from webapp.persistence.tables import Notice
from webapp.services import photo_keeping, photo_requests
from webapp.services.errors import NotFoundError
from webapp.services.photo_requests import NewRequest, RequestRefusedError

pytestmark = pytest.mark.usefixtures("anywhere", "quickly")
DAY_TEN = date(2026, 3, 12)


def ask(taking: PhotoScene, due_on: date = DAY_TEN, **more: object) -> int:
    new = NewRequest(taking.client_id, Zone.CROWN, due_on, **more)  # type: ignore[arg-type]
    return photo_requests.ask(taking.with_, taking.iris, new)


def due_at() -> object:
    reading().rollback()
    rows = select(Notice.due_at).where(Notice.kind == NoticeKind.PHOTO_WANTED.value)
    return reading().scalars(rows.order_by(Notice.id.desc())).first()


def test_the_client_is_asked_in_the_morning_of_the_day(taking: PhotoScene) -> None:
    ask(taking)
    assert due_at() == dubai(3, 12, 10)
    assert photo_requests.open_to(taking.with_, taking.amira) == []
    taking.scene.clock.at = dubai(3, 11, 0)
    (request,) = photo_requests.open_to(taking.with_, taking.amira)
    assert (request.zone, request.asked_by) == ("crown", "Iris")


def test_asked_for_today_the_client_is_told_now(taking: PhotoScene) -> None:
    ask(taking, date(2026, 3, 2))
    assert due_at() == NOON + timedelta(seconds=13)


@pytest.mark.parametrize("due_on", [date(2026, 3, 1), date(2027, 3, 4)])
def test_a_day_that_is_over_or_far_away_is_refused(taking: PhotoScene, due_on: date) -> None:
    with pytest.raises(RequestRefusedError):
        ask(taking, due_on)
    assert notices(NoticeKind.PHOTO_WANTED) == []


def test_the_answer_is_shared_waits_for_the_artist_and_is_told(taking: PhotoScene) -> None:
    course = taking.scene.begin(taking.client_id)
    request = ask(taking, course_id=course)
    taking.scene.clock.at = dubai(3, 12, 11)
    sent = taking.send(jpeg(), taking.amira, request_id=request)
    row = taking.row(sent.public_id)
    assert (row.is_from_client, row.course_id, row.request_id) == (True, course, request)
    assert mine(taking) == [sent.public_id]
    # The course has no artist of its own: both who treat are told.
    assert notices(NoticeKind.PHOTO_ARRIVED) == ["planned", "planned"]
    assert [one.id for one in photo_requests.unseen(taking.iris)] == [request]
    assert len(photo_keeping.waiting_for_artist(taking.iris)) == 1
    photo_requests.see(taking.with_, taking.iris, request)
    assert photo_requests.unseen(taking.iris) == []
    assert photo_keeping.waiting_for_artist(taking.iris) == []
    assert notices() == []


def test_one_more_may_join_until_somebody_has_looked(taking: PhotoScene) -> None:
    request = ask(taking)
    first = taking.send(jpeg(), taking.amira, request_id=request)
    taking.send(jpeg(colour="blue"), taking.amira, request_id=request)
    photo_requests.see(taking.with_, taking.iris, request)
    with pytest.raises(NotFoundError):
        taking.send(jpeg(colour="green"), taking.amira, request_id=request)
    # What was on its way twice is no new photo, and no error.
    again = taking.send(jpeg(), taking.amira, request_id=request)
    assert (again.public_id, again.is_new) == (first.public_id, False)


def test_who_was_not_asked_answers_nothing(taking: PhotoScene) -> None:
    request = ask(taking)
    stranger = make_photo_scene(taking.scene)
    with pytest.raises(NotFoundError):
        stranger.send(jpeg(), stranger.amira, request_id=request)
    with pytest.raises(NotFoundError):
        taking.send(jpeg(), taking.amira)
    with pytest.raises(NotFoundError):
        photo_requests.see(taking.with_, taking.iris, request)


def test_what_is_cancelled_is_asked_no_more(taking: PhotoScene) -> None:
    one, other = ask(taking), ask(taking)
    photo_requests.cancel(taking.with_, taking.iris, one)
    assert notices(NoticeKind.PHOTO_WANTED) == ["planned"]
    photo_requests.cancel(taking.with_, taking.iris, other)
    assert notices(NoticeKind.PHOTO_WANTED) == ["superseded"]
    with pytest.raises(NotFoundError):
        photo_requests.cancel(taking.with_, taking.iris, one)
    with pytest.raises(NotFoundError):
        taking.send(jpeg(), taking.amira, request_id=one)


def test_whoever_does_not_want_photos_kept_is_not_asked_any_more(taking: PhotoScene) -> None:
    ask(taking)
    taking.withdraw(ConsentKind.KEPT)
    assert notices(NoticeKind.PHOTO_WANTED) == ["superseded"]


def test_reception_asks_for_no_photos(taking: PhotoScene) -> None:
    new = NewRequest(taking.client_id, Zone.CROWN, DAY_TEN)
    request = ask(taking)
    for by in (taking.scene.otto, taking.amira):
        with pytest.raises(NotFoundError):
            photo_requests.ask(taking.with_, by, new)
        with pytest.raises(NotFoundError):
            photo_requests.cancel(taking.with_, by, request)
        with pytest.raises(NotFoundError):
            photo_requests.of_client(by, taking.client_id)
        assert photo_requests.unseen(by) == []
    assert len(photo_requests.of_client(taking.iris, taking.client_id)) == 1
    foreign = taking.scene.begin()
    with pytest.raises(NotFoundError):
        ask(taking, course_id=foreign)
    with pytest.raises(RequestRefusedError):
        ask(taking, words="a" * 301)
