"""The ways on from a client's photos: consents, requests, the bin."""

from __future__ import annotations

from webapp.domain.photos import ConsentKind
from webapp.services import photo_requests, photos
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.photo_timeline import Album, photos_url

SHORT = {
    ConsentKind.KEPT: later("in the record"),
    ConsentKind.SHOWN: later("in the app"),
    ConsentKind.MARKETING: later("to others"),
}


def ways_of(album: Album) -> list[dict[str, str]]:
    """Arguments of components/list_row.html."""
    client_id, person = album.client.id, album.desk.person
    open_ones = [row for row in photo_requests.of_client(person, client_id) if row.is_open]
    rows = [
        _row("check", _("Consents"), _agreed_words(album), photos_url(client_id, "consents")),
        _row(
            "bell", _("Ask for a photo"), _open_words(len(open_ones)), photos_url(client_id, "ask")
        ),
    ]
    binned = len(photos.bin_of(person, client_id).photos)
    if binned:
        words = ngettext(
            "%(num)s photo, kept for 30 days", "%(num)s photos, kept for 30 days", binned
        )
        rows.append(_row("trash", _("Bin"), words, photos_url(client_id, "bin_of")))
    return rows + (_of_owner(album) if person.is_owner else [])


def _of_owner(album: Album) -> list[dict[str, str]]:
    client_id, rows = album.client.id, []
    count = len(photos.locked_of(album.desk.person, client_id).photos)
    if count:
        words = ngettext("%(num)s photo, kept by law", "%(num)s photos, kept by law", count)
        rows.append(_row("lock", _("Locked photos"), words, photos_url(client_id, "locked")))
    words = _("All photos with a list of what is known of them, as a zip file")
    return [*rows, _row("share", _("Export"), words, photos_url(client_id, "export"))]


def _row(icon_name: str, title: str, detail: str, href: str) -> dict[str, str]:
    return {"icon_name": icon_name, "title": title, "detail": detail, "href": href}


def _agreed_words(album: Album) -> str:
    agreed = [_(words) for kind, words in SHORT.items() if kind in album.gallery.consents]
    if not agreed:
        return _("Nothing agreed yet")
    return _("Agreed: %(kinds)s", kinds=", ".join(agreed))


def _open_words(count: int) -> str:
    if not count:
        return _("“How does it look on day 10?”, sent from home")
    return ngettext("%(num)s request is open", "%(num)s requests are open", count)
