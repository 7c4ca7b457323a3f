"""A client's own pages as they will read while there is no network.

Each page is drawn beforehand for every instant at which it says something else, by the very
presenters and templates that draw it online. The phone holds ready words and instants: it chooses
by the clock what to show, and knows no rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import render_template
from markupsafe import Markup

from webapp.domain.people import SignedIn
from webapp.services.today import Facts, FoundVisit, plan_later
from webapp.services.wrong import WhereToTurn
from webapp.web.forms.questions import read_question
from webapp.web.page import Ui, drawn, still_ui
from webapp.web.presenters.answers import View
from webapp.web.presenters.can_i import present_can_i
from webapp.web.presenters.dates import present_dates
from webapp.web.presenters.dates_more import more_links
from webapp.web.presenters.help import help_of
from webapp.web.presenters.offline import copy_words
from webapp.web.presenters.times import iso
from webapp.web.presenters.today import present_today
from webapp.web.presenters.wrong import present_wrong, without_now

# Nobody's course stays as it was for longer; an older copy asks to connect.
COPY_SPAN = timedelta(days=14)
MAIN, MAIN_END = '<main id="main" class="page" tabindex="-1">', "</main>"
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Copied:
    """What the pages are drawn from: the course as it stands at `now` (UTC), and whose it is."""

    person: SignedIn
    facts: Facts
    visits: Sequence[FoundVisit]
    where_to_turn: WhereToTurn
    now: datetime
    # By what each activity may be asked for; looked up once, for all states.
    names: tuple[tuple[str, ...], ...] = ()

    def later(self, at: datetime) -> Copied:
        """The same at `at`, if nobody changes the course until then."""
        plan = self.facts.plan
        facts = replace(self.facts, plan=plan_later(plan, at)) if plan else self.facts
        return replace(self, facts=facts, now=at)


class Page(NamedTuple):
    """One page of the copy: how it is drawn, and its section of the navigation."""

    draw: Callable[[Copied, Ui], str]
    section: str
    is_daily: bool = False


def copy_json(copied: Copied) -> str:
    """The copy as JSON: `as_of` and `ends_at`; the stamp that stands on each page; and of each
    page, by its path, the document before and after its states and the states in order of time,
    each with the instant it begins at and its HTML."""
    ends_at = copied.now + COPY_SPAN
    return COMPACT.encode(
        {
            "as_of": iso(copied.now),
            "ends_at": iso(ends_at),
            **copy_words(copied.now, copied.facts.zone),
            "frame": drawn("offline/stamp.html"),
            "pages": {path: _page(page, copied, ends_at) for path, page in PAGES.items()},
        }
    )


def _page(page: Page, copied: Copied, ends_at: datetime) -> dict[str, Any]:
    ui = still_ui(copied.person, copied.facts.clinic, help_of(copied.facts), page.section)
    instants = sorted({copied.now, *_instants(copied, ends_at, page.is_daily)})
    drawings = [_parts(page.draw(copied.later(at), ui)) for at in instants]
    states = [[iso(at), main] for at, (_, main, _) in zip(instants, drawings, strict=True)]
    told = [states[0], *(new for old, new in pairwise(states) if new[1] != old[1])]
    return {"before": drawings[0][0] + MAIN, "states": told, "after": MAIN_END + drawings[0][2]}


def _parts(document: str) -> tuple[str, str, str]:
    before, _, rest = document.partition(MAIN)
    main, _, after = rest.partition(MAIN_END)
    return before, main, after


def _instants(copied: Copied, ends_at: datetime, is_daily: bool) -> Iterator[datetime]:
    """When a page may read otherwise: at every switch, when a date begins, and, where it counts
    days, at midnight."""
    plan = copied.facts.plan
    at = plan.next_switch_after(copied.now) if plan else None
    while plan and at and at < ends_at:
        yield at
        at = plan_later(plan, at).next_switch_after(at)
    dates = [visit.starts_at for visit in copied.visits]
    dates += [one.starts_at for one in (plan.course.live if plan else ()) if one.starts_at]
    yield from (at for at in dates if copied.now < at < ends_at)
    if is_daily:
        yield from _midnights(copied.now, ends_at, copied.facts.zone)


def _midnights(now: datetime, ends_at: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    day = now.astimezone(zone).date()
    while (at := datetime.combine(day, time.min, zone)) < ends_at:
        if at > now:
            yield at
        day += timedelta(days=1)


def _today(copied: Copied, ui: Ui) -> str:
    page = present_today(copied.facts, copied.now, copied.person.time_zone)
    main = Markup(drawn("client/today_parts.html", page=page, asks=True))  # noqa: S704
    return render_template("client/today.html", ui=ui, main=main)


def _can_i(copied: Copied, ui: Ui) -> str:
    nothing = read_question({}, copied.facts.zone, copied.now)
    view = View(copied.now, copied.facts.zone, copied.person.time_zone)
    page = present_can_i(copied.facts, nothing, view, None, None)
    page = replace(page, names=copied.names)
    return render_template("client/can_i.html", ui=ui, page=page)


def _dates(copied: Copied, ui: Ui) -> str:
    page = present_dates(copied.facts, copied.visits, copied.now, copied.person.time_zone)
    return render_template("client/dates.html", ui=ui, page=page, more=more_links())


def _wrong(copied: Copied, ui: Ui) -> str:
    page = without_now(present_wrong(copied.where_to_turn, copied.now))
    return render_template("public/wrong.html", ui=ui, layout="layouts/client.html", page=page)


PAGES: Mapping[str, Page] = {
    "/": Page(_today, "today", is_daily=True),
    "/can-i": Page(_can_i, "can_i"),
    "/dates": Page(_dates, "dates", is_daily=True),
    "/something-is-wrong": Page(_wrong, "wrong"),
}
