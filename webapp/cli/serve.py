"""`flask serve`: the whole clinic in one process tree."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from typing import Any

import click
from flask import Flask, current_app
from granian import Granian
from granian.constants import Interfaces

from config import Settings
from webapp.services import demo, demo_photos, invitations, setup
from webapp.services.demo_personas import PERSONAS
from webapp.services.ports import Collaborators

THREADS = 8
LOOPBACK = "127.0.0.1"


@click.command("serve")
@click.option("--host", default=LOOPBACK, show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def group(host: str, port: int) -> None:
    """Prepare the database, say who can sign in, then serve with the worker beside."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.extensions["settings"]
    collaborators: Collaborators = app.extensions["collaborators"]
    setup.prepare(collaborators)
    for line in _greeting(settings, collaborators):
        click.echo(line)
    # A forked child would inherit SQLite's locks in whatever state they are in just then.
    multiprocessing.set_start_method("spawn", force=True)
    # Python ends at once on SIGTERM; as an interrupt it passes through the lines below.
    signal.signal(signal.SIGTERM, _interrupt)
    worker = app.extensions["start_worker"](app)
    try:
        Granian(
            "wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=THREADS,
            log_access=False,
        ).serve()
    finally:
        worker.stop()


def _greeting(settings: Settings, with_: Collaborators) -> Iterator[str]:
    yield f"Liftday serves {settings.base_url}"
    if settings.is_demo and (setup.is_new() or demo.is_here()):
        yield "Staff sign in at /sign-in?to=staff (new passwords at every start):"
        for staff in demo.fill(with_):
            yield f"  {staff.role:10} {staff.email:22} {staff.password}"
        yield "Clients sign in with a code from ./dev demo PERSONA:"
        for persona in PERSONAS:
            yield f"  {persona.key:14} {persona.name}: {persona.tells}"
        demo_photos.soon(with_)
    elif not setup.has_owner():
        made = invitations.make_owner_link(with_)
        yield f"Set the clinic up within 24 hours: {settings.base_url}{made.path}"


def _interrupt(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
