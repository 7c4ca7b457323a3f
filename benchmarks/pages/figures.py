"""Limits and verdicts: what Lighthouse's reports say of a page, as lines to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from benchmarks._limits import Line, figure

Report = dict[str, Any]

# Of Lighthouse's names: ours, the unit, and what its median may be at most.
METRICS = {
    "first-contentful-paint": ("first contentful paint", "ms", 1_070),
    "largest-contentful-paint": ("largest contentful paint", "ms", 1_560),
    "total-blocking-time": ("total blocking time", "ms", 66),
    "cumulative-layout-shift": ("cumulative layout shift", "", 0.04),
    "speed-index": ("speed index", "ms", 1_970),
}
# Performance differs from run to run, so its median counts; of the others the worst run does.
CATEGORIES: dict[str, Callable[[list[int]], float]] = {
    "performance": median,
    "accessibility": min,
    "best-practices": min,
}
FULL = 100


class UnusableReportError(Exception):
    """Lighthouse could not judge a page; the message is its own."""


def lines_of(page: str, reports: list[Report]) -> Iterator[Line]:
    """Scores, metrics and weak audits of one page, of all its runs together.

    Raises UnusableReportError where a run failed.
    """
    for report in reports:
        _refuse_the_unusable(report)
    for category, together in CATEGORIES.items():
        score = together([_score(report["categories"][category]) for report in reports])
        yield figure(f"{page}/{category}", score, "points", least=FULL)
    for audit, (name, unit, most) in METRICS.items():
        value = median(report["audits"][audit]["numericValue"] for report in reports)
        yield figure(f"{page}/{name}", round(value, 3 if most < 1 else 0), unit, most)
    yield from _weak_audits(page, reports)


def _refuse_the_unusable(report: Report) -> None:
    failed = report.get("runtimeError") or {}
    if failed.get("code", "NO_ERROR") != "NO_ERROR":
        raise UnusableReportError(failed.get("message", failed["code"]))
    for category in CATEGORIES:
        if report["categories"][category]["score"] is None:
            raise UnusableReportError(f"no score for {category}: {_errors(report)}")


def _errors(report: Report) -> list[str]:
    """The audits that could not be made."""
    audits = report["audits"].items()
    return [name for name, audit in audits if audit["scoreDisplayMode"] == "error"]


def _score(category: Report) -> int:
    """In points, rounded as Lighthouse shows it."""
    return round(float(category["score"]) * FULL)


def _weak_audits(page: str, reports: list[Report]) -> Iterator[Line]:
    """A line for every audit that is below 1 in any run, with its worst; its weight is what it
    counts for in its category, and 0 is advice alone."""
    runs: Counter[tuple[str, str]] = Counter()
    worst: dict[tuple[str, str], Line] = {}
    for report in reports:
        for category, weight, audit in _audits_below_one(report):
            key = (category, audit["id"])
            runs[key] += 1
            held = worst.get(key)
            if held is None or audit["score"] < held["value"]:
                line = figure(f"{page}/{category}/{audit['id']}", audit["score"], "of 1")
                worst[key] = line | {"weight": weight, "says": _words(audit)}
    for key, line in worst.items():
        yield line | {"runs": runs[key]}


def _audits_below_one(report: Report) -> Iterator[tuple[str, float, Report]]:
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["score"] is not None and audit["score"] < 1:
                yield category, reference["weight"], audit


def _words(audit: Report) -> str:
    return " · ".join(filter(None, (audit["title"], audit.get("displayValue"))))
