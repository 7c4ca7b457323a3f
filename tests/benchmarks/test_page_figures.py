"""What the page benchmark reads out of Lighthouse's reports, and what it holds against them."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks._limits import Line
from benchmarks.pages.figures import Report, UnusableReportError, lines_of

WITHIN = {
    "first-contentful-paint": 1_070.4,
    "largest-contentful-paint": 1_560,
    "total-blocking-time": 66,
    "cumulative-layout-shift": 0.04,
    "speed-index": 1_970,
}


def audit(name: str, value: float | None = None, score: float | None = 1) -> Report:
    return {"id": name, "title": name.title(), "numericValue": value, "score": score}


def report(values: dict[str, float] | None = None, **scores: float | None) -> Report:
    """A report of a page at its limits, but for these values of metrics and scores of categories;
    what has no weight is one audit, `advice`."""
    audits = {name: audit(name, value) for name, value in (WITHIN | (values or {})).items()}
    audits["advice"] = audit("advice", score=scores.pop("advice", None))
    metrics = [{"id": name, "weight": 10} for name in WITHIN]
    references = {"performance": [*metrics, {"id": "advice", "weight": 0}]}
    names = ("performance", "accessibility", "best-practices")
    categories = {
        name: {
            "score": scores.get(name.replace("-", "_"), 1.0),
            "auditRefs": references.get(name, []),
        }
        for name in names
    }
    return {"audits": audits, "categories": categories}


def told(*reports: Report) -> dict[str, Line]:
    return {line["name"]: line for line in lines_of("today", list(reports))}


def test_a_page_at_its_limits_holds_them_all() -> None:
    lines = told(report())
    assert len(lines) == 8
    assert all(line["holds"] for line in lines.values())
    assert lines["today/first contentful paint"]["value"] == 1_070


@pytest.mark.parametrize(
    ("audit_name", "name", "beyond"),
    [
        ("first-contentful-paint", "first contentful paint", 1_071),
        ("largest-contentful-paint", "largest contentful paint", 1_561),
        ("total-blocking-time", "total blocking time", 67),
        ("cumulative-layout-shift", "cumulative layout shift", 0.041),
        ("speed-index", "speed index", 1_971),
    ],
)
def test_a_metric_beyond_its_limit_does_not_hold(audit_name: str, name: str, beyond: float) -> None:
    missed = {key for key, line in told(report({audit_name: beyond})).items() if not line["holds"]}
    assert missed == {f"today/{name}"}


def test_the_median_of_the_runs_counts() -> None:
    runs = [report({"speed-index": value}) for value in (900, 9_000, 1_100, 1_000, 8_000)]
    assert told(*runs)["today/speed index"]["value"] == 1_100


def test_performance_is_a_median_and_what_is_certain_is_the_worst_run() -> None:
    runs = [report(), report(performance=0.7, accessibility=0.96), report(best_practices=0.994)]
    lines = told(*runs)
    assert [lines[f"today/{name}"]["value"] for name in ("performance", "accessibility")] == [
        100,
        96,
    ]
    assert lines["today/best-practices"] == {
        "name": "today/best-practices",
        "value": 99,
        "unit": "points",
        "at least": 100,
        "holds": False,
    }


def test_an_audit_below_one_is_named_with_its_worst_run() -> None:
    lines = told(report(advice=0.5), report(), report(advice=0.0))
    weak = lines["today/performance/advice"]
    assert (weak["value"], weak["weight"], weak["runs"]) == (0.0, 0, 2)
    assert weak["says"] == "Advice"
    assert "holds" not in weak


@pytest.mark.parametrize(
    "broken",
    [
        report(performance=None) | {"audits": {"x": {"scoreDisplayMode": "error"}}},
        report() | {"runtimeError": {"code": "NO_FCP", "message": "The page painted nothing."}},
    ],
)
def test_a_report_that_judges_nothing_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(UnusableReportError):
        told(report(), broken)
