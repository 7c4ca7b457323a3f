"""The people of the demo clinic: one in every phase of healing, always relative to now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.domain.course import Course, SessionStatus, TreatmentSession
from webapp.persistence.courses import CourseState, VisitCard

DUBAI, SOFIA = "Asia/Dubai", "Europe/Sofia"
SESSION_SPAN = timedelta(hours=3, minutes=30)
MORNING, AFTERNOON = time(11, 0), time(16, 30)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, where the client's clinic is: the point that every persona is told from."""

    now: datetime
    zone: ZoneInfo

    def day(self, days: int, clock: time = AFTERNOON) -> datetime:
        """`days` from today, at this local time of day."""
        on = self.now.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(on, clock, self.zone)

    def hours(self, hours: float) -> datetime:
        """`hours` from now."""
        return self.now + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Story:
    """A course as facts: ends of the sessions done, starts of those booked."""

    done: tuple[datetime, ...] = ()
    booked: tuple[datetime, ...] = ()
    is_last: bool = False
    planned: int = 3
    visits: tuple[VisitCard, ...] = ()
    extensions: Mapping[str, int] = field(default_factory=dict)
    kind: str = "regular"

    def state(self, zone: ZoneInfo) -> CourseState:
        """The course these facts make."""
        performed = [
            TreatmentSession(n, SessionStatus.PERFORMED, end - SESSION_SPAN, end)
            for n, end in enumerate(self.done, 1)
        ]
        scheduled = [
            TreatmentSession(n, SessionStatus.SCHEDULED, start)
            for n, start in enumerate(self.booked, len(self.done) + 1)
        ]
        sessions = (*performed, *scheduled)
        course = Course(zone, sessions, self.planned, self.is_last, self.extensions)
        reasons = dict.fromkeys(self.extensions, "Sensitive skin, agreed at the chair.")
        return CourseState(course, self.visits, reasons)


@dataclass(frozen=True, slots=True)
class Persona:
    """A demo client: `key` names them to `flask demo code`, `tells` says what there is to see."""

    key: str
    name: str
    phone: str
    tells: str
    stories: Callable[[Moment], tuple[Story, ...]]
    zone: str = DUBAI


def _consultation(at: datetime, status: str = "held") -> VisitCard:
    return VisitCard(0, "consultation", status, at)


def _new(at: Moment) -> tuple[Story, ...]:
    return (Story(visits=(_consultation(at.day(5, MORNING), "scheduled"),)),)


def _preparing(at: Moment) -> tuple[Story, ...]:
    visit = _consultation(at.day(-12, MORNING))
    return (Story(booked=(at.day(2, MORNING),), visits=(visit,)),)


def _hands_off(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.hours(-3),), booked=(at.day(8, MORNING),)),)


def _keep_dry(at: Moment) -> tuple[Story, ...]:
    visit = _consultation(at.day(-9, MORNING))
    return (Story(done=(at.day(-2),), booked=(at.day(6, MORNING),), visits=(visit,)),)


def _water_only(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.hours(-5.5 * 24),), booked=(at.day(3, MORNING),)),)


def _settling(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-10),), booked=(at.day(2, MORNING),)),)


def _in_session(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-9),), booked=(at.hours(-1),)),)


def _unconfirmed(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-9),), booked=(at.hours(-30),)),)


def _final_healing(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-49), at.day(-41), at.day(-12)), is_last=True),)


def _healed(at: Moment) -> tuple[Story, ...]:
    follow_up = VisitCard(0, "follow-up", "scheduled", at.day(311, MORNING))
    done = (at.day(-91), at.day(-83), at.day(-54))
    return (Story(done=done, is_last=True, visits=(follow_up,)),)


def _touch_up(at: Moment) -> tuple[Story, ...]:
    earlier = Story(done=(at.day(-421), at.day(-413), at.day(-384)), is_last=True)
    latest = Story(done=(at.hours(-40),), is_last=True, planned=1, kind="touch-up")
    return (earlier, latest)


def _traveller(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-3),), booked=(at.day(5, MORNING),)),)


def _extended(at: Moment) -> tuple[Story, ...]:
    booked = (at.day(6, MORNING),)
    return (Story(done=(at.day(-4),), booked=booked, extensions={"wash-hair": 2}),)


def _overdue(at: Moment) -> tuple[Story, ...]:
    return (Story(done=(at.day(-120), at.day(-112))),)


PERSONAS = (
    Persona("new", "Nadia Haddad", "+971501000001", "no session planned yet", _new),
    Persona("preparing", "Amira Saleh", "+971501000002", "session 1 in two days", _preparing),
    Persona("hands-off", "Lena Novak", "+971501000003", "session 1 ended 3 hours ago", _hands_off),
    Persona("keep-dry", "Marta Rossi", "+971501000004", "day 2 after session 1", _keep_dry),
    Persona("water-only", "Ivana Petrova", "+971501000005", "day 5 and a half", _water_only),
    Persona("settling", "Chloe Martin", "+971501000006", "day 10, before session 2", _settling),
    Persona("in-session", "Rana Khoury", "+971501000007", "session 2 is going on", _in_session),
    Persona("unconfirmed", "Olga Meyer", "+971501000008", "session 2 not confirmed", _unconfirmed),
    Persona(
        "final-healing", "Grace Owusu", "+971501000009", "12 days after the last", _final_healing
    ),
    Persona("healed", "Helen Costa", "+971501000010", "healed a month ago", _healed),
    Persona("touch-up", "Tara Singh", "+971501000011", "a touch-up a year later", _touch_up),
    Persona(
        "traveller",
        "Elena Dimitrova",
        "+359881000012",
        "a clinic in another zone",
        _traveller,
        SOFIA,
    ),
    Persona("extended", "Yara Aziz", "+971501000013", "waits two days longer", _extended),
    Persona("overdue", "Mona Farid", "+971501000014", "past the expected end", _overdue),
)
