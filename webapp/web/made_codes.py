"""A code or link just made, kept for its maker's own browser until it ends, so that the page that
shows it can be loaded again.

The server keeps hashes only. What was made travels in the signed cookie of the browser in which it
was made, and only the login that made it is shown it (decision 0009).
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import session as browser_cookie

from webapp.domain.invitations import InvitationKind
from webapp.domain.people import SignedIn
from webapp.services import invitations
from webapp.services.invitations import MadeInvitation
from webapp.web.context import collaborators

KEY = "made"


def keep(person: SignedIn, made: MadeInvitation, about: str) -> None:
    """Keep what was made; `about` says for which page, such as `client-7`. One at a time."""
    browser_cookie[KEY] = {
        "login": person.login_id,
        "about": about,
        "id": made.invitation_id,
        "kind": str(made.kind),
        "code": made.code,
        "token": made.token,
        "until": int(made.expires_at.timestamp()),
    }


def kept(person: SignedIn, now: datetime, about: str) -> MadeInvitation | None:
    """What this login made last for that page, while it still opens something."""
    found = browser_cookie.get(KEY)
    if not found or (found["login"], found["about"]) != (person.login_id, about):
        return None
    until = datetime.fromtimestamp(found["until"], UTC)
    if until <= now or not invitations.is_open(collaborators(), found["id"]):
        del browser_cookie[KEY]
        return None
    kind = InvitationKind(found["kind"])
    return MadeInvitation(found["id"], kind, found["code"], found["token"], until)
