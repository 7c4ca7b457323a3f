"""One object `ui` with everything a layout reads, and `render` that passes it on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from flask import (
    current_app,
    flash,
    get_flashed_messages,
    render_template,
    request,
    session,
    url_for,
)
from markupsafe import Markup

from webapp.domain.people import SignedIn
from webapp.services import logos
from webapp.services.clinic import ClinicLook, look
from webapp.services.today import Facts
from webapp.web.context import signed_in_or_none
from webapp.web.icons import icon_mark, icon_url, initials
from webapp.web.language import PLAIN, Reading, reading
from webapp.web.language import gettext as _
from webapp.web.presenters.help import HelpBar, help_for_everybody, help_of
from webapp.web.presenters.said import inbox_name
from webapp.web.presenters.times import countdown_labels

MOST_COUNTED = 9
SLOT = Markup("<slot></slot>")
# Pages that belong to a section of the navigation without being called like it.
PART_OF = {
    "appointments": "dates",
    "calendar": "dates",
    "device_codes": "devices",
    "notifications": "devices",
    "phone": "devices",
    "privacy": "devices",
    "proofs": "devices",
    "hairdresser_cards": "dates",
    "photo_compare": "gallery",
    "photo_switches": "gallery",
    "photos_asked": "gallery",
    "slips": "wrong",
    "confirm": "settings",
    "locations": "settings",
    "notice": "settings",
    "passkeys": "settings",
    "prove": "settings",
    "radar": "settings",
    "recovery_codes": "settings",
    "security": "settings",
    "sending": "settings",
    "staff_accounts": "settings",
    "warning_signs": "settings",
    "as_client": "clients",
    "course_events": "clients",
    "courses": "clients",
    "events": "dates",
    "extensions": "clients",
    "invitations_desk": "clients",
    "notice_history": "clients",
    "erasing": "clients",
    "photo_desk": "clients",
    "photo_owner": "clients",
    "photo_pages": "clients",
    "photo_settings": "settings",
    "photo_consents_desk": "clients",
    "photo_requests_desk": "clients",
    "photo_upload": "clients",
    "session_ends": "clients",
    "treatment_sessions": "clients",
    "visits": "clients",
}


class NavItem(NamedTuple):
    """One of the sections at the thumb."""

    words: str
    href: str
    icon: str
    is_current: bool


class AccountLink(NamedTuple):
    """The way to one's own devices and settings."""

    href: str
    words: str


class InboxLink(NamedTuple):
    """The way to the inbox; `badge` says what is unread, or is empty; `unread` counts it."""

    href: str
    words: str
    badge: str = ""
    unread: int = 0


class Ui(NamedTuple):
    """What the layouts read; see templates/layouts."""

    lang: str
    dir: str
    clinic_name: str
    clinic_initials: str
    accent_colour: str
    skip_words: str
    countdown_labels: str
    home_href: str
    icon_url: str
    apple_icon_url: str
    manifest_url: str
    nav_label: str = ""
    nav: tuple[NavItem, ...] = ()
    help: HelpBar | None = None
    notices: tuple[Mapping[str, Any], ...] = ()
    account: AccountLink | None = None
    inbox: InboxLink | None = None
    footer_words: str = ""
    zone: str = ""
    zone_url: str = ""
    logo_url: str = ""


def render(template: str, **values: Any) -> str:
    """The page with the frame that fits whoever is signed in."""
    return render_template(template, ui=ui_for(signed_in_or_none(), look()), **values)


def layout_for(person: SignedIn | None) -> str:
    """The layout of a page that is open to everybody, for whoever reads it."""
    name = "public" if person is None else "staff" if person.is_staff else "client"
    return f"layouts/{name}.html"


def framed_for(person: SignedIn, facts: Facts, template: str, **values: Any) -> str:
    """A client's page, with the help of their own place."""
    ui = ui_for(person, facts.clinic, help_of(facts))
    return render_template(template, ui=ui, **values)


def framed(ui: Ui, template: str, main: str) -> bytes:
    """A page whose frame says nothing of a person: drawn once for each clinic, place and zone,
    with `main` (HTML) put where the template shows `main`. With notices it is drawn anew."""
    if ui.notices:
        return render_template(template, ui=ui, main=Markup(main)).encode()  # noqa: S704
    before, after = _frame_around(ui, template)
    return b"".join((before, main.encode(), after))


@lru_cache(maxsize=512)
def _frame_around(ui: Ui, template: str) -> tuple[bytes, bytes]:
    before, _slot, after = render_template(template, ui=ui, main=SLOT).partition(SLOT)
    return before.encode(), after.encode()


def drawn(template: str, **values: Any) -> str:
    """A part of a page: it is given what it shows, and nothing of what Flask gives to pages."""
    return current_app.jinja_env.get_template(template).render(values)


