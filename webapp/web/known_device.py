"""The cookie by which a device is known to the staff who signed in on it before.

It opens nothing and outlives the sign-in: whoever guesses passwords elsewhere must not keep its
holder out (decision 0010).
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from webapp.services.attempts import Source
from webapp.services.known_devices import KNOWN_SPAN, known_to, with_account
from webapp.web.context import collaborators, settings
from webapp.web.cookies import give
from webapp.web.login import cookie_name

NAME = "known"


def known_accounts() -> dict[int, Source]:
    """The accounts that have signed in on this device with a password, and what its tries count
    as for each."""
    return known_to(settings().secret_key, _carried(), collaborators().clock.now())


def remember_account(response: Response, account_id: int) -> None:
    """Let this device be known to the account from now on."""
    now = collaborators().clock.now()
    carried = with_account(settings().secret_key, _carried(), account_id, now)
    give(response, cookie_name(settings(), NAME), carried, KNOWN_SPAN)


def _carried() -> str:
    return request.cookies.get(cookie_name(settings(), NAME), "")
