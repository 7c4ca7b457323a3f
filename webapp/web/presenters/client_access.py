"""How a client can get in, in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.client_access import ClientAccess
from webapp.services.clients import ClientFile
from webapp.services.course_choices import LocationCard
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.courses import client_url
from webapp.web.presenters.times import on_date, when


def access_rows(access: ClientAccess, zone: ZoneInfo, desk: Desk) -> list[dict[str, str]]:
    """Signed in, and consent: rows of components/data_list.html."""
    phones = ngettext("on %(num)s device", "on %(num)s devices", access.devices)
    return [
        {"term": _("Signed in"), "value": phones if access.devices else _("not yet")},
        {"term": _("Consent"), "value": _consent(access, zone, desk)},
    ]


def _consent(access: ClientAccess, zone: ZoneInfo, desk: Desk) -> str:
    if access.consented_at:
        date = on_date(access.consented_at, zone, desk.now)
        return _("given on %(date)s", date=date)
    if access.withdrawn_at:
        return _("withdrawn")
    return _("asked for at the first sign-in")


def zone_of(client: ClientFile, places: Sequence[LocationCard]) -> ZoneInfo:
    """The zone of the client's location; UTC for one that is no longer in use."""
    zones = [place.zone for place in places if place.id == client.location_id]
    return ZoneInfo(zones[0] if zones else "UTC")


def code_page(
    client: ClientFile, access: ClientAccess, zone: ZoneInfo, desk: Desk
) -> dict[str, Any]:
    """Making a code, and the ones that can still be used."""
    return {
        "title": _("Sign in on the client's phone"),
        "label": client.name,
        "back_href": client_url(client.id),
        "back_words": _("Client"),
        "action": url_for("invitations_desk.make", client_id=client.id),
        "codes": code_rows(client, access, zone, desk),
    }


def code_rows(
    client: ClientFile, access: ClientAccess, zone: ZoneInfo, desk: Desk
) -> list[dict[str, str]]:
    """The codes that still open something: arguments of components/device_row.html."""
    return [
        {
            "title": _("Code to send") if code.kind == "sent" else _("Code at the desk"),
            "detail": _("valid until %(when)s", when=when(code.expires_at, zone, desk.now)),
            "action": url_for(
                "invitations_desk.revoke", client_id=client.id, invitation_id=code.invitation_id
            ),
            "action_words": _("Revoke"),
        }
        for code in access.codes
        if code.kind != "device"
    ]
