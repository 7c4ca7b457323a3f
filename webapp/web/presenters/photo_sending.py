"""Sending photos: the pages where they are chosen or taken, and what each file is answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from webapp.domain.photo_faults import PhotoFault, PhotoRefusedError
from webapp.domain.photos import ConsentKind, PhotoState, Zone
from webapp.services.photo_uploads import Received
from webapp.web.language import gettext as _
from webapp.web.presenters.photo_timeline import Album, photos_url, picture_src
from webapp.web.presenters.photo_words import fault_words, zone_options

TOO_LARGE, UNPROCESSABLE, LATER, CREATED, THERE = 413, 422, 503, 201, 200


def add_page(album: Album, sessions: Sequence[Any]) -> dict[str, Any]:
    """Values of staff/photo_new.html; sessions: options of components/select.html."""
    client_id = album.client.id
    return {
        "title": _("Add photos"),
        "lead": album.client.name,
        "back_href": photos_url(client_id),
        "camera_href": photos_url(client_id, "camera"),
        "sessions": sessions,
        "zones": zone_options(),
        "may_send": ConsentKind.KEPT in album.gallery.consents,
        "consent_words": _(
            "%(name)s has not agreed that photos are kept. None can be taken.",
            name=album.client.name,
        ),
        "consent_href": photos_url(client_id, "consents"),
        "action": photos_url(client_id, "add"),
        "line": line_values(album),
    }


def line_values(album: Album) -> dict[str, str]:
    """What the script needs that sends one file after the other: where to, for whom, its words."""
    words = {
        "waiting": _("Waits for its turn"),
        "preparing": _("Is being prepared"),
        "sending": _("{percent} % sent"),
        "kept": _("In the record"),
        "known": _("Was in the record already"),
        "later": _("No connection. It is sent by itself as soon as there is one."),
        "held": _("You are signed out, or have to show again that it is you. Open this page "
                  "again; until then the photo waits on this device."),
        "unstored": _("This device cannot keep it: leave the page open until it is sent."),
        "total": _("{done} of {all} sent"),
        "photo": _("Photo {number}"),
        "again": _("Try again: {name}"),
        "cancel": _("Do not send: {name}"),
        "zones": dict(zone_options()),
    }  # fmt: skip
    return {
        "files_url": photos_url(album.client.id, "receive"),
        "photos_url": photos_url(album.client.id),
        "account": str(album.desk.person.account_id),
        "words": json.dumps(words, ensure_ascii=False),
    }


def camera_page(album: Album, sessions: Sequence[Any]) -> dict[str, Any]:
    """Values of staff/photo_camera.html."""
    page = add_page(album, sessions)
    last = {zone: _last_of(zone, album) for zone in Zone}
    return page | {
        "title": _("Take photos"),
        "ghosts": [(zone.value, src) for zone, src in last.items() if src],
        "camera_words": json.dumps(
            {
                "taken": _("Taken: {part}"),
                "total": _("{done} of {all} sent"),
                "denied": _("The camera is not allowed for this page. Allow it in the settings "
                            "of the browser, or choose photos below."),
                "missing": _("No camera can be used here. Choose photos below."),
            },
            ensure_ascii=False,
        ),
    }  # fmt: skip


def _last_of(zone: Zone, album: Album) -> str:
    """The last photo of a part, to lay over the picture; '' where there is none."""
    there = (PhotoState.ARRIVED, PhotoState.READY, PhotoState.FAILED)
    for one in album.gallery.photos:
        if one.row.zone == zone and one.row.state in there:
            return f"{picture_src(one.row.public_id)}800.jpg"
    return ""


def refusals(refused: Sequence[tuple[str, PhotoFault]]) -> list[dict[str, str]]:
    """Which files of a form were not taken, and why: arguments of components/form_errors.html."""
    return [
        {"field": "photos", "words": _("%(name)s: %(why)s", name=name, why=fault_words(fault))}
        for name, fault in refused
    ]


def file_answer(found: Received | PhotoRefusedError) -> Response:
    """What became of one file, for the script that sent it."""
    if isinstance(found, Received):
        response = jsonify(is_new=found.is_new)
        response.status_code = CREATED if found.is_new else THERE
        return response
    words = fault_words(found.fault)
    response = jsonify(words=words, may_try_again=found.may_try_again)
    response.status_code = LATER if found.may_try_again else UNPROCESSABLE
    if found.fault is PhotoFault.TOO_LARGE:
        response.status_code = TOO_LARGE
    return response


def lost_answer() -> Response:
    """What arrived is not what was sent."""
    words = _("It did not arrive whole. It is sent once more.")
    response = jsonify(words=words, may_try_again=True)
    response.status_code = LATER
    return response
