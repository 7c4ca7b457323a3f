"""What has to be done now and then, found again from the database at every sweep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.domain.notices import ENGINE_VERSION
from webapp.persistence import recipients
from webapp.persistence.database import reading
from webapp.services import noticing, tidying
from webapp.services.ports import Collaborators

MOST_COURSES = 500


def sweep(with_: Collaborators) -> int:
    """Queue whatever there is to do, unless the queue is still busy; returns how much.

    Courses are planned again whose notices are missing or were planned by an older engine.
    """
    if with_.jobs.count():
        return 0
    courses = recipients.courses_to_plan(reading(), ENGINE_VERSION, MOST_COURSES)
    with_.jobs.put("tidy")
    for course_id in courses:
        with_.jobs.put("plan-notices", course_id)
    return 1 + len(courses)


def jobs(of: Callable[[], Collaborators]) -> Mapping[str, Callable[..., Any]]:
    """The jobs by name; each asks for its collaborators when it runs."""
    return {
        "tidy": lambda: tidying.tidy(of()),
        "plan-notices": lambda course_id: noticing.replay(of(), [course_id]),
    }
