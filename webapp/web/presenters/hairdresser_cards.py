"""The card for the hairdresser in words: rules and dates, and nothing of whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.answers import AnswerAt
from webapp.domain.cards import SPANS
from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Activity, Answer
from webapp.domain.timeline import Open
from webapp.services.hairdresser_cards import Card
from webapp.services.today import Facts
from webapp.web.context import settings
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.answers import Ending, View
from webapp.web.presenters.qr import qr
from webapp.web.presenters.times import at_time, iso, long_date, when, zone_words
from webapp.web.presenters.timetable import Timetable, timetable

# What a hairdresser does is in these of the protocol's groups, apart from what nobody does in a
# salon: that is nobody's business there. An activity that is new to a group is shown.
GROUPS = frozenset({"washing", "touching", "hair-products", "salon", "heat-and-water"})
ELSEWHERE = frozenset(
    {"body-shower", "hot-shower", "bath", "hot-tub", "swimming", "sauna", "steam-room"}
)


class CardPage(NamedTuple):
    """Everything the card says. `table` is empty where there is no plan: then `notice` says whom
    to ask. `call`: the arguments of components/button.html, or none."""

    as_of: str
    notice: str
    changes: str
    table: Timetable
    clinic: str
    phone: str
    call: Mapping[str, str] | None


def present_card(facts: Facts, now: datetime) -> CardPage:
    """Word the card at `now` (UTC), on the clinic's own clock."""
    view, plan = View(now, facts.zone), facts.plan
    is_shown = plan is not None and not facts.is_closed
    table = timetable(plan, view, _is_for_a_salon, _ending) if plan and is_shown else None
    return CardPage(
        as_of=_as_of(view),
        notice="" if table else _("There are no dates to show now. Please ask the clinic first."),
        changes=_changes(plan, view) if plan and table else "",
        table=table or Timetable([], [], [], "", ""),
        clinic=facts.clinic.name,
        phone=facts.place.phone,
        call=_call(facts.place.phone),
    )


def _is_for_a_salon(activity: Activity) -> bool:
    return activity.group in GROUPS and activity.id not in ELSEWHERE


def _ending(plan: AftercarePlan, found: AnswerAt, view: View) -> Ending:
    """As everywhere, but said to somebody whose clinic it is not."""
    if found.until:
        return Ending(_("Until %(when)s", when=view.short(found.until)), "", iso(found.until))
    if found.estimate:
        return Ending(_("About %(date)s", date=view.day(found.estimate)), _("an estimate"))
    if found.open is Open.WAITING:
        return Ending(_("No date yet"), _("the clinic will say"))
    return Ending(_("Always") if found.answer is Answer.NO else "")


def _as_of(view: View) -> str:
    return _(
        "As of %(date)s, %(time)s, %(zone)s. Open this page anew before you begin: it always "
        "shows the present.",
        date=long_date(view.now, view.zone),
        time=at_time(view.now, view.zone),
        zone=zone_words(view.zone.key),
    )


def _changes(plan: AftercarePlan, view: View) -> str:
    following = plan.next_session_at(plan.now)
    if following is None:
        return ""
    return _(
        "The next treatment is booked for %(when)s. From then on everything waits anew.",
        when=view.short(following.starts_at),
    )


def _call(phone: str) -> Mapping[str, str] | None:
    if not phone:
        return None
    return {"words": _("Call the clinic"), "icon_name": "phone", "href": f"tel:{phone}"}


class MadeCard(NamedTuple):
    """A card that has just been made: its address, as words and as a picture."""

    address: str
    qr: Any


def made_card(token: str) -> MadeCard:
    """The whole address of a new card: shown once, to whoever made it."""
    address = settings().base_url.rstrip("/") + url_for("card.show", token=token)
    return MadeCard(address, qr(address))


def span_options() -> list[tuple[str, str]]:
    """For how long a card can be read: options of components/choices.html."""
    return [(str(days), ngettext("%(num)s day", "%(num)s days", days)) for days in SPANS]


def card_rows(found: Sequence[Card], zone: ZoneInfo, now: datetime) -> list[dict[str, str]]:
    """The cards in use: arguments of components/device_row.html."""
    return [
        {
            "title": _("Until %(when)s", when=when(card.expires_at, zone, now)),
            "detail": _("Made %(when)s", when=when(card.made_at, zone, now)),
            "action": url_for("hairdresser_cards.stop", card_id=card.card_id),
            "action_words": _("Stop"),
            "action_label": _(
                "Stop the card that works until %(when)s", when=when(card.expires_at, zone, now)
            ),
        }
        for card in found
    ]
