"""The pages on which staff keep their second factors."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp.domain.codes import in_groups
from webapp.domain.people import SignedIn
from webapp.domain.second_factors import MOST_PASSKEYS
from webapp.services import authenticator_app, second_factors
from webapp.services.attempts import MustWaitError
from webapp.services.authenticator_app import NewApp, WrongAppCodeError
from webapp.services.second_factors import FactorCard, Factors
from webapp.web.context import collaborators, moment
from webapp.web.forms.second_factors import AppCodeForm, NewPasskeyForm, PasskeyNameForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.qr import qr
from webapp.web.presenters.second_factors import waiting_words
from webapp.web.presenters.sign_in import errors_with
from webapp.web.presenters.times import on_date, when
from webapp.web.presenters.zones import own_zone

FEW_CODES = 3


def security_row(found: Factors) -> dict[str, Any]:
    """The way here from the settings: arguments of components/list_row.html."""
    row = {
        "title": _("Sign-in security"),
        "detail": _("Authenticator app, passkeys, recovery codes"),
        "href": url_for("security.show"),
        "icon_name": "lock",
    }
    if found.has_one:
        return row
    return row | {"status_kind": "wait", "status_words": _("Needed for photos")}


def overview(person: SignedIn, why: str) -> dict[str, Any]:
    """Values of security/show.html; `why` is `needed` for whoever wanted a page that asks for a
    second factor."""
    found = second_factors.of(person.account_id)
    return {
        "app": _app_row(found.app, person),
        "passkeys": [_passkey_row(one, person) for one in found.passkeys],
        "may_add_passkey": len(found.passkeys) < MOST_PASSKEYS,
        "recovery": _recovery_row(found, person) if found.has_one else None,
        "explanation": _explanation() if why == "needed" and not found.has_one else None,
    }


def _explanation() -> dict[str, str]:
    return {
        "kind": "info",
        "title": _("One step before that page"),
        "words": _(
            "Photos of clients need more than a password. Set up an authenticator app or a "
            "passkey here; it takes about two minutes."
        ),
    }


def _app_row(app: FactorCard | None, person: SignedIn) -> dict[str, Any]:
    row = {
        "title": _("Authenticator app"),
        "href": url_for("security.app"),
        "icon_name": "device",
        "detail": _("An app on your phone shows a new six-digit code every half minute"),
    }
    return row | {"detail": _used(app, person)} if app else row


def _passkey_row(one: FactorCard, person: SignedIn) -> dict[str, Any]:
    return {
        "title": one.name,
        "detail": _used(one, person),
        "href": url_for("passkeys.show", passkey_id=one.id),
        "icon_name": "lock",
    }


def _used(one: FactorCard, person: SignedIn) -> str:
    zone, now = own_zone(person), moment()
    added = _("Added on %(date)s.", date=on_date(one.added_at, zone, now))
    if one.used_at is None:
        return added
    return f"{added} {_('Last used %(when)s.', when=when(one.used_at, zone, now))}"


def _recovery_row(found: Factors, person: SignedIn) -> dict[str, Any]:
    row = {
        "title": _("Recovery codes"),
        "href": url_for("recovery_codes.show"),
        "icon_name": "copy",
        "detail": _codes_words(found, person),
    }
    if found.codes_left >= FEW_CODES:
        return row
    words = _("Make new ones") if found.codes_made_at else _("Make them now")
    return row | {"status_kind": "wait", "status_words": words}


def _codes_words(found: Factors, person: SignedIn) -> str:
    if found.codes_made_at is None:
        return _("For the day on which your phone is lost")
    left = ngettext("%(num)s code left", "%(num)s codes left", found.codes_left)
    date = on_date(found.codes_made_at, own_zone(person), moment())
    return _("%(left)s, made on %(date)s", left=left, date=date)


def app_page(person: SignedIn, form: AppCodeForm, refusal: str = "") -> dict[str, Any]:
    """Values of security/app.html: an app that counts, one that was begun, or none."""
    found = second_factors.of(person.account_id).app
    begun = None if found else authenticator_app.begun(collaborators(), person)
    return {
        "form": form,
        "errors": errors_with(form, "code", refusal),
        "used": _used(found, person) if found else "",
        "key": _key_card(begun) if begun else None,
    }


def _key_card(begun: NewApp) -> dict[str, Any]:
    """Arguments of components/code_display.html, and the link for an app on this very phone."""
    card = {
        "title": _("Key"),
        "groups": in_groups(begun.key),
        "plain_code": begun.key,
        "qr": qr(begun.uri),
        "qr_label": _("QR code for your authenticator app"),
        "copy_words": _("Copy the key"),
        "copied_words": _("Copied"),
    }
    return {"card": card, "uri": begun.uri}


def app_refusal_words(error: WrongAppCodeError | MustWaitError) -> str:
    """Why the new app does not count yet."""
    if isinstance(error, MustWaitError):
        return waiting_words(error)
    return _(
        "This is not the code that the app should show now. Enter the newest one, and check that "
        "your phone's clock is right."
    )


def new_passkey_page(form: NewPasskeyForm, refusal: str = "") -> dict[str, Any]:
    """Values of security/new_passkey.html."""
    return {
        "form": form,
        "errors": errors_with(form, "", refusal),
        "passkey_origin": collaborators().passkeys.origin,
    }


def passkey_page(one: FactorCard, form: PasskeyNameForm) -> dict[str, Any]:
    """Values of security/passkey.html."""
    return {"passkey": one, "form": form, "errors": errors_of(form)}


def recovery_page(person: SignedIn, codes: list[str]) -> dict[str, Any]:
    """Values of security/recovery.html; `codes` are those just made."""
    found = second_factors.of(person.account_id)
    return {
        "codes": [in_groups(code) for code in codes],
        "plain_codes": "\n".join("-".join(in_groups(code)) for code in codes),
        "left": _codes_words(found, person) if found.codes_made_at else "",
    }
