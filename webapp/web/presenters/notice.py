"""The page on which the owner edits the privacy notice."""

from __future__ import annotations

from typing import Any

from webapp.services import locations, privacy
from webapp.services.privacy import Notice
from webapp.web.forms.clinic import NoticeForm
from webapp.web.forms.texts import errors_of
from webapp.web.language import gettext as _
from webapp.web.presenters.conflicts import conflict
from webapp.web.presenters.times import long_date


def notice_form(notice: Notice | None) -> NoticeForm:
    """The form with the notice in force."""
    if notice is None:
        return NoticeForm(data={"version": "0", "text": ""})
    return NoticeForm(data={"version": str(notice.version), "text": notice.text})


def notice_edit_page(form: NoticeForm, saved: NoticeForm | None = None) -> dict[str, Any]:
    """Values of settings/notice.html."""
    return {
        "form": form,
        "errors": errors_of(form),
        "conflict": conflict(form, saved, {"text": _("The notice")}),
        "is_first": form.opened_version == 0,
        "versions": [
            {
                "term": _("Version %(number)s", number=notice.version),
                "value": long_date(notice.published_at, locations.home_zone()),
                "note": _("asked everybody again") if notice.asks_again else "",
            }
            for notice in privacy.versions()
        ],
    }
