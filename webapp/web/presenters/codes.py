"""Codes and links as the pages show them, and why one did not work."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from webapp.domain.codes import in_groups
from webapp.domain.invitations import NEVER_REFUSED, InvitationKind
from webapp.services.attempts import MustWaitError
from webapp.services.invitations import MadeInvitation, OpenInvitation
from webapp.web.context import settings
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.qr import qr
from webapp.web.presenters.times import at_time, countdown, iso, when

KINDS = {
    InvitationKind.DESK: later("Code from the desk"),
    InvitationKind.SENT: later("Code that was sent"),
    InvitationKind.DEVICE: later("Code for one more device"),
    InvitationKind.STAFF: later("Link for a new colleague"),
    InvitationKind.RESET: later("Link to a new password"),
}

MINUTES_AN_HOUR = 60


def link_of(made: MadeInvitation) -> str:
    """The whole address behind the QR code."""
    return settings().base_url.rstrip("/") + made.path


def code_card(made: MadeInvitation, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Arguments of components/code_display.html for a code that has just been made."""
    return {
        "title": _("Code"),
        "groups": in_groups(made.code),
        "plain_code": made.code,
        "qr": qr(link_of(made)),
        "qr_label": _("QR code that opens the sign-in page"),
        "expires": _valid_words(made.expires_at, zone, now),
        "expires_at": iso(made.expires_at),
        "copy_words": _("Copy the code"),
        "copied_words": _("Copied"),
    }


def link_card(made: MadeInvitation, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """The same for a link to be sent: its button copies the whole address."""
    return code_card(made, zone, now) | {
        "plain_code": link_of(made),
        "copy_words": _("Copy the link"),
    }


def client_card(made: MadeInvitation, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """The same for a client's phone: beside the staff the code is typed, else the link is sent."""
    card = link_card if made.kind is InvitationKind.SENT else code_card
    return card(made, zone, now) | {
        "title": _("Code for the client's phone"),
        "qr_label": _("QR code that opens the client's page on their own phone"),
    }


def _valid_words(expires_at: datetime, zone: ZoneInfo, now: datetime) -> str:
    minutes = max(int((expires_at - now).total_seconds() // 60), 1)
    until = _until(expires_at, zone, now)
    if minutes > MINUTES_AN_HOUR:
        return _("Works once, until %(when)s", when=until)
    left = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return _("Works once, for %(left)s, until %(when)s", left=left, when=until)


def open_rows(found: list[OpenInvitation], zone: ZoneInfo, now: datetime) -> list[dict[str, Any]]:
    """Unused codes as rows: id, title, detail."""
    return [
        {
            "id": one.invitation_id,
            "title": _(KINDS[one.kind]),
            "detail": _(
                "Made %(made)s, works until %(until)s",
                made=_until(one.created_at, zone, now),
                until=_until(one.expires_at, zone, now),
            ),
        }
        for one in found
    ]


def wrong_code_words(wait_until: datetime | None, now: datetime) -> str:
    """Why a code or link did not work and what to do."""
    if wait_until is None or wait_until <= now:
        return _(
            "This code does not work. Check it, or ask your clinic for a new one: each works "
            "once and only for a while."
        )
    words = _(
        "There were several wrong codes from here. Please try again %(wait)s.",
        wait=countdown(wait_until, now),
    )
    if InvitationKind.DESK in NEVER_REFUSED:
        words += " " + _("A code the clinic has just shown you works at once.")
    return words


def wrong_link_words(wait_until: datetime | None, now: datetime) -> str:
    """Why a link of the staff did not work and what to do."""
    if wait_until is not None and wait_until > now:
        return _(
            "There were several wrong codes from here. Please try again %(wait)s.",
            wait=countdown(wait_until, now),
        )
    return _(
        "This link does not work. Each works once and for 24 hours. Ask for a new one: the owner "
        "makes it under Settings, and for the owner the command prints it."
    )


def wait_words(error: MustWaitError, now: datetime) -> str:
    """That there were too many wrong passwords, how long to wait, and what works at once."""
    wait = countdown(error.until, now)
    if error.is_for_account:
        return _(
            "There were many wrong passwords for this e-mail. Please try again %(wait)s. A device "
            "on which you signed in before works at once.",
            wait=wait,
        )
    return _("There were several wrong passwords from here. Please try again %(wait)s.", wait=wait)


def _until(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    is_today = at.astimezone(zone).date() == now.astimezone(zone).date()
    return at_time(at, zone) if is_today else when(at, zone, now)
