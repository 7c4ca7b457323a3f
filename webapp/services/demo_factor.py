"""Authenticator apps of the demo's staff, whose codes a terminal shows."""

from __future__ import annotations

from webapp.persistence import accounts, audit, second_factors
from webapp.persistence.database import writing
from webapp.persistence.tables import AuthenticatorApp
from webapp.services.demo import STAFF, UnknownPersonaError
from webapp.services.ports import Collaborators


class OwnAppError(Exception):
    """The key of this app cannot be read here."""


def code_of(with_: Collaborators, role: str) -> str:
    """What the app of the demo's owner, artist or receptionist shows now; it is set up where it
    was not. Raises UnknownPersonaError, OwnAppError."""
    now = with_.clock.now()
    email = next((email for _, email, each in STAFF if each == role), "")
    with writing() as writer:
        account = accounts.staff_by_email(writer, email)
        if account is None:
            raise UnknownPersonaError
        app = second_factors.app_of(writer, account.id)
        if app is None or app.confirmed_at is None:
            second_factors.remove_app(writer, account.id)
            sealed = with_.seal.close(with_.authenticator.new_secret())
            app = AuthenticatorApp(account_id=account.id, sealed_secret=sealed)
            app.added_at = app.confirmed_at = now
            writer.add(app)
            writer.flush()
            audit.record(writer, now, None, "app-added", ("authenticator-app", app.id))
        secret = with_.seal.open(app.sealed_secret)
    if secret is None:
        raise OwnAppError
    return with_.authenticator.code_at(secret, now)
