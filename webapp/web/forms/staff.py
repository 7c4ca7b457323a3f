"""What the owner enters about the staff."""

from __future__ import annotations

from wtforms import Form

from webapp.domain.people import Role
from webapp.services.first_owner import NewClinic
from webapp.services.staff_accounts import NewStaff
from webapp.web.forms.clinic import (
    LONGEST_NAME,
    LONGEST_ZONE,
    NO_NAME,
    ODD_ZONE,
    email_field,
    is_zone,
)
from webapp.web.forms.phones import as_stored, emergency_field, phone_field
from webapp.web.forms.sign_in import NO_EMAIL, NewPasswordForm
from webapp.web.forms.texts import OneOf, text_field
from webapp.web.language import later

LONGEST_ROLE = 12
ROLES = (Role.ARTIST, Role.RECEPTION, Role.OWNER)
NO_ROLE = later("Choose what this person does.")
NO_OWN_NAME = later("Enter your name.")
NO_CLINIC = later("Enter the clinic's name.")
NO_LOCATION = later("Enter the location's name, such as Marina.")


class RoleForm(Form):
    """The role of a member of staff."""

    role = text_field(LONGEST_ROLE, checks=(OneOf(lambda form: ROLES, NO_ROLE),))

    @property
    def chosen(self) -> Role:
        """The role in a valid form."""
        return Role(self.role.data or "")


class StaffMemberForm(RoleForm):
    """Somebody to be invited."""

    name = text_field(LONGEST_NAME, missing=NO_NAME)
    email = email_field(NO_EMAIL)

    def new_staff(self) -> NewStaff:
        """What a valid form says."""
        return NewStaff(self.name.data or "", self.email.data or "", self.chosen)


class WelcomeForm(NewPasswordForm):
    """The first owner and the clinic."""

    owner_name = text_field(LONGEST_NAME, missing=NO_OWN_NAME)
    email = email_field(NO_EMAIL)
    clinic_name = text_field(LONGEST_NAME, missing=NO_CLINIC)
    emergency_number = emergency_field()
    location_name = text_field(LONGEST_NAME, missing=NO_LOCATION)
    location_phone = phone_field()
    time_zone = text_field(LONGEST_ZONE, missing=ODD_ZONE, checks=(is_zone,))

    def new_clinic(self) -> NewClinic:
        """What a valid form says."""
        return NewClinic(
            owner_name=self.owner_name.data or "",
            email=self.email.data or "",
            password=self.password.data or "",
            clinic_name=self.clinic_name.data or "",
            emergency_number=as_stored(self.emergency_number),
            location_name=self.location_name.data or "",
            location_phone=as_stored(self.location_phone),
            time_zone=self.time_zone.data or "",
        )
