"""`flask demo`: the demo clinic's clients."""

from __future__ import annotations

from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from webapp.services import demo
from webapp.services.demo_personas import PERSONAS
from webapp.services.ports import Collaborators

group = AppGroup("demo", help="Sign in to the demo clinic (development only).")


@group.command("code")
@click.argument("persona", default="")
def code(persona: str) -> None:
    """Print a fresh sign-in code for PERSONA; without a name, list the personas."""
    settings = cast(Settings, current_app.extensions["settings"])
    if settings.is_production:
        raise click.ClickException("There are no demo clients in production.")
    if not persona:
        for each in PERSONAS:
            click.echo(f"{each.key:15}{each.name}: {each.tells}")
        return
    try:
        made = demo.persona_code(
            cast(Collaborators, current_app.extensions["collaborators"]), persona
        )
    except demo.UnknownPersonaError:
        raise click.ClickException(
            f"The demo has no client {persona!r}: start ./dev run once, or see the list without it."
        ) from None
    click.echo(f"{made.code[:4]} {made.code[4:]}   at {settings.base_url}/sign-in")
    click.echo(f"or open {settings.base_url}{made.path}")
