"""What a client agrees to concerning photos, in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from webapp.domain.photos import ConsentKind
from webapp.services.clients import ClientFile
from webapp.services.photo_consents import ConsentRow
from webapp.web.language import gettext as _
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.photo_timeline import photos_url
from webapp.web.presenters.photo_words import CONSENTS
from webapp.web.presenters.times import iso, when

Agreed = frozenset[ConsentKind]


def agreements_page(
    client: ClientFile, agreed: Agreed, said: Sequence[ConsentRow], zone: ZoneInfo, desk: Desk
) -> dict[str, Any]:
    """Values of staff/photo_consents.html."""
    return {
        "title": _("Consents for photos"),
        "lead": client.name,
        "back_href": photos_url(client.id),
        "action": photos_url(client.id, "consents"),
        "switches": [_switch(kind, kind in agreed, client) for kind in CONSENTS],
        "history": [_said(row, zone, desk) for row in said],
    }


def _switch(kind: ConsentKind, is_on: bool, client: ClientFile) -> dict[str, Any]:
    name, what = (_(words) for words in CONSENTS[kind])
    note = ""
    if is_on and kind is ConsentKind.KEPT:
        note = _("To withdraw it takes every photo away at once.")
    return {
        "kind": kind.value,
        "name": name,
        "what": what,
        "note": note,
        "status": ("yes", _("Agreed")) if is_on else ("no", _("Not agreed")),
        "value": "no" if is_on else "yes",
        "words": _("Record a withdrawal") if is_on else _("Record the consent"),
        "label": _("%(what)s: record what %(name)s said", what=name, name=client.name),
    }


def _said(row: ConsentRow, zone: ZoneInfo, desk: Desk) -> dict[str, str]:
    name = _(CONSENTS[ConsentKind(row.kind)][0])
    if row.photo_id:
        name = _("One photo, shown to others")
    words = _("agreed") if row.is_granted else _("withdrawn")
    return {
        "title": name,
        "when": when(row.said_at, zone, desk.now),
        "at": iso(row.said_at),
        "detail": _("recorded by %(name)s", name=row.said_by or _("somebody who has left")),
        "status_kind": "yes" if row.is_granted else "no",
        "status_words": words,
    }
