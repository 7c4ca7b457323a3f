"""I slipped: a client tells what happened too early, and reads what to do now."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.services import slips, wrong
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.slips import SlipForm
from webapp.web.forms.texts import errors_of
from webapp.web.limits import SLIP_LIMIT, limited
from webapp.web.page import render
from webapp.web.presenters.slips import kind_options, told_page, whom_to_call, zone_hint
from webapp.web.presenters.zones import own_zone
from webapp.web.views.today import facts_of

blueprint = Blueprint("slips", __name__)


@blueprint.get("/slip")
@clients_only
def show() -> str:
    return _page(_form(None))


@blueprint.post("/slip")
@limited(SLIP_LIMIT)
@clients_only
def tell() -> ResponseReturnValue:
    form, person = _form(request.form), signed_in()
    if not slips.may_tell(facts_of(person)):
        return redirect(url_for("slips.show"), 303)
    if not form.validate():
        return _page(form, errors=errors_of(form)), 422
    slip_id = slips.tell(person, form.chosen_kind, form.happened, form.now)
    return redirect(url_for("slips.told", slip_id=slip_id), 303)


@blueprint.get("/slip/told/<int:slip_id>")
@clients_only
def told(slip_id: int) -> str:
    person = signed_in()
    found = slips.own(person, slip_id)
    page = told_page(found, facts_of(person).plan, own_zone(person), moment())
    return render("client/slip_told.html", page=page, help=_help())


def _form(sent: Any) -> SlipForm:
    return SlipForm(sent, collaborators().clock.now(), own_zone(signed_in()))


def _page(form: SlipForm, errors: Any = ()) -> str:
    person = signed_in()
    return render(
        "client/slip.html",
        form=form,
        errors=errors,
        may_tell=slips.may_tell(facts_of(person)),
        kinds=kind_options(),
        zone_hint=zone_hint(own_zone(person)),
        help=_help(),
    )


def _help() -> Any:
    return whom_to_call(wrong.where_to_turn(signed_in()), moment())
