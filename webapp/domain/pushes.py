"""What a push is, whom it goes to and what became of it: values between services and the sender."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

URGENT_KINDS = frozenset({"lift", "stricter"})
# These speak about the whole plan: the newest replaces an older one still under way.
PLAN_KINDS = frozenset({"aftercare-begins", "lift", "stricter", "healed"})


class Urgency(StrEnum):
    """How much of its battery a phone may spend on a push (RFC 8030)."""

    NORMAL = "normal"
    HIGH = "high"


class Outcome(StrEnum):
    """What became of one attempt, and with it what the caller owes the subscription."""

    ACCEPTED = "accepted"  # the push service took it; whether it was shown nobody knows
    GONE = "gone"  # delete the subscription
    KEY_MISMATCH = "key-mismatch"  # disable this one: it was made with another key
    REFUSED = "refused"  # our credentials, for this one: keep it, try later, tell the owner
    ORIGIN_PAUSED = "origin-paused"  # our credentials, everywhere: keep all, tell the owner
    RETRY = "retry"  # keep it, try again at `retry_at`
    OUR_BUG = "our-bug"  # keep it, tell the owner; trying again would not help


class SubscriptionError(ValueError):
    """A subscription that cannot be sent to; the words are for a log and hold none of it."""


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """Where one device receives. Keys in base64url as browsers give them.

    `key_id` names the key of ours that the subscription was made with.
    """

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    key_id: str


@dataclass(frozen=True, slots=True)
class PushMessage:
    """What the phone shows. `opens` is an absolute URL of ours; `badge` counts unread notices."""

    title: str
    body: str
    opens: str
    language: str
    badge: int | None = None
    direction: str = "auto"


@dataclass(frozen=True, slots=True)
class OutgoingPush:
    """One message to one subscription.

    `topic_of` says what it is about: an undelivered older push about the same is replaced, and so
    is a notification on the phone. `attempts` counts those made before.
    """

    id: int
    subscription: PushSubscription
    message: PushMessage
    topic_of: str
    expires_at: datetime
    urgency: Urgency = Urgency.NORMAL
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one push; holds no endpoint, key or text.

    `status_class` is 2xx … 5xx, `network` without any answer, or `unsent` if no request was
    begun (not an attempt). `retry_at` comes with refused, origin-paused and retry.
    """

    id: int
    outcome: Outcome
    status_class: str
    span: timedelta
    retry_at: datetime | None = None
    origin: str = ""


def urgency_of(kinds: Collection[str]) -> Urgency:
    """High if any of the notices in one push is a lift or stricter."""
    return Urgency.HIGH if URGENT_KINDS.intersection(kinds) else Urgency.NORMAL


def topic_of(kinds: Collection[str], account_id: int, notice_key: str) -> str:
    """What a push stands for: the client's plan, or the one notice with this key."""
    is_plan = bool(PLAN_KINDS.intersection(kinds))
    return f"plan/{account_id}" if is_plan else f"notice/{notice_key}"
