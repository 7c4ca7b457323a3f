"""One-time ways in: what kinds there are, and how long each is good."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class InvitationKind(StrEnum):
    """Owner: the clinic's first owner. Staff: a new colleague. Reset: a new password.

    Desk: a client beside the staff. Sent: a client elsewhere. Device: one more device of a client.
    """

    OWNER = "owner"
    STAFF = "staff"
    RESET = "reset"
    DESK = "desk"
    SENT = "sent"
    DEVICE = "device"


LINKS = frozenset({InvitationKind.STAFF, InvitationKind.RESET})
FOR_CLIENTS = frozenset({InvitationKind.DESK, InvitationKind.SENT, InvitationKind.DEVICE})
# Taken even from somebody who mistyped too often: the staff stand beside them.
NEVER_REFUSED = frozenset({InvitationKind.DESK})
# A newer one of the same kind for the same account makes the older one useless.
REPLACING = frozenset(InvitationKind) - {InvitationKind.DEVICE}
_AT_THE_DESK = timedelta(minutes=10)
_A_DAY = timedelta(hours=24)


def valid_span(kind: InvitationKind) -> timedelta:
    """How long an invitation of this kind can be used."""
    is_short = kind in (InvitationKind.DESK, InvitationKind.DEVICE)
    return _AT_THE_DESK if is_short else _A_DAY
