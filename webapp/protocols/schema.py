"""The shape of a protocol file, and how it becomes a `Protocol`."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic import model_validator as checked

from webapp.domain.calendar import zone_named
from webapp.domain.errors import UnknownTimeZoneError
from webapp.domain.protocol import (
    Activity,
    Anchor,
    Answer,
    PhaseId,
    PhaseText,
    Protocol,
    Rule,
    Source,
    Span,
    Timing,
    WarningSigns,
)


def _known_zone(name: str) -> str:
    try:
        return zone_named(name).key
    except UnknownTimeZoneError as error:
        raise ValueError(f"{error.message} Use a name such as Asia/Dubai.") from error


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
Zone = Annotated[str, AfterValidator(_known_zone)]
Texts = Annotated[list[Text], Field(min_length=1)]
Days = Annotated[int, Field(ge=1, le=366)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SpanPart(_Part):
    """`{ days = 5 }` or `{ hours = 24 }`."""

    days: Days | None = None
    hours: Annotated[int, Field(ge=1, le=24 * 366)] | None = None

    @checked(mode="after")
    def _has_one_unit(self) -> Self:
        if (self.days is None) == (self.hours is None):
            raise ValueError("give either days or hours")
        return self

    def span(self) -> Span:
        return Span(hours=self.hours or 0, days=self.days or 0)


class ActivityPart(_Part):
    """`[[activity]]`: something a client may ask for."""

    id: Id
    name: Text
    title: Text
    group: Id
    resting: Literal["yes", "limited", "ask", "no"]
    synonyms: list[Text] = []
    meanwhile: Text | None = None

    def activity(self) -> Activity:
        return Activity(
            self.id,
            self.name,
            self.title,
            self.group,
            Answer.from_word(self.resting),
            tuple(self.synonyms),
            self.meanwhile,
        )


class RulePart(_Part):
    """`[[rule]]`: one restriction."""

    id: Id
    activities: Annotated[list[Id], Field(min_length=1)]
    answer: Literal["limited", "ask", "no"]
    anchor: Literal["session", "course", "before-session", "always"]
    start: SpanPart | None = Field(default=None, alias="from")
    until: SpanPart | None = None
    lead: SpanPart | None = None
    source: Literal["stated", "inferred"]
    why: Text
    instead: Text | None = None
    condition: Text | None = None

    @checked(mode="after")
    def _says_its_condition(self) -> Self:
        if self.answer == "limited" and self.condition is None:
            raise ValueError(f"rule {self.id} is limited: add the condition")
        return self

    @checked(mode="after")
    def _has_the_spans_of_its_anchor(self) -> Self:
        allowed, needed = {
            "session": ({"from", "until"}, {"until"}),
            "course": ({"until"}, {"until"}),
            "before-session": ({"lead"}, {"lead"}),
            "always": (set(), set()),
        }[self.anchor]
        spans = {"from": self.start, "until": self.until, "lead": self.lead}
        given = {name for name, span in spans.items() if span is not None}
        for name in sorted(needed - given):
            raise ValueError(f"rule {self.id} is anchored to {self.anchor}: add {name}")
        for name in sorted(given - allowed):
            raise ValueError(f"rule {self.id} is anchored to {self.anchor}: remove {name}")
        return self

    @checked(mode="after")
    def _starts_before_it_ends(self) -> Self:
        if self.start is None or self.until is None:
            return self
        if (self.start.days is None) != (self.until.days is None):
            raise ValueError(f"rule {self.id}: count from and until in the same unit")
        if self.start.span().seconds >= self.until.span().seconds:
            raise ValueError(f"rule {self.id}: from must be shorter than until")
        return self

    def rule(self) -> Rule:
        start, until, lead = (
            None if part is None else part.span() for part in (self.start, self.until, self.lead)
        )
        return Rule(
            self.id,
            tuple(self.activities),
            Answer.from_word(self.answer),
            Timing(Anchor(self.anchor), start, until, lead),
            Source(self.source),
            self.why,
            self.instead,
            self.condition,
        )


class PhasePart(_Part):
    """`[[phase]]`: how a phase is called."""

    id: Annotated[PhaseId, Field(strict=False)]
    title: Text
    summary: Text

    def text(self) -> PhaseText:
        return PhaseText(self.id, self.title, self.summary)


class PreparationPart(_Part):
    """`[preparation]`: what to do before a session; `wash` is the line about washing."""

    wash: Text
    steps: Texts


class WarningSignsPart(_Part):
    """`[warning_signs]`: never empty."""

    normal: Texts
    call_today: Texts
    see_doctor: Texts
    emergency: Texts
    closing: Text


class ProtocolFile(_Part):
    """A whole protocol file."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: Text
    default_time_zone: Zone
    minimum_sessions: Annotated[int, Field(ge=1, le=12)]
    gap_days: Annotated[list[Days], Field(min_length=1)]
    session_length_hours: Annotated[int, Field(ge=1, le=24)]
    extended_together: list[Id]
    activity: Annotated[list[ActivityPart], Field(min_length=1)]
    rule: Annotated[list[RulePart], Field(min_length=1)]
    phase: list[PhasePart]
    preparation: PreparationPart
    warning_signs: WarningSignsPart

    @checked(mode="after")
    def _names_each_thing_once(self) -> Self:
        _refuse_doubles("activity", (part.id for part in self.activity))
        _refuse_doubles("rule", (part.id for part in self.rule))
        _refuse_doubles("phase", (part.id for part in self.phase))
        for part in self.rule:
            _refuse_doubles(f"rule {part.id}: activities", part.activities)
        return self

    @checked(mode="after")
    def _names_only_what_is_there(self) -> Self:
        known = {part.id for part in self.activity}
        for part in self.rule:
            _refuse_unknown(f"rule {part.id}: activities", part.activities, known)
        _refuse_unknown("extended_together", self.extended_together, known)
        return self

    @checked(mode="after")
    def _words_every_phase(self) -> Self:
        missing = [phase for phase in PhaseId if phase not in {part.id for part in self.phase}]
        if missing:
            raise ValueError(f"phase: add {', '.join(missing)}")
        return self

    def protocol(self) -> Protocol:
        """The plain values the domain counts with."""
        return Protocol(
            id=self.id,
            version=self.version,
            title=self.title,
            default_time_zone=self.default_time_zone,
            minimum_sessions=self.minimum_sessions,
            gap_days=tuple(self.gap_days),
            session_length_hours=self.session_length_hours,
            extended_together=tuple(self.extended_together),
            activities=MappingProxyType({p.id: p.activity() for p in self.activity}),
            rules=tuple(part.rule() for part in self.rule),
            phases=MappingProxyType({p.id: p.text() for p in self.phase}),
            preparation_steps=(self.preparation.wash, *self.preparation.steps),
            warning_signs=_warning_signs(self.warning_signs),
        )


def _warning_signs(part: WarningSignsPart) -> WarningSigns:
    return WarningSigns(
        tuple(part.normal),
        tuple(part.call_today),
        tuple(part.see_doctor),
        tuple(part.emergency),
        part.closing,
    )


def _refuse_doubles(place: str, names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{place}: {name} is there twice; rename or remove one")
        seen.add(name)


def _refuse_unknown(place: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{place}: there is no activity {name}; add it or correct the name")
