"""The cookie that binds the second step, or a passkey's challenge, to one browser.

It opens nothing: the step behind it waits for a second factor, once and for five minutes.
"""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from webapp.domain.second_factors import STEP_SPAN
from webapp.services.second_steps import StepAttempt
from webapp.web.context import settings
from webapp.web.cookies import give
from webapp.web.known_device import known_accounts
from webapp.web.login import cookie_name
from webapp.web.visitor import device_words

NAME = "step"


def keep(response: Response, token: str) -> None:
    """Let this browser go on with this step."""
    give(response, cookie_name(settings(), NAME), token, STEP_SPAN)


def held() -> str:
    """The token of the step that this browser is at, whatever it is worth; '' without one."""
    return request.cookies.get(cookie_name(settings(), NAME), "")


def attempt() -> StepAttempt:
    """This browser, at its step."""
    return StepAttempt(held(), device_words(), known_accounts())


def forget(response: Response) -> None:
    """There is nothing to go on with."""
    if held():
        give(response, cookie_name(settings(), NAME), "", timedelta())
