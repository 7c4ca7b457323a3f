"""What a push is about, and how much of a battery it may cost."""

import pytest

from webapp.domain.pushes import PushSubscription, Urgency, topic_of, urgency_of


@pytest.mark.parametrize(
    ("kinds", "urgency"),
    [
        (["lift"], Urgency.HIGH),
        (["reminder", "stricter"], Urgency.HIGH),
        (["aftercare-begins", "healed"], Urgency.NORMAL),
        ([], Urgency.NORMAL),
    ],
)
def test_only_what_changes_an_answer_may_wake_a_phone(kinds: list[str], urgency: Urgency) -> None:
    assert urgency_of(kinds) is urgency


@pytest.mark.parametrize(
    ("kinds", "topic"),
    [(["reminder", "lift"], "plan/7"), (["reminder"], "notice/k"), ([], "notice/k")],
)
def test_a_newer_push_about_the_plan_replaces_an_older_one(kinds: list[str], topic: str) -> None:
    assert topic_of(kinds, 7, "k") == topic


def test_a_subscription_in_a_log_tells_nothing_of_where_it_leads() -> None:
    held = PushSubscription("https://push.example/secret", "public", "auth", "key-1")
    assert repr(held) == "PushSubscription(key_id='key-1')"
