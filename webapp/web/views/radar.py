"""The owner sees what clients ask, and makes words and notes of it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import protocol_notes, synonyms
from webapp.services.synonyms import SynonymRefusedError
from webapp.web.access import owner_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.radar import NoteForm, SynonymForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters import radar

blueprint = Blueprint("radar", __name__)
PAGE = "settings/radar.html"


@blueprint.get("/staff/radar")
@owner_only
def show() -> str:
    words, note = radar.forms_about(request.args.get("about", ""))
    return render(PAGE, **radar.page(collaborators(), words, note))


@blueprint.post("/staff/radar/words")
@owner_only
def add_words() -> Response | tuple[str, int]:
    form = SynonymForm(request.form)
    try:
        if form.validate():
            added = synonyms.add(collaborators(), signed_in(), *radar.synonym_in(form))
            say("good", **radar.added_words(added, moment()), role="status")
            return redirect(url_for("radar.show"), 303)
    except SynonymRefusedError as refused:
        radar.refuse(form, refused)
    return render(PAGE, **radar.page(collaborators(), form, NoteForm())), 422


@blueprint.post("/staff/radar/words/<int:synonym_id>/remove")
@owner_only
def remove_words(synonym_id: int) -> Response:
    synonyms.remove(collaborators(), signed_in(), synonym_id)
    say("good", _("Removed. Clients are answered as before."), role="status")
    return redirect(url_for("radar.show"), 303)


@blueprint.post("/staff/radar/notes")
@owner_only
def add_note() -> Response | tuple[str, int]:
    form = NoteForm(request.form)
    if not form.validate():
        return render(PAGE, **radar.page(collaborators(), SynonymForm(), form)), 422
    protocol_notes.add(collaborators(), signed_in(), form.text)
    say("good", _("Noted for the next version of the protocol."), role="status")
    return redirect(url_for("radar.show"), 303)


@blueprint.post("/staff/radar/notes/<int:protocol_note_id>/done")
@owner_only
def mark_done(protocol_note_id: int) -> Response:
    protocol_notes.mark_done(collaborators(), signed_in(), protocol_note_id)
    say("good", **radar.done_words(protocol_note_id, moment()), role="status")
    return redirect(url_for("radar.show"), 303)


@blueprint.post("/staff/radar/notes/<int:protocol_note_id>/open")
@owner_only
def reopen(protocol_note_id: int) -> Response:
    protocol_notes.reopen(collaborators(), signed_in(), protocol_note_id)
    say("good", _("The note is open again."), role="status")
    return redirect(url_for("radar.show"), 303)
