"""The card for the hairdresser: open to whoever has its address, for reading only."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from webapp.services import hairdresser_cards
from webapp.services.clinic import look
from webapp.services.errors import NotFoundError
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators, moment
from webapp.web.limits import CARD_LIMIT, limited
from webapp.web.page import ui_for
from webapp.web.presenters.hairdresser_cards import present_card

blueprint = Blueprint("card", __name__)
# The address is the secret: nobody keeps the page, finds it, or is told where its reader came from.
SECRET_ADDRESS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@blueprint.get("/card/<token>")
@limited(CARD_LIMIT)
@open_to_everybody
def show(token: str) -> Response:
    """What may be done to hair and scalp now, and until when; one and the same 404 for every card
    that shows nothing."""
    try:
        facts = hairdresser_cards.shown(collaborators(), token, moment())
    except NotFoundError:
        return _answer("public/no_card.html", 404)
    return _answer("public/card.html", 200, page=present_card(facts, moment()))


def _answer(template: str, status: int, **values: object) -> Response:
    # Whoever is signed in here, the page is that of somebody who is not.
    body = render_template(template, ui=ui_for(None, look())._replace(help=None), **values)
    answer = make_response(body, status)
    answer.headers.update(SECRET_ADDRESS)
    return answer
