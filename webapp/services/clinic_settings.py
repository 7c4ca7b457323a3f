"""What the owner sets for the whole clinic."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from webapp.domain.people import SignedIn
from webapp.persistence import audit
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Clinic
from webapp.services.clinic import CLINIC_ID, NOT_SET_UP
from webapp.services.errors import ChangedMeanwhileError
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class ClinicDetails:
    """Name, colour and how the clinic is reached. Numbers in E.164 or a short number."""

    name: str
    accent_colour: str
    emergency_number: str
    whatsapp: str
    offers: str


@dataclass(frozen=True, slots=True)
class ClinicSettings:
    """Everything the owner sets in one row; `version` is what a form carries along.

    `warning_signs` maps a kind to the clinic's own lines; an absent kind shows the protocol's.
    """

    details: ClinicDetails
    warning_signs: dict[str, list[str]]
    version: int


def current() -> ClinicSettings:
    """The clinic's settings; version 0 while nobody has set it up."""
    row = reading().get(Clinic, CLINIC_ID)
    if row is None:
        look = NOT_SET_UP
        empty = ClinicDetails(look.name, look.accent_colour, "", "", "")
        return ClinicSettings(empty, {}, 0)
    details = ClinicDetails(
        row.name, row.accent_colour, row.emergency_number, row.whatsapp, row.offers
    )
    return ClinicSettings(details, dict(row.warning_signs), row.version)


def save_details(with_: Collaborators, by: SignedIn, details: ClinicDetails, version: int) -> None:
    """Save what the owner changed. Raises ChangedMeanwhileError for an older `version`."""
    now = with_.clock.now()
    with writing() as writer:
        if version == 0 and writer.get(Clinic, CLINIC_ID) is None:
            writer.add(Clinic(id=CLINIC_ID, **asdict(details)))
        else:
            _update(writer, version, asdict(details))
        audit.record(writer, now, by.account_id, "settings", ("clinic", CLINIC_ID))


def save_warning_signs(
    with_: Collaborators, by: SignedIn, lines: dict[str, list[str]], version: int
) -> None:
    """Save the clinic's own warning signs; a kind without lines falls back to the protocol's.

    Raises ChangedMeanwhileError for an older `version`.
    """
    now = with_.clock.now()
    with writing() as writer:
        own = {kind: told for kind, told in lines.items() if told}
        _update(writer, version, {"warning_signs": own})
        audit.record(writer, now, by.account_id, "warning-signs", ("clinic", CLINIC_ID))


def say_changed(writer: Session) -> None:
    """Let every copy of a client's page that a browser keeps be looked at anew: something that the
    whole clinic's pages are made of was changed elsewhere within this transaction."""
    row = update(Clinic).where(Clinic.id == CLINIC_ID)
    writer.execute(row.values(version=Clinic.version + 1))


def _update(writer: Session, version: int, values: dict[str, object]) -> None:
    done = writer.execute(
        update(Clinic)
        .where(Clinic.id == CLINIC_ID, Clinic.version == version)
        .values(**values, version=version + 1)
        .returning(Clinic.id)
    )
    if done.one_or_none() is None:
        raise ChangedMeanwhileError
