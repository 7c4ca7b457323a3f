"""The end of a client's record in words for the owner."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.clients import ClientFile
from webapp.services.erasing import Ending, ErasingFault, TombstoneRow
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.times import on_date

FAULTS = {
    ErasingFault.REASON_LENGTH: later("Use 3 to 500 characters."),
    ErasingFault.REASON_NAMES: later(
        "Leave out the client's name: the reason stays when the record is gone."
    ),
}
GOES = (
    later("Name, phone and note; courses with all dates, changes and slips."),
    later("Every photo, with its smaller sizes."),
    later("Consents, notices, signed-in phones, codes, calendar feeds and cards."),
)
STAYS = (
    later("Your decision: when, and the reason, under a number that names nobody."),
    later("The record of who did what, by numbers alone."),
    later("Backups made before. Whoever puts one back erases this client again."),
)


def erasing_page(
    client: ClientFile, decision: TombstoneRow | None, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """Values of staff/erase.html."""
    kinds = [
        (Ending.ERASED.value, _("Erase"), _("Everything is removed for good. No undo.")),
        (
            Ending.RESTRICTED.value,
            _("Restrict"),
            _(
                "Where the law obliges the clinic to keep the record. The client can no longer "
                "sign in, nothing is sent, photos are locked, and nobody else finds the record."
            ),
        ),
    ]
    back = url_for("clients.search") if decision else client_url(client.id)
    return {
        "title": _("Erase or restrict"),
        "lead": client.name,
        "label": _("Client %(code)s", code=client.code),
        "back_href": back,
        "back_words": _("Clients") if decision else _("Client"),
        "kinds": kinds[:1] if decision else kinds,
        "code_hint": _("To erase, type %(code)s. To restrict, leave it empty.", code=client.code),
        "goes": [_(words) for words in GOES],
        "stays": [_(words) for words in STAYS],
        "export_href": url_for("photo_owner.export", client_id=client.id),
        "restricted": _restricted(decision, zone, now) if decision else {},
    }


def _restricted(decision: TombstoneRow, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    day = on_date(decision.at, zone, now)
    return {"title": _("Restricted on %(day)s", day=day), "words": decision.reason}


def fault_error(fault: ErasingFault) -> dict[str, str]:
    """What is wrong, as an argument of components/form_errors.html."""
    return {"field": "reason", "words": _(FAULTS[fault])}


def done_words(ending: Ending) -> str:
    """What was done."""
    return _("The record is erased.") if ending is Ending.ERASED else _("The record is restricted.")
