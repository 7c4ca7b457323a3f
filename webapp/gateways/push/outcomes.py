"""What a push service's answer means, and when to come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from webapp.domain.pushes import Outcome

Chance = Callable[[], float]

NO_ANSWER = 0
TOO_MANY = 429
GONE = frozenset({404, 410})
CREDENTIALS = frozenset({400, 401, 403})
REFUSALS = frozenset({401, 403})
PASSING = frozenset({NO_ANSWER, 406, 408, TOO_MANY})
# Apple, Google in two wordings, Mozilla: this subscription was made with another key.
KEY_MISMATCHES = (
    b"vapidpkhashmismatch",
    b"do not correspond to the credentials",
    b"does not correspond to the sender id",
    b"vapid public key mismatch",
)
MOZILLA_CREDENTIALS = 109
BAD_TOKEN = b"badjwttoken"

SOONEST = timedelta(seconds=1)
LATEST = timedelta(days=30)
SHORTEST_BACKOFF = 30.0
LONGEST_BACKOFF = 3600.0
DOUBLINGS = 7  # after these the longest is reached


def outcome_of(status: int, body: bytes) -> Outcome:
    """One answer alone; whether a refusal pauses the whole push service, the gate decides.

    `status` 0 stands for no answer.
    """
    if 200 <= status < 300:  # noqa: PLR2004
        return Outcome.ACCEPTED
    if status in GONE:
        return Outcome.GONE
    if status in CREDENTIALS and _is_key_mismatch(body):
        return Outcome.KEY_MISMATCH
    if status in REFUSALS or (status in CREDENTIALS and BAD_TOKEN in body.lower()):
        return Outcome.REFUSED
    if status in PASSING or status >= 500:  # noqa: PLR2004
        return Outcome.RETRY
    return Outcome.OUR_BUG


def _is_key_mismatch(body: bytes) -> bool:
    lowered = body.lower()
    return any(mark in lowered for mark in KEY_MISMATCHES) or _is_mozillas(body)


def _is_mozillas(body: bytes) -> bool:
    """Mozilla's number 109 covers everything about credentials, an expired token too.

    So it counts only where no words beside it name another reason: a wrong clock of ours must
    not disable every Firefox.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    is_dictionary = isinstance(answer, dict) and answer.get("errno") == MOZILLA_CREDENTIALS
    return is_dictionary and not answer.get("message")


def status_class(status: int) -> str:
    """The status without its detail: 2xx … 5xx, or network.

    >>> status_class(410), status_class(0)
    ('4xx', 'network')
    """
    return f"{status // 100}xx" if status else "network"


def retry_after(header: str, now: datetime) -> datetime | None:
    """When a Retry-After header lets us come back; None if it cannot be read.

    Takes seconds or an HTTP date; at least a second ahead, at most 30 days.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        # More digits than this are farther than the latest anyway.
        span = timedelta(seconds=int(text)) if len(text) < 9 else LATEST  # noqa: PLR2004
    else:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        span = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return now + min(max(span, SOONEST), LATEST)


def backoff(attempts: int, chance: Chance) -> timedelta:
    """How long to wait after this many failures: anywhere between 30 s and a growing end.

    The end doubles from one minute to one hour; `chance` gives a number from 0 to 1.
    """
    end = min(LONGEST_BACKOFF, SHORTEST_BACKOFF * 2 ** min(attempts + 1, DOUBLINGS))
    return timedelta(seconds=SHORTEST_BACKOFF + (end - SHORTEST_BACKOFF) * chance())
