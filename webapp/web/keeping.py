"""How often it is offered to keep the app on the phone; static/js/lib/keeping.js goes by it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

# From a first "Not now" until it is offered once more, for the last time.
PAUSE_SPAN = timedelta(days=3)


def init_app(app: Flask) -> None:
    """Let templates hand the pause to scripts, in milliseconds as these count."""
    app.jinja_env.globals["install_pause"] = PAUSE_SPAN // timedelta(milliseconds=1)
