"""The one gate before every photo page of the staff."""

from __future__ import annotations

from webapp.web.access import View, clinicians_only, needs_second_factor, owner_only


def photo_staff_only(view: View) -> View:
    """Declare that a view is open to whoever works with photos and has shown a second factor on
    this login. Reception finds nothing there."""
    return clinicians_only(needs_second_factor(view))


def photo_owner_only(view: View) -> View:
    """Declare the same for the owner alone."""
    return owner_only(needs_second_factor(view))
