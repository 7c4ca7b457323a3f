"""Signing in and out. Looking at a page never uses a code up; only sending the form does."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask import session as browser_cookie
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.services import logins, redemption, staff_sign_in
from webapp.services.attempts import MustWaitError
from webapp.services.redemption import WrongCodeError
from webapp.services.second_steps import Entry
from webapp.services.staff_sign_in import WrongPasswordError
from webapp.web import login, step_cookie
from webapp.web.access import open_to_everybody
from webapp.web.context import collaborators, moment, signed_in_or_none
from webapp.web.forms.sign_in import CodeForm, StaffForm
from webapp.web.known_device import remember_account
from webapp.web.limits import CODE_LIMIT, STAFF_LIMIT, limited
from webapp.web.page import render
from webapp.web.presenters.codes import wait_words, wrong_code_words
from webapp.web.presenters.sign_in import code_page, staff_page, wrong_password_words

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@open_to_everybody
def show() -> str | Response:
    person = signed_in_or_none()
    if person:
        return redirect(home_of(person), 303)
    if request.args.get("to") == "staff":
        return redirect(url_for("sign_in.staff"), 303)
    return render("public/sign_in.html", **code_page(CodeForm()))


@blueprint.get("/join")
@open_to_everybody
def join() -> str:
    return render("public/sign_in.html", **code_page(CodeForm()))


@blueprint.post("/sign-in")
@blueprint.post("/join")
@limited(CODE_LIMIT)
@open_to_everybody
def enter() -> Response | tuple[str, int]:
    form = CodeForm(request.form)
    if not form.validate():
        return render("public/sign_in.html", **code_page(form)), 422
    try:
        token = redemption.enter(collaborators(), form.attempt())
    except WrongCodeError as error:
        words = wrong_code_words(error.wait_until, moment())
        return render("public/sign_in.html", **code_page(form, words)), 422
    return signed_in_at(url_for("today.show"), token)


@blueprint.get("/sign-in/staff")
@open_to_everybody
def staff() -> str | Response:
    person = signed_in_or_none()
    if person:
        return redirect(home_of(person), 303)
    return render("public/staff_sign_in.html", **staff_page(StaffForm()))


@blueprint.post("/sign-in/staff")
@limited(STAFF_LIMIT)
@open_to_everybody
def enter_staff() -> Response | tuple[str, int]:
    form = StaffForm(request.form)
    if not form.validate():
        return render("public/staff_sign_in.html", **staff_page(form)), 422
    try:
        entry = staff_sign_in.sign_in(collaborators(), form.attempt())
    except (WrongPasswordError, MustWaitError) as error:
        return render("public/staff_sign_in.html", **staff_page(form, _why(error))), 422
    return admitted(entry)


@blueprint.post("/sign-out")
@open_to_everybody
def leave() -> Response:
    person = signed_in_or_none()
    if person:
        logins.end(collaborators(), person, person.login_id)
    return signed_out()


def admitted(entry: Entry) -> Response:
    """Send a member of staff on after a right password: in, or to the second step."""
    if not entry.is_step:
        return signed_in_at(url_for("board.show"), entry.token)
    response = redirect(url_for("second_step.show"), 303)
    step_cookie.keep(response, entry.token)
    return response


def signed_in_at(address: str, token: str) -> Response:
    """Send the browser there with its new login; the one it held before is over."""
    logins.take_over(collaborators(), login.held_token(), token)
    browser_cookie.clear()
    response = redirect(address, 303)
    login.remember(response, token)
    step_cookie.forget(response)
    entered = logins.find(collaborators(), token)
    if entered and entered.is_staff:
        remember_account(response, entered.account_id)
    return response


def signed_out() -> Response:
    """Send the browser to the sign-in page with nothing of its holder left."""
    browser_cookie.clear()
    response = redirect(url_for("sign_in.show"), 303)
    login.forget(response)
    return response


def home_of(person: SignedIn) -> str:
    """The page this person starts from."""
    return url_for("board.show" if person.is_staff else "today.show")


def _why(error: WrongPasswordError | MustWaitError) -> str:
    if isinstance(error, MustWaitError):
        return wait_words(error, moment())
    return wrong_password_words()
