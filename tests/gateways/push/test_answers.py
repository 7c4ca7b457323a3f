"""Rules for answers and waiting, as tables: outcomes, Retry-After, backoff, gates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from webapp.domain.pushes import Outcome
from webapp.gateways.push.gate import Gate
from webapp.gateways.push.outcomes import backoff, outcome_of, retry_after

GOOGLES = (
    b"the VAPID credentials in the authorization header do not correspond to the credentials "
    b"used to create the subscriptions.\n"
)
MOZILLAS = b'{"code":401,"errno":109,"error":"Unauthorized","message":"%s"}'


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b"", Outcome.ACCEPTED),
        (201, b"", Outcome.ACCEPTED),
        (202, b"", Outcome.ACCEPTED),
        (404, b"", Outcome.GONE),
        (410, b"", Outcome.GONE),
        (400, b'{"reason":"VapidPkHashMismatch"}', Outcome.KEY_MISMATCH),
        (403, GOOGLES, Outcome.KEY_MISMATCH),
        (401, MOZILLAS % b"VAPID public key mismatch", Outcome.KEY_MISMATCH),
        (401, b'{"errno":109}', Outcome.KEY_MISMATCH),
        (401, MOZILLAS % b"Invalid VAPID expiry", Outcome.REFUSED),
        (401, b"", Outcome.REFUSED),
        (403, b"[[[", Outcome.REFUSED),
        (403, b'{"reason":"BadJwtToken"}', Outcome.REFUSED),
        (400, b'{"reason":"BadJwtToken"}', Outcome.REFUSED),
        (406, b"", Outcome.RETRY),
        (408, b"", Outcome.RETRY),
        (429, b"", Outcome.RETRY),
        (500, GOOGLES, Outcome.RETRY),
        (503, b"", Outcome.RETRY),
        (0, b"", Outcome.RETRY),
        (400, b"[" * 60_000, Outcome.OUR_BUG),
        (413, b"", Outcome.OUR_BUG),
        (405, b"", Outcome.OUR_BUG),
        (307, b"", Outcome.OUR_BUG),
    ],
)
def test_an_answer_means(status: int, body: bytes, outcome: Outcome) -> None:
    assert outcome_of(status, body) is outcome


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 1),
        ("Mon, 02 Mar 2026 08:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 10:02:00 +0200", 120),
        ("Mon, 02 Mar 2026 08:02:00 -0000", 120),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 1),
        ("Mon, 02 Mar 2099 07:00:00 GMT", 30 * 86400),
        ("9" * 5000, 30 * 86400),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str, seconds: int) -> None:
    assert retry_after(header, NOON) == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("header", ["", "soon", "-5", "1.5", "\u0661", "Mon, 99 Mar 2026"])
def test_what_is_no_retry_after_is_none(header: str) -> None:
    assert retry_after(header, NOON) is None


@pytest.mark.parametrize(
    ("attempts", "longest"), [(0, 60), (1, 120), (3, 480), (5, 1920), (6, 3600), (10**6, 3600)]
)
def test_the_wait_grows_and_is_spread_over_its_whole_length(attempts: int, longest: int) -> None:
    spread = [backoff(attempts, iter([part]).__next__) for part in (0.0, 0.5, 1.0)]
    middle = (30 + longest) / 2
    assert [wait.total_seconds() for wait in spread] == [30, middle, longest]


def test_a_stranger_gets_twenty_a_friend_a_hundred_at_once() -> None:
    gate = Gate()
    stranger = gate.room(NOON)
    gate.accept()
    assert (stranger, gate.room(NOON)) == (20, 100)


def test_who_asked_us_to_wait_is_met_like_a_stranger_afterwards() -> None:
    gate = Gate()
    gate.accept()
    gate.hold(NOON + timedelta(minutes=1))
    gate.hold(NOON + timedelta(seconds=1))
    before, after = NOON + timedelta(seconds=59), NOON + timedelta(minutes=1)
    assert (gate.room(before), gate.room(after)) == (0, 20)


def test_a_message_accepted_meanwhile_does_not_shorten_the_wait() -> None:
    gate = Gate()
    gate.hold(NOON + timedelta(minutes=1))
    gate.accept()
    assert gate.room(NOON) == 0


def test_a_stranger_that_refuses_once_is_paused_and_then_probed_by_one() -> None:
    gate = Gate()
    assert gate.refuse("a", NOON) is Outcome.ORIGIN_PAUSED
    assert gate.closed_until(NOON) == NOON + timedelta(minutes=1)
    assert gate.room(NOON + timedelta(minutes=1)) == 1


def test_a_friend_is_paused_when_three_subscriptions_in_a_row_refuse() -> None:
    gate = Gate()
    gate.accept()
    refusals = [gate.refuse(endpoint, NOON) for endpoint in ("a", "a", "b", "c")]
    assert refusals == [Outcome.REFUSED] * 3 + [Outcome.ORIGIN_PAUSED]


def test_pauses_grow_to_an_hour_and_end_with_the_first_acceptance() -> None:
    gate, at, pauses = Gate(), NOON, []
    for _ in range(8):
        gate.refuse("a", at)
        until = gate.closed_until(at) or at
        pauses.append((until - at) // timedelta(minutes=1))
        at = until
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    gate.accept()
    assert gate.room(at) == 100
