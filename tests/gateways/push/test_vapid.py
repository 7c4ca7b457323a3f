"""Our signature: whose key, for how long, and whom to reach."""

from __future__ import annotations

import base64
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from py_vapid import Vapid02

from tests.conftest import NOON
from webapp.gateways.push.vapid import UnusableSubjectError, VapidSigner, check_subject
from webapp.gateways.push.vapid_keys import UnknownKeyError, VapidKeys

GOOGLE, APPLE = "https://fcm.googleapis.com", "https://web.push.apple.com"


def _claims(header: str) -> dict[str, Any]:
    assert Vapid02.verify(header)
    middle = header.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(middle + "==")))


def test_one_claim_set_serves_an_origin_for_an_hour(keys: VapidKeys) -> None:
    signer, key_id = VapidSigner(keys, "mailto:care@clinic.bg"), keys.current_id()
    first = signer.authorization(GOOGLE, key_id, NOON)
    late = NOON + timedelta(minutes=59, seconds=59)
    assert signer.authorization(GOOGLE, key_id, late) == first
    assert signer.authorization(GOOGLE, key_id, NOON + timedelta(hours=1)) != first
    assert signer.authorization(APPLE, key_id, NOON) != first


def test_a_claim_set_names_its_origin_and_ends_within_twelve_hours(keys: VapidKeys) -> None:
    signer = VapidSigner(keys, "mailto:care@clinic.bg")
    claims = _claims(signer.authorization(APPLE, keys.current_id(), NOON))
    assert (claims["aud"], claims["sub"]) == (APPLE, "mailto:care@clinic.bg")
    assert 0 < claims["exp"] - NOON.timestamp() <= 12 * 3600


def test_a_clock_that_was_set_back_signs_anew(keys: VapidKeys) -> None:
    signer = VapidSigner(keys, "mailto:care@clinic.bg")
    signer.authorization(APPLE, keys.current_id(), NOON + timedelta(days=2))
    claims = _claims(signer.authorization(APPLE, keys.current_id(), NOON))
    assert claims["exp"] - NOON.timestamp() <= 12 * 3600


def test_rotation_keeps_the_old_key_while_it_is_needed(keys: VapidKeys) -> None:
    old = keys.current_id()
    new = keys.rotate()
    assert (keys.current_id(), set(keys.ids())) == (new, {old, new})
    assert keys.public_key(old) != keys.public_key(new)
    keys.forget(old)
    with pytest.raises(UnknownKeyError):
        keys.key(old)


def test_the_key_in_use_is_not_forgotten(keys: VapidKeys) -> None:
    with pytest.raises(ValueError, match="in use"):
        keys.forget(keys.current_id())


@pytest.mark.parametrize("key_id", ["", "../vapid", "0123456789abcdef", "current"])
def test_an_unknown_key_is_unknown(keys: VapidKeys, key_id: str) -> None:
    with pytest.raises(UnknownKeyError):
        keys.key(key_id)


def test_keys_are_for_their_owner_only(keys: VapidKeys, tmp_path: Path) -> None:
    keys.rotate()
    modes = {file.stat().st_mode & 0o777 for file in (tmp_path / "vapid").iterdir()}
    assert modes == {0o600}


def test_a_key_once_made_is_kept(keys: VapidKeys, tmp_path: Path) -> None:
    before = keys.current_id()
    VapidKeys(tmp_path / "vapid").ensure()
    assert (keys.current_id(), keys.ids()) == (before, [before])


def test_two_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    starts = [threading.Thread(target=VapidKeys(tmp_path).ensure) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    keys = VapidKeys(tmp_path)
    assert keys.ids() == [keys.current_id()]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_public_key_is_what_a_browser_subscribes_with(keys: VapidKeys) -> None:
    raw = base64.urlsafe_b64decode(keys.public_key(keys.current_id()) + "=")
    assert (len(raw), raw[0]) == (65, 4)


REACHABLE = ["mailto:care@clinic.bg", "https://clinic.bg"]
NOBODYS = [
    "mailto:care@localhost",
    "mailto:care@clinic.invalid",
    "mailto:care@example.com",
    "mailto:care@mail.example.org",
    "mailto:care@clinic.test",
    "mailto:care@clinic.local",
    "https://localhost",
    "https://127.0.0.1",
    "https://LOCALHOST",
    "mailto:care@clinic",
]
NO_SUBJECT = [
    "",
    "care@clinic.bg",
    "mailto:",
    "mailto:clinic.bg",
    "http://clinic.bg",
    "https://",
    "https://a.bg/b",
]


@pytest.mark.parametrize("subject", REACHABLE)
def test_a_contact_that_reaches_somebody_is_taken(subject: str, keys: VapidKeys) -> None:
    check_subject(subject, is_development=False)
    signed = VapidSigner(keys, subject).authorization(APPLE, keys.current_id(), NOON)
    assert _claims(signed)["sub"] == subject


@pytest.mark.parametrize("subject", NOBODYS)
def test_a_contact_that_reaches_nobody_is_for_development_only(subject: str) -> None:
    check_subject(subject, is_development=True)
    with pytest.raises(UnusableSubjectError):
        check_subject(subject, is_development=False)


@pytest.mark.parametrize("subject", NO_SUBJECT)
def test_what_is_no_contact_is_refused_everywhere(subject: str) -> None:
    with pytest.raises(UnusableSubjectError):
        check_subject(subject, is_development=True)
