"""Signed-in devices as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.services.logins import Device
from webapp.web.language import gettext as _
from webapp.web.presenters.times import on_date, when


def device_rows(devices: list[Device], zone: ZoneInfo, now: datetime) -> list[dict[str, Any]]:
    """Arguments of components/device_row.html; the device in hand first."""
    ordered = sorted(devices, key=lambda device: not device.is_this)
    return [_row(device, zone, now) for device in ordered]


def _row(device: Device, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    since = _("Signed in since %(date)s.", date=on_date(device.created_at, zone, now))
    if device.is_this:
        # Signing out of the device in hand is the button below the list.
        return {"title": device.device, "detail": since, "current_words": _("This device.")}
    seen = _("Last used %(when)s.", when=when(device.seen_at, zone, now))
    return {
        "title": device.device,
        "detail": f"{since} {seen}",
        "action": url_for("devices.sign_out", login_id=device.login_id),
        "action_words": _("Sign out"),
        "action_label": _("Sign out of %(device)s", device=device.device),
    }
