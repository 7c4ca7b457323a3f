"""What clients ask, in words for the owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from webapp.domain.protocol import Protocol
from webapp.services import asking, protocol_notes, radar, synonyms
from webapp.services.ports import Collaborators
from webapp.services.protocol_notes import OpenNote
from webapp.services.radar import AskedOften, Missed, Radar
from webapp.services.synonyms import KeptSynonym, Refusal, SynonymRefusedError
from webapp.web.forms.radar import NO_ACTIVITY, NO_WORDS, NoteForm, SynonymForm
from webapp.web.forms.texts import errors_of, trimmed
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.times import iso

MOST_ASKED = 10
UNDO_SHOWN_SPAN = timedelta(seconds=10)
REFUSALS = {
    Refusal.TOO_SHORT: NO_WORDS,
    Refusal.TOO_LONG: later("Use at most 80 letters."),
    Refusal.SAY_TOO_LITTLE: later(
        "These words stand in many questions. Enter what this one is about, such as “kombucha”."
    ),
    Refusal.MEAN_ALREADY: later("Clients who type this are already answered about: %(activity)s."),
    Refusal.ARE_THERE: later("These words are in your list already."),
    Refusal.ARE_NOT_HEARD: later(
        "The search leaves these words aside, because they usually mean something else. Try others."
    ),
    Refusal.NO_ACTIVITY: NO_ACTIVITY,
}


def forms_about(words: str) -> tuple[SynonymForm, NoteForm]:
    """Both forms, begun with words that were asked."""
    typed = trimmed(words)
    note = f"{typed}: " if typed else ""
    return SynonymForm(data={"words": typed}), NoteForm(data={"note": note})


def page(with_: Collaborators, form: SynonymForm, note_form: NoteForm) -> dict[str, Any]:
    """Values of settings/radar.html."""
    seen, notes = radar.seen(with_), protocol_notes.still_open()
    return {
        "lead": _lead(with_.retention.questions),
        "missed": [_missed(one, seen.protocol, notes) for one in seen.missed],
        "found": [_often(one, seen.protocol) for one in seen.found[:MOST_ASKED]],
        "share": _share(seen),
        "left": [_often(one, seen.protocol) for one in seen.left_to_clinic],
        "own": [_own(one, seen.protocol) for one in synonyms.every()],
        "notes": [_note(note) for note in notes],
        "form": form,
        "note_form": note_form,
        "errors": [*errors_of(form), *errors_of(note_form)],
        "activities": [("", _("Choose")), *_choices(seen.protocol)],
    }


def _lead(days: int) -> str:
    return ngettext(
        "In “Can I?”, within %(num)s day. Neither who asked is kept nor at what time. Questions "
        "that fewer than three people asked are not shown.",
        "In “Can I?”, within %(num)s days. Neither who asked is kept nor at what time. Questions "
        "that fewer than three people asked are not shown.",
        days,
    )


def _missed(missed: Missed, protocol: Protocol, notes: Sequence[OpenNote]) -> dict[str, Any]:
    """Arguments of components/asked_row.html."""
    words = missed.asked.subject
    return {
        "words": words,
        "detail": _times_by(missed.asked),
        "choices": [(name, _means(protocol, name)) for name in missed.nearest],
        "is_noted": any(protocol_notes.is_about(note, words) for note in notes),
        "other_href": url_for("radar.show", about=words, _anchor="your-words"),
        "other_words": _("Another meaning") if missed.nearest else _("Say what it means"),
    }


def _means(protocol: Protocol, activity: str) -> str:
    return _("Means: %(activity)s", activity=_name(protocol, activity))


def _name(protocol: Protocol, activity: str) -> str:
    """The activity's name; what an older protocol called by its id has no other any more."""
    return protocol.activities[activity].name if activity in protocol.activities else activity


def _choices(protocol: Protocol) -> list[tuple[str, str]]:
    return sorted(
        ((name, one.name) for name, one in protocol.activities.items()), key=lambda pair: pair[1]
    )


def _often(asked: AskedOften, protocol: Protocol) -> dict[str, str]:
    """Arguments of components/list_row.html."""
    return {
        "title": protocol.activities[asked.subject].title,
        "detail": _people(asked),
        "meta": ngettext("%(num)s time", "%(num)s times", asked.times),
    }


def _times_by(asked: AskedOften) -> str:
    times = ngettext("%(num)s time", "%(num)s times", asked.times)
    return _("%(times)s, by %(people)s", times=times, people=_people(asked))


def _people(asked: AskedOften) -> str:
    return ngettext("at least %(num)s person", "at least %(num)s people", asked.drawers)


def _share(seen: Radar) -> str:
    if not seen.left_to_clinic:
        return ""
    return _(
        "%(percent)s%% of these questions were answered “ask your clinic”.",
        percent=seen.percent_left,
    )


def _own(own: KeptSynonym, protocol: Protocol) -> dict[str, str]:
    """Arguments of components/kept_row.html."""
    return {
        "title": own.words,
        "detail": _means(protocol, own.activity),
        "action": url_for("radar.remove_words", synonym_id=own.id),
        "action_words": _("Remove"),
        "action_label": _("Remove: %(words)s", words=own.words),
    }


def _note(note: OpenNote) -> dict[str, str]:
    """Arguments of components/kept_row.html."""
    return {
        "title": note.words,
        "action": url_for("radar.mark_done", protocol_note_id=note.id),
        "action_words": _("Done"),
        "action_label": _("Done: %(words)s", words=note.words),
    }


def synonym_in(form: SynonymForm) -> tuple[str, str]:
    """The words and the activity in a valid form."""
    return form.words.data or "", form.activity.data or ""


def refuse(form: SynonymForm, refused: SynonymRefusedError) -> None:
    """Say in the form why its words cannot be a synonym."""
    field = form.activity if refused.refusal is Refusal.NO_ACTIVITY else form.words
    name = refused.activity and _name(asking.newest_protocol(), refused.activity)
    field.errors = [_(REFUSALS[refused.refusal], activity=name)]


def added_words(added: KeptSynonym, now: datetime) -> dict[str, Any]:
    """What is said once words mean something."""
    name = _name(asking.newest_protocol(), added.activity)
    words = _(
        "“%(words)s” now means: %(activity)s. Clients get its answer from now on.",
        words=added.words,
        activity=name,
    )
    return {"words": words, "undo": _undo(url_for("radar.remove_words", synonym_id=added.id), now)}


def done_words(note_id: int, now: datetime) -> dict[str, Any]:
    """What is said once a note is done."""
    action = url_for("radar.reopen", protocol_note_id=note_id)
    return {"words": _("Done."), "undo": _undo(action, now)}


def _undo(action: str, now: datetime) -> dict[str, str]:
    return {"action": action, "words": _("Undo"), "until_at": iso(now + UNDO_SHOWN_SPAN)}
