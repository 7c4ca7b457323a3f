"""The line at the end of a run that says what browsers complained of, in all its processes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.journeys.complaints import RECORD

_TOLD = "browser_complaints"
_SUM: Counter[str] = Counter()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was heard after the last test is nobody's, and counts all the same."""
    unexpected = RECORD.unexpected + len(RECORD.heard)
    counts = {"pages": RECORD.pages, "expected": RECORD.expected, "unexpected": unexpected}
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_TOLD] = counts
    _SUM.update(counts)
    if _SUM["unexpected"] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One process of several has ended; one that crashed tells nothing."""
    _SUM.update(getattr(node, "workeroutput", {}).get(_TOLD, {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _SUM["pages"]:
        terminalreporter.write_line(
            f"browser complaints: {_SUM['unexpected']} of {_SUM['pages']} pages "
            f"(and {_SUM['expected']} that tests had named)"
        )
