"""A protocol file that makes no sense is refused, with the file, the key and what to do."""

from pathlib import Path

import pytest

from webapp.domain.protocol import Anchor, Answer, Source, Span, Timing
from webapp.protocols.loader import (
    FOLDER,
    ProtocolFileError,
    load,
    newest_of,
    protocol_version,
    protocols,
)

SMP = (FOLDER / "smp-1.toml").read_text(encoding="utf-8")
LIMIT = 'condition = "with clean hands and only lightly"\n'
R9 = "from = { days = 5 }\nuntil = { days = 7 }"
R12 = "lead = { days = 1 }\n"


def write(folder: Path, text: str, name: str = "smp-1.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# what is changed, into what, the key that is named, a word of what to do
NONSENSE = {
    "unknown activity": ('["touch-scalp"]', '["touch-moon"]', "rule R1: activities", "touch-moon"),
    "one activity twice": ('["touch-scalp"]', '["touch-scalp", "touch-scalp"]', "R1", "twice"),
    "no activity": ('["touch-scalp"]', "[]", "rule.0.activities", "at least one"),
    "limited without condition": (LIMIT, "", "rule I1", "add the condition"),
    "session rule without until": ("until = { hours = 24 }\n", "", "rule R1", "add until"),
    "session rule with lead": ("until = { hours = 24 }", f"until = {{ hours = 24 }}\n{R12}",
                               "rule R1", "remove lead"),
    "from after until": (R9, R9.replace("5", "8"), "rule R9", "shorter than until"),
    "from at until": (R9, R9.replace("5", "7"), "rule R9", "shorter than until"),
    "from in another unit": (R9, R9.replace("days = 5", "hours = 5"), "rule R9", "same unit"),
    "before-session without lead": (R12, "", "rule R12", "add lead"),
    "course rule with from": ('anchor = "course"\n', 'anchor = "course"\nfrom = { days = 1 }\n',
                              "rule R7", "remove from"),
    "always with until": ('anchor = "always"\n', 'anchor = "always"\nuntil = { days = 1 }\n',
                          "rule I2", "remove until"),
    "two rules of one name": ('id = "I1"', 'id = "R1"', "rule", "R1 is there twice"),
    "two activities of one name": ('id = "scratch-or-pick"', 'id = "touch-scalp"',
                                   "activity", "twice"),
    "two phases of one name": ('id = "healed"', 'id = "settling"', "phase", "twice"),
    "unknown phase": ('id = "healed"', 'id = "done"', "phase.8.id", "healed"),
    "unknown zone": ("Asia/Dubai", "Asia/Atlantis", "default_time_zone", "Asia/Dubai"),
    "resting missing": ('resting = "yes"\n', "", "activity.0.resting", "add it"),
    "resting unknown": ('resting = "yes"', 'resting = "maybe"', "activity.0.resting", "'ask'"),
    "a rule that allows": ('answer = "no"', 'answer = "yes"', "rule.0.answer", "'no'"),
    "unknown anchor": ('anchor = "session"', 'anchor = "moon"', "rule.0.anchor", "'course'"),
    "unknown source": ('source = "stated"', 'source = "heard"', "rule.0.source", "'inferred'"),
    "unknown key": ("version = 1\n", 'version = 1\nmood = "good"\n', "mood", "remove it"),
    "version as text": ("version = 1\n", 'version = "1"\n', "version", "integer"),
    "version zero": ("version = 1\n", "version = 0\n", "version", "greater"),
    "no gaps": ("gap_days = [7, 28]", "gap_days = []", "gap_days", "at least one"),
    "a gap of no days": ("gap_days = [7, 28]", "gap_days = [0, 28]", "gap_days.0", "greater"),
    "days and hours": ("{ hours = 24 }", "{ hours = 24, days = 1 }", "until", "either"),
    "neither days nor hours": ("{ hours = 24 }", "{ }", "until", "either"),
    "no time at all": ("{ hours = 24 }", "{ hours = 0 }", "until.hours", "greater"),
    "half days": ("{ hours = 24 }", "{ days = 1.5 }", "until.days", "integer"),
    "extended with a stranger": ('"wet-scalp"]\n', '"moon"]\n', "extended_together", "moon"),
    "empty title": ('title = "Touch your scalp"', 'title = ""', "activity.0.title", "fill it in"),
    "why left out": ('why = "A session', 'reason = "A session', "rule.0.why", "add it"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "cure"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_by_name(
    tmp_path: Path, old: str, new: str, key: str, cure: str
) -> None:
    assert old in SMP
    with pytest.raises(ProtocolFileError) as error:
        load(write(tmp_path, SMP.replace(old, new, 1)))
    faults = [line for line in str(error.value).splitlines() if key in line]
    assert faults[0].startswith("smp-1.toml: ")
    assert cure in faults[0]


def test_empty_warning_signs_are_refused(tmp_path: Path) -> None:
    start, rest = SMP.split("emergency = [", 1)
    with pytest.raises(ProtocolFileError, match=r"warning_signs\.emergency: is empty"):
        load(write(tmp_path, f"{start}emergency = [{rest[rest.index(']') :]}"))


def test_a_phase_left_out_is_named(tmp_path: Path) -> None:
    start, rest = SMP.split('[[phase]]\nid = "healed"', 1)
    following = rest.index("\n[")
    with pytest.raises(ProtocolFileError, match="phase: add healed"):
        load(write(tmp_path, start + rest[following:]))


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    text = SMP.replace("version = 1\n", "").replace('resting = "yes"\n', "", 1)
    with pytest.raises(ProtocolFileError) as error:
        load(write(tmp_path, text))
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["id = ", "\udcff", "id = 'smp'\nid = 'smp'"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "smp-1.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ProtocolFileError, match=r"smp-1\.toml cannot be read"):
        load(path)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ProtocolFileError, match=r"smp-99\.toml cannot be read"):
        protocol_version("smp", 99)


def test_a_file_bears_the_name_of_its_protocol(tmp_path: Path) -> None:
    with pytest.raises(ProtocolFileError, match=r"Call the file smp-1\.toml"):
        load(write(tmp_path, SMP, "smp-2.toml"))


def test_a_file_is_read_only_once() -> None:
    assert protocol_version("smp", 1) is protocol_version("smp", 1)
    assert protocols()["smp"] is protocol_version("smp", 1)


def test_the_newest_version_counts_for_new_courses(tmp_path: Path) -> None:
    for version in (9, 10, 2):
        text = SMP.replace("version = 1\n", f"version = {version}\n", 1)
        write(tmp_path, text, f"smp-{version}.toml")
    assert newest_of(tmp_path)["smp"].version == 10


def test_rules_become_plain_values() -> None:
    rules = {rule.id: rule for rule in protocols()["smp"].rules}
    nine = rules["R9"]
    assert (nine.answer, nine.source, nine.activities) == (
        Answer.LIMITED, Source.STATED, ("wash-hair", "wash-water"),
    )  # fmt: skip
    assert nine.timing == Timing(Anchor.SESSION, start=Span(days=5), until=Span(days=7))
    assert rules["R1"].timing == Timing(Anchor.SESSION, until=Span(hours=24))
    assert rules["R12"].timing == Timing(Anchor.BEFORE_SESSION, lead=Span(days=1))
    assert rules["I2"].timing == Timing(Anchor.ALWAYS)


def test_a_protocol_cannot_be_changed() -> None:
    protocol = protocols()["smp"]
    with pytest.raises(TypeError):
        protocol.activities["moon"] = protocol.activities["sauna"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        protocol.rules[0].why = "Because."  # type: ignore[misc]


# the line as it stands, the line with the last number that is accepted, the first that is not
LIMITS = [
    ("minimum_sessions = 3", "minimum_sessions = 1", "minimum_sessions = 0"),
    ("minimum_sessions = 3", "minimum_sessions = 12", "minimum_sessions = 13"),
    ("session_length_hours = 6", "session_length_hours = 1", "session_length_hours = 0"),
    ("session_length_hours = 6", "session_length_hours = 24", "session_length_hours = 25"),
    ("gap_days = [7, 28]", "gap_days = [366]", "gap_days = [367]"),
    ("{ hours = 24 }", "{ hours = 1 }", "{ hours = 0 }"),
    ("{ hours = 24 }", "{ hours = 8784 }", "{ hours = 8785 }"),
    ("{ hours = 24 }", "{ days = 366 }", "{ days = 367 }"),
]


@pytest.mark.parametrize(("old", "accepted", "refused"), LIMITS)
def test_numbers_have_limits(tmp_path: Path, old: str, accepted: str, refused: str) -> None:
    assert load(write(tmp_path, SMP.replace(old, accepted, 1))).id == "smp"
    (tmp_path / "refused").mkdir()
    with pytest.raises(ProtocolFileError, match="than or equal to"):
        load(write(tmp_path / "refused", SMP.replace(old, refused, 1)))
