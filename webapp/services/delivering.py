"""Delivering: claim by lease, prove, word, send outside of any transaction, settle by the fence."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from webapp.domain.calendar import zone_named
from webapp.domain.notices import NoticeFacts, NoticeKind
from webapp.domain.pushes import Outcome, OutgoingPush, SendResult, topic_of, urgency_of
from webapp.persistence import sending
from webapp.persistence.database import writing
from webapp.persistence.telling import DueNotice
from webapp.protocols.loader import protocol_version
from webapp.services.claiming import BAD_ROW_SPAN, Lease, Ready, claim
from webapp.services.ports import Collaborators, PushSender
from webapp.services.settling import UNSENT, Settling

MOST_DELIVERIES = 200
# Twice what a round may last (see PushSender.send), so that no lease runs out under way.
LEASE_SPAN = timedelta(seconds=60)
# Whoever has not begun by then slept meanwhile: the lease is left to run out.
BEGIN_SECONDS = 15.0
# Settled in small batches, and soon: a killed process repeats what it had not written down.
SETTLE_EVERY = 50
SETTLE_SECONDS = 0.2
NO_SPAN = timedelta()
UTC_ZONE = "UTC"
log = structlog.get_logger("deliveries")


def deliver(
    with_: Collaborators,
    sender: PushSender,
    origin: str,
    now: datetime,
    most: int = MOST_DELIVERIES,
) -> int:
    """Send what is due to one push service, at most so many; returns how many were claimed.

    Raises UnsettledError where the results could not be written down.
    """
    began = with_.stopwatch()
    lease = Lease(now, now + LEASE_SPAN, secrets.token_hex(16))
    count, ready = claim(origin, lease, most)
    if not ready:
        return count
    settling = Settling(lease.token, {one.delivery.id: one.delivery for one in ready}, now)
    pushes, unwordable = _pushes(with_, ready, now)
    if unwordable:
        settling.settle(unwordable)
        _note_mistake(now)
    if with_.stopwatch() - began > BEGIN_SECONDS:
        log.warning("too late to begin; the lease runs out")
        return count
    with closing(sender.send(pushes, now)) as results:
        for batch in _batches(results, with_.stopwatch):
            settling.settle(batch)
    settling.finish()
    _remember_closed(sender, now)
    return count


def _pushes(
    with_: Collaborators, ready: Sequence[Ready], now: datetime
) -> tuple[list[OutgoingPush], list[SendResult]]:
    """What can be sent, and the results of what cannot even be worded: put off, it stops no
    other."""
    pushes, unwordable = [], []
    for one in ready:
        try:
            pushes.append(_push(with_, one, now))
        except Exception:
            log.exception("a delivery cannot be worded", delivery=one.delivery.id)
            unwordable.append(
                SendResult(one.delivery.id, Outcome.RETRY, UNSENT, NO_SPAN, now + BAD_ROW_SPAN)
            )
    return pushes, unwordable


def _push(with_: Collaborators, ready: Ready, now: datetime) -> OutgoingPush:
    is_discreet = ready.preference is None or ready.preference.is_discreet
    facts = [_facts(notice) for notice in ready.notices]
    message = with_.words.message(facts, is_discreet, ready.unread, now)
    kinds = [notice.kind for notice in ready.notices]
    account_id = ready.delivery.account_id
    return OutgoingPush(
        id=ready.delivery.id,
        subscription=ready.subscription,
        message=replace(message, opens=with_.base_url + message.opens),
        topic_of=topic_of(kinds, account_id, str(ready.notices[0].id)),
        expires_at=max(notice.expires_at for notice in ready.notices),
        urgency=urgency_of(kinds),
        attempts=ready.delivery.attempts,
    )


def _facts(notice: DueNotice) -> NoticeFacts:
    known = notice.protocol_id is not None and notice.protocol_version is not None
    return NoticeFacts(
        id=notice.id,
        kind=NoticeKind(notice.kind),
        at=notice.at,
        zone=zone_named(notice.zone or UTC_ZONE),
        session_number=notice.session_number,
        content=notice.content,
        protocol=protocol_version(str(notice.protocol_id), notice.protocol_version or 0)
        if known
        else None,
    )


def _batches(
    results: Iterator[SendResult | None], stopwatch: Callable[[], float]
) -> Iterator[list[SendResult]]:
    """Results as they are written down; also those that were known before something failed."""
    batch: list[SendResult] = []
    began = 0.0
    try:
        for result in results:
            if result:
                began = began if batch else stopwatch()
                batch.append(result)
            if len(batch) >= SETTLE_EVERY or (batch and stopwatch() - began > SETTLE_SECONDS):
                yield batch
                batch = []
    except Exception:
        yield batch
        raise
    yield batch


def _note_mistake(now: datetime) -> None:
    with writing() as writer:
        sending.note(writer, mistake_at=now)


def _remember_closed(sender: PushSender, now: datetime) -> None:
    """What push services asked us to wait for holds for the next process too."""
    closed = sender.closed_origins(now)
    if closed:
        with writing() as writer:
            for origin, until in closed.items():
                sending.note_origin(writer, origin, {"closed_until": until})
