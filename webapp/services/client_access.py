"""How a client can get in, as the staff see it: signed-in phones, open codes, consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webapp.persistence import consents, login_records
from webapp.persistence.database import reading
from webapp.services.clients import ClientFile
from webapp.services.invitations import OpenInvitation, open_of_client
from webapp.services.logins import CLIENT_LIMITS
from webapp.services.ports import Collaborators

__all__ = ["ClientAccess", "OpenInvitation"]


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """`devices` counts live logins. `consented_at` is None where no consent stands; then
    `withdrawn_at` says whether one did before. Instants are UTC."""

    devices: int
    codes: tuple[OpenInvitation, ...]
    consented_at: datetime | None
    withdrawn_at: datetime | None


def access_of(with_: Collaborators, client: ClientFile) -> ClientAccess:
    """A client's ways in at this moment."""
    now, reader = with_.clock.now(), reading()
    logins = login_records.live_of(reader, client.account_id)
    live = [login for login in logins if now - login.seen_at < CLIENT_LIMITS.idle_span]
    given = consents.given_by(reader, client.account_id)
    standing = [consent for consent in given if consent.withdrawn_at is None]
    codes = () if client.is_disabled else tuple(open_of_client(with_, client.id))
    return ClientAccess(
        devices=len(live),
        codes=codes,
        consented_at=standing[0].consented_at if standing else None,
        withdrawn_at=given[0].withdrawn_at if given and not standing else None,
    )
