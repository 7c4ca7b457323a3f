"""The pages on which the owner manages the staff."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from webapp.domain.people import Role
from webapp.services import staff_accounts
from webapp.services.invitations import MadeInvitation
from webapp.services.staff_accounts import StaffMember
from webapp.web.context import moment
from webapp.web.forms.staff import ROLES, RoleForm, StaffMemberForm
from webapp.web.forms.texts import errors_of
from webapp.web.icons import initials
from webapp.web.language import gettext as _
from webapp.web.presenters.codes import link_card
from webapp.web.presenters.sign_in import errors_with


def role_words(role: Role) -> str:
    """A role by its name."""
    words = {
        Role.OWNER: _("Owner"),
        Role.ARTIST: _("Artist"),
        Role.RECEPTION: _("Reception"),
        Role.CLIENT: _("Client"),
    }
    return words[role]


def role_options() -> list[tuple[str, str, str]]:
    """The roles to choose from, each with what it may do."""
    allowed = {
        Role.ARTIST: _("Clients, courses and sessions"),
        Role.RECEPTION: _("Clients and dates, no photos"),
        Role.OWNER: _("Everything, also settings, staff and clients' data"),
    }
    return [(str(role), role_words(role), allowed[role]) for role in ROLES]


def last_owner_words() -> str:
    """Why the only owner stays one."""
    return _("This is the only owner. Make somebody else an owner first.")


def staff_rows() -> list[dict[str, Any]]:
    """Arguments of components/list_row.html."""
    return [
        {
            "title": one.name,
            "detail": _("%(role)s, %(email)s", role=role_words(one.role), email=one.email),
            "href": url_for("staff_accounts.member", account_id=one.account_id),
            "initials": initials(one.name),
        }
        | _status(one)
        for one in staff_accounts.staff()
    ]


def _status(one: StaffMember) -> dict[str, str]:
    if one.is_disabled:
        return {"status_kind": "no", "status_words": _("Disabled")}
    if not one.has_password:
        return {"status_kind": "wait", "status_words": _("Has not chosen a password yet")}
    if one.has_second_factor:
        return {"status_kind": "yes", "status_words": _("Second factor set up")}
    return {}


def new_page(form: StaffMemberForm, is_taken: bool = False) -> dict[str, Any]:
    """Values of settings/new_staff.html."""
    taken = _("Somebody signs in with this e-mail address already.") if is_taken else ""
    return {
        "form": form,
        "roles": role_options(),
        "errors": errors_with(form, "email", taken),
    }


def member_page(one: StaffMember, form: RoleForm, refusal: str = "") -> dict[str, Any]:
    """Values of settings/staff_member.html and settings/role.html."""
    return {
        "member": one,
        "role_words": role_words(one.role),
        "status": _status(one),
        "roles": role_options(),
        "form": form,
        "errors": errors_with(form, "role", refusal) if refusal else errors_of(form),
    }


def link_page(one: StaffMember, made: MadeInvitation | None, zone: ZoneInfo) -> dict[str, Any]:
    """Values of settings/staff_link.html; without a link just made, the button to make one."""
    return {
        "member": one,
        "card": link_card(made, zone, moment()) if made else None,
        "is_first": not one.has_password,
    }
