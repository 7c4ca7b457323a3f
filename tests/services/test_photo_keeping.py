"""Staff share, note, mark and bin photos; clients see what is shared, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.services.photo_scene import PhotoScene, jpeg, make_photo_scene
from webapp.domain.notices import NoticeKind
from webapp.domain.people import SignedIn
from webapp.domain.photos import LONGEST_NOTE, ConsentKind, Format, Zone
from webapp.persistence.database import reading
from webapp.persistence.tables import AuditEvent, Notice
from webapp.services import photo_keeping, photos
from webapp.services.errors import NotFoundError
from webapp.services.photo_keeping import UnreadableNoteError
from webapp.services.telling import tell_due

pytestmark = pytest.mark.usefixtures("anywhere", "quickly")
A_MINUTE = timedelta(minutes=1)
SESSION = 1


def audit(action: str) -> int:
    reading().rollback()
    return reading().query(AuditEvent).filter_by(action=action).count()


def notices(kind: NoticeKind = NoticeKind.PHOTO) -> list[str]:
    reading().rollback()
    rows = select(Notice.state).where(Notice.kind == kind.value).order_by(Notice.id)
    return list(reading().scalars(rows))


def mine(taking: PhotoScene) -> list[str]:
    reading().rollback()
    return [item.row.public_id for item in photos.mine(taking.with_, taking.amira).photos]


@pytest.fixture
def sent(taking: PhotoScene) -> list[str]:
    """Three photos of the same session, nothing shared yet."""
    course = taking.scene.begin(taking.client_id)
    taking.scene.ended(course, SESSION, taking.scene.clock.at)
    about = {"course_id": course, "session_number": SESSION}
    colours = ("red", "green", "blue")
    return [taking.send(jpeg(colour=colour), taking.iris, **about).public_id for colour in colours]


def test_a_client_sees_what_is_shared_and_no_other(taking: PhotoScene, sent: list[str]) -> None:
    assert mine(taking) == []
    photo_keeping.share(taking.with_, taking.iris, sent[:2])
    assert sorted(mine(taking)) == sorted(sent[:2])
    with pytest.raises(NotFoundError):
        photos.picture(taking.with_, taking.amira, sent[2], (320, Format.WEBP))
    photo_keeping.unshare(taking.with_, taking.iris, sent[:1])
    assert mine(taking) == sent[1:2]


def test_a_session_is_shared_as_a_whole(taking: PhotoScene, sent: list[str]) -> None:
    other = taking.send(jpeg(colour="white")).public_id
    course = taking.row(sent[0]).course_id
    assert course
    session = (course, SESSION)
    photo_keeping.share(taking.with_, taking.iris, sent[:1])
    shared = photo_keeping.share_session(taking.with_, taking.iris, taking.client_id, session)
    assert shared == 2
    assert sorted(mine(taking)) == sorted(sent)
    assert other not in mine(taking)


def test_however_many_are_shared_the_client_is_told_once(
    taking: PhotoScene, sent: list[str]
) -> None:
    for one in sent:
        photo_keeping.share(taking.with_, taking.iris, [one])
        taking.scene.clock.advance(seconds=2)
    assert notices() == ["planned"]
    tell_due(taking.with_, taking.scene.clock.advance(minutes=1))
    assert notices() == ["told"]
    photo_keeping.share(taking.with_, taking.iris, sent)
    assert notices() == ["told"]


def test_what_is_taken_back_before_it_is_told_is_told_no_more(
    taking: PhotoScene, sent: list[str]
) -> None:
    photo_keeping.share(taking.with_, taking.iris, sent[:2])
    photo_keeping.unshare(taking.with_, taking.iris, sent[:1])
    assert notices() == ["planned"]
    photo_keeping.put_in_bin(taking.with_, taking.iris, sent[1])
    assert notices() == ["superseded"]
    photo_keeping.share(taking.with_, taking.iris, sent[:1])
    assert notices() == ["planned"]


def test_nobody_is_told_of_what_they_do_not_want_shown(taking: PhotoScene, sent: list[str]) -> None:
    taking.withdraw(ConsentKind.SHOWN)
    photo_keeping.share(taking.with_, taking.iris, sent)
    assert notices() == []


def test_a_note_and_the_mark_for_the_artist(taking: PhotoScene, sent: list[str]) -> None:
    with_, iris = taking.with_, taking.iris
    photo_keeping.describe(with_, iris, sent[0], (Zone.LEFT, " Denser here.\r\nGood. "))
    assert (taking.row(sent[0]).zone, taking.row(sent[0]).note) == ("left", "Denser here.\nGood.")
    for note in ("a" * (LONGEST_NOTE + 1), "a\0"):
        with pytest.raises(UnreadableNoteError):
            photo_keeping.describe(with_, iris, sent[0], (Zone.LEFT, note))
    photo_keeping.mark(with_, iris, sent[1], is_marked=True)
    photo_keeping.mark(with_, iris, sent[1], is_marked=True)
    place = taking.scene.location_id
    assert [one.row.public_id for one in photo_keeping.waiting_for_artist(iris, place)] == [sent[1]]
    assert photo_keeping.waiting_for_artist(iris, place + 1) == []
    assert photo_keeping.waiting_for_artist(taking.scene.otto) == []
    photo_keeping.mark(with_, iris, sent[1], is_marked=False)
    assert photo_keeping.waiting_for_artist(iris) == []
    assert audit("photo-marked") == 1


def test_the_bin_takes_a_photo_from_everybody_and_gives_it_back(
    taking: PhotoScene, sent: list[str]
) -> None:
    photo_keeping.share(taking.with_, taking.iris, sent)
    photo_keeping.put_in_bin(taking.with_, taking.iris, sent[0])
    assert sent[0] not in mine(taking)
    assert len(photos.gallery(taking.with_, taking.iris, taking.client_id).photos) == 2
    binned = photos.bin_of(taking.olga, taking.client_id).photos
    assert [item.row.public_id for item in binned] == [sent[0]]
    photo_keeping.restore(taking.with_, taking.iris, sent[0])
    assert sent[0] in mine(taking)


def test_a_client_releases_one_photo_and_takes_it_back(taking: PhotoScene, sent: list[str]) -> None:
    with pytest.raises(NotFoundError):
        photo_keeping.release(taking.with_, taking.amira, sent[0], is_released=True)
    photo_keeping.share(taking.with_, taking.iris, sent)
    photo_keeping.release(taking.with_, taking.amira, sent[0], is_released=True)
    photo_keeping.release(taking.with_, taking.amira, sent[0], is_released=True)
    assert taking.row(sent[0]).released_at == taking.scene.clock.at
    photo_keeping.release(taking.with_, taking.iris, sent[0], is_released=False)
    assert taking.row(sent[0]).released_at is None
    assert (audit("photo-released"), audit("photo-withheld")) == (1, 1)


Do = Callable[[PhotoScene, SignedIn, str], object]
ACTS: dict[str, Do] = {
    "share": lambda taking, by, one: photo_keeping.share(taking.with_, by, [one]),
    "unshare": lambda taking, by, one: photo_keeping.unshare(taking.with_, by, [one]),
    "describe": lambda taking, by, one: photo_keeping.describe(
        taking.with_, by, one, (Zone.BACK, "")
    ),
    "mark": lambda taking, by, one: photo_keeping.mark(taking.with_, by, one, is_marked=True),
    "bin": lambda taking, by, one: photo_keeping.put_in_bin(taking.with_, by, one),
    "restore": lambda taking, by, one: photo_keeping.restore(taking.with_, by, one),
    "unlock": lambda taking, by, one: photos.unlock(taking.with_, by, one, "why"),
    "download": lambda taking, by, one: photos.download(taking.with_, by, one),
    "see": lambda taking, by, one: photos.picture(taking.with_, by, one, (320, Format.WEBP)),
    "see-locked": lambda taking, by, one: photos.locked_picture(
        taking.with_, by, one, (320, Format.WEBP)
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_foreign_id_and_an_unknown_one_look_alike(
    taking: PhotoScene, sent: list[str], act: str
) -> None:
    photo_keeping.share(taking.with_, taking.iris, sent)
    stranger = make_photo_scene(taking.scene).amira
    for by, public_id in ((stranger, sent[0]), (taking.scene.otto, sent[0]), (taking.olga, "no")):
        with pytest.raises(NotFoundError):
            ACTS[act](taking, by, public_id)


def test_the_audit_holds_one_row_for_a_gallery_and_one_for_each_photo_done_something_with(
    taking: PhotoScene, sent: list[str]
) -> None:
    photos.gallery(taking.with_, taking.iris, taking.client_id)
    photo_keeping.share(taking.with_, taking.iris, sent)
    for one in sent:
        photos.picture(taking.with_, taking.amira, one, (320, Format.WEBP))
    mine(taking)
    photos.download(taking.with_, taking.amira, sent[0])
    photo_keeping.put_in_bin(taking.with_, taking.iris, sent[0])
    counted = {
        action: audit(action)
        for action in (
            "photo-uploaded", "photos-opened", "photo-shared", "photo-downloaded", "photo-binned",
        )
    }  # fmt: skip
    assert list(counted.values()) == [3, 2, 3, 1, 1]


def test_galleries_are_opened_by_whom_they_are_for(taking: PhotoScene) -> None:
    with pytest.raises(NotFoundError):
        photos.mine(taking.with_, taking.iris)
    for by in (taking.amira, taking.scene.otto):
        with pytest.raises(NotFoundError):
            photos.gallery(taking.with_, by, taking.client_id)
        with pytest.raises(NotFoundError):
            photos.bin_of(by, taking.client_id)
    with pytest.raises(NotFoundError):
        photos.locked_of(taking.iris, taking.client_id)
    with pytest.raises(NotFoundError):
        photos.gallery(taking.with_, taking.iris, 999)
