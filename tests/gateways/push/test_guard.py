"""The guard in front of our own network: an endpoint is whatever an attacker typed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.gateways.push.certificate import make_certificate
from tests.gateways.push.conftest import MakeSink, Post
from tests.gateways.push.sink import Answer, Sink
from webapp.domain.pushes import Outcome
from webapp.gateways.clock import stopwatch
from webapp.gateways.push.addresses import AddressGuard, UnknownHostError, is_public
from webapp.gateways.push.endpoints import TrustedHost

MakePost = Callable[..., Post]


@pytest.fixture
def canary(make_sink: MakeSink) -> Iterator[Sink]:
    """A port on loopback that must never hear from us."""
    canary = make_sink(is_canary=True)
    yield canary
    assert canary.connections == 0


def test_the_canary_would_sing(make_post: MakePost, make_sink: MakeSink) -> None:
    open_port = make_sink(is_canary=True)
    post = make_post(TrustedHost("push.test", open_port.port), total=0.3)
    post.send(f"https://push.test:{open_port.port}/")
    assert open_port.connections == 1


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "0.0.0.1", "100.64.0.1", "192.0.2.1",
    "169.254.169.254", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.8", "192.88.99.1",
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%a",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "2002:7f00:1::",
    "2001::1", "100::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254", "64:ff9b:1::1", "5f00::1", "localhost", "", "0177.0.0.1", "127.1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::5f", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_connected_to(
    make_post: MakePost, canary: Sink, address: str
) -> None:
    mixed = AddressGuard(lambda host, port: ["8.8.8.8", address])
    post = make_post(guard=mixed)
    result = post.send("https://fcm.googleapis.com/fcm/send/a")[0]
    assert not is_public(address)
    assert (result.outcome, result.status_class) == (Outcome.RETRY, "network")
    assert result.span == timedelta(), "no request was begun"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(
    make_post: MakePost, make_sink: MakeSink
) -> None:
    sink = make_sink(address="127.0.0.2")
    # curl itself would find this name at 127.0.0.1, where the canary listens.
    canary = make_sink(is_canary=True, port=sink.port)
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])
    guard = AddressGuard(lambda host, port: next(answers))
    post = make_post(TrustedHost("localhost", sink.port), guard=guard)
    assert post.outcomes(*[f"https://localhost:{sink.port}/a"] * 30) == [Outcome.ACCEPTED] * 30
    assert (canary.connections, len(sink.received)) == (0, 30)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    post: Post, sink: Sink, endpoint: str, canary: Sink, status: int
) -> None:
    location = f"https://127.0.0.1:{canary.port}/"
    sink.answer = Answer(status, headers=(("location", location),))
    assert post.outcomes(endpoint) == [Outcome.OUR_BUG]
    assert [request.path for request in sink.received] == ["/send/abc"]


def test_no_proxy_is_taken_from_the_environment(
    post: Post, endpoint: str, canary: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    monkeypatch.setenv("no_proxy", "")
    assert post.outcomes(endpoint) == [Outcome.ACCEPTED]


def test_a_made_up_endpoint_reaches_nobody(make_post: MakePost, canary: Sink) -> None:
    there = f"127.0.0.1:{canary.port}"
    made_up = [
        f"https://{there}/",
        f"https://fcm.googleapis.com@{there}/",
        f"https://fcm.googleapis.com:443@{there}/",
        f"https://fcm.googleapis.com:{canary.port}/",
        f"https://{there}#fcm.googleapis.com",
        f"https://{there}\\@fcm.googleapis.com/",
        f"https://localhost:{canary.port}/",
        f"http://fcm.googleapis.com:{canary.port}/",
        f"file://{there}/etc/passwd",
    ]
    post = make_post(guard=AddressGuard(lambda host, port: ["127.0.0.1"]))
    assert post.outcomes(*made_up) == [Outcome.OUR_BUG] * len(made_up)


def test_another_certificate_than_the_push_services_is_not_spoken_to(
    make_post: MakePost, sink: Sink
) -> None:
    post = make_post(TrustedHost("stranger.test", sink.port))
    assert post.outcomes(f"https://stranger.test:{sink.port}/") == [Outcome.RETRY]
    assert sink.received == []


def test_a_certificate_of_nobody_we_know_is_not_spoken_to(
    make_post: MakePost, make_sink: MakeSink, tmp_path: Path
) -> None:
    stranger = make_sink(certificate=make_certificate(tmp_path, ["push.test"]))
    post = make_post(TrustedHost("push.test", stranger.port))
    assert post.outcomes(f"https://push.test:{stranger.port}/") == [Outcome.RETRY]
    assert stranger.received == []


def test_a_stand_in_may_stand_elsewhere_than_its_name_says(make_post: MakePost, sink: Sink) -> None:
    post = make_post(TrustedHost("fcm.googleapis.com", 443, ("127.0.0.1", sink.port)))
    assert post.outcomes("https://fcm.googleapis.com/fcm/send/a") == [Outcome.ACCEPTED]
    assert sink.received[0].headers[":authority"] == "fcm.googleapis.com"


def test_a_stand_in_elsewhere_needs_no_name_that_anybody_knows(
    make_post: MakePost, sink: Sink
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if host != "127.0.0.1":
            raise UnknownHostError
        return [host]

    elsewhere = TrustedHost("push.test", 443, ("127.0.0.1", sink.port))
    post = make_post(elsewhere, guard=AddressGuard(resolve))
    assert post.outcomes("https://push.test/send/a") == [Outcome.ACCEPTED]


def test_a_slow_resolver_delays_nobody_else(
    make_post: MakePost, make_sink: MakeSink, sink: Sink
) -> None:
    is_over = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        if host == "other.test":
            is_over.wait(5)
        return ["127.0.0.1"]

    hosts = [TrustedHost("other.test", 9), TrustedHost("push.test", sink.port)]
    post = make_post(*hosts, guard=AddressGuard(resolve))
    batch = [post.push(1, "https://other.test:9/"), post.push(2, f"https://push.test:{sink.port}/")]
    began = stopwatch()
    assert [result.id for result in post.results(batch)] == [2, 1]
    assert stopwatch() - began < 3
    is_over.set()
