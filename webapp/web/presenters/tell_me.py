"""The quiet offer on Today, beside a real restriction: to be told when it lifts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from webapp.domain.protocol import Answer
from webapp.web.language import gettext as _
from webapp.web.presenters.times import at_time, weekday_name, when
from webapp.web.presenters.today import TodayPage

# Within so many days a weekday names one date only.
NEAR_SPAN = timedelta(days=6)


class TellMe(NamedTuple):
    """What client/parts/tell_me.html shows, as the browser stands with push."""

    offer: str
    is_on: str


def tell_me(page: TodayPage, zone: ZoneInfo, now: datetime) -> TellMe | None:
    """The offer for what is restricted now and lifts at a known instant, if anything does."""
    lifts_at = page.state.until_at or (page.next_lift.at if page.next_lift else "")
    if not lifts_at:
        return None
    at = _short(datetime.fromisoformat(lifts_at), zone, now)
    is_wash = page.state.until_at and page.state.status == Answer.NO.word
    offer = (
        _("Tell me when I can wash (%(when)s)", when=at)
        if is_wash
        else _("Tell me when this lifts (%(when)s)", when=at)
    )
    return TellMe(offer, _("This phone will tell you (%(when)s)", when=at))


def _short(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Thu 09:00`, or with its date where that is not the coming Thursday."""
    if at - now >= NEAR_SPAN:
        return when(at, zone, now)
    day = weekday_name(at.astimezone(zone).weekday())
    # Never parted at the end of a line.
    return _("%(weekday)s\u00a0%(time)s", weekday=day, time=at_time(at, zone))
