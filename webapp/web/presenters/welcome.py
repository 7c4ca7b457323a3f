"""The pages by which the staff choose a password, for the first time or anew."""

from __future__ import annotations

from typing import Any

from webapp.services import locations
from webapp.services.locations import DEFAULT_ZONE
from webapp.services.passwords import WeakPasswordError
from webapp.services.redemption import WrongCodeError
from webapp.services.staff_accounts import EmailTakenError
from webapp.web.context import moment
from webapp.web.forms.sign_in import NewPasswordForm
from webapp.web.forms.staff import WelcomeForm
from webapp.web.language import gettext as _
from webapp.web.presenters.codes import wrong_link_words
from webapp.web.presenters.passwords import hint, weakness_words
from webapp.web.presenters.sign_in import errors_with

Refusal = tuple[str, str]  # the field it is about, and why


def welcome_page(form: WelcomeForm, refusal: Refusal = ("", "")) -> dict[str, Any]:
    """Values of public/welcome.html."""
    if not form.time_zone.data:
        form.time_zone.data = DEFAULT_ZONE
    return {
        "form": form,
        "errors": errors_with(form, *refusal),
        "zones": zone_options(form.time_zone.data),
        "password_hint": hint(),
    }


def new_password_page(form: NewPasswordForm, refusal: Refusal = ("", "")) -> dict[str, Any]:
    """Values of public/new_password.html."""
    return {
        "form": form,
        "errors": errors_with(form, *refusal),
        "password_hint": hint(),
    }


def zone_options(chosen: str | None) -> list[tuple[str, str]]:
    """The time zones to choose from; one that is stored but no longer on the list stays."""
    names = locations.time_zones()
    more = [chosen] if chosen and chosen not in names else []
    return [(name, name.replace("_", " ")) for name in [*more, *names]]


def refusal_of(error: WeakPasswordError | WrongCodeError | EmailTakenError) -> Refusal:
    """What a refusal is about, and its words."""
    if isinstance(error, WeakPasswordError):
        return "password", weakness_words(error.weakness)
    if isinstance(error, WrongCodeError):
        return "code", wrong_link_words(error.wait_until, moment())
    return "email", _("Somebody signs in with this e-mail address already.")
