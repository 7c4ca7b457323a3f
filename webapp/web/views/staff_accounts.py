"""The owner manages who works at the clinic."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.services import second_factors, staff_accounts
from webapp.services.staff_accounts import EmailTakenError, LastOwnerError
from webapp.web import made_codes
from webapp.web.access import owner_only, password_again, second_factor_if_any
from webapp.web.context import collaborators, moment, signed_in
from webapp.web.forms.staff import RoleForm, StaffMemberForm
from webapp.web.language import gettext as _
from webapp.web.page import render, say
from webapp.web.presenters.staff_accounts import (
    last_owner_words,
    link_page,
    member_page,
    new_page,
    staff_rows,
)
from webapp.web.presenters.zones import own_zone

blueprint = Blueprint("staff_accounts", __name__)


@blueprint.get("/staff/settings/people")
@owner_only
def show() -> str:
    return render("settings/staff.html", rows=staff_rows())


@blueprint.get("/staff/settings/people/new")
@owner_only
@password_again
def new() -> str:
    return render("settings/new_staff.html", **new_page(StaffMemberForm()))


@blueprint.post("/staff/settings/people/new")
@owner_only
@password_again
def invite() -> Response | tuple[str, int]:
    form = StaffMemberForm(request.form)
    if not form.validate():
        return render("settings/new_staff.html", **new_page(form)), 422
    person = signed_in()
    try:
        account_id, made = staff_accounts.invite(collaborators(), person, form.new_staff())
    except EmailTakenError:
        return render("settings/new_staff.html", **new_page(form, is_taken=True)), 422
    made_codes.keep(person, made, f"staff-{account_id}")
    return redirect(url_for("staff_accounts.link", account_id=account_id), 303)


@blueprint.get("/staff/settings/people/<int:account_id>/factors")
@blueprint.get("/staff/settings/people/<int:account_id>")
@owner_only
def member(account_id: int) -> str:
    found = staff_accounts.member(account_id)
    return render(
        "settings/staff_member.html", **member_page(found, RoleForm(data={"role": found.role}))
    )


@blueprint.get("/staff/settings/people/<int:account_id>/role")
@owner_only
@password_again
def role(account_id: int) -> str:
    found = staff_accounts.member(account_id)
    return render("settings/role.html", **member_page(found, RoleForm(data={"role": found.role})))


@blueprint.post("/staff/settings/people/<int:account_id>/role")
@owner_only
@password_again
def change_role(account_id: int) -> Response | tuple[str, int]:
    form, found = RoleForm(request.form), staff_accounts.member(account_id)
    if not form.validate():
        return render("settings/role.html", **member_page(found, form)), 422
    try:
        staff_accounts.change_role(collaborators(), signed_in(), account_id, form.chosen)
    except LastOwnerError:
        return render("settings/role.html", **member_page(found, form, last_owner_words())), 422
    say("good", _("Changed. It holds from their next page on."))
    return redirect(url_for("staff_accounts.member", account_id=account_id), 303)


@blueprint.post("/staff/settings/people/<int:account_id>/disable")
@owner_only
def disable(account_id: int) -> Response:
    try:
        staff_accounts.disable(collaborators(), signed_in(), account_id)
    except LastOwnerError:
        say("no", last_owner_words())
    else:
        say("good", _("Disabled. All their devices are signed out."))
    return redirect(url_for("staff_accounts.member", account_id=account_id), 303)


@blueprint.post("/staff/settings/people/<int:account_id>/enable")
@owner_only
def enable(account_id: int) -> Response:
    staff_accounts.enable(collaborators(), signed_in(), account_id)
    say("good", _("Enabled. The password they had works again."))
    return redirect(url_for("staff_accounts.member", account_id=account_id), 303)


@blueprint.post("/staff/settings/people/<int:account_id>/factors")
@owner_only
@second_factor_if_any
@password_again
def reset_factors(account_id: int) -> Response:
    second_factors.reset(collaborators(), signed_in(), account_id)
    say("good", _("Taken away. They sign in with their password and set up a new one."))
    return redirect(url_for("staff_accounts.member", account_id=account_id), 303)


@blueprint.get("/staff/settings/people/<int:account_id>/link")
@owner_only
@password_again
def link(account_id: int) -> str:
    found, person = staff_accounts.member(account_id), signed_in()
    made = made_codes.kept(person, moment(), f"staff-{account_id}")
    return render("settings/staff_link.html", **link_page(found, made, own_zone(person)))


@blueprint.post("/staff/settings/people/<int:account_id>/link")
@owner_only
@password_again
def make_link(account_id: int) -> Response:
    person = signed_in()
    made = staff_accounts.make_reset_link(collaborators(), person, account_id)
    made_codes.keep(person, made, f"staff-{account_id}")
    return redirect(url_for("staff_accounts.link", account_id=account_id), 303)
