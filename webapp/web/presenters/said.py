"""What a notice says in the end: a title, and sentences below it."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from webapp.web.language import gettext as _


class Voice(Enum):
    """When a notice is read: as it arrives, on a page while it holds, or when it holds no more."""

    ARRIVING = auto()
    HOLDING = auto()
    PAST = auto()


class Said(NamedTuple):
    """A title without a full stop, and whole sentences."""

    title: str
    words: tuple[str, ...] = ()


def inbox_name(unread: str = "") -> str:
    """What the way to the inbox is called while so many are unread."""
    return _("Inbox, %(count)s unread", count=unread) if unread else _("Inbox")
