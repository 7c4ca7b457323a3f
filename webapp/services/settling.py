"""What becomes of a delivery after an attempt, and what its subscription and its origin owe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.domain.pushes import Outcome, SendResult
from webapp.persistence import outbox, sending
from webapp.persistence.database import writing
from webapp.persistence.loading import PENDING
from webapp.persistence.outbox import Attempt, Claimed, Settlement

UNSENT = "unsent"
EXPIRED, FAILED = "expired", "failed"
FINAL = {
    Outcome.ACCEPTED: "accepted",
    Outcome.GONE: "gone",
    Outcome.KEY_MISMATCH: FAILED,
    Outcome.OUR_BUG: FAILED,
}
REFUSALS = frozenset({Outcome.REFUSED, Outcome.ORIGIN_PAUSED})
SOONEST_RETRY = timedelta(seconds=30)
log = structlog.get_logger("deliveries")


class UnsettledError(Exception):
    """Results could not be written down. `settling` has them, and can be asked to finish."""

    def __init__(self, settling: Settling) -> None:
        super().__init__("results could not be written down")
        self.settling = settling


class Settling:
    """The results of one claimed batch on their way into the tables."""

    def __init__(self, token: str, claimed: Mapping[int, Claimed], now: datetime) -> None:
        self._token = token
        self._claimed = claimed
        self._now = now
        self._left: list[SendResult] = []
        self._is_stuck = False

    def settle(self, results: Sequence[SendResult]) -> None:
        """Write down some results, in one transaction.

        A locked database or a full disk loses none of them: they are kept for `finish`, and no
        more is tried meanwhile, because each try may wait while others are under way.
        """
        self._left += results
        if self._left and not self._is_stuck:
            try:
                self._write_left()
            except SQLAlchemyError:
                self._is_stuck = True
                log.exception("results are kept until they can be written down")

    def finish(self) -> None:
        """Write down what is left. Raises UnsettledError as long as that cannot be."""
        try:
            self._write_left()
        except OperationalError as error:
            raise UnsettledError(self) from error

    def _write_left(self) -> None:
        if self._left:
            self._write(self._left)
            self._left = []

    def _write(self, results: Sequence[SendResult]) -> None:
        with writing() as writer:
            outbox.settle(writer, self._token, [self._settlement(result) for result in results])
            outbox.log_attempts(
                writer, [self._attempt(r) for r in results if r.status_class != UNSENT]
            )
            self._devices(writer, results)
            self._origins(writer, results)

    def _settlement(self, result: SendResult) -> Settlement:
        delivery = self._claimed[result.id]
        attempts = delivery.attempts + (result.status_class != UNSENT)
        state = FINAL.get(result.outcome)
        retry_at = result.retry_at or self._now + SOONEST_RETRY
        if state is None and retry_at >= delivery.expires_at:
            state = EXPIRED
        if state is None:
            return Settlement(delivery.id, PENDING, attempts, retry_at, None)
        return Settlement(delivery.id, state, attempts, self._now, self._now)

    def _attempt(self, result: SendResult) -> Attempt:
        milliseconds = round(result.span.total_seconds() * 1000)
        return Attempt(
            result.id,
            self._now,
            result.origin,
            result.outcome.value,
            result.status_class,
            milliseconds,
        )

    def _devices(self, writer: Session, results: Sequence[SendResult]) -> None:
        gone = self._subscriptions(results, Outcome.GONE)
        mismatched = self._subscriptions(results, Outcome.KEY_MISMATCH)
        if gone:
            outbox.drop_subscriptions(writer, gone, self._now)
        if mismatched:
            outbox.disable_subscriptions(writer, mismatched, self._now)

    def _subscriptions(self, results: Sequence[SendResult], outcome: Outcome) -> list[int]:
        return [self._claimed[r.id].subscription_id for r in results if r.outcome is outcome]

    def _origins(self, writer: Session, results: Sequence[SendResult]) -> None:
        if any(result.outcome is Outcome.OUR_BUG for result in results):
            sending.note(writer, mistake_at=self._now)
        for origin in {result.origin for result in results if result.outcome in REFUSALS}:
            sending.note_origin(writer, origin, {"refused_at": self._now})
        sending.forgive(
            writer, {result.origin for result in results if result.outcome is Outcome.ACCEPTED}
        )
