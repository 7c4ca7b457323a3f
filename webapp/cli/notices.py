"""`flask notices`: what is due, what became of it, and planning it again."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from webapp.cli import collaborators
from webapp.services import notice_report, noticing, sending
from webapp.services.notice_report import NoticeLine

group = AppGroup("notices", help="What clients and staff are told.")


@group.command("due")
def due() -> None:
    """List what is due, and what falls due within two days. Instants are UTC."""
    for line in notice_report.due(collaborators()):
        click.echo(f"{_at(line.due_at)}  {line.client or 'staff':8} {_words(line)}")


@group.command("explain")
@click.argument("client")
def explain(client: str) -> None:
    """Tell what became of every notice of CLIENT (code or number)."""
    try:
        for line, deliveries in notice_report.explain(client):
            click.echo(f"{_at(line.at)}  {_words(line)}: {_state(line)}")
            for delivery, attempts in deliveries:
                click.echo(f"    to {delivery.origin}: {delivery.state}")
                for attempt in attempts:
                    result = f"{attempt.outcome} ({attempt.status_class})"
                    click.echo(f"        {_at(attempt.at)}  {result}, {attempt.milliseconds} ms")
    except notice_report.UnknownClient as error:
        raise click.ClickException(f"No client has the code or number {client!r}.") from error


@group.command("replay")
def replay() -> None:
    """Plan the notices of every course again; changes nothing that was planned already."""
    click.echo(f"{noticing.replay(collaborators())} courses planned.")


@group.command("release")
def release() -> None:
    """Let sending go on after it was held because the clock jumped."""
    is_released = sending.release(collaborators(), None)
    click.echo("Sending goes on." if is_released else "Sending was not held.")


def _words(line: NoticeLine) -> str:
    session = f", session {line.session_number}" if line.session_number else ""
    return f"{line.kind}{session}"


def _state(line: NoticeLine) -> str:
    if line.told_at is None:
        return f"{line.state}, due {_at(line.due_at)}"
    only = ", in the inbox alone" if line.is_inbox_only else ""
    read = f", read {_at(line.read_at)}" if line.read_at else ""
    return f"{line.state} {_at(line.told_at)}{only}{read}"


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}Z"
