"""How the owner ends a client's record."""

from __future__ import annotations

from typing import Any

from wtforms import Field, Form, StringField
from wtforms.validators import ValidationError

from webapp.services.erasing import LONGEST_REASON, SHORTEST_REASON, Ending
from webapp.web.forms.texts import OneOf, text_field
from webapp.web.language import gettext as _
from webapp.web.language import later

NO_KIND = later("Choose what is to happen.")
NO_REASON = later("Enter why. It is kept for good.")
SHORT_REASON = later("Say it in a few words more.")
OTHER_CODE = later("Type the client's code as it stands above, to be sure whom you erase.")
LONGEST_CODE = 20


def _long_enough(form: Form, field: Field) -> None:
    if len(field.data or "") < SHORTEST_REASON:
        raise ValidationError(_(SHORT_REASON))


class ErasingForm(Form):
    """What, why and, to erase, the client's code."""

    kind = StringField(default="", validators=[OneOf(lambda form: list(Ending), NO_KIND)])
    reason = text_field(LONGEST_REASON, NO_REASON, has_lines=True, checks=(_long_enough,))
    code = text_field(LONGEST_CODE)

    def __init__(self, formdata: Any = None, client_code: str = "", **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.client_code = client_code

    @property
    def ending(self) -> Ending:
        """What was chosen; for a form that is valid."""
        return Ending(self.kind.data or "")

    def validate_code(self, field: Field) -> None:
        typed = "".join((field.data or "").split()).upper()
        if self.kind.data == Ending.ERASED and typed != self.client_code:
            raise ValidationError(_(OTHER_CODE))
