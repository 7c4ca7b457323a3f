"""A protocol: one version of a clinic's signed aftercare rules, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from webapp.domain.calendar import DAY, HOUR, Second


class Answer(IntEnum):
    """What a client may do, from the mildest to the strictest; comparable by strictness."""

    YES = 0
    LIMITED = 1
    ASK = 2
    NO = 3

    @property
    def word(self) -> str:
        """The word used in data, addresses and answers: "yes", "limited", "ask", "no"."""
        return _WORDS[self]

    @classmethod
    def from_word(cls, word: str) -> "Answer":
        """The answer of this word; raises `ValueError` for any other text."""
        if word not in _WORDS:
            raise ValueError(f"{word!r} is no answer; use one of {', '.join(_WORDS)}.")
        return cls(_WORDS.index(word))


_WORDS = ("yes", "limited", "ask", "no")


class Anchor(StrEnum):
    """What a rule's time is counted from."""

    SESSION = "session"
    COURSE = "course"
    BEFORE_SESSION = "before-session"
    ALWAYS = "always"


class Source(StrEnum):
    """Who says so: the clinic's own text, or our safe reading of it."""

    STATED = "stated"
    INFERRED = "inferred"


class PhaseId(StrEnum):
    """The stretches of a course, in the order in which a client lives through them."""

    PREPARING = "preparing"
    IN_SESSION = "in-session"
    UNCONFIRMED = "unconfirmed"
    HANDS_OFF = "hands-off"
    KEEP_DRY = "keep-dry"
    WATER_ONLY = "water-only"
    SETTLING = "settling"
    FINAL_HEALING = "final-healing"
    HEALED = "healed"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the clinic means it: elapsed hours, or days of a time zone's calendar.

    Exactly one of the two is above zero.
    """

    hours: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if sorted((self.hours, self.days))[0] != 0 or self.hours == self.days:
            raise ValueError("A span has either hours or days, and at least one.")

    @property
    def seconds(self) -> Second:
        """Its length where no clock changes."""
        return self.hours * HOUR + self.days * DAY


@dataclass(frozen=True, slots=True)
class Timing:
    """When a rule holds: its anchor, and how far from the anchor it begins and ends.

    `start` and `until` count on from the end of a session or course, `lead` counts back from a
    session's beginning.
    """

    anchor: Anchor
    start: Span | None = None
    until: Span | None = None
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One restriction of the protocol, with its reason in words for the client."""

    id: str
    activities: tuple[str, ...]
    answer: Answer
    timing: Timing
    source: Source
    why: str
    instead: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something a client may wish to do. `resting` is its answer while no rule holds.

    `name` is a word or two for a row, `title` completes "Can I …?".
    """

    id: str
    name: str
    title: str
    group: str
    resting: Answer
    synonyms: tuple[str, ...] = ()
    meanwhile: str | None = None


@dataclass(frozen=True, slots=True)
class PhaseText:
    """How a phase is called and summed up for the client."""

    id: PhaseId
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class WarningSigns:
    """What is usual after a session, and what is not, by urgency."""

    normal: tuple[str, ...]
    call_today: tuple[str, ...]
    see_doctor: tuple[str, ...]
    emergency: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Protocol:
    """One version of the rules. Two protocols are equal only if they are the same object.

    `activities` and `phases` keep the order of the file, and so do `rules`. `extended_together`
    names the activities that share the largest extension given to any of them. The first of
    `preparation_steps` is the one about washing.
    """

    id: str
    version: int
    title: str
    default_time_zone: str
    minimum_sessions: int
    gap_days: tuple[int, ...]
    session_length_hours: int
    extended_together: tuple[str, ...]
    activities: Mapping[str, Activity]
    rules: tuple[Rule, ...]
    phases: Mapping[PhaseId, PhaseText]
    preparation_steps: tuple[str, ...]
    warning_signs: WarningSigns

    def __repr__(self) -> str:
        return f"<Protocol {self.id} {self.version}>"

    def gap_days_before(self, number: int) -> int:
        """Days from the previous session's start to the start of session `number` (2 or more)."""
        return self.gap_days[min(number - 2, len(self.gap_days) - 1)]
