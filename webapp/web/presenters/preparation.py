"""What to prepare before a session, in words: for the client to tick, for the staff to see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from flask import url_for

from webapp.domain.appointments import Step, preparation_before, waits_to_wash
from webapp.domain.plan import AftercarePlan, Wash
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.presenters.answers import View

WASHES = {
    Wash.SHAMPOO: later("Come with clean hair: wash it with shampoo before you come."),
    Wash.WATER: later("Rinse your hair with lukewarm water before you come, without shampoo."),
    Wash.NONE: later("Leave your hair unwashed. Come as you are."),
}


class Line(NamedTuple):
    """One line of the checklist, as components/checklist.html takes it."""

    id: str
    words: str
    note: str
    is_done: bool


class Checklist(NamedTuple):
    """The arguments of components/checklist.html; `action` is where a tick is sent."""

    title: str
    progress: str
    lines: list[Line]
    action: str


def checklist(
    plan: AftercarePlan, number: int, ticked: Collection[str], view: View
) -> Checklist | None:
    """What to prepare before a session that is still to come."""
    steps = preparation_before(plan, number, view.now)
    if not steps:
        return None
    lines = [
        Line(step.id, _words(step), _note(plan, step, view), step.id in ticked) for step in steps
    ]
    return Checklist(
        _("How to prepare"),
        _progress(lines),
        lines,
        url_for("appointments.prepare", number=number),
    )


def _words(step: Step) -> str:
    return _(step.words) if step.wash is None else _(WASHES[step.wash])


def _note(plan: AftercarePlan, step: Step, view: View) -> str:
    """Since when the wash is allowed, where it is not yet."""
    waiting = waits_to_wash(plan, step.wash, view.now) if step.wash else None
    if waiting is None:
        return ""
    if waiting.until:
        return _("Not before %(when)s.", when=view.short(waiting.until))
    if waiting.estimate:
        day = view.day(waiting.estimate)
        return _("Not before about %(day)s, an estimate. Today says when.", day=day)
    return _("Not yet. Today says when.")


def _progress(lines: Collection[Line]) -> str:
    done = sum(line.is_done for line in lines)
    return _("%(done)s of %(all)s done", done=done, all=len(lines))


def prepared(plan: AftercarePlan, number: int, ticked: Collection[str]) -> dict[str, Any] | None:
    """What a client says to have prepared, for the staff: a title, and the lines of
    components/facts.html."""
    steps = preparation_before(plan, number, plan.now)
    if not steps:
        return None
    done = [step for step in steps if step.id in ticked]
    return {
        "title": _prepared_words(steps, done),
        "lines": [_staff_line(step, step in done) for step in steps],
    }


def _staff_line(step: Step, is_done: bool) -> dict[str, str]:
    if is_done:
        return {"icon": "check", "words": _words(step)}
    return {"icon": "clock", "words": _("Not ticked: %(words)s", words=_words(step))}


def prepared_notes(
    plan: AftercarePlan, ticked: Mapping[int, Collection[str]]
) -> dict[int, list[str]]:
    """`2 of 4 prepared` for every session to come of which something is ticked, by its number."""
    notes = {}
    for number, ids in ticked.items():
        steps = preparation_before(plan, number, plan.now)
        done = [step for step in steps if step.id in ids]
        if done:
            notes[number] = [_prepared_words(steps, done)]
    return notes


def _prepared_words(steps: Sequence[Step], done: Sequence[Step]) -> str:
    return _("%(done)s of %(all)s prepared", done=len(done), all=len(steps))
