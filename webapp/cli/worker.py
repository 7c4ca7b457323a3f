"""`flask worker run`: the background process alone, beside any server."""

from __future__ import annotations

import signal

import click
from flask import Flask, current_app

LOOK_SECONDS = 0.2


@click.group("worker")
def group() -> None:
    """The background process."""


@group.command("run")
def run() -> None:
    """Tell and deliver what is due until SIGTERM or Ctrl-C; then settle and end."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # A handler runs between any two steps of this very thread, and must not wait for a lock that
    # the thread may hold: it does no more than to note the signal.
    asked_to_end: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked_to_end.append(number))
    worker = app.extensions["start_worker"](app)
    click.echo("The worker runs.")
    while worker.is_alive() and not asked_to_end:
        worker.join(LOOK_SECONDS)
    worker.stop()
    if not asked_to_end:
        # Whoever watches this process starts another one.
        raise click.ClickException("The worker ended by itself; its last lines say why.")
