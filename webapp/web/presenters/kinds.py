"""The answers at one instant, by kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from webapp.domain.plan import AftercarePlan
from webapp.web.language import gettext as _
from webapp.web.presenters.answers import GROUPS, Row, View, row

# Where more is said of an activity, by its id.
AddressOf = Callable[[str], str]


class Kind(NamedTuple):
    """Answers of one kind; `anchor` is its place on the page."""

    anchor: str
    title: str
    rows: list[Row]


def kinds(plan: AftercarePlan, at: datetime, view: View, address_of: AddressOf) -> list[Kind]:
    """Every answer at `at` (UTC), each with the way to more of it."""
    rows: dict[str, list[Row]] = {}
    for activity, found in plan.answers_at(at).items():
        group = plan.protocol.activities[activity].group
        rows.setdefault(group, []).append(row(plan, found, view, address_of(activity)))
    ordered = [group for group in GROUPS if group in rows]
    ordered += [group for group in rows if group not in GROUPS]
    return [Kind(group, _title(group), rows[group]) for group in ordered]


def _title(group: str) -> str:
    return _(GROUPS.get(group) or group.replace("-", " ").capitalize())
