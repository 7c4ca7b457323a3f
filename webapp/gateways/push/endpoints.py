"""Subscriptions as a browser hands them in, which is to say: as anybody can make them up."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from webapp.domain.pushes import PushSubscription, SubscriptionError

LONGEST_ENDPOINT = 2048
HTTPS_PORT = 443
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
BELOW_PUSH_HOSTS = tuple(f".{host}" for host in PUSH_HOSTS)
POINT_BYTES = 65
AUTH_BYTES = 16
UNCOMPRESSED = 4
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
# The whole of what an endpoint may be, so that no two parsers can read it in two ways: a plain
# host, perhaps a port, a path; no user, no fragment, no backslash, nothing but ASCII.
ENDPOINT = re.compile(
    r"https://((?:[a-z0-9-]+\.)*[a-z0-9-]+)(?::([0-9]{1,5}))?(/[!-\"$-\[\]-~]*)?",
    re.IGNORECASE | re.ASCII,
)
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True, slots=True)
class TrustedHost:
    """A stand-in for a push service, for development and tests.

    Its addresses may be private; `connects_to` (address, port) leads elsewhere than its name.
    """

    host: str
    port: int = HTTPS_PORT
    connects_to: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A checked endpoint. `url` is rebuilt from its parts, so that every reader parses the same."""

    url: str = field(repr=False)
    origin: str
    host: str
    port: int
    trusted: TrustedHost | None = None


class UnsafeSettingError(ValueError):
    """A setting that only development and tests may have."""


def trusted_hosts(text: str, is_production: bool) -> tuple[TrustedHost, ...]:
    """Read `host[:port][=address:port]`, separated by commas.

    Raises UnsafeSettingError in production unless empty, and for what cannot be read.
    """
    if is_production and text.strip():
        raise UnsafeSettingError(
            "Extra push hosts are for tests; production refuses them: unset it."
        )
    return tuple(_trusted_host(part.strip()) for part in text.split(",") if part.strip())


def _trusted_host(text: str) -> TrustedHost:
    name, _, target = text.partition("=")
    host, port = _host_and_port(name)
    return TrustedHost(host, port, _host_and_port(target) if target else None)


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    if not HOST.fullmatch(host) or (port and not (port.isascii() and port.isdigit())):
        raise UnsafeSettingError(
            "An extra push host reads host, host:port or host:port=address:port."
        )
    return host, int(port or HTTPS_PORT)


def checked_endpoint(text: str, trusted: Sequence[TrustedHost] = ()) -> Endpoint:
    """The endpoint of a push service that we know. Raises SubscriptionError."""
    found = ENDPOINT.fullmatch(text) if len(text) <= LONGEST_ENDPOINT else None
    if found is None:
        raise SubscriptionError("The endpoint is too long or not a plain https address.")
    host, path = found[1].lower(), found[3] or "/"
    port = int(found[2] or HTTPS_PORT)
    known = next((one for one in trusted if (one.host, one.port) == (host, port)), None)
    if known is None and not (port == HTTPS_PORT and _is_push_host(host)):
        raise SubscriptionError("The endpoint is not at a push service that we know.")
    origin = f"https://{host}" if port == HTTPS_PORT else f"https://{host}:{port}"
    return Endpoint(origin + path, origin, host, port, known)


def _is_push_host(host: str) -> bool:
    return host in PUSH_HOSTS or host.endswith(BELOW_PUSH_HOSTS)


def check_keys(subscription: PushSubscription) -> None:
    """Whether a message can be encrypted for these keys (RFC 8291). Raises SubscriptionError."""
    point = _decoded(subscription.p256dh, POINT_BYTES)
    _decoded(subscription.auth, AUTH_BYTES)
    try:
        if point[0] != UNCOMPRESSED:
            raise ValueError
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise SubscriptionError("The subscription's key is not a point of P-256.") from error


def _decoded(text: str, size: int) -> bytes:
    if len(text) > LONGEST_ENDPOINT or not BASE64URL.fullmatch(text):
        raise SubscriptionError("A key of the subscription is not base64url.")
    try:
        key = base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error as error:
        raise SubscriptionError("A key of the subscription is not base64url.") from error
    if len(key) != size:
        raise SubscriptionError("A key of the subscription has the wrong length.")
    return key
