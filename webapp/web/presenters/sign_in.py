"""The pages by which people get in."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from webapp.web.context import collaborators
from webapp.web.forms.sign_in import CodeForm, StaffForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _


def code_page(form: CodeForm, refusal: str = "") -> dict[str, Any]:
    """Values of public/sign_in.html; `refusal` is why the code did not work."""
    return {"form": form, "errors": errors_with(form, "code", refusal)}


def staff_page(form: StaffForm, refusal: str = "", field: str = "password") -> dict[str, Any]:
    """Values of public/staff_sign_in.html; `field` is what the refusal is about."""
    return {
        "form": form,
        "errors": errors_with(form, field, refusal),
        "passkey_origin": collaborators().passkeys.origin,
    }


def wrong_password_words() -> str:
    """That e-mail and password do not belong together, without saying which is wrong."""
    return _("E-mail and password do not match. Check both and try again.")


def errors_with(form: Form, field: str, refusal: str) -> list[dict[str, str]]:
    """Arguments of components/form_errors.html; a refusal by the service stands at its field."""
    if not refusal:
        return errors_of(form)
    if field in form:
        form[field].errors = [refusal]
    return [{"field": field, "words": refusal}]
