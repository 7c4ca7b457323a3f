"""The pages that ask for a second factor, and why one was not accepted."""

from __future__ import annotations

from typing import Any

from webapp.services import second_factors
from webapp.services.attempts import MustWaitError
from webapp.services.second_steps import WrongSecondCodeError
from webapp.web.context import collaborators, moment
from webapp.web.forms.second_factors import SecondCodeForm
from webapp.web.language import gettext as _
from webapp.web.presenters.sign_in import errors_with
from webapp.web.presenters.times import countdown


def step_page(form: SecondCodeForm, account_id: int, refusal: tuple[str, str]) -> dict[str, Any]:
    """Values of public/second_step.html and security/prove.html; `refusal`: the field it is about,
    and why."""
    found = second_factors.of(account_id)
    return {
        "form": form,
        "errors": errors_with(form, *refusal),
        "has_app": found.app is not None,
        "has_passkeys": bool(found.passkeys),
        "has_codes": bool(found.codes_left),
        "passkey_origin": collaborators().passkeys.origin,
    }


def refusal_words(error: WrongSecondCodeError | MustWaitError) -> str:
    """Why a code was not accepted, and what to do."""
    if isinstance(error, MustWaitError):
        return waiting_words(error)
    return _(
        "This code does not work. Each works once: wait for the next one in your app, or check "
        "that your phone's clock is right."
    )


def waiting_words(error: MustWaitError) -> str:
    """That there were too many wrong codes, and how long to wait."""
    return _(
        "There were several wrong codes. Please try again %(wait)s.",
        wait=countdown(error.until, moment()),
    )


def passkey_words() -> str:
    """Why a passkey was not accepted, as far as that is known."""
    return _("This passkey was not accepted. Try once more, or use another way.")
