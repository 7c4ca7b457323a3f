"""One line of JSON for every request, and for every error: never a path, a name or a secret."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request

from config import Settings
from webapp.web.context import collaborators
from webapp.web.context import settings as app_settings

LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40}
MILLISECONDS = 1000
HOME = f"{Path(__file__).parents[2]}/"


def init_app(app: Flask, settings: Settings) -> None:
    """Write the log to standard error."""

    def say_when(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
        event.setdefault("at", app.extensions["collaborators"].clock.now().isoformat())
        return event

    structlog.configure(
        processors=[
            say_when,
            structlog.processors.add_log_level,
            _say_where,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[settings.log_level]),
        logger_factory=lambda *names: structlog.WriteLogger(_Unfailing()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    app.before_request(_start)
    app.after_request(_write)
    # Flask's own line would name the path, and a database error its values.
    app.log_exception = _write_error  # type: ignore[method-assign]


class _Unfailing:
    """Standard error, which never stops anybody's work: not on a full disk, nor when it is gone."""

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def _say_where(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
    """An exception as its kind and where it happened, without the message: that may repeat what
    somebody typed, or what a row holds."""
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        event["kind"] = kind.__name__ if kind else ""
        event["where"] = _where(trace)
    return event


def _where(trace: Any) -> list[str]:
    """Our own lines, and the innermost of all."""
    frames = traceback.extract_tb(trace)
    told = [one for one in frames[:-1] if one.filename.startswith(f"{HOME}webapp/")]
    told += frames[-1:]
    return [f"{frame.filename.removeprefix(HOME)}:{frame.lineno}" for frame in told]


def _start() -> None:
    g.started = collaborators().stopwatch()


def _write(response: Response) -> Response:
    """Said without structlog: this line is written at every request, and is as cheap as a page
    found unchanged."""
    if LEVELS[app_settings().log_level] > LEVELS["INFO"]:
        return response
    outside = collaborators()
    spent = (outside.stopwatch() - g.get("started", 0.0)) * MILLISECONDS
    sys.stderr.write(
        f'{{"at": "{outside.clock.now().isoformat()}", {_named(request.method, _route())}, '
        f'"status": {response.status_code}, "milliseconds": {spent:.1f}, '
        '"event": "request", "level": "info"}\n'
    )
    return response


@lru_cache(maxsize=1_024)
def _named(method: str, route: str) -> str:
    return f'"method": {json.dumps(method)}, "route": {json.dumps(route)}'


def _write_error(exc_info: Any) -> None:
    kind, _, trace = exc_info
    structlog.get_logger().error(
        "error",
        at=collaborators().clock.now().isoformat(),
        method=request.method,
        route=_route(),
        kind=kind.__name__,
        # Without the message, as everywhere.
        where=_where(trace),
    )


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "-"
