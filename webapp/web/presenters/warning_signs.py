"""The page on which the owner words the warning signs."""

from __future__ import annotations

from typing import Any

from webapp.services import clinic_settings, protocol_signs
from webapp.web.forms.clinic import SignsForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.presenters.conflicts import conflict


def signs_form() -> SignsForm:
    """The form as it stands: the clinic's own lines, else the protocol's to begin with."""
    current = clinic_settings.current()
    lines = protocol_signs.lines() | current.warning_signs
    texts = {kind: "\n".join(told) for kind, told in lines.items()}
    return SignsForm(data={"version": str(current.version)} | texts)


def signs_page(form: SignsForm, saved: SignsForm | None = None) -> dict[str, Any]:
    """Values of settings/warning_signs.html."""
    labels = {
        "normal": _("What is to be expected"),
        "call_today": _("Call the clinic today"),
        "see_doctor": _("See a doctor"),
        "emergency": _("Call the emergency number"),
    }
    return {
        "form": form,
        "labels": labels,
        "errors": errors_of(form),
        "conflict": conflict(form, saved, labels),
    }
