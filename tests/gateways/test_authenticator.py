"""Codes of authenticator apps, against the examples of RFC 6238."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from webapp.gateways.authenticator import TotpAuthenticator

APPS = TotpAuthenticator()
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_examples_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert APPS.code_at(RFC_SECRET, at) == code
    assert APPS.step_of(RFC_SECRET, code, at) == seconds // 30


@pytest.mark.parametrize(
    ("seconds", "is_accepted"),
    [(-31, False), (-30, True), (-1, True), (0, True), (29, True), (59, True), (60, False)],
)
def test_a_code_is_accepted_one_step_early_and_one_step_late(
    seconds: int, is_accepted: bool
) -> None:
    code = APPS.code_at(RFC_SECRET, START)
    found = APPS.step_of(RFC_SECRET, code, START + timedelta(seconds=seconds))
    assert found == (int(START.timestamp()) // 30 if is_accepted else None)


@pytest.mark.parametrize("code", ["", "000000", "28708", "2870822", "٢٨٧٠٨٢", "\ud800"])
def test_anything_else_is_no_code(code: str) -> None:
    assert APPS.step_of(RFC_SECRET, code, START) is None


def test_a_secret_is_new_each_time_and_an_app_can_read_it() -> None:
    secrets = {APPS.new_secret() for _ in range(5)}
    assert {len(base64.b32decode(one)) for one in secrets} == {20}
    assert len(secrets) == 5
    uri = APPS.uri(RFC_SECRET, "Iris", "Atelier & Co")
    assert uri.startswith("otpauth://totp/Atelier%20%26%20Co:Iris?")
    assert f"secret={RFC_SECRET}" in uri
