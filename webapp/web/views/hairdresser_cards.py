"""A client makes cards for hairdressers, and stops them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask import session as browser_cookie
from flask.typing import ResponseReturnValue

from webapp.domain.cards import USUAL_DAYS
from webapp.services import hairdresser_cards
from webapp.services.hairdresser_cards import TooManyCardsError
from webapp.web.access import clients_only
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.hairdresser_cards import CardForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.limits import CARD_LIMIT, limited
from webapp.web.page import render, say
from webapp.web.presenters.hairdresser_cards import card_rows, made_card, span_options
from webapp.web.presenters.zones import own_zone

blueprint = Blueprint("hairdresser_cards", __name__)
ADDRESS = "/hairdresser-card"
# The token of a card just made, for its maker's next page only: that page shows it once.
MADE = "card"


@blueprint.get(ADDRESS)
@clients_only
def show() -> str:
    login_id, token = browser_cookie.pop(MADE, (0, ""))
    is_own = login_id == signed_in().login_id
    return _page(CardForm(data={"days": str(USUAL_DAYS)}), made=token if is_own else "")


@blueprint.post(ADDRESS)
@limited(CARD_LIMIT)
@clients_only
def make() -> ResponseReturnValue:
    form, person = CardForm(request.form), signed_in()
    if not form.validate():
        return _page(form, errors=errors_of(form)), 422
    try:
        token = hairdresser_cards.make(collaborators(), person, form.chosen_days)
    except TooManyCardsError:
        say("wait", _("You have several cards already. Stop one that you no longer need."))
    else:
        browser_cookie[MADE] = (person.login_id, token)
    return redirect(url_for("hairdresser_cards.show"), 303)


@blueprint.post(f"{ADDRESS}/<int:card_id>/stop")
@clients_only
def stop(card_id: int) -> ResponseReturnValue:
    hairdresser_cards.stop(collaborators(), signed_in(), card_id)
    say("good", _("That card shows nothing any more."), role="status")
    return redirect(url_for("hairdresser_cards.show"), 303)


def _page(form: CardForm, made: str = "", errors: Any = ()) -> str:
    person = signed_in()
    found = hairdresser_cards.in_use(collaborators(), person)
    return render(
        "client/hairdresser_card.html",
        form=form,
        errors=errors,
        options=span_options(),
        made=made_card(made) if made else None,
        rows=card_rows(found, own_zone(person), moment()),
    )
