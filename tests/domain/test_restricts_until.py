"""Until when a course restricts whose clinic says no more about it."""

import pytest

from tests.domain.scenes import (
    FIRST,
    SECOND,
    SMP,
    after_session,
    course,
    local,
    rule,
    scheduled,
    small_protocol,
)
from webapp.domain.course import Course
from webapp.domain.edit_rules import restricts_until
from webapp.domain.protocol import Answer, Protocol

LONG = small_protocol(rule("R1", Answer.NO, after_session(days=30)))
BEGUN_DAY = small_protocol(rule("R1", Answer.NO, after_session(hours=22 * 24 + 1)))

# protocol, course, the last lift in Dubai
ENDS = [
    (SMP, course(), None),
    (SMP, course(scheduled(1, "2026-03-02 13:00")), None),
    (SMP, course(FIRST), "2026-03-23 16:30"),
    (SMP, course(FIRST, SECOND), "2026-03-31 14:00"),
    (SMP, course(FIRST, is_last=True), "2026-03-23 16:30"),
    (SMP, course(FIRST, extra={"sauna": 2, "swimming": 3}), "2026-03-26 16:30"),
    (small_protocol(), course(FIRST), "2026-03-23 16:30"),
    (LONG, course(FIRST), "2026-04-01 16:30"),
    (BEGUN_DAY, course(FIRST), "2026-03-25 16:30"),
]


@pytest.mark.parametrize(("protocol", "of", "expected"), ENDS)
def test_a_course_left_alone_restricts_until_its_longest_rule_has_lifted(
    protocol: Protocol, of: Course, expected: str | None
) -> None:
    assert restricts_until(protocol, of) == (local(expected) if expected else None)
