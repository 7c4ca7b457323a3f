"""Who treats a client."""

from __future__ import annotations

from typing import Any

from wtforms import Form, StringField

from webapp.web.forms.texts import OneOf
from webapp.web.language import gettext as _
from webapp.web.language import later

NO_ARTIST = later("Choose somebody from the list, or leave it open.")


class ArtistForm(Form):
    """The artist of a new course: somebody on offer, or nobody yet."""

    artist = StringField(default="", validators=[OneOf(lambda form: dict(form.artists), NO_ARTIST)])

    def __init__(self, formdata: Any = None, artists: Any = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        named = [(str(artist.account_id), artist.name) for artist in artists]
        self.artists = [("", _("Nobody named yet")), *named]

    @property
    def artist_id(self) -> int | None:
        """The artist chosen, if one is; for a form that is valid."""
        return int(self.artist.data) if self.artist.data else None
