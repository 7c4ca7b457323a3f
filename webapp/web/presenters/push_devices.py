"""Devices that are told by push, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.push_devices import PushDevice, Reach
from webapp.web.language import gettext as _
from webapp.web.presenters.times import on_date


def push_device_rows(
    devices: list[PushDevice], zone: ZoneInfo, now: datetime
) -> list[dict[str, Any]]:
    """Arguments of components/push_device_row.html."""
    return [_row(device, zone, now) for device in devices]


def _row(device: PushDevice, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    must_return = device.reach is Reach.AGAIN
    since = _("Turned on %(date)s.", date=on_date(device.created_at, zone, now))
    seen = _("Last opened %(date)s.", date=on_date(device.seen_at, zone, now))
    return {
        "title": device.device,
        "detail": since if device.is_this else f"{since} {seen}",
        "current_words": _("This device.") if device.is_this else "",
        "warning": _("Turn it on again there: our key has changed.") if must_return else "",
        "actions": [
            *([] if must_return else [_test(device)]),
            {
                "action": url_for("push.turn_off", subscription_id=device.id),
                "words": _("Remove"),
                "label": _("Remove %(device)s", device=device.device),
                "kind": "quiet",
            },
        ],
    }


def _test(device: PushDevice) -> dict[str, str]:
    return {
        "action": url_for("proofs.ask", subscription_id=device.id),
        "words": _("Send a test"),
        "label": _("Send a test to %(device)s", device=device.device),
        "kind": "second",
    }
