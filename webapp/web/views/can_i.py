"""Can I …? Every answer, the one that is asked for, and those of another day."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import can_i
from webapp.services.today import Facts
from webapp.web.access import clients_only
from webapp.web.compression import compressed
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.questions import Question, read_question
from webapp.web.freshness import fresh, unchanged
from webapp.web.page import drawn, ui_for
from webapp.web.presenters.answers import View
from webapp.web.presenters.can_i import CanIPage, present_can_i, present_typed
from webapp.web.views.today import facts_of

blueprint = Blueprint("can_i", __name__)


@blueprint.get("/can-i")
@clients_only
def show() -> ResponseReturnValue:
    """The answer to a question, or all of them."""
    person = signed_in()
    held = unchanged(person)
    if held:
        return held
    facts = facts_of(person)
    question = read_question(request.args, facts.zone, moment())
    return _everything(person, facts) if question.is_empty else _answer(person, facts, question)


@blueprint.get("/can-i/typed")
@clients_only
def typed() -> str:
    """The activities that somebody may be typing; a part of the page, for its script."""
    person = signed_in()
    facts = facts_of(person)
    question = read_question(request.args, facts.zone, moment())
    found = can_i.typed_so_far(facts.plan.protocol, question.text) if facts.plan else ()
    page = present_typed(facts, question, _view(person, facts), found)
    return drawn("client/parts/typed.html", page=page)


@blueprint.get("/all-answers")
@clients_only
def moved() -> Response:
    """Where every answer stood before."""
    return redirect(url_for("can_i.show"), 308)


@compressed()
def _everything(person: SignedIn, facts: Facts) -> Response:
    question = read_question({}, facts.zone, moment())
    hours = None if facts.plan else can_i.hours_for(person)
    page = present_can_i(facts, question, _view(person, facts), None, hours)
    return fresh(person, _drawn(person, facts, page), page.changes_at)


def _answer(person: SignedIn, facts: Facts, question: Question) -> ResponseReturnValue:
    """It repeats what was typed beside answers that are nobody else's: it is never compressed,
    or its length would tell of them."""
    plan = facts.plan
    heard = can_i.hear(plan.protocol, question.text) if plan and question.text else None
    page = present_can_i(facts, question, _view(person, facts), heard, can_i.hours_for(person))
    body = _drawn(person, facts, page)
    if plan and heard and not page.errors:
        can_i.note(collaborators(), person, question.text, (plan, heard))
    return (body, 422) if page.errors else fresh(person, body, page.changes_at)


def _drawn(person: SignedIn, facts: Facts, page: CanIPage) -> str:
    ui = ui_for(person, facts.clinic, page.help)
    return render_template("client/can_i.html", ui=ui, page=page)


def _view(person: SignedIn, facts: Facts) -> View:
    return View(moment(), facts.zone, person.time_zone)
