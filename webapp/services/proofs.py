"""Tests of a device: asked for by its holder, and what became of each, in honest words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.domain.notices import NoticeKind
from webapp.domain.people import SignedIn
from webapp.persistence import proofs, push_subscriptions
from webapp.persistence.database import reading, writing
from webapp.persistence.notices import PLANNED, SUPERSEDED
from webapp.persistence.proofs import FoundProof
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

# Whoever taps twice asked once.
ONE_TEST_SPAN = timedelta(seconds=30)
# Sending takes a second or two; after that, something keeps it waiting.
USUAL_SPAN = timedelta(seconds=30)
ACCEPTED = "accepted"
ON_ITS_WAY = frozenset({"pending", "claimed"})
REFUSED = frozenset({"failed", "expired"})


class Outcome(StrEnum):
    """What became of a test. Whether it was shown, only the device knows."""

    WAITING = "waiting"
    LATE = "late"  # waiting for longer than usual
    ACCEPTED = "accepted"
    NO_DEVICE = "no-device"
    REJECTED = "rejected"

    @property
    def is_final(self) -> bool:
        return self not in (Outcome.WAITING, Outcome.LATE)


@dataclass(frozen=True, slots=True)
class ProofResult:
    """`device` is '' where it was removed meanwhile; `at` (UTC) since when it is so."""

    notice_id: int
    outcome: Outcome
    at: datetime
    device: str = ""


def send_test(with_: Collaborators, person: SignedIn, subscription_id: int) -> int:
    """Ask for a test on one device; returns the id by which `result_of` tells what became of it.

    Raises NotFoundError.
    """
    now = with_.clock.now()
    with writing() as writer:
        if not push_subscriptions.is_own(writer, person.account_id, subscription_id):
            raise NotFoundError
        since = now - ONE_TEST_SPAN
        before = proofs.newest_test(writer, person.account_id, subscription_id, since)
        if before is not None:
            return before
        return proofs.add(writer, person.account_id, NoticeKind.TEST, subscription_id, now)


def result_of(with_: Collaborators, person: SignedIn, notice_id: int) -> ProofResult:
    """What became of a test that this person asked for. Raises NotFoundError."""
    now, reader = with_.clock.now(), reading()
    found = proofs.find_test(reader, person.account_id, notice_id)
    if found is None:
        raise NotFoundError
    devices = push_subscriptions.devices_of(reader, person.account_id)
    device = next((row.device for row in devices if row.id == found.subscription_id), "")
    outcome, at = _outcome_of(found, now)
    return ProofResult(notice_id, outcome, at, device)


def _outcome_of(found: FoundProof, now: datetime) -> tuple[Outcome, datetime]:
    states = {state: settled_at or now for state, settled_at in found.deliveries}
    if ACCEPTED in states:
        return Outcome.ACCEPTED, states[ACCEPTED]
    if ON_ITS_WAY & states.keys() or (found.state == PLANNED and now < found.expires_at):
        is_late = now - found.planned_at >= USUAL_SPAN
        return (Outcome.LATE if is_late else Outcome.WAITING), found.planned_at
    refused = [at for state, at in states.items() if state in REFUSED]
    if refused:
        return Outcome.REJECTED, refused[0]
    is_unsent = found.state != SUPERSEDED and not states and now >= found.expires_at
    return (Outcome.REJECTED if is_unsent else Outcome.NO_DEVICE), now


def send_to_all(with_: Collaborators, account_id: int) -> list[int]:
    """Ask for a test on every device of an account; the ids by which `outcome_of` tells of them."""
    now = with_.clock.now()
    with writing() as writer:
        devices = push_subscriptions.devices_of(writer, account_id)
        return [proofs.add(writer, account_id, NoticeKind.TEST, row.id, now) for row in devices]


def outcome_of(with_: Collaborators, account_id: int, notice_id: int) -> Outcome:
    """What became of one of these tests. Raises NotFoundError."""
    found = proofs.find_test(reading(), account_id, notice_id)
    if found is None:
        raise NotFoundError
    return _outcome_of(found, with_.clock.now())[0]
