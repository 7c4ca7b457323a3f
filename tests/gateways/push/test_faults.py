"""Push services that refuse, stall, break off and overwhelm: each outcome, and nobody else held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.gateways.push.conftest import MakeSink, Post
from tests.gateways.push.sink import Answer, Sink
from webapp.domain.pushes import Outcome
from webapp.gateways.clock import stopwatch
from webapp.gateways.push.endpoints import TrustedHost
from webapp.gateways.push.exchange import LARGEST_ANSWER
from webapp.gateways.push.gate import TO_A_STRANGER
from webapp.gateways.push.workbench import PushSettings

MakePost = Callable[..., Post]
PATIENCE = 0.4  # seconds that these tests give a push service instead of fifteen


@pytest.mark.parametrize(
    ("answer", "outcome_and_class"),
    [
        (Answer(404), (Outcome.GONE, "4xx")),
        (Answer(410), (Outcome.GONE, "4xx")),
        (Answer(410, b"x" * 300_000), (Outcome.GONE, "4xx")),
        (Answer(403), (Outcome.ORIGIN_PAUSED, "4xx")),
        (Answer(400, b'{"reason":"VapidPkHashMismatch"}'), (Outcome.KEY_MISMATCH, "4xx")),
        (Answer(500), (Outcome.RETRY, "5xx")),
        (Answer(413), (Outcome.OUR_BUG, "4xx")),
        (Answer(201, manner="drip"), (Outcome.ACCEPTED, "2xx")),
        (Answer(410, manner="drip"), (Outcome.GONE, "4xx")),
        (Answer(manner="never"), (Outcome.RETRY, "network")),
        (Answer(manner="reset"), (Outcome.RETRY, "network")),
    ],
)
def test_each_answer_has_its_outcome(
    make_post: MakePost,
    sink: Sink,
    endpoint: str,
    answer: Answer,
    outcome_and_class: tuple[Outcome, str],
) -> None:
    sink.answer = answer
    result = make_post(TrustedHost("push.test", sink.port), total=PATIENCE).send(endpoint)[0]
    assert (result.outcome, result.status_class) == outcome_and_class
    assert result.span < timedelta(seconds=2 * PATIENCE)


def test_a_closed_port_is_tried_again_later(make_post: MakePost) -> None:
    result = make_post(TrustedHost("push.test", 9)).send("https://push.test:9/a")[0]
    assert (result.outcome, result.status_class) == (Outcome.RETRY, "network")
    assert result.retry_at
    assert timedelta(seconds=30) <= result.retry_at - NOON < timedelta(seconds=31)


def test_a_closed_port_is_not_knocked_at_by_all(make_post: MakePost) -> None:
    results = make_post(TrustedHost("push.test", 9)).send(*["https://push.test:9/a"] * 60)
    classes = [result.status_class for result in results.values()]
    assert classes.count("unsent") >= 60 - TO_A_STRANGER
    assert {result.outcome for result in results.values()} == {Outcome.RETRY}


def test_an_answer_of_before_is_not_taken_for_one(
    make_post: MakePost, sink: Sink, endpoint: str
) -> None:
    post = make_post(TrustedHost("push.test", sink.port), total=PATIENCE)
    first = post.outcomes(endpoint)
    sink.answer = Answer(manner="never")
    assert first + post.outcomes(endpoint) == [Outcome.ACCEPTED, Outcome.RETRY]


@pytest.mark.parametrize("header", ["120", "Mon, 02 Mar 2026 08:02:00 GMT"])
def test_after_the_first_429_nothing_starts_before_its_time(
    post: Post, sink: Sink, endpoint: str, header: str
) -> None:
    sink.answer = Answer(429, headers=(("retry-after", header),))
    results = post.send(*[endpoint] * 60)
    until = {result.retry_at for result in results.values() if result.retry_at}
    assert {result.outcome for result in results.values()} == {Outcome.RETRY}
    assert len(sink.received) <= TO_A_STRANGER
    assert all(abs(at - NOON - timedelta(minutes=2)) < timedelta(seconds=3) for at in until)


@pytest.mark.parametrize("answer", [Answer(429, headers=(("retry-after", "2"),)), Answer(401)])
def test_who_comes_back_at_the_second_that_was_named_finds_it_open(
    post: Post, sink: Sink, endpoint: str, answer: Answer
) -> None:
    sink.answer = answer
    named = [result.retry_at for result in post.send(*[endpoint] * 30).values()]
    latest = max(at.replace(microsecond=0) for at in named if at)
    assert post.sender.closed_origins(latest) == {}
    assert latest >= NOON + timedelta(seconds=3)  # the present was cut by almost a second


def test_a_later_batch_waits_too_and_then_goes_through(
    post: Post, sink: Sink, endpoint: str
) -> None:
    sink.answer = Answer(429, headers=(("retry-after", "120"),))
    post.send(endpoint)
    sink.answer = Answer()
    assert post.send(endpoint)[0].status_class == "unsent"
    later = NOON + timedelta(seconds=122)
    assert [r.outcome for r in post.results([post.push(1, endpoint)], later)] == ["accepted"]
    assert len(sink.received) == 2


def test_a_stranger_gets_at_most_twenty_at_once(post: Post, sink: Sink, endpoint: str) -> None:
    sink.late = 0.1
    post.send(*[endpoint] * 60)
    assert sink.most_in_flight > TO_A_STRANGER
    assert sink.most_before_an_answer == TO_A_STRANGER


def test_refused_credentials_pause_the_origin_and_delete_nothing(
    post: Post, sink: Sink, endpoint: str
) -> None:
    sink.answer = Answer(403, b'{"reason":"BadJwtToken"}')
    results = post.send(*[f"{endpoint}{n}" for n in range(60)])
    assert {result.outcome for result in results.values()} == {Outcome.ORIGIN_PAUSED}
    assert len(sink.received) <= TO_A_STRANGER
    assert list(post.sender.closed_origins(NOON)) == [f"https://push.test:{sink.port}"]


def test_one_made_up_endpoint_cannot_silence_the_others(
    post: Post, sink: Sink, endpoint: str
) -> None:
    sink.answers["/send/made-up"] = Answer(401)
    made_up = endpoint.replace("abc", "made-up")
    post.send(endpoint)
    assert post.outcomes(made_up, endpoint) == [Outcome.REFUSED, Outcome.ACCEPTED]


def test_after_a_pause_another_endpoint_than_the_refused_goes_first(
    post: Post, sink: Sink, endpoint: str
) -> None:
    sink.answers["/send/made-up"] = Answer(401)
    made_up = post.push(1, endpoint.replace("abc", "made-up"))
    assert post.deliver([made_up])[1].outcome is Outcome.ORIGIN_PAUSED
    batch = [made_up, post.push(2, endpoint)]
    results = {r.id: r.outcome for r in post.results(batch, NOON + timedelta(seconds=62))}
    assert results == {2: Outcome.ACCEPTED, 1: Outcome.REFUSED}


def test_a_tarpit_ends_at_the_bound_and_starves_nobody(
    make_post: MakePost, make_sink: MakeSink
) -> None:
    tarpit, good = make_sink(answer=Answer(manner="never")), make_sink()
    hosts = [TrustedHost("push.test", tarpit.port), TrustedHost("other.test", good.port)]
    post = make_post(*hosts, total=1.0)
    stuck = [post.push(n, f"https://push.test:{tarpit.port}/{n}") for n in range(100)]
    free = [post.push(n, f"https://other.test:{good.port}/{n}") for n in range(100, 200)]
    began = stopwatch()
    order = post.results([*stuck, *free])
    assert stopwatch() - began < 2.0
    assert {result.id for result in order[:100]} == {push.id for push in free}
    assert len(tarpit.received) <= TO_A_STRANGER


def test_a_slow_push_service_cannot_make_a_batch_endless(
    make_post: MakePost, sink: Sink, endpoint: str
) -> None:
    sink.answer, sink.late = Answer(500), 0.6
    post = make_post(TrustedHost("push.test", sink.port), total=1.0)
    results = post.send(*[endpoint] * 60).values()
    unsent = [result for result in results if result.status_class == "unsent"]
    assert len(unsent) == 60 - 2 * TO_A_STRANGER
    assert all(r.retry_at and r.retry_at < NOON + timedelta(seconds=5) for r in unsent)


def test_an_oversized_answer_is_cut_off(post: Post, sink: Sink, endpoint: str) -> None:
    mark = b"VAPID public key mismatch"
    sink.answer = Answer(401, b" " * LARGEST_ANSWER + mark)
    assert post.outcomes(endpoint) == [Outcome.ORIGIN_PAUSED]
    sink.answer = Answer(401, (b" " * (LARGEST_ANSWER - len(mark))) + mark + b" " * 9999)
    post.sender.release(f"https://push.test:{sink.port}")
    assert post.outcomes(endpoint) == [Outcome.KEY_MISMATCH]


def test_a_hold_from_before_a_restart_is_kept(post: Post, sink: Sink, endpoint: str) -> None:
    post.sender.hold(f"https://push.test:{sink.port}", NOON + timedelta(hours=1))
    assert post.send(endpoint)[0].retry_at == NOON + timedelta(hours=1)
    assert sink.connections == 0


def test_nothing_takes_longer_than_fifteen_seconds_or_connects_longer_than_three() -> None:
    settings = PushSettings(b"")
    assert (settings.total, settings.connect) == (15, 3)
