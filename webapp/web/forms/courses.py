"""What staff decide about a course: its kind and length, extensions, visits."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from webapp.web.forms.artists import ArtistForm
from webapp.web.forms.texts import OneOf, WholeNumberField, text_field
from webapp.web.forms.treatment_sessions import VersionedForm, WhenForm
from webapp.web.language import gettext as _
from webapp.web.language import later

LONGEST_REASON = 500
MOST_SESSIONS = 12
MOST_DAYS = 60
NO_REASON = later("Enter the reason. Your colleagues will read it.")
NO_KIND = later("Choose one of the two.")
NO_ACTIVITY = later("Choose what is extended.")
NO_LOCATION = later("Choose the location.")
REGULAR, TOUCH_UP = "regular", "touch-up"
KINDS = (REGULAR, TOUCH_UP)
VISIT_KINDS = ("consultation", "follow-up")


class CourseForm(ArtistForm):
    """A new course: its kind, its place, its artist, and how many sessions are planned."""

    kind = StringField(default=REGULAR, validators=[OneOf(lambda form: KINDS, NO_KIND)])
    location = StringField(validators=[OneOf(lambda form: form.location_ids, NO_LOCATION)])
    # Empty: the usual number for this kind of course.
    planned_sessions = WholeNumberField(1, MOST_SESSIONS, may_be_empty=True)

    def __init__(self, formdata: Any = None, locations: Any = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.location_ids = [str(location.id) for location in locations]
        self.locations = [(str(location.id), location.name) for location in locations]
        if not self.location.data and self.location_ids:
            self.location.data = self.location_ids[0]

    @property
    def location_id(self) -> int:
        """The location chosen; for a form that is valid."""
        return int(self.location.data or 0)

    @property
    def count(self) -> int | None:
        """How many sessions are planned; None for the usual number."""
        return self.planned_sessions.number or None


class PlannedForm(VersionedForm):
    """How many sessions the course is planned to have."""

    planned_sessions = WholeNumberField(1, MOST_SESSIONS)


class ExtensionForm(VersionedForm):
    """Extra days for one activity of one client, and why."""

    activity = SelectField(validate_choice=False)
    days = WholeNumberField(1, MOST_DAYS, default="1")
    reason = text_field(LONGEST_REASON, missing=NO_REASON, has_lines=True)

    def __init__(self, formdata: Any = None, activities: Any = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.activities = tuple(activities)

    def validate_activity(self, field: SelectField) -> None:
        if field.data not in self.activities:
            raise ValidationError(_(NO_ACTIVITY))


class CloseForm(VersionedForm):
    """A change that needs nothing but its reason."""

    reason = text_field(LONGEST_REASON, missing=NO_REASON, has_lines=True)


class VisitForm(WhenForm):
    """A consultation or follow-up."""

    kind = StringField(default="consultation", validators=[OneOf(lambda f: VISIT_KINDS, NO_KIND)])
