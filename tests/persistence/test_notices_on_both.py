"""Reading what was told asks both databases the same, and is answered the same."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.conftest import NOON, SetClock
from tests.told import ORIGIN, WATER, beat, deliver, plan, subscribe
from webapp.domain.notices import NoticeKind
from webapp.domain.people import SignedIn
from webapp.services import (
    clients,
    demo,
    inbox,
    logins,
    notice_history,
    reach,
    sending,
    sending_health,
    today,
)
from webapp.services.attempts import Source
from webapp.services.ports import Collaborators
from webapp.services.redemption import Attempt, by_code, enter
from webapp.services.sending_health import Health

HOUR = timedelta(hours=1)


def client_of(app: Flask, key: str) -> tuple[Collaborators, SignedIn, str]:
    """A client of the demo, signed in, with the token."""
    with_: Collaborators = app.extensions["collaborators"]
    demo.fill(with_)
    code = demo.persona_code(with_, key).code
    token = enter(with_, Attempt(by_code(code), Source(b"a browser"), "a phone"))
    person = logins.find(with_, token)
    assert person is not None
    return with_, person, token


def test_the_inbox_is_counted_paged_read_and_acknowledged(app_on_both: Flask) -> None:
    with_, person, token = client_of(app_on_both, "extended")
    facts = today.facts_of(person.client_id or 0, NOON)
    assert facts is not None
    notices = inbox.page_of(person, facts).notices
    (first,) = inbox.news_of(person, facts)
    assert (person.unread, first.must_acknowledge, len(notices)) == (1, True, 3)
    older = inbox.page_of(person, facts, before=notices[0].facts.id).notices
    assert [one.facts.id for one in older] == [one.facts.id for one in notices[1:]]
    inbox.mark_read(with_, person, [one.facts.id for one in notices])
    inbox.acknowledge(with_, person, first.facts.id)
    found = logins.find(with_, token)
    assert found is not None
    assert (found.unread, found.seen != person.seen) == (0, True)


def test_whom_no_push_reaches_is_found_and_told_once(app_on_both: Flask, clock: SetClock) -> None:
    with_, person, _token = client_of(app_on_both, "keep-dry")
    client_id = person.client_id or 0
    course_id = today_course(client_id)
    plan(person.account_id, NoticeKind.LIFT, NOON + HOUR, course_id=course_id, content=WATER)
    subscribe(person.account_id, NOON - timedelta(days=31))
    assert client_id in [found.client_id for found in reach.not_reached(NOON)]
    assert reach.tell_in_person(with_, person, client_id, NOON + HOUR)
    listed = [(found.client_id, found.lifts_at) for found in reach.not_reached(NOON)]
    assert (client_id, NOON + HOUR) not in listed


def today_course(client_id: int) -> int:
    facts = today.facts_of(client_id, NOON)
    assert facts is not None
    assert facts.course_id is not None
    return facts.course_id


def test_the_history_and_the_state_of_sending_are_read(app_on_both: Flask) -> None:
    with_, person, _token = client_of(app_on_both, "keep-dry")
    file = clients.read(person.client_id or 0)
    assert file is not None
    told = notice_history.history_of(file, 5, "Asia/Dubai").told
    deliver(person.account_id, "gone", NOON, told[0].facts.id)
    again = notice_history.history_of(file, 5, "Asia/Dubai").told
    assert [delivery.state for delivery in again[0].deliveries] == ["gone"]
    beat(NOON, held_at=NOON)
    report = sending_health.report(with_)
    assert (report.health, report.tried) == (Health.HELD, 1)
    assert [one.host for one in report.gone] == [sending_health.host_of(ORIGIN)]
    sending.release(with_, person.account_id)
    assert sending_health.report(with_).held_at is None
