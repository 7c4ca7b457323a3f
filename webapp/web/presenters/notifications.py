"""The page on which somebody chooses how to be told."""

from __future__ import annotations

from typing import Any

from webapp.domain.notices import CHOOSABLE, NoticeKind
from webapp.domain.people import SignedIn
from webapp.services.push_devices import PushDevice
from webapp.web.context import moment
from webapp.web.forms.notifications import QuietForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.push_devices import push_device_rows
from webapp.web.presenters.turn_on import frame_of, install_steps, undo_points
from webapp.web.presenters.zones import own_zone

KINDS = {
    NoticeKind.LIFT: (later("Something lifts"), later("Washing, showering, swimming, sport")),
    NoticeKind.PREPARE: (
        later("Time to prepare"),
        later("The evening before something must stop for your next session"),
    ),
    NoticeKind.TOMORROW: (later("Session tomorrow"), later("At 18:00, with how to wash before it")),
    NoticeKind.TODAY: (later("Session today"), later("Three hours before")),
    NoticeKind.HEALED: (later("You have healed"), ""),
    NoticeKind.FOLLOW_UP: (later("Yearly follow-up"), ""),
    NoticeKind.PHOTO: (later("A new photo for you"), ""),
    NoticeKind.PHOTO_WANTED: (later("A photo that your clinic asks for"), ""),
}


def notifications_page(
    person: SignedIn, devices: list[PushDevice], form: QuietForm
) -> dict[str, Any]:
    """Values of account/notifications.html."""
    return {
        "frame": frame_of(person),
        "person": person,
        "form": form,
        "errors": errors_of(form),
        "is_on": any(device.is_this for device in devices),
        "rows": push_device_rows(devices, own_zone(person), moment()),
        "kinds": [
            (kind.value, _(KINDS[kind][0]), _(KINDS[kind][1]) if KINDS[kind][1] else "")
            for kind in CHOOSABLE
        ],
        "undo_points": undo_points(),
        "install_steps": install_steps(),
    }
