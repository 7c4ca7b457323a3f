"""The browser gets instants and answers: no script knows a rule, a day count or an activity."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.protocols.loader import protocols

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    path
    for folder in ("static/js", "service_worker")
    for path in sorted((ROOT / folder).rglob("*.js"))
]
NAMES = [str(path.relative_to(ROOT)) for path in SCRIPTS]
# Words of aftercare. `phase`, `anchor` and `session` are words of other things too.
WORDS = (
    "wash washing hair scalp shampoo water sauna steam swim swimming sport sweat spicy dryer bath "
    "alcohol smoking minoxidil hat scarf healed healing restriction protocol follow-up dry "
    "hands-off lift"
)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
# Hours, days and weeks in seconds or milliseconds, however they are written.
SPANS = {3_600, 86_400, 604_800, 3_600_000, 86_400_000, 604_800_000}
DAY_COUNTS = r"\b(4|5|7|14|21|24|28)\s*\*|\*\s*(4|5|7|14|21|24|28)\b"
CALENDAR = r"\b(setDate|setHours|setMonth|setFullYear|getDate|getDay|Temporal|addDays)\b"
ACTIVITIES = sorted({name for known in protocols().values() for name in known.activities})


def code_of(path: Path) -> str:
    """The script without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def numbers_of(code: str) -> set[int]:
    """Every whole number in it, its separators and its multiplications resolved."""
    found = set()
    for product in re.findall(r"(?<![\w.])\d[\d_]*(?:\s*\*\s*\d[\d_]*)*", code):
        value = 1
        for factor in product.split("*"):
            value *= int(factor.replace("_", ""))
        found.add(value)
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=NAMES)
def test_no_script_names_an_activity(path: Path) -> None:
    code = code_of(path)
    assert [name for name in ACTIVITIES if re.search(rf"\b{name}\b", code)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=NAMES)
def test_no_script_speaks_of_aftercare(path: Path) -> None:
    code = code_of(path).lower()
    assert [word for word in WORDS.split() if re.search(rf"\b{word}\b", code)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=NAMES)
def test_no_script_counts_hours_days_or_weeks(path: Path) -> None:
    code = code_of(path)
    assert numbers_of(code) & SPANS == set()
    assert re.findall(DAY_COUNTS, code) == []
    assert re.findall(r"\b(\d+)[\s_-]*days?\b", code, re.IGNORECASE) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=NAMES)
def test_no_script_reckons_with_a_calendar(path: Path) -> None:
    assert re.findall(CALENDAR, code_of(path)) == []


@pytest.mark.parametrize(
    "code", ["const a = 24 * 60 * 60 * 1000;", "wait(86_400)", "x = 604800000", "60*60 * 1000"]
)
def test_a_span_is_found_however_it_is_written(code: str) -> None:
    assert numbers_of(code) & SPANS


def test_there_are_scripts_to_look_at() -> None:
    assert "static/js/modules/flip.js" in NAMES
    assert len(ACTIVITIES) > 30
