"""What a question is about, and what it is never about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.services.scene import Scene, dubai
from webapp.domain.answers import AnswerAt
from webapp.domain.course_edits import ConfirmLast
from webapp.domain.people import Role
from webapp.domain.plan import plan_for
from webapp.protocols.loader import protocols
from webapp.services import can_i, synonyms, today
from webapp.services.can_i import Heard

SMP = protocols()["smp"]
# The clinic's own words are read from the database.
pytestmark = pytest.mark.usefixtures("scene")


@pytest.mark.parametrize("activity", list(SMP.activities))
def test_the_name_of_every_activity_leads_to_it(activity: str) -> None:
    assert can_i.hear(SMP, SMP.activities[activity].name).activities[0] == activity


HEARD = [
    ("gym", ("light-workout", "intense-workout")),
    ("shower", ("body-shower", "hot-shower", "wash-hair")),
    ("can I please go swiming tomorow?", ("swimming",)),
    ("fly a kite", ()),
    ("", ()),
    ("???", ()),
]


@pytest.mark.parametrize(("text", "activities"), HEARD)
def test_a_question_is_about_what_its_words_name(text: str, activities: tuple[str, ...]) -> None:
    assert can_i.hear(SMP, text).activities == activities


def test_the_beginning_of_a_word_is_near_what_it_may_become() -> None:
    assert can_i.hear(SMP, "swi") == Heard((), ("swimming", "helmet", "intense-workout"))
    assert can_i.hear(SMP, "sw").near == ()


def test_what_is_typed_so_far_is_found_by_its_beginning_or_as_a_question() -> None:
    assert can_i.typed_so_far(SMP, "sau")[0] == "sauna"
    assert can_i.typed_so_far(SMP, "can I go swiming") == ("swimming",)
    assert can_i.typed_so_far(SMP, "fly a kite") == ()


LAST_SUMMER = dubai(7, 15)


def answers(scene: Scene, course_id: int, at: datetime) -> dict[str, AnswerAt]:
    return plan_for(SMP, scene.file(course_id).course, at).answers_at(at)


def test_a_touch_up_a_year_later_leaves_last_summer_as_it_was(scene: Scene) -> None:
    client_id = scene.add_client()
    course_id = scene.begin(client_id)
    scene.ended(course_id, 1, dubai(4, 7, 14))
    scene.change(course_id, ConfirmLast())
    healing = LAST_SUMMER.replace(month=4, day=20)
    before = [answers(scene, course_id, at) for at in (healing, LAST_SUMMER)]
    scene.clock.at = LAST_SUMMER + timedelta(days=365)
    touch_up = scene.begin(client_id)
    scene.ended(touch_up, 1, scene.clock.at.replace(hour=10))
    assert [answers(scene, course_id, at) for at in (healing, LAST_SUMMER)] == before
    now = scene.clock.at
    facts = today.facts_of(client_id, now)
    assert facts is not None
    assert facts.plan is not None
    assert facts.plan.answer_at("swimming", now).answer.word == "no"


def test_the_clinics_own_words_are_near_and_found_as_well(scene: Scene) -> None:
    owner = replace(scene.iris, role=Role.OWNER)
    synonyms.add(scene.with_, owner, "kombucha", "alcohol")
    assert can_i.hear(SMP, "can I have kombucha").activities == ("alcohol",)
    assert can_i.typed_so_far(SMP, "kombu") == ("alcohol",)
