"""Passkeys (WebAuthn): what a browser is asked, and whether its answer is a proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from webapp.domain.second_factors import (
    HeldPasskey,
    NewPasskey,
    PasskeyHolder,
    PasskeyRefusedError,
)

# Found by the device itself, and only after its holder showed a finger, a face or a PIN.
ON_THE_DEVICE = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED,
    require_resident_key=True,
    user_verification=UserVerificationRequirement.REQUIRED,
)
# What the library and Python raise over answers that are malformed, cut or absurdly nested.
UNREADABLE = (WebAuthnException, ValueError, LookupError, TypeError, RecursionError)
LOOPBACK_NAME = "localhost"
Result = TypeVar("Result")


class WebAuthnPasskeys:
    """Passkeys of the site at `base_url`. Answers are JSON as the browser gives it."""

    def __init__(self, base_url: str) -> None:
        self.origin = _origin(base_url)
        self._site = urlsplit(self.origin).hostname or ""

    def ask_to_add(
        self, holder: PasskeyHolder, clinic: str, challenge: bytes, held: Sequence[bytes]
    ) -> str:
        """Options for navigator.credentials.create, as JSON; `held` are not made once more."""
        options = generate_registration_options(
            rp_id=self._site,
            rp_name=clinic,
            user_id=holder.handle,
            user_name=holder.sign_in_name,
            user_display_name=holder.shown_name,
            challenge=challenge,
            authenticator_selection=ON_THE_DEVICE,
            exclude_credentials=_described(held),
        )
        return options_to_json(options)

    def added(self, answer: str, challenge: bytes) -> NewPasskey:
        """The passkey in an answer to that. Raises PasskeyRefusedError."""
        found = _refusing(
            lambda: verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._site,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        )
        return NewPasskey(found.credential_id, found.credential_public_key, found.sign_count)

    def ask_to_prove(self, challenge: bytes, held: Sequence[bytes]) -> str:
        """Options for navigator.credentials.get, as JSON; with none `held`, any of this site."""
        options = generate_authentication_options(
            rp_id=self._site,
            challenge=challenge,
            allow_credentials=_described(held),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def named_in(self, answer: str) -> bytes:
        """The id of the passkey that an answer speaks of. Raises PasskeyRefusedError."""
        return _refusing(lambda: parse_authentication_credential_json(answer).raw_id)

    def proved(self, answer: str, challenge: bytes, held: HeldPasskey) -> int:
        """The passkey's new sign count, where its holder answered. Raises PasskeyRefusedError."""
        handle = _refusing(lambda: parse_authentication_credential_json(answer)).response
        if handle.user_handle not in (None, held.handle):
            raise PasskeyRefusedError
        found = _refusing(
            lambda: verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._site,
                expected_origin=self.origin,
                credential_public_key=held.public_key,
                credential_current_sign_count=held.sign_count,
                require_user_verification=True,
            )
        )
        if found.credential_id != held.credential_id:
            raise PasskeyRefusedError
        return found.new_sign_count


def _origin(base_url: str) -> str:
    """Scheme, host and port. A browser makes no passkey for a number, so loopback has a name."""
    parts = urlsplit(base_url)
    host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{LOOPBACK_NAME if _is_loopback(host) else host}{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _described(held: Sequence[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one) for one in held]


def _refusing(read: Callable[[], Result]) -> Result:
    """Whatever is wrong with an answer, it is one thing to us: it came from outside."""
    try:
        return read()
    except UNREADABLE as error:
        raise PasskeyRefusedError from error
