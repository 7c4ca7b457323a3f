"""The first owner sets the clinic up: account, clinic and first location in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.domain.invitations import InvitationKind
from webapp.domain.people import Role
from webapp.persistence import accounts, audit, invitations, login_records
from webapp.persistence.database import reading, writing
from webapp.persistence.invitations import Redeemed
from webapp.persistence.tables import Clinic, Location
from webapp.services import logins, passwords
from webapp.services.clinic import CLINIC_ID, DEFAULT_ACCENT
from webapp.services.ports import Collaborators
from webapp.services.redemption import Attempt, WrongCodeError, redeem
from webapp.services.staff_accounts import EmailTakenError

KINDS = frozenset({InvitationKind.OWNER})


@dataclass(frozen=True, slots=True)
class NewClinic:
    """Everything without which no client can be cared for. Phones in E.164 or a short number."""

    owner_name: str
    email: str
    password: str
    clinic_name: str
    emergency_number: str
    location_name: str
    location_phone: str
    time_zone: str


def set_up(with_: Collaborators, attempt: Attempt, new: NewClinic) -> str:
    """Make the first owner and the clinic; returns the owner's login token.

    Raises WeakPasswordError, WrongCodeError, EmailTakenError.
    """
    passwords.check_new(new.password, (new.owner_name, new.email))
    now = with_.clock.now()
    # The slow hash is made outside the transaction, and only for somebody with a usable link.
    is_usable = invitations.is_usable(reading(), attempt.secret, KINDS, now)
    password_hash = passwords.hash_of(with_, new.password) if is_usable else ""
    with writing() as writer:
        used = redeem(writer, attempt, KINDS, now)
        if isinstance(used, Redeemed):
            account_id = _add_owner(writer, new, password_hash, now)
            _add_clinic(writer, new)
            token = logins.begin(writer, account_id, attempt.device, now)
            login_records.confirm(writer, logins.token_hash(token), now)
            return token
    raise WrongCodeError(used)


def _add_owner(writer: Session, new: NewClinic, password_hash: str, now: datetime) -> int:
    email = new.email.lower()
    if accounts.is_email_taken(writer, email):
        raise EmailTakenError
    account = accounts.add_staff(writer, Role.OWNER, new.owner_name, email, now)
    account.password_hash = password_hash
    audit.record(writer, now, account.id, "clinic-set-up", ("account", account.id))
    return account.id


def _add_clinic(writer: Session, new: NewClinic) -> None:
    clinic = writer.get(Clinic, CLINIC_ID)
    if clinic is None:
        clinic = Clinic(id=CLINIC_ID, accent_colour=DEFAULT_ACCENT)
        writer.add(clinic)
    clinic.name = new.clinic_name
    clinic.emergency_number = new.emergency_number
    writer.add(
        Location(
            name=new.location_name,
            phone=new.location_phone,
            time_zone=new.time_zone,
            opening_hours=[None] * 7,
        )
    )
