"""Passkeys: what is asked of a browser, and which of its answers prove something."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from tests.gateways.authenticating_device import PRESENT, Device, from_text, to_text
from webapp.domain.second_factors import HeldPasskey, PasskeyHolder, PasskeyRefusedError
from webapp.gateways.passkeys import WebAuthnPasskeys

SITE = WebAuthnPasskeys("https://care.clinic.example")
HOLDER = PasskeyHolder(b"a-random-handle", "iris@clinic.example", "Iris")
CHALLENGE = b"c" * 32
OTHER = b"o" * 32


def device_here() -> Device:
    return Device("https://care.clinic.example", "care.clinic.example")


def added(device: Device) -> HeldPasskey:
    asked = SITE.ask_to_add(HOLDER, "Atelier", CHALLENGE, ())
    made = SITE.added(device.make(asked), CHALLENGE)
    return HeldPasskey(made.credential_id, made.public_key, made.sign_count, HOLDER.handle)


def shown(device: Device, held: HeldPasskey, challenge: bytes = CHALLENGE) -> int:
    asked = SITE.ask_to_prove(CHALLENGE, ())
    return SITE.proved(device.show(asked), challenge, held)


def test_a_passkey_that_was_added_proves_its_holder() -> None:
    device = device_here()
    held = added(device)
    assert shown(device, held) == 1
    assert shown(device, replace(held, sign_count=1)) == 2


def test_a_browser_is_asked_for_a_passkey_it_finds_by_itself_and_guards() -> None:
    asked = json.loads(SITE.ask_to_add(HOLDER, "Atelier", CHALLENGE, (b"held",)))
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert asked["rp"] == {"id": "care.clinic.example", "name": "Atelier"}
    assert from_text(asked["user"]["id"]) == HOLDER.handle
    assert [one["id"] for one in asked["excludeCredentials"]] == [to_text(b"held")]
    asked = json.loads(SITE.ask_to_prove(CHALLENGE, ()))
    assert (asked["userVerification"], asked["allowCredentials"]) == ("required", [])


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://care.clinic.example.evil.example"},
        {"origin": "http://care.clinic.example"},
        {"site": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
    ids=["another origin", "not https", "another site", "not verified", "nobody there"],
)
def test_an_answer_that_lies_adds_and_proves_nothing(lie: dict[str, object]) -> None:
    with pytest.raises(PasskeyRefusedError):
        added(replace(device_here(), **lie))  # type: ignore[arg-type]
    device = device_here()
    held = added(device)
    with pytest.raises(PasskeyRefusedError):
        shown(replace(device, **lie), held)  # type: ignore[arg-type]


def test_an_answer_to_another_challenge_proves_nothing() -> None:
    device = device_here()
    held = added(device)
    with pytest.raises(PasskeyRefusedError):
        shown(device, held, OTHER)


def test_another_key_or_another_holder_proves_nothing() -> None:
    device = device_here()
    held = added(device)
    stranger = replace(device_here(), credential_id=device.credential_id, handle=device.handle)
    with pytest.raises(PasskeyRefusedError):
        shown(stranger, held)
    with pytest.raises(PasskeyRefusedError):
        shown(device, replace(held, handle=b"of-somebody-else"))


@pytest.mark.parametrize("stored", [1, 7])
def test_a_sign_count_that_does_not_grow_shows_a_copied_key(stored: int) -> None:
    device = device_here()
    held = added(device)
    with pytest.raises(PasskeyRefusedError):
        shown(device, replace(held, sign_count=stored))


def test_a_device_that_never_counts_is_believed() -> None:
    device = device_here()
    held = added(device)
    device.sign_count = -1
    assert shown(device, held) == 0


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", '{"id": 1}', "\ud800", "[" * 9_000])
def test_nonsense_is_refused_and_breaks_nothing(answer: str) -> None:
    for read in (
        lambda: SITE.named_in(answer),
        lambda: SITE.added(answer, CHALLENGE),
        lambda: SITE.proved(answer, CHALLENGE, HeldPasskey(b"", b"", 0, b"")),
    ):
        with pytest.raises(PasskeyRefusedError):
            read()


def _cut(answer: str, dice: random.Random) -> str:
    """The answer with one of its parts cut, or some of its bytes exchanged."""
    found = json.loads(answer)
    name = dice.choice(sorted(found["response"]))
    raw = bytearray(from_text(found["response"][name]))
    if dice.random() < 0.5:
        raw = raw[: dice.randrange(len(raw))]
    else:
        for _ in range(3):
            raw[dice.randrange(len(raw))] ^= dice.randrange(1, 256)
    found["response"][name] = to_text(bytes(raw))
    return json.dumps(found)


def test_damaged_answers_are_refused_and_break_nothing() -> None:
    dice, device = random.Random(7), device_here()
    asked = SITE.ask_to_add(HOLDER, "Atelier", CHALLENGE, ())
    answer = device.make(asked)
    outcomes = set()
    for _ in range(600):
        try:
            SITE.added(_cut(answer, dice), CHALLENGE)
            outcomes.add("added")
        except PasskeyRefusedError:
            outcomes.add("refused")
    assert "refused" in outcomes
    held = added(device)
    shown_once = device.show(SITE.ask_to_prove(CHALLENGE, ()))
    for _ in range(300):
        damaged = _cut(shown_once, dice)
        if json.loads(damaged) != json.loads(shown_once):
            with pytest.raises(PasskeyRefusedError):
                SITE.proved(damaged, CHALLENGE, held)


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://care.clinic.example", "https://care.clinic.example"),
        ("https://care.clinic.example:8443/", "https://care.clinic.example:8443"),
        ("http://127.0.0.1:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://localhost:8000"),
    ],
)
def test_passkeys_work_where_the_clinic_is_served(base_url: str, origin: str) -> None:
    assert WebAuthnPasskeys(base_url).origin == origin
