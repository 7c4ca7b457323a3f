"""From a rule's timing to the windows in which it holds.

All instants here are whole seconds since 1970 UTC.
"""

from typing import TypeAlias
from zoneinfo import ZoneInfo

from webapp.domain.calendar import DAY, HOUR, Second, days_back, days_on
from webapp.domain.forecast import Forecast
from webapp.domain.protocol import Anchor, Span, Timing

# Beyond every instant that can be counted in.
NEVER: Second = 10**12
EVER: Second = -(10**12)


# A stretch of time: `starts` included, `lifts` excluded, `expected`, `is_firm`, `session`.
# `lifts` is NEVER while only staff can end it; `expected` is when they ought to have done so.
# `is_firm`: its end is known, whatever is booked or confirmed later.
# `session` is the session's number if the window counts from one session's end, else None.
# A plain tuple: to name its fields would cost more than all that is done with it.
Window: TypeAlias = tuple[Second, Second, Second, bool, int | None]


def windows_of(timing: Timing, extra_days: int, forecast: Forecast) -> list[Window]:
    """The windows of one timing that are not over yet, in the order of the sessions.

    `extra_days` makes the windows after a session or course longer, for one client only.
    """
    match timing.anchor:
        case Anchor.SESSION:
            windows = _after_sessions(timing, extra_days, forecast)
        case Anchor.COURSE:
            windows = _around_course(timing, extra_days, forecast)
        case Anchor.BEFORE_SESSION:
            return _before_sessions(timing, forecast)
        case _:
            return [(EVER, NEVER, NEVER, True, None)]
    return [window for window in windows if window[1] > forecast.now]


def _after_sessions(timing: Timing, extra_days: int, forecast: Forecast) -> list[Window]:
    assert timing.until is not None
    # Two days are more than any clock change.
    bygone = forecast.now - timing.until.seconds - (extra_days + 2) * DAY
    windows: list[Window] = []
    for number, begins, ends, is_firm, is_unconfirmed in forecast.sessions:
        if is_firm and ends < bygone:
            continue
        start = timing.start
        starts = begins if start is None else _later(ends, start, extra_days, forecast.zone)
        expected = _later(ends, timing.until, extra_days, forecast.zone)
        lifts = NEVER if is_unconfirmed else expected
        windows.append((starts, lifts, expected, is_firm, number))
    return windows


def _around_course(timing: Timing, extra_days: int, forecast: Forecast) -> list[Window]:
    assert timing.until is not None
    if forecast.last_end is None:
        return []
    starts = forecast.sessions[0].starts
    if forecast.is_last_confirmed:
        lifts = _later(forecast.sessions[-1].ends, timing.until, extra_days, forecast.zone)
        return [(starts, lifts, lifts, True, None)]
    expected = _later(forecast.last_end, timing.until, extra_days, forecast.zone)
    return [(starts, NEVER, expected, False, None)]


def _before_sessions(timing: Timing, forecast: Forecast) -> list[Window]:
    assert timing.lead is not None
    return [
        (_earlier(starts, timing.lead, forecast.zone), starts, starts, True, None)
        for _, starts, _, _, _ in forecast.sessions
        if starts > forecast.now
    ]


def _later(second: Second, span: Span, extra_days: int, zone: ZoneInfo) -> Second:
    if span.hours:
        return second + span.hours * HOUR + extra_days * DAY
    return days_on(second, span.days + extra_days, zone)


def _earlier(second: Second, span: Span, zone: ZoneInfo) -> Second:
    if span.hours:
        return second - span.hours * HOUR
    return days_back(second, span.days, zone)
