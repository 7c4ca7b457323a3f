"""What a page's script tells of this browser's push subscription, as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webapp.domain.pushes import SubscriptionError
from webapp.services.push_devices import Offered

LONGEST_BODY = 8_192
LONGEST_ENDPOINT = 2_048
LONGEST_KEY = 200
HIGHEST_ID = 2**31 - 1


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Keys(_Told):
    p256dh: str = Field(max_length=LONGEST_KEY)
    auth: str = Field(max_length=LONGEST_KEY)


class _Subscription(_Told):
    """As `PushSubscription.toJSON()` gives it; `key` is ours that it was made with."""

    endpoint: str = Field(max_length=LONGEST_ENDPOINT)
    keys: _Keys
    key: str = Field("", max_length=LONGEST_KEY)


class Held(_Told):
    """What this browser holds. `account`: for whom it remembers to have been turned on."""

    subscription: _Subscription | None = None
    account: int = Field(0, ge=0, le=HIGHEST_ID)

    @property
    def offered(self) -> Offered | None:
        """The subscription as services take it."""
        if self.subscription is None:
            return None
        told = self.subscription
        return Offered(told.endpoint, told.keys.p256dh, told.keys.auth, told.key)


def held_in(body: bytes) -> Held:
    """Read the JSON in a request's body. Raises SubscriptionError for anything else."""
    if len(body) > LONGEST_BODY:
        raise SubscriptionError("More was sent than a subscription needs.")
    try:
        return Held.model_validate_json(body)
    except ValidationError as error:
        # Without its words: they repeat what was sent.
        raise SubscriptionError("What was sent is no subscription.") from error


def offered_in(body: bytes) -> Offered:
    """The subscription in a request's body. Raises SubscriptionError where there is none."""
    offered = held_in(body).offered
    if offered is None:
        raise SubscriptionError("No subscription was sent.")
    return offered
