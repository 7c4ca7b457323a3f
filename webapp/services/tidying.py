"""Removing what has served its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Result, delete, or_, select

from webapp.persistence.database import writing
from webapp.persistence.tables import (
    AskedQuestion,
    AuthenticatorApp,
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    HairdresserCard,
    Invitation,
    LoginRecord,
    SignInStep,
    WrongCode,
)
from webapp.services import logins, radar
from webapp.services.ports import Collaborators

WRONG_CODE_SPAN = timedelta(days=2)
SPENT_INVITATION_SPAN = timedelta(days=30)
OVER_CARD_SPAN = timedelta(days=30)
BEGUN_SPAN = timedelta(days=1)
ENDED_LOGIN_SPAN = timedelta(days=180)
ATTEMPT_SPAN = timedelta(days=180)


def tidy(with_: Collaborators) -> dict[str, int]:
    """Remove counted wrong codes, spent invitations, cards that are over, ended logins, what was
    begun and never ended, what was asked, and what was tried to deliver, once they are old enough;
    end logins that lapsed for good, and with them the push to their devices.

    Returns how many rows of each it was. The audit is never tidied.
    """
    now = with_.clock.now()
    long_spent = or_(
        Invitation.expires_at < now - SPENT_INVITATION_SPAN,
        Invitation.used_at < now - SPENT_INVITATION_SPAN,
    )
    statements = {
        "wrong_codes": delete(WrongCode).where(WrongCode.tried_at < now - WRONG_CODE_SPAN),
        "invitations": delete(Invitation).where(long_spent),
        "cards": delete(HairdresserCard).where(HairdresserCard.expires_at < now - OVER_CARD_SPAN),
        "logins": delete(LoginRecord).where(LoginRecord.ended_at < now - ENDED_LOGIN_SPAN),
    }
    # A key that no code was ever shown of, and steps that lead nowhere any more.
    never = AuthenticatorApp.confirmed_at.is_(None), AuthenticatorApp.added_at < now - BEGUN_SPAN
    statements["apps"] = delete(AuthenticatorApp).where(*never)
    statements["steps"] = delete(SignInStep).where(SignInStep.expires_at < now)
    kept_since = radar.oldest_kept(now.date())
    statements["asked"] = delete(AskedQuestion).where(AskedQuestion.asked_on < kept_since)
    long_settled = select(Delivery.id).where(Delivery.settled_at < now - ATTEMPT_SPAN)
    statements |= {
        "attempts": delete(DeliveryAttempt).where(DeliveryAttempt.at < now - ATTEMPT_SPAN),
        "loads": delete(DeliveryNotice).where(DeliveryNotice.delivery_id.in_(long_settled)),
        "deliveries": delete(Delivery).where(Delivery.settled_at < now - ATTEMPT_SPAN),
    }
    with writing() as writer:
        counts = {name: _count(writer.execute(what)) for name, what in statements.items()}
        return counts | {"lapsed": logins.end_lapsed(writer, now)}


def _count(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
