"""What stands on a page that comes from the phone's own copy."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import escape

from webapp.web.language import gettext as _
from webapp.web.presenters.times import when

# From then on a phone's clock is said to be wrong.
SKEW_SPAN = timedelta(minutes=5)


def copy_words(as_of: datetime, zone: ZoneInfo) -> dict[str, str | int]:
    """`as_of_words`, and `stamp`: how old the copy is; `skew`: what is said besides where the
    phone's clock differs from ours by more than `most_skew` (milliseconds)."""
    at = when(as_of, zone, as_of)
    # Those two are put into HTML as they are.
    return {
        "as_of_words": _("As of %(when)s", when=at),
        "stamp": escape(_("No connection. As of %(when)s; dates may have changed.", when=at)),
        "skew": escape(
            _("The clock of this phone is wrong. What you see counts by your clinic's clock.")
        ),
        "most_skew": SKEW_SPAN // timedelta(milliseconds=1),
    }
