"""Two people edited the same thing: what the other one saved, beside what was typed here."""

from __future__ import annotations

from typing import Any

from webapp.web.forms.clinic import VersionedForm
from webapp.web.language import gettext as _

LONGEST_SHOWN = 120


def conflict(
    form: VersionedForm, saved: VersionedForm | None, labels: dict[str, str]
) -> dict[str, Any] | None:
    """Arguments of components/notice.html, or None. The form then carries the newer version, so
    that sending it again is a decision and no accident."""
    if saved is None:
        return None
    form.version.data = saved.version.data
    return {
        "kind": "wait",
        "role": "alert",
        "title": _("Somebody saved this while you were editing"),
        "words": _("Your entries are still below, not saved yet. Save again to replace theirs."),
        "points": [
            _("%(label)s is now: %(value)s", label=words, value=_shown(saved[name].data))
            for name, words in labels.items()
            if (saved[name].data or "") != (form[name].data or "")
        ],
    }


def _shown(value: str | None) -> str:
    text = " ".join((value or "").split())
    if len(text) > LONGEST_SHOWN:
        text = text[:LONGEST_SHOWN] + "…"
    return text or _("empty")
