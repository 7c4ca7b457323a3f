"""What has to be done now and then, found again from the database at every sweep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.domain.notices import ENGINE_VERSION
from webapp.persistence import recipients
from webapp.persistence.database import reading
from webapp.services import demo_photos, noticing, photo_making, photo_sweep, tidying
from webapp.services.ports import Collaborators

MOST_COURSES = 500


def sweep(with_: Collaborators) -> int:
    """Queue whatever there is to do, unless the queue is still busy; returns how much.

    Courses are planned again whose notices are missing or were planned by an older engine; photos
    get the sizes that a lost job left unmade.
    """
    if with_.jobs.count():
        return 0
    courses = recipients.courses_to_plan(reading(), ENGINE_VERSION, MOST_COURSES)
    with_.jobs.put("tidy")
    with_.jobs.put(photo_sweep.SWEEP)
    unmade = photo_sweep.unmade(with_)
    for photo_id in unmade:
        with_.jobs.put(photo_making.MAKE, photo_id)
    for course_id in courses:
        with_.jobs.put("plan-notices", course_id)
    return 2 + len(unmade) + len(courses)


def jobs(of: Callable[[], Collaborators]) -> Mapping[str, Callable[..., Any]]:
    """The jobs by name; each asks for its collaborators when it runs."""
    return {
        "tidy": lambda: tidying.tidy(of()),
        "plan-notices": lambda course_id: noticing.replay(of(), [course_id]),
        photo_making.MAKE: lambda photo_id: photo_making.make_sizes(of(), photo_id),
        demo_photos.TAKE: lambda: demo_photos.take(of()),
        photo_sweep.SWEEP: lambda: photo_sweep.sweep(of()),
    }
