"""The clinic's logo passes what photos pass."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.gateways.photos import pictures
from tests.services.photo_scene import PhotoScene, jpeg
from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.services import logos, photo_sweep
from webapp.services.errors import NotFoundError


def shown(taking: PhotoScene) -> Image.Image:
    logo = logos.current(taking.with_)
    assert logo
    assert logo.content_type == "image/png"
    return Image.open(BytesIO(b"".join(logo.open())))


def test_a_logo_keeps_what_is_transparent_and_says_nothing_of_its_origin(
    taking: PhotoScene,
) -> None:
    file = pictures.encoded(Image.new("RGBA", (1000, 500), (255, 0, 0, 0)), "PNG")
    logos.receive(taking.with_, taking.olga, BytesIO(file))
    logo = shown(taking)
    assert (logo.size, logo.mode) == ((512, 256), "RGBA")
    assert logo.getchannel("A").getextrema() == (0, 0)
    logos.receive(taking.with_, taking.olga, BytesIO(pictures.png()))
    file = b"".join(logos.current(taking.with_).open())  # type: ignore[union-attr]
    assert b"CANARY" not in file


def test_another_logo_takes_the_place_of_the_old_one(taking: PhotoScene) -> None:
    for colour in ("red", "blue"):
        logos.receive(taking.with_, taking.olga, BytesIO(jpeg(colour=colour)))
    assert taking.count() == (0, 1)
    assert photo_sweep.verify(taking.with_).is_whole
    logos.remove(taking.with_, taking.olga)
    logos.remove(taking.with_, taking.olga)
    assert logos.current(taking.with_) is None
    assert taking.count() == (0, 0)


def test_a_logo_that_is_something_else_too_is_refused_and_the_old_one_stays(
    taking: PhotoScene,
) -> None:
    logos.receive(taking.with_, taking.olga, BytesIO(jpeg()))
    mark = logos.mark()
    with pytest.raises(PhotoRefusedError) as refused:
        logos.receive(taking.with_, taking.olga, BytesIO(pictures.png() + pictures.a_zip()))
    assert refused.value.fault is PhotoFault.MORE_THAN_A_PHOTO
    assert (logos.mark(), taking.count()) == (mark, (0, 1))


def test_no_drawing_is_taken_and_nobody_but_the_owner_gives_one(taking: PhotoScene) -> None:
    with pytest.raises(PhotoRefusedError) as refused:
        logos.receive(taking.with_, taking.olga, BytesIO(b"<svg/>"))
    assert refused.value.fault is PhotoFault.NOT_A_PHOTO
    for by in (taking.iris, taking.amira):
        with pytest.raises(NotFoundError):
            logos.receive(taking.with_, by, BytesIO(jpeg()))
        with pytest.raises(NotFoundError):
            logos.remove(taking.with_, by)
    assert logos.current(taking.with_) is None
