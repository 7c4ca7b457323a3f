"""The client's consent."""

from __future__ import annotations

from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from webapp.web.forms.clinic import VersionedForm
from webapp.web.language import gettext as _
from webapp.web.language import later

NOT_TICKED = later("Tick the box if you agree. Without it the clinic cannot keep your dates here.")


class ConsentForm(VersionedForm):
    """An explicit yes to one version of the notice; nothing is ticked beforehand."""

    consent = BooleanField(false_values=(False, "false", "no", ""))

    @property
    def read_version(self) -> int:
        """The version that was on the page."""
        return self.opened_version

    def validate_consent(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_(NOT_TICKED))
