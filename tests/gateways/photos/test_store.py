"""Objects in a folder and on an S3 server: the same behaviour, the same bytes."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.gateways.photos.s3 import fresh_bucket, tell
from webapp.domain.photo_faults import StoreFullError, StoreUnreachableError
from webapp.gateways.photos.store import CHUNK, ObjectStore

KEY = "0f/0f00112233445566778899aabbccddee"
BYTES = bytes(range(256)) * 5000
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(memory: Path) -> Path:
    return memory / "objects" / os.urandom(4).hex()


@pytest.fixture(params=["folder", "s3"])
def store(
    request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ObjectStore]:
    if request.param == "folder":
        yield ObjectStore("", folder)
        return
    address = request.getfixturevalue("s3")
    tell(monkeypatch, address)
    yield ObjectStore(fresh_bucket(address), folder)
    assert not folder.exists()


def test_what_is_stored_comes_back_byte_for_byte(store: ObjectStore) -> None:
    store.put(KEY, BYTES)
    assert store.read(KEY) == BYTES
    pieces = list(store.stream(KEY))
    assert b"".join(pieces) == BYTES
    assert max(map(len, pieces)) <= 4 * CHUNK


def test_what_is_not_there_is_said_at_once(store: ObjectStore) -> None:
    store.put("aa/one", b"1")
    with pytest.raises(FileNotFoundError):
        store.read(KEY)
    with pytest.raises(FileNotFoundError):
        store.stream(KEY)


def test_everything_is_listed_with_its_size_and_time(store: ObjectStore) -> None:
    assert list(store.objects()) == []
    store.put(KEY, b"12345")
    store.put("aa/one", b"1")
    found = sorted(store.objects())
    assert [(one.key, one.size) for one in found] == [(KEY, 5), ("aa/one", 1)]
    assert all(abs(datetime.now(UTC) - one.modified_at) < A_MINUTE for one in found)


def test_what_is_removed_is_gone_and_may_be_removed_again(store: ObjectStore) -> None:
    store.put(KEY, BYTES)
    store.remove([KEY, "aa/never"])
    store.remove([KEY])
    assert list(store.objects()) == []


def test_a_key_leads_nowhere_else(store: ObjectStore, folder: Path) -> None:
    with pytest.raises((ValueError, StoreUnreachableError)):
        store.put("../outside", b"1")
    assert list(store.objects()) == []


def test_a_full_disk_is_said_and_leaves_nothing_that_counts(folder: Path) -> None:
    store = ObjectStore("", folder)
    store.put("aa/one", b"1")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(BYTES) // 2, usual[1]))
    try:
        with pytest.raises(StoreFullError):
            store.put(KEY, BYTES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert [one.key for one in store.objects()] == ["aa/one"]
    store.put(KEY, BYTES)
    assert store.read(KEY) == BYTES


def test_a_file_that_a_dead_process_left_unfinished_is_no_object_and_is_tidied(
    folder: Path,
) -> None:
    store = ObjectStore("", folder)
    store.put(KEY, BYTES)
    unfinished = folder / f"{KEY}#1"
    unfinished.write_bytes(b"half")
    now = datetime.now(UTC)
    assert [one.key for one in store.objects()] == [KEY]
    assert store.tidy(now - A_MINUTE) == 0
    assert store.tidy(now + A_MINUTE) == 1
    assert not unfinished.exists()
    assert store.read(KEY) == BYTES


def test_nobody_else_on_the_machine_may_look_into_the_folder(folder: Path) -> None:
    ObjectStore("", folder).put(KEY, b"1")
    assert folder.stat().st_mode & 0o077 == 0


def test_a_store_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, "http://127.0.0.1:1")
    store = ObjectStore("s3://photos", Path("unused"), patience=0)
    with pytest.raises(StoreUnreachableError):
        store.put(KEY, b"1")
    with pytest.raises(StoreUnreachableError):
        list(store.objects())
