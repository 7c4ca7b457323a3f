"""Iris with an authenticator app and a passkey, as services know them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select

from tests.gateways.authenticating_device import Device
from tests.services.scene import Scene
from webapp.domain.people import SignedIn
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, AuditEvent, AuthenticatorApp
from webapp.services import (
    authenticator_app,
    logins,
    passkey_sign_in,
    passkeys,
    second_steps,
)
from webapp.services.attempts import Source
from webapp.services.ports import Collaborators
from webapp.services.second_steps import StepAttempt

PASSWORD = "lantern-river-7-oak"
EMAIL = "iris@clinic.example"
STEP = timedelta(seconds=30)


@dataclass
class Guarded:
    """Iris, signed in, and what she holds."""

    scene: Scene
    person: SignedIn
    device: Device = field(default_factory=Device)

    @property
    def with_(self) -> Collaborators:
        return self.scene.with_

    def add_app(self) -> None:
        authenticator_app.begin(self.with_, self.person)
        authenticator_app.confirm(self.with_, self.person, self.code(is_new=True))
        self.scene.clock.at += STEP

    def code(self, steps: int = 0, is_new: bool = False) -> str:
        """What her app shows now, or so many steps later."""
        if is_new:
            begun = authenticator_app.begun(self.with_, self.person)
            assert begun is not None
            secret = begun.key
        else:
            secret = secret_of(self.with_, self.person.account_id)
        at = self.scene.clock.now() + steps * STEP
        return self.with_.authenticator.code_at(secret, at)

    def add_passkey(self, device: Device | None = None, name: str = "Her phone") -> int:
        device = device or self.device
        answer = device.make(passkeys.ask_to_add(self.with_, self.person))
        return passkeys.add(self.with_, self.person, answer, name)

    def at_second_step(self, known: dict[int, Source] | None = None) -> StepAttempt:
        """A browser after the right password."""
        with writing() as writer:
            now = self.scene.clock.now()
            entry = second_steps.admit(writer, self.person.account_id, "a desk", now)
        assert entry.is_step
        return StepAttempt(entry.token, "a desk", known or {})

    def alone(self, device: Device | None = None) -> str:
        """Sign in with a passkey and nothing else; returns the login's token."""
        token, asked = passkey_sign_in.ask_alone(self.with_)
        answer = (device or self.device).show(asked)
        return passkey_sign_in.enter_alone(self.with_, StepAttempt(token, "a desk", {}), answer)

    def found(self, token: str) -> SignedIn:
        """Whoever holds this login now."""
        person = logins.find(self.with_, token)
        assert person is not None
        return person


def make_guarded(scene: Scene) -> Guarded:
    """Iris with a password, signed in on one device without any second factor."""
    return Guarded(scene, signed_in_again(scene, with_password=True))


def signed_in_again(scene: Scene, with_password: bool = False) -> SignedIn:
    with writing() as writer:
        account = writer.get_one(Account, scene.iris.account_id)
        if with_password:
            account.email, account.password_hash = EMAIL, scene.with_.passwords.hash(PASSWORD)
        token = logins.begin(writer, account.id, "a tablet", scene.clock.now())
    person = logins.find(scene.with_, token)
    assert person is not None
    return replace(person)


def secret_of(with_: Collaborators, account_id: int) -> str:
    """The key that the account's app holds."""
    found = select(AuthenticatorApp.sealed_secret).where(AuthenticatorApp.account_id == account_id)
    opened = with_.seal.open(reading().scalars(found).one())
    assert opened is not None
    return opened


def audit() -> list[tuple[str, str]]:
    """Every action and what kind of thing it was about."""
    reading().rollback()
    rows = reading().execute(select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
    return [(row[0], row[1]) for row in rows]
