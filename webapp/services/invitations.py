"""Making, listing and revoking one-time ways in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.codes import ALPHABET, LENGTH
from webapp.domain.invitations import (
    FOR_CLIENTS,
    REPLACING,
    InvitationKind,
    valid_span,
)
from webapp.domain.people import Role, SignedIn
from webapp.persistence import accounts, audit, invitations
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, Client, Invitation, PrivacyNotice
from webapp.services import logins
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators

MOST_DEVICE_CODES = 5
PATHS = {
    InvitationKind.OWNER: "/welcome",
    InvitationKind.STAFF: "/join-staff",
    InvitationKind.RESET: "/new-password",
}


@dataclass(frozen=True, slots=True)
class MadeInvitation:
    """A new way in, with its secrets: shown to whoever made it, stored nowhere.

    `path` is to be put behind the clinic's own address; the token stands in its fragment, which
    browsers send to nobody.
    """

    invitation_id: int
    kind: InvitationKind
    code: str
    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        return f"{PATHS.get(self.kind, '/join')}#t={self.token}"


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be used, without its secrets."""

    invitation_id: int
    kind: InvitationKind
    created_at: datetime
    expires_at: datetime


class NoticeMissingError(Exception):
    """Clients cannot be invited before the clinic has published its privacy notice."""


class TooManyCodesError(Exception):
    """The account has as many unused device codes as it may have."""


class OwnerExistsError(Exception):
    """The clinic has an owner, so nobody can become its first."""


def make_desk_code(with_: Collaborators, by: SignedIn | None, client_id: int) -> MadeInvitation:
    """A code for a client beside the staff: 10 minutes. Replaces their unused desk code.

    Raises NotFoundError, and NoticeMissingError where production has no privacy notice yet.
    """
    return _make_for_client(with_, by, client_id, InvitationKind.DESK)


def make_sent_code(with_: Collaborators, by: SignedIn | None, client_id: int) -> MadeInvitation:
    """A code and link to send to a client: 24 hours. Raises as `make_desk_code` does."""
    return _make_for_client(with_, by, client_id, InvitationKind.SENT)


def _make_for_client(
    with_: Collaborators, by: SignedIn | None, client_id: int, kind: InvitationKind
) -> MadeInvitation:
    now = with_.clock.now()
    with writing() as writer:
        if with_.needs_notice and writer.scalar(select(PrivacyNotice.version).limit(1)) is None:
            raise NoticeMissingError
        account_id = _account_of_client(writer, client_id)
        return make(writer, kind, account_id, _id_of(by), now)


def make_device_code(with_: Collaborators, person: SignedIn) -> MadeInvitation:
    """A code for one more device of whoever is signed in: 10 minutes.

    Raises TooManyCodesError.
    """
    now, kind = with_.clock.now(), InvitationKind.DEVICE
    with writing() as writer:
        if invitations.count_open(writer, person.account_id, {kind}, now) >= MOST_DEVICE_CODES:
            raise TooManyCodesError
        return make(writer, kind, person.account_id, person.account_id, now)


def make_owner_link(with_: Collaborators) -> MadeInvitation:
    """The link by which the first owner sets the clinic up: 24 hours. Raises OwnerExistsError."""
    now = with_.clock.now()
    with writing() as writer:
        if writer.scalar(select(Account.id).where(Account.role == Role.OWNER).limit(1)):
            raise OwnerExistsError
        return make(writer, InvitationKind.OWNER, None, None, now)


def make_owner_reset_link(with_: Collaborators, email: str) -> MadeInvitation:
    """A link to a new password for an owner, asked for at the server's own terminal: 24 hours.

    Raises NotFoundError.
    """
    now = with_.clock.now()
    with writing() as writer:
        account_id = accounts.owner_by_email(writer, email)
        if account_id is None:
            raise NotFoundError
        return make(writer, InvitationKind.RESET, account_id, None, now)


def make(
    writer: Session,
    kind: InvitationKind,
    account_id: int | None,
    by: int | None,
    now: datetime,
) -> MadeInvitation:
    """Make an invitation within the caller's transaction."""
    if kind in REPLACING:
        invitations.revoke_all(writer, account_id, {kind}, now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    token = secrets.token_urlsafe(logins.TOKEN_BYTES)
    row = Invitation(
        kind=kind,
        account_id=account_id,
        code_hash=logins.token_hash(code),
        token_hash=logins.token_hash(token),
        made_by=by,
        created_at=now,
        expires_at=now + valid_span(kind),
    )
    invitation_id = invitations.add(writer, row)
    audit.record(writer, now, by, "invite", ("invitation", invitation_id))
    return MadeInvitation(invitation_id, kind, code, token, row.expires_at)


def open_device_codes(with_: Collaborators, person: SignedIn) -> list[OpenInvitation]:
    """The unused device codes of whoever is signed in."""
    return _open_of(with_, person.account_id, frozenset({InvitationKind.DEVICE}))


def open_of_client(with_: Collaborators, client_id: int) -> list[OpenInvitation]:
    """A client's codes that can still be used, for the staff."""
    return _open_of(with_, _account_of_client(reading(), client_id), FOR_CLIENTS)


def is_open(with_: Collaborators, invitation_id: int) -> bool:
    """Whether this invitation can still be used: neither used nor revoked nor over."""
    return invitations.is_open(reading(), invitation_id, with_.clock.now())


def _open_of(
    with_: Collaborators, account_id: int, kinds: frozenset[InvitationKind]
) -> list[OpenInvitation]:
    return [
        OpenInvitation(row.id, InvitationKind(row.kind), row.created_at, row.expires_at)
        for row in invitations.open_of(reading(), account_id, kinds, with_.clock.now())
    ]


def revoke(with_: Collaborators, person: SignedIn, invitation_id: int) -> None:
    """Make an invitation useless. Holders may revoke their own, staff those of clients, the
    owner any. Raises NotFoundError, also for one that was used or revoked before."""
    now = with_.clock.now()
    with writing() as writer:
        row = writer.get(Invitation, invitation_id)
        if row is None or not _may_revoke(person, row):
            raise NotFoundError
        if not invitations.revoke(writer, invitation_id, now):
            raise NotFoundError
        audit.record(writer, now, person.account_id, "revoke", ("invitation", invitation_id))


def _may_revoke(person: SignedIn, row: Invitation) -> bool:
    if person.is_owner or row.account_id == person.account_id:
        return True
    return person.is_staff and row.kind in FOR_CLIENTS


def _account_of_client(reader: Session, client_id: int) -> int:
    account_id = reader.scalar(
        select(Account.id)
        .join(Client, Client.account_id == Account.id)
        .where(Client.id == client_id, Account.disabled_at.is_(None))
    )
    if account_id is None:
        raise NotFoundError
    return account_id


def _id_of(person: SignedIn | None) -> int | None:
    return person.account_id if person else None
