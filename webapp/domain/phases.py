"""The phase of a course at an instant: what a client is living through."""

from datetime import datetime
from typing import NamedTuple

from webapp.domain.calendar import HOUR, Second, day_number, days_on, instant_of
from webapp.domain.forecast import ExpectedSession, Forecast
from webapp.domain.protocol import PhaseId

HANDS_OFF_HOURS = 24
KEEP_DRY_DAYS = 5
WATER_ONLY_DAYS = 7
HEALING_DAYS = 21

_WITHOUT_DAY = (PhaseId.PREPARING, PhaseId.IN_SESSION, PhaseId.UNCONFIRMED)
_WHILE_UNCONFIRMED = (PhaseId.IN_SESSION, PhaseId.UNCONFIRMED)
_AFTER_ANY = (PhaseId.IN_SESSION, PhaseId.HANDS_OFF, PhaseId.KEEP_DRY, PhaseId.WATER_ONLY)
_AFTER_ONE = (*_AFTER_ANY, PhaseId.SETTLING)
_AFTER_LAST = (*_AFTER_ANY, PhaseId.FINAL_HEALING, PhaseId.HEALED)


class PhaseAt(NamedTuple):
    """The phase at an instant. Instants are UTC.

    `session` is the number of the session it counts from, `day` the calendar days since that
    session ended. `ends_at` is None while nobody can know it.
    """

    id: PhaseId
    session: int | None
    day: int | None
    starts_at: datetime | None
    ends_at: datetime | None


def phase_at(forecast: Forecast, at: Second) -> PhaseAt:
    """The phase the course is in at `at`."""
    following = forecast.session_after(at)
    anchor = forecast.session_at(at)
    if anchor is None:
        ends_at = instant_of(following.starts) if following else None
        return PhaseAt(PhaseId.PREPARING, None, None, None, ends_at)
    stages = _stages(forecast, anchor)
    starts, phase = [stage for stage in stages if stage[0] <= at][-1]
    ends = [begins for begins, _ in stages if begins > at]
    if following:
        ends.append(following.starts)
    return PhaseAt(
        phase,
        anchor.number,
        _day(phase, anchor, at, forecast),
        instant_of(starts),
        instant_of(min(ends)) if ends and not anchor.is_unconfirmed else None,
    )


def phase_changes(forecast: Forecast) -> set[Second]:
    """Every instant at which a phase begins."""
    return {
        begins
        for treatment in forecast.sessions
        for begins, _ in _stages(forecast, treatment)
        if forecast.session_at(begins) is treatment
    }


def next_phase_change(forecast: Forecast, at: Second) -> Second | None:
    """The first instant after `at` at which a phase begins."""
    anchor, following = forecast.session_at(at), forecast.session_after(at)
    changes = [begins for begins, _ in _stages(forecast, anchor) if begins > at] if anchor else []
    if following:
        changes.append(following.starts)
    return min(changes, default=None)


def healed_second(forecast: Forecast) -> Second | None:
    """When the skin has healed after the last session: real if that is confirmed, else expected.

    None while there is no live session.
    """
    if forecast.is_last_confirmed:
        return days_on(forecast.sessions[-1].ends, HEALING_DAYS, forecast.zone)
    if forecast.last_end is None:
        return None
    return days_on(forecast.last_end, HEALING_DAYS, forecast.zone)


def _stages(forecast: Forecast, anchor: ExpectedSession) -> list[tuple[Second, PhaseId]]:
    """The phases that count from one session, with their beginnings; each lasts until the next."""
    _, starts, ends, _, is_unconfirmed = anchor
    if is_unconfirmed:
        return list(zip((starts, ends), _WHILE_UNCONFIRMED, strict=True))
    keep_dry = ends + HANDS_OFF_HOURS * HOUR
    water_only = days_on(ends, KEEP_DRY_DAYS, forecast.zone)
    settled = days_on(ends, WATER_ONLY_DAYS, forecast.zone)
    begins = (starts, ends, keep_dry, water_only, settled)
    if not forecast.is_last(anchor):
        return list(zip(begins, _AFTER_ONE, strict=True))
    healed = days_on(ends, HEALING_DAYS, forecast.zone)
    return list(zip((*begins, healed), _AFTER_LAST, strict=True))


def _day(phase: PhaseId, anchor: ExpectedSession, at: Second, forecast: Forecast) -> int | None:
    if phase in _WITHOUT_DAY:
        return None
    return day_number(instant_of(anchor.ends), instant_of(at), forecast.zone)
