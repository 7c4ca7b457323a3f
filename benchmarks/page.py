"""`./dev bench page [--quick]`: how Today, Can I and Dates come to a phone, as JSON lines.

Lighthouse (mobile, simulated throttling) on each of them, the median of five runs, with one
`--quick`; what the first view weighs and how many requests a visit makes; and when the answer is
there on slow 3G. Exits with 1 where a limit is missed, or where Lighthouse cannot be had.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Playwright, sync_playwright

from benchmarks._limits import Line, figure, print_all
from benchmarks.pages import answer, figures, first_view, tool
from benchmarks.pages.chromium import phone
from benchmarks.pages.slow_line import slow_line
from tests.journeys.looks import token_of
from tests.journeys.served import Served, serve
from webapp.services.demo_personas import DUBAI, PERSONAS

PAGES = {"today": "/", "can-i": "/can-i", "dates": "/dates"}
PERSONA = "keep-dry"
RUNS = 5
# The worker waits three seconds for the network; half a second more to start and to draw.
MOST_WITHOUT_AN_ANSWER = 3_500


def main(arguments: list[str]) -> int:
    runs = 1 if "--quick" in arguments else RUNS
    try:
        tool.install()
    except tool.ToolError as error:
        return _refuse(error)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = serve(folder / "clinic", is_demo=True)
        stack.callback(served.stop)
        playwright = stack.enter_context(sync_playwright())
        persona = next(persona for persona in PERSONAS if persona.key == PERSONA)
        token = token_of(served, persona, DUBAI)
        try:
            return print_all(_lines(playwright, served, token, runs))
        except (tool.ToolError, figures.UnusableReportError) as error:
            return _refuse(error)


def _refuse(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1


def _lines(playwright: Playwright, served: Served, token: str, runs: int) -> Iterator[Line]:
    yield from first_view.lines_of(playwright, served, token)
    yield from _lighthouse(playwright, served, token, runs)
    with slow_line(served.url) as line:
        found = [answer.times(playwright, line, token) for _run in range(runs)]
    for name in found[0]:
        most = MOST_WITHOUT_AN_ANSWER if name == answer.NOBODY_ANSWERS else None
        value = round(median(times[name] for times in found))
        yield figure(f"slow 3G/answer, {name}", value, "ms", most)


def _lighthouse(playwright: Playwright, served: Served, token: str, runs: int) -> Iterator[Line]:
    """Its pages take turns, so that a busy minute of this machine is no page's alone."""
    with phone(playwright) as ours:
        ours.sign_in(served.url, token)
        addresses = {name: served.url + path for name, path in PAGES.items()}
        ours.visit(addresses.values())
        rounds = [
            {name: tool.report_on(at, ours.port, served.folder) for name, at in addresses.items()}
            for _run in range(runs)
        ]
    for name in PAGES:
        yield from figures.lines_of(name, [reports[name] for reports in rounds])
    speed = median(
        reports[name]["environment"]["benchmarkIndex"] for reports in rounds for name in PAGES
    )
    yield figure("this machine", round(speed), "of Lighthouse's benchmark index")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
