"""Why an answer is as it is: the rules behind it, and how long each of them lasts."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from webapp.domain.calendar import DAY, HOUR, instant_of
from webapp.domain.protocol import Anchor, Rule, Span, Timing
from webapp.domain.windows import NEVER, Window

FAR_AWAY = datetime.max.replace(tzinfo=UTC)


class Reason(NamedTuple):
    """A rule that gives an answer at an instant.

    `span`: how long it lasts after a session, or how long before one it begins, with the client's
    extra days; None for what holds always. `session`: the number of the latest session it counts
    from, if it does. `ends_at` (UTC): when it ends, surely or as expected; None for never.
    """

    rule: Rule
    span: Span | None
    session: int | None
    ends_at: datetime | None


def reason_of(rule: Rule, extra_days: int, active: Iterable[Window]) -> Reason:
    """The reason that a rule is, by that of its active windows which lasts longest."""
    expected, session = max(((w[2], w[4]) for w in active), key=lambda end: end[0])
    ends_at = None if expected == NEVER else instant_of(expected)
    return Reason(rule, _span(rule.timing, extra_days), session, ends_at)


def longest_first(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """What never ends comes first; those that end together keep their order."""
    return tuple(sorted(reasons, key=_ends_at, reverse=True))


def _ends_at(reason: Reason) -> datetime:
    return reason.ends_at or FAR_AWAY


def _span(timing: Timing, extra_days: int) -> Span | None:
    if timing.anchor is Anchor.BEFORE_SESSION:
        return timing.lead
    if timing.until is None:
        return None
    if timing.until.hours:
        return Span(hours=timing.until.hours + extra_days * DAY // HOUR)
    return Span(days=timing.until.days + extra_days)
