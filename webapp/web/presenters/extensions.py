"""Longer waits for one client, in words."""

from __future__ import annotations

from typing import Any

from webapp.domain.edit_rules import is_extendable
from webapp.services.courses import CourseFile
from webapp.web.language import gettext as _
from webapp.web.presenters.course_sessions import Desk
from webapp.web.presenters.sessions import frame


def activities(file: CourseFile) -> list[str]:
    """The ids of what can be extended, in the protocol's order."""
    return [name for name in file.protocol.activities if is_extendable(file.protocol, name)]


def add_page(file: CourseFile, desk: Desk) -> dict[str, Any]:
    """Adding one."""
    options = [(name, file.protocol.activities[name].name) for name in activities(file)]
    return frame(file, _("Extend the aftercare"), desk) | {
        "lead": _("This client waits longer than the protocol says. Never shorter."),
        "activity_options": [("", _("Choose")), *options],
        "activity_hint": _("Everything about washing is extended together."),
        "days_hint": _("Days are added to the usual wait, from 1 to 60."),
        "confirm_words": _("Save"),
    }


def remove_page(file: CourseFile, activity: str, desk: Desk) -> dict[str, Any]:
    """Taking one back."""
    name = file.protocol.activities[activity].name
    return frame(file, _("Take back: %(activity)s", activity=name), desk) | {
        "lead": _("The client waits as long as the protocol says again, and no longer."),
        "reason_label": _("Why is it taken back?"),
        "confirm_words": _("Take the extension back"),
        "kind": "primary",
    }
