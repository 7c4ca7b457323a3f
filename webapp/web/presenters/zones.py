"""In which zone the times of a device or code are told."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from webapp.domain.people import SignedIn
from webapp.services import locations


def own_zone(person: SignedIn) -> ZoneInfo:
    """The zone this phone reported, else the clinic's."""
    return ZoneInfo(person.time_zone) if person.time_zone else locations.home_zone()
