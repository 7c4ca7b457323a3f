"""What a client's pages cost, beside a bare Flask view, in one process: JSON lines.

    python -m benchmarks.web

Raw WSGI calls with prepared environs, bodies consumed. Each request is another one of a thousand
clients; the sign-in is looked up in the database each time, and no client's page is kept. The bare
view writes no line to a log, so ours does not either, save in `today-logged`, which shows what the
line costs. The measurements take turns, so that a busy machine slows all of them alike; each ratio
is the median of the ratios of the turns.
"""

from __future__ import annotations

import gc
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks._web_clinic import NOW, NowClock, a_thousand_clients
from config import Settings
from webapp import create_app
from webapp.domain.plan import plan_for
from webapp.persistence.database import db
from webapp.services import today

TURNS = 40
CALLS_A_TURN = 50
Environ = dict[str, Any]


def bare() -> Flask:
    """The measure of all things: the least that Flask can be asked for."""
    app = Flask("hello")

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(_settings(Path(folder)), NowClock())
        with app.app_context():
            db.create_all()
            tokens = a_thousand_clients()
        hello = bare()
        plain = [_environ("/", token) for token in tokens]
        switches = [_environ("/switches.json", token) for token in tokens]
        known = [_known(app, environ) for environ in plain]
        _print(
            {
                "hello": lambda turn: _turn(hello, plain, turn, "200"),
                "today": lambda turn: _turn(app, plain, turn, "200"),
                "today-logged": lambda turn: _logged_turn(app, plain, turn),
                "switches": lambda turn: _turn(app, switches, turn, "200"),
                "not-modified": lambda turn: _turn(app, known, turn, "304"),
            }
        )
        with app.app_context():
            _say("plan", _plan_microseconds(), "µs")
            db.engine.dispose()


def _settings(folder: Path) -> Settings:
    return Settings(
        mode="test",
        secret_key="benchmarks-need-no-secret-at-all",
        data_folder=folder,
        database_url=f"sqlite:///{folder / 'web.sqlite'}",
        base_url="http://localhost",
        log_level="ERROR",
    )


def _environ(path: str, token: str, tag: str = "") -> Environ:
    environ: Environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": f"liftday={token}",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    return environ | ({"HTTP_IF_NONE_MATCH": tag} if tag else {})


def _known(app: Flask, environ: Environ) -> Environ:
    """The same request, by a browser that has the page already."""
    headers = dict(_call(app, environ)[1])
    return environ | {"HTTP_IF_NONE_MATCH": headers["ETag"]}


def _call(app: Flask, environ: Environ) -> tuple[str, list[tuple[str, str]]]:
    answered: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        answered.extend((status, headers))

    body: Iterable[bytes] = app.wsgi_app(dict(environ), start)
    for _ in body:
        pass
    if hasattr(body, "close"):
        body.close()
    return answered[0], answered[1]


def _turn(app: Flask, environs: list[Environ], turn: int, status: str) -> float:
    """Seconds of processor time for one turn of calls, each for the next client."""
    first = turn * CALLS_A_TURN % len(environs)
    mine = environs[first : first + CALLS_A_TURN]
    began = time.process_time()
    answers = [_call(app, environ)[0] for environ in mine]
    took = time.process_time() - began
    assert all(answer.startswith(status) for answer in answers), answers[0]
    return took


def _logged_turn(app: Flask, environs: list[Environ], turn: int) -> float:
    """The same with the line that a server writes for every request."""
    quiet = app.extensions["settings"]
    app.extensions["settings"] = replace(quiet, log_level="INFO")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        took = _turn(app, environs, turn, "200")
    app.extensions["settings"] = quiet
    return took


def _print(measured: dict[str, Callable[[int], float]]) -> None:
    gc.collect()
    gc.freeze()
    ratios: dict[str, list[float]] = {name: [] for name in measured}
    for turn in range(-3, TURNS):
        took = {name: measure(turn) for name, measure in measured.items()}
        for name in measured if turn >= 0 else ():
            ratios[name].append(took[name] / took["hello"])
    for name, found in ratios.items():
        _say(name, statistics.median(found), "× hello")


def _plan_microseconds() -> float:
    """The computation alone: a plan, and the answers of all activities at one instant."""
    plans = [facts.plan for n in range(1, 101) if (facts := today.facts_of(n, NOW)) and facts.plan]
    took = []
    for _ in range(20):
        began = time.process_time()
        for plan in plans:
            plan_for(plan.protocol, plan.course, NOW).answers_at(NOW)
        took.append((time.process_time() - began) / len(plans))
    return statistics.median(took) * 1_000_000


def _say(name: str, ratio: float, unit: str) -> None:
    print(json.dumps({"name": name, "ratio": round(ratio, 2), "unit": unit}, ensure_ascii=False))


if __name__ == "__main__":
    main()
