"""Where to turn when something looks wrong: the signs, the places, the numbers to call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from webapp.domain.calendar import zone_named
from webapp.domain.people import SignedIn
from webapp.persistence import places
from webapp.persistence.database import reading
from webapp.persistence.tables import Location
from webapp.services import clinic_settings, protocol_signs
from webapp.services.clinic import ClinicLook, look


@dataclass(frozen=True, slots=True)
class PlaceToCall:
    """A location: `week` has seven days from Monday on, in `zone`, or is empty."""

    name: str
    phone: str
    week: Sequence[Sequence[str] | None]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class WhereToTurn:
    """`signs`: kind of sign -> lines, the clinic's own where it has worded them."""

    clinic: ClinicLook
    signs: Mapping[str, Sequence[str]]
    closing: str
    places: Sequence[PlaceToCall]


def where_to_turn(person: SignedIn | None) -> WhereToTurn:
    """For a client the own location, for everybody else all that are in use."""
    client_id = person.client_id if person else None
    found = places.of_client(reading(), client_id) if client_id else places.in_use(reading())
    return WhereToTurn(look(), signs(), protocol_signs.closing(), [_place(row) for row in found])


def signs() -> dict[str, list[str]]:
    """The warning signs: kind of sign -> lines, the clinic's own where it has worded them."""
    return protocol_signs.lines() | clinic_settings.current().warning_signs


def _place(row: Location) -> PlaceToCall:
    return PlaceToCall(row.name, row.phone, row.opening_hours, zone_named(row.time_zone))
