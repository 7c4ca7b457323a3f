"""Codes and passkeys as staff send them."""

from __future__ import annotations

from wtforms import Form, StringField
from wtforms.validators import ValidationError

from webapp.web.forms.texts import text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

LONGEST_TYPED = 64
LONGEST_PASSKEY_NAME = 60
LONGEST_ANSWER = 16_000
NO_CODE = later("Enter the six digits that your app shows.")
NO_NAME = later("Enter a name by which you know this passkey, such as My phone.")
NO_ANSWER = later("The passkey was not read. Please try again.")


class AppCodeForm(Form):
    """The code that a new app shows."""

    code = text_field(LONGEST_TYPED, missing=NO_CODE)


class SecondCodeForm(Form):
    """A code of the app, or a recovery code in its place."""

    code = text_field(LONGEST_TYPED)
    recovery = text_field(LONGEST_TYPED)

    def validate_code(self, field: StringField) -> None:
        if not self.typed:
            raise ValidationError(_(NO_CODE))

    @property
    def typed(self) -> str:
        """Whichever of the two was entered."""
        return self.code.data or self.recovery.data or ""

    @property
    def entered_in(self) -> str:
        """The name of the field it was entered in."""
        return "recovery" if self.recovery.data and not self.code.data else "code"


class AnswerForm(Form):
    """What a browser answers for a passkey: JSON that a script has put there."""

    answer = text_field(LONGEST_ANSWER, missing=NO_ANSWER)


class PasskeyNameForm(Form):
    """What its holder calls a passkey."""

    name = text_field(LONGEST_PASSKEY_NAME, missing=NO_NAME)


class NewPasskeyForm(PasskeyNameForm, AnswerForm):
    """A passkey just made, and its name."""
