"""How people get in: codes, links, e-mail and password."""

from __future__ import annotations

from wtforms import Form, StringField
from wtforms.validators import ValidationError

from webapp.domain.codes import as_typed, is_complete
from webapp.domain.passwords import LONGEST
from webapp.services import redemption
from webapp.services.attempts import account_source
from webapp.services.redemption import Attempt
from webapp.services.staff_sign_in import PasswordAttempt
from webapp.web.context import settings
from webapp.web.forms.texts import Bounds, text_field
from webapp.web.known_device import known_accounts
from webapp.web.language import gettext as _
from webapp.web.language import later
from webapp.web.visitor import device_words, source

LONGEST_CODE = 64
LONGEST_TOKEN = 200
LONGEST_EMAIL = 254
NO_CODE = later("Enter the code that your clinic gave you.")
ODD_CODE = later("A code has eight letters and digits. Check that none is missing.")
NO_EMAIL = later("Enter your e-mail address.")
NO_PASSWORD = later("Enter your password.")


class CodeForm(Form):
    """A typed code, or the token that a script took out of a link's fragment."""

    token = text_field(LONGEST_TOKEN)
    code = text_field(LONGEST_CODE)

    def validate_code(self, field: StringField) -> None:
        if self.token.data:
            return
        if not field.data:
            raise ValidationError(_(NO_CODE))
        if not is_complete(as_typed(field.data)):
            raise ValidationError(_(ODD_CODE))

    def attempt(self) -> Attempt:
        """What was tried, from here, on this device."""
        is_link = bool(self.token.data)
        made_of = redemption.by_token if is_link else redemption.by_code
        typed = self.token.data if is_link else self.code.data
        return Attempt(made_of(typed or ""), source(), device_words())


def password_field(missing: str = NO_PASSWORD) -> StringField:
    """A password: every sign counts, so nothing is trimmed; never sent back to the page."""
    return StringField(default="", validators=[Bounds(LONGEST, missing)])


class PasswordForm(Form):
    """The password of whoever is signed in."""

    password = password_field()


class StaffForm(PasswordForm):
    """E-mail and password."""

    email = text_field(LONGEST_EMAIL, missing=NO_EMAIL)

    def attempt(self) -> PasswordAttempt:
        """What was tried, from here, on this device."""
        email = self.email.data or ""
        return PasswordAttempt(
            email=email,
            password=self.password.data or "",
            source=source(),
            account=account_source(settings().secret_key, email),
            known=known_accounts(),
            device=device_words(),
        )


class NewPasswordForm(CodeForm):
    """A link, and the password chosen with it."""

    password = password_field(later("Choose a password."))
