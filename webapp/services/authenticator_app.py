"""A member of staff adds an authenticator app, and takes it away."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.domain.codes import as_typed
from webapp.domain.people import SignedIn
from webapp.persistence import audit, second_factors
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import AuthenticatorApp
from webapp.services import attempts
from webapp.services import second_factors as factors
from webapp.services.attempts import FACTOR, MustWaitError, Source
from webapp.services.clinic import look
from webapp.services.errors import NotFoundError
from webapp.services.ports import Collaborators


@dataclass(frozen=True, slots=True)
class NewApp:
    """What an app is told: the key in base32, and the address for its camera."""

    key: str
    uri: str


class WrongAppCodeError(Exception):
    """The code is not what the app shows just now, so it was perhaps set up with another key."""


class AppExistsError(Exception):
    """There is an app already; it goes before another comes."""


def begin(with_: Collaborators, person: SignedIn) -> None:
    """Make a key for a new app, in the place of one that was never confirmed.

    Raises AppExistsError.
    """
    now = with_.clock.now()
    sealed = with_.seal.close(with_.authenticator.new_secret())
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        there = second_factors.app_of(writer, person.account_id)
        if there is not None and there.confirmed_at:
            raise AppExistsError
        second_factors.remove_app(writer, person.account_id)
        writer.add(
            AuthenticatorApp(account_id=person.account_id, sealed_secret=sealed, added_at=now)
        )


def begun(with_: Collaborators, person: SignedIn) -> NewApp | None:
    """What the new app is told, until a code of it was shown; None where none was begun."""
    app = second_factors.app_of(reading(), person.account_id)
    if app is None or app.confirmed_at:
        return None
    secret = with_.seal.open(app.sealed_secret)
    if secret is None:
        return None
    return NewApp(secret, with_.authenticator.uri(secret, person.name, look().name))


def confirm(with_: Collaborators, person: SignedIn, typed: str) -> None:
    """Let the new app count from now on: its holder has read a code from it.

    Raises NotFoundError where none was begun, WrongAppCodeError, MustWaitError.
    """
    with writing() as writer:
        now = with_.clock.now()
        second_factors.lock(writer, person.account_id)
        app = second_factors.app_of(writer, person.account_id)
        if app is None or app.confirmed_at:
            raise NotFoundError
        source = Source(f"new app {app.id}".encode())
        until = attempts.wait_until(writer, source, FACTOR, now)
        if until:
            raise MustWaitError(until)
        secret = with_.seal.open(app.sealed_secret) or ""
        step = with_.authenticator.step_of(secret, as_typed(typed), now) if secret else None
        if step is not None:
            app.confirmed_at, app.used_at, app.last_step = now, now, step
            audit.record(writer, now, person.account_id, "app-added", _about(app))
            factors.prove(writer, person.login_id, person.account_id, now)
            return
        attempts.count(writer, source, FACTOR, now)
    raise WrongAppCodeError


def remove(with_: Collaborators, person: SignedIn) -> None:
    """Forget the app and its key. Raises NotFoundError."""
    now = with_.clock.now()
    with writing() as writer:
        second_factors.lock(writer, person.account_id)
        app = second_factors.app_of(writer, person.account_id)
        if app is None:
            raise NotFoundError
        about = _about(app)
        second_factors.remove_app(writer, person.account_id)
        audit.record(writer, now, person.account_id, "app-removed", about)
        factors.after_removal(writer, person.account_id)


def _about(app: AuthenticatorApp) -> tuple[str, int]:
    return "authenticator-app", app.id
