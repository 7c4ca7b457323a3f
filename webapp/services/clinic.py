"""The clinic as every page needs it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from webapp.persistence.database import reading
from webapp.persistence.tables import Clinic

CLINIC_ID = 1
DEFAULT_NAME = "Liftday"
DEFAULT_ACCENT = "#0f766e"


@dataclass(frozen=True, slots=True)
class ClinicLook:
    """The clinic's name and look. `version` is 0 while nobody has set the clinic up."""

    name: str
    accent_colour: str
    emergency_number: str
    whatsapp: str
    version: int


NOT_SET_UP = ClinicLook(DEFAULT_NAME, DEFAULT_ACCENT, "", "", 0)


def look() -> ClinicLook:
    """How the clinic presents itself, from its one row."""
    row = (
        reading()
        .execute(
            select(
                Clinic.name,
                Clinic.accent_colour,
                Clinic.emergency_number,
                Clinic.whatsapp,
                Clinic.version,
            ).where(Clinic.id == CLINIC_ID)
        )
        .one_or_none()
    )
    return ClinicLook(*row) if row else NOT_SET_UP
