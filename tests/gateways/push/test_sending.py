"""A push on its way: encrypted for one phone, signed, with many others on few connections."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from py_vapid import Vapid02

from tests.conftest import NOON
from tests.gateways.push.conftest import MESSAGE, Post
from tests.gateways.push.sink import Answer, Sink
from webapp.domain.pushes import Outcome, OutgoingPush, Urgency


def test_only_the_phone_itself_can_read_the_message(post: Post, sink: Sink, endpoint: str) -> None:
    result = post.send(endpoint)[0]
    [request] = sink.received
    assert (result.outcome, result.status_class) == (Outcome.ACCEPTED, "2xx")
    assert post.phone.read(request.body)["notification"]["title"] == MESSAGE.title
    assert MESSAGE.title.encode() not in request.body


def test_a_push_says_how_long_how_urgent_and_what_it_replaces(
    post: Post, sink: Sink, endpoint: str
) -> None:
    push = post.push(1, endpoint)
    urgent = OutgoingPush(
        1, push.subscription, MESSAGE, "plan/7", NOON + timedelta(hours=2), Urgency.HIGH
    )
    post.deliver([urgent])
    headers = sink.received[0].headers
    assert (headers["ttl"], headers["urgency"]) == ("7200", "high")
    assert headers["topic"] == post.phone.read(sink.received[0].body)["notification"]["tag"]


def test_a_push_is_signed_by_the_key_of_its_subscription(
    post: Post, sink: Sink, endpoint: str
) -> None:
    old = post.push(1, endpoint)
    old_key = post.keys.public_key(post.keys.current_id())
    post.keys.rotate()
    post.deliver([old, post.push(2, endpoint)])
    signatures = [request.headers["authorization"] for request in sink.received]
    assert all(Vapid02.verify(signature) for signature in signatures)
    assert [signature.endswith(f"k={old_key}") for signature in signatures] == [True, False]


def test_a_subscription_of_a_lost_key_must_be_made_anew(
    post: Post, sink: Sink, endpoint: str
) -> None:
    stranger = post.phone.subscription(endpoint, "0123456789abcdef")
    push = OutgoingPush(1, stranger, MESSAGE, "notice/1", NOON + timedelta(hours=1))
    assert post.deliver([push])[1].outcome is Outcome.KEY_MISMATCH
    assert sink.received == []


def test_a_damaged_key_stops_no_other(post: Post, endpoint: str, tmp_path: Path) -> None:
    signed_by_it = post.push(1, endpoint)
    post.keys.rotate()
    (tmp_path / "vapid" / f"{signed_by_it.subscription.key_id}.pem").write_text("damaged")
    results = post.deliver([signed_by_it, post.push(2, endpoint)])
    assert (results[1].outcome, results[2].outcome) == (Outcome.OUR_BUG, Outcome.ACCEPTED)


def test_hundreds_of_pushes_share_one_connection(post: Post, sink: Sink, endpoint: str) -> None:
    first = post.outcomes(*[endpoint] * 150)
    second = post.outcomes(*[endpoint] * 50)
    assert set(first + second) == {Outcome.ACCEPTED}
    assert (len(sink.received), sink.connections) == (200, 1)


def test_one_odd_row_stops_no_other(post: Post, sink: Sink, endpoint: str) -> None:
    odd = ["", "https://push.test/", "https://[::1", f"{endpoint}\r\nHost: x", "\ud800"]
    results = post.outcomes(*odd, endpoint)
    assert results == [Outcome.OUR_BUG] * 5 + [Outcome.ACCEPTED]


def test_keys_that_cannot_encrypt_stop_no_other(post: Post, sink: Sink, endpoint: str) -> None:
    good = post.push(0, endpoint)
    bad = [
        OutgoingPush(n, type(good.subscription)(endpoint, p256dh, auth, good.subscription.key_id),
                     MESSAGE, "notice/1", good.expires_at)
        for n, (p256dh, auth) in enumerate([("", ""), ("AAAA", "AAAA"), ("é", "=")], start=1)
    ]  # fmt: skip
    results = post.deliver([*bad, good])
    assert [results[n].outcome for n in range(4)] == [Outcome.ACCEPTED] + [Outcome.OUR_BUG] * 3


def test_a_message_that_is_too_long_is_never_sent(post: Post, sink: Sink, endpoint: str) -> None:
    push = post.push(1, endpoint)
    message = type(MESSAGE)("Long", "é" * 1000, MESSAGE.opens, "en")
    long = OutgoingPush(1, push.subscription, message, "notice/1", push.expires_at)
    assert post.deliver([long])[1].outcome is Outcome.OUR_BUG
    assert sink.received == []


def test_what_is_left_early_is_broken_off_and_sending_goes_on(
    post: Post, sink: Sink, endpoint: str
) -> None:
    sink.answers["/send/never"] = Answer(manner="never")
    never = endpoint.replace("abc", "never")
    under_way = post.sender.send([post.push(1, never), post.push(2, endpoint)], NOON)
    first = next(result for result in under_way if result)
    assert first.id == 2
    under_way.close()
    assert post.outcomes(endpoint) == [Outcome.ACCEPTED]


def test_a_result_and_a_push_show_no_endpoint_and_no_key(post: Post, endpoint: str) -> None:
    push = post.push(1, endpoint)
    shown = f"{push!r} {post.deliver([push])!r} {post.settings!r}"
    secrets = [push.subscription.endpoint, push.subscription.auth, push.subscription.p256dh]
    assert not [secret for secret in [*secrets, "/send/abc", "b'secret'"] if secret in shown]
