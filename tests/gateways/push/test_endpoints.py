"""What may be registered as a subscription, and what may not."""

from __future__ import annotations

import base64

import pytest

from tests.gateways.push.phone import Phone
from webapp.domain.pushes import PushSubscription, SubscriptionError
from webapp.gateways.push.endpoints import (
    TrustedHost,
    UnsafeSettingError,
    check_keys,
    checked_endpoint,
    trusted_hosts,
)

REAL = [
    "https://fcm.googleapis.com/fcm/send/a:b-c_d",
    "https://jmt17.google.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://web.push.apple.com/QabcDEF",
    "https://wns2-par02p.notify.windows.com/w/?token=a%2bb%3d",
    f"https://fcm.googleapis.com/{'a' * (2048 - 27)}",
]
MADE_UP = [
    "http://fcm.googleapis.com/a",
    "https://fcm.googleapis.com:8443/a",
    "https://fcm.googleapis.com:/a",
    "https://fcm.googleapis.com:x/a",
    "https://fcm.googleapis.com:99999/a",
    "https://me@fcm.googleapis.com/a",
    "https://me:you@fcm.googleapis.com/a",
    "https://@fcm.googleapis.com/a",
    "https://evilfcm.googleapis.com/a",
    "https://fcm.googleapis.com.evil.net/a",
    "https://evilpush.apple.com/a",
    "https://fcm.googleapis.com./a",
    "https://.push.apple.com/a",
    "https://a..push.apple.com/a",
    "https://push.apple.com\\.evil.net/a",
    "https://evil.net\\@fcm.googleapis.com/a",
    "https://evil.net/a?fcm.googleapis.com",
    "https://evil.net#.push.apple.com",
    "https://fcm.googleapis.com/a#b",
    "https://fcm.googleapis.com/a b",
    "https://fcm.googleapis.com/a\nb",
    "https://fcm.googleapis.com/\u00e9",
    "https://\uff46cm.googleapis.com/a",
    "https://fcm%2egoogleapis.com/a",
    "https://[::ffff:7f00:1]/a",
    "https://169.254.169.254/latest",
    "https:fcm.googleapis.com/a",
    "//fcm.googleapis.com/a",
    "",
    f"https://fcm.googleapis.com/{'a' * (2049 - 27)}",
]


@pytest.mark.parametrize("endpoint", REAL)
def test_the_endpoints_of_push_services_are_taken_as_they_are(endpoint: str) -> None:
    checked = checked_endpoint(endpoint)
    assert checked.url == endpoint
    assert checked.origin == "/".join(endpoint.split("/")[:3])


@pytest.mark.parametrize("endpoint", MADE_UP)
def test_everything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(SubscriptionError) as refused:
        checked_endpoint(endpoint)
    assert not endpoint or endpoint not in str(refused.value)


def test_an_origin_is_named_in_one_way() -> None:
    spelled = checked_endpoint("HTTPS://FCM.googleapis.com:443/Send")
    assert (spelled.origin, spelled.url) == (
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com/Send",
    )


def test_a_stand_in_is_known_by_host_and_port_only() -> None:
    hosts = trusted_hosts("push.test:8443, jmt17.google.com=127.0.0.1:9443", is_production=False)
    elsewhere = TrustedHost("jmt17.google.com", 443, ("127.0.0.1", 9443))
    assert hosts == (TrustedHost("push.test", 8443), elsewhere)
    assert checked_endpoint("https://push.test:8443/a", hosts).trusted == hosts[0]
    with pytest.raises(SubscriptionError):
        checked_endpoint("https://push.test/a", hosts)


@pytest.mark.parametrize("text", ["a b", "push.test:x", "https://push.test", "=127.0.0.1:1"])
def test_an_unreadable_list_of_stand_ins_is_refused(text: str) -> None:
    with pytest.raises(UnsafeSettingError):
        trusted_hosts(text, is_production=False)


def test_production_knows_no_stand_in() -> None:
    assert trusted_hosts(" ", is_production=True) == ()
    with pytest.raises(UnsafeSettingError):
        trusted_hosts("push.test:8443", is_production=True)


def test_the_keys_of_a_phone_are_taken_with_and_without_padding() -> None:
    good = Phone().subscription("", "")
    check_keys(good)
    check_keys(PushSubscription("", good.p256dh + "=", good.auth + "==", ""))


@pytest.mark.parametrize(
    ("point", "auth"),
    [
        (b"", bytes(16)),
        (b"\4" + bytes(63), bytes(16)),
        (b"\4" + bytes(64), bytes(16)),  # no point of the curve
        (b"\2" + bytes(64), bytes(16)),
        (None, bytes(15)),
        (None, bytes(17)),
        (None, b""),
    ],
)
def test_keys_that_cannot_encrypt_are_refused(point: bytes | None, auth: bytes) -> None:
    good = Phone().subscription("", "").p256dh
    p256dh = good if point is None else base64.urlsafe_b64encode(point).decode()
    with pytest.raises(SubscriptionError):
        check_keys(PushSubscription("", p256dh, base64.urlsafe_b64encode(auth).decode(), ""))


@pytest.mark.parametrize("text", ["not/base64url+", "é", "A", "AAAA AAAA", "A" * 5000])
def test_keys_that_are_no_base64url_are_refused(text: str) -> None:
    with pytest.raises(SubscriptionError):
        check_keys(PushSubscription("", Phone().subscription("", "").p256dh, text, ""))