def ui_for(person: SignedIn | None, clinic: ClinicLook, help_words: HelpBar | None = None) -> Ui:
    """The frame for staff, for a client, or for nobody signed in. `help_words`: arguments of
    components/help_bar.html where the caller knows whom to call."""
    frame = _frame(reading(), clinic, _audience(person), _section())
    own: dict[str, Any] = {"notices": tuple(_flashed()), "help": help_words or frame.help}
    if person:
        own["zone"] = person.time_zone
        if person.is_staff and frame.account:
            own["account"] = frame.account._replace(words=person.name)
            own["logo_url"] = _logo_url()
        if person.unread and frame.inbox:
            own["inbox"] = InboxLink(frame.inbox.href, *_unread(person.unread), person.unread)
    return frame._replace(**own)


def _logo_url() -> str:
    """The clinic's logo on the staff's pages; clients' pages stay as light as they are."""
    mark = logos.mark()
    return url_for("photo_settings.logo", v=mark) if mark else ""


def still_ui(person: SignedIn, clinic: ClinicLook, help_words: HelpBar, section: str) -> Ui:
    """A client's frame around a page that is kept: without what was said once, or is unread."""
    frame = _frame(reading(), clinic, _audience(person), section)
    return frame._replace(help=help_words, zone=person.time_zone)


def _unread(count: int) -> tuple[str, str]:
    """The name and the badge: nobody needs to know of dozens exactly."""
    shown = str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"
    return inbox_name(shown), shown


def _audience(person: SignedIn | None) -> str:
    if person is None:
        return "everybody"
    if person.is_staff:
        return "staff"
    return "client with photos" if person.has_photos else "client"


def _section() -> str:
    """The section of the navigation that this page belongs to."""
    return _section_of(request.endpoint or "")


def _section_of(endpoint: str) -> str:
    name = endpoint.partition(".")[0]
    return PART_OF.get(name, name)


@lru_cache(maxsize=256)
def _frame(words: Reading, clinic: ClinicLook, audience: str, section: str) -> Ui:
    """What everybody of an audience sees around the pages of a section: nothing of a person."""
    frame = Ui(
        lang=words.lang,
        dir=words.dir,
        clinic_name=clinic.name,
        clinic_initials=initials(clinic.name),
        accent_colour=clinic.accent_colour,
        skip_words=_("Skip to content"),
        countdown_labels=countdown_labels(),
        home_href="/",
        icon_url=icon_url(icon_mark(clinic), "favicon-48"),
        apple_icon_url=icon_url(icon_mark(clinic), "apple-180"),
        manifest_url=_manifest_url(words),
        help=help_for_everybody(),
    )
    if audience == "everybody":
        return frame
    frame = frame._replace(zone_url=url_for("time_zone.report"), nav_label=_("Sections"))
    if audience == "staff":
        return _staff_frame(frame, section)
    return _client_frame(frame, section, has_photos=audience == "client with photos")


def _manifest_url(words: Reading) -> str:
    """The manifest in the language of the page: a browser asks for it without any cookie."""
    named = {} if words == PLAIN else words._asdict()
    return url_for("manifest.show", **named)


def say(kind: str, words: str, **more: Any) -> None:
    """Show this notice (arguments of components/notice.html) on the page that comes next."""
    flash(json.dumps({"kind": kind, "words": words, **more}))


def _flashed() -> list[Mapping[str, Any]]:
    if not session:
        return []
    return [json.loads(str(message)) for message in get_flashed_messages()]


def _staff_frame(frame: Ui, section: str) -> Ui:
    items = [
        (_("Today"), "board.show", "clock"),
        (_("Clients"), "clients.search", "users"),
        (_("Settings"), "settings.show", "gear"),
    ]
    account = AccountLink(url_for("devices.show"), "")
    return frame._replace(nav=_nav(items, section), account=account, help=None)


def _client_frame(frame: Ui, section: str, has_photos: bool) -> Ui:
    """Help has its fixed place on every page, so it makes room for photos once there are any."""
    photos, help_page = (_("Photos"), "gallery.show", "photo"), (_("Help"), "wrong.show", "help")
    items = [
        (_("Today"), "today.show", "drop"),
        (_("Can I?"), "can_i.show", "question"),
        (_("Dates"), "dates.show", "calendar"),
        photos if has_photos else help_page,
    ]
    account = AccountLink(url_for("devices.show"), _("My phone"))
    inbox = InboxLink(url_for("inbox.show"), inbox_name())
    footer = _("Supports your clinic's advice. It does not replace it.")
    return frame._replace(
        nav=_nav(items, section), account=account, inbox=inbox, footer_words=footer
    )


def _nav(items: list[tuple[str, str, str]], section: str) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(words, url_for(endpoint), icon, section == _section_of(endpoint))
        for words, endpoint, icon in items
    )
