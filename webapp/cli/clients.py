"""`flask clients`: erasing or restricting one client, and doing it again after a restore."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup

from webapp.cli import collaborators
from webapp.services import erasing
from webapp.services.erasing import ErasingRefused
from webapp.services.errors import NotFoundError

group = AppGroup("clients", help="The end of one client's record.")
REASON = "Give a reason of 3 to 500 characters, without the client's name."


@group.command("erase")
@click.argument("client")
@click.option("--reason", required=True, help="Why; kept for good, so name nobody.")
@click.confirmation_option(prompt="Everything of this client is removed for good. Go on?")
def erase(client: str, reason: str) -> None:
    """Remove everything of CLIENT (code or number) for good."""
    _end(erasing.erase, client, reason)
    click.echo("Erased.")


@group.command("restrict")
@click.argument("client")
@click.option("--reason", required=True, help="Why; kept for good, so name nobody.")
def restrict(client: str, reason: str) -> None:
    """Keep the record of CLIENT (code or number), and let nobody use it."""
    _end(erasing.restrict, client, reason)
    click.echo("Restricted.")


@group.command("reapply-tombstones")
def reapply() -> None:
    """After an older backup was put back: erase and restrict again what was decided since."""
    done = erasing.reapply(collaborators())
    click.echo(
        f"{done.known} decisions known; {done.erased} clients erased again, "
        f"{done.restricted} restricted again."
    )


def _end(act: Callable[..., None], client: str, reason: str) -> None:
    try:
        act(collaborators(), None, erasing.client_named(client), reason)
    except NotFoundError as error:
        message = f"No client has the code or number {client!r}, or it was done before."
        raise click.ClickException(message) from error
    except ErasingRefused as error:
        raise click.ClickException(REASON) from error
