"""A decoder as the application has it, and looking at what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pytest
from PIL import Image

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import MadePicture
from webapp.gateways.photos.decoder import ChildDecoder

Decode = Callable[[bytes], Image.Image]


@pytest.fixture
def decoder(memory: Path) -> Iterator[ChildDecoder]:
    folder = memory / "decoding"
    folder.mkdir(exist_ok=True)
    yield ChildDecoder(folder)
    assert list(folder.iterdir()) == []


@pytest.fixture
def master(decoder: ChildDecoder) -> Callable[[bytes], MadePicture]:
    """Makes the master of a file."""

    def make(file: bytes) -> MadePicture:
        with TemporaryFile() as source:
            source.write(file)
            source.flush()
            return decoder.master(cast(BinaryIO, source))

    return make


def fault_of(make: Callable[[], object]) -> PhotoFault:
    with pytest.raises(PhotoRefusedError) as refused:
        make()
    return refused.value.fault


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture
