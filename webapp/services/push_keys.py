"""The clinic's keys for web push: which there are, who uses them, and a new one."""

from __future__ import annotations

from typing import NamedTuple

from webapp.persistence import notice_reading
from webapp.persistence.database import reading
from webapp.services.ports import Collaborators


class KeyLine(NamedTuple):
    """One key. `devices` subscribed with it; `public_key` is what browsers are given."""

    key_id: str
    public_key: str
    devices: int
    is_current: bool


def every(with_: Collaborators) -> list[KeyLine]:
    """All keys, the current one first. Raises KeyError before there is one."""
    devices = notice_reading.devices_by_key(reading())
    current = with_.push_keys.current_id()
    ids = sorted(with_.push_keys.ids(), key=lambda key_id: (key_id != current, key_id))
    return [
        KeyLine(
            key_id,
            with_.push_keys.public_key(key_id),
            devices.get(key_id, 0),
            key_id == current,
        )
        for key_id in ids
    ]


def rotate(with_: Collaborators) -> list[KeyLine]:
    """Make a new key for subscriptions to come, and delete those that no device uses any more."""
    with_.push_keys.rotate()
    for line in every(with_):
        if not line.is_current and not line.devices:
            with_.push_keys.forget(line.key_id)
    return every(with_)
