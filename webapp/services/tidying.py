"""Removing what has served its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Delete, Result, delete, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from webapp.domain.retention import Retention, kept_since
from webapp.persistence.database import writing
from webapp.persistence.tables import (
    AskedQuestion,
    AuthenticatorApp,
    CalendarFeed,
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    HairdresserCard,
    Invitation,
    LoginRecord,
    SignInStep,
    Slip,
    WrongCode,
)
from webapp.services import logins, radar
from webapp.services.ports import Collaborators

WRONG_CODE_SPAN = timedelta(days=2)
BEGUN_SPAN = timedelta(days=1)


def tidy(with_: Collaborators) -> dict[str, int]:
    """Remove counted wrong codes, spent invitations, cards that are over, revoked feeds, ended
    logins, what was begun and never ended, what was asked, slips that were seen, and what was tried
    to deliver, once they are as old as the clinic's retention says; end logins that lapsed for
    good, and with them the push to their devices.

    Returns how many rows of each it was. The audit is never tidied.
    """
    now = with_.clock.now()
    statements = _left_over(now) | _over(with_.retention, now) | _told(with_.retention, now)
    asked_before = AskedQuestion.asked_on < radar.oldest_kept(with_)
    statements["asked"] = delete(AskedQuestion).where(asked_before)
    with writing() as writer:
        counts = {name: _count(writer.execute(what)) for name, what in statements.items()}
        return counts | {"lapsed": logins.end_lapsed(writer, now)}


def _left_over(now: datetime) -> dict[str, Delete]:
    """What nothing comes of any more: a key that no code was ever shown of, steps that lead
    nowhere, codes that were typed wrong."""
    never = AuthenticatorApp.confirmed_at.is_(None), AuthenticatorApp.added_at < now - BEGUN_SPAN
    return {
        "wrong_codes": delete(WrongCode).where(WrongCode.tried_at < now - WRONG_CODE_SPAN),
        "apps": delete(AuthenticatorApp).where(*never),
        "steps": delete(SignInStep).where(SignInStep.expires_at < now),
    }


def _over(days: Retention, now: datetime) -> dict[str, Delete]:
    """What opens nothing any more."""
    invitations_since = kept_since(days.invitations, now)
    spent = or_(
        _before(Invitation.expires_at, invitations_since),
        _before(Invitation.used_at, invitations_since),
    )
    card_over = _before(HairdresserCard.expires_at, kept_since(days.cards, now))
    return {
        "invitations": delete(Invitation).where(spent),
        "cards": delete(HairdresserCard).where(card_over),
        "feeds": delete(CalendarFeed).where(
            _before(CalendarFeed.revoked_at, kept_since(days.feeds, now))
        ),
        "logins": delete(LoginRecord).where(
            _before(LoginRecord.ended_at, kept_since(days.logins, now))
        ),
    }


def _told(days: Retention, now: datetime) -> dict[str, Delete]:
    """What was told, by us or by clients. The rows of deliveries go in this order."""
    pushes_since = kept_since(days.pushes, now)
    settled = _before(Delivery.settled_at, pushes_since)
    long_settled = select(Delivery.id).where(settled)
    return {
        "slips": delete(Slip).where(_before(Slip.seen_at, kept_since(days.slips, now))),
        "attempts": delete(DeliveryAttempt).where(_before(DeliveryAttempt.at, pushes_since)),
        "loads": delete(DeliveryNotice).where(DeliveryNotice.delivery_id.in_(long_settled)),
        "deliveries": delete(Delivery).where(settled),
    }


def _before(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    since: datetime | None,
) -> ColumnElement[bool]:
    """Nothing is, where all is kept."""
    return false() if since is None else column < since


def _count(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
