"""`flask demo`: the demo clinic's clients, and the apps of its staff."""

from __future__ import annotations

from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from webapp.cli import collaborators
from webapp.services import demo, demo_factor
from webapp.services.demo_personas import PERSONAS

group = AppGroup("demo", help="Sign in to the demo clinic (development only).")


@group.command("code")
@click.argument("persona", default="")
def code(persona: str) -> None:
    """Print a fresh sign-in code for PERSONA; without a name, list the personas."""
    settings = _settings()
    if not persona:
        for each in PERSONAS:
            click.echo(f"{each.key:15}{each.name}: {each.tells}")
        return
    try:
        made = demo.persona_code(collaborators(), persona)
    except demo.UnknownPersonaError:
        raise click.ClickException(
            f"The demo has no client {persona!r}: start ./dev run once, or see the list without it."
        ) from None
    click.echo(f"{made.code[:4]} {made.code[4:]}   at {settings.base_url}/sign-in")
    click.echo(f"or open {settings.base_url}{made.path}")


@group.command("factor")
@click.argument("role", type=click.Choice(("owner", "artist", "reception")))
def factor(role: str) -> None:
    """Print the code that an authenticator app of the demo's ROLE shows now.

    At the first time the app is set up; from then on signing in asks for its code too.
    """
    _settings()
    try:
        shown = demo_factor.code_of(collaborators(), role)
    except demo.UnknownPersonaError:
        raise click.ClickException("The demo is not filled yet: start ./dev run once.") from None
    except demo_factor.OwnAppError:
        raise click.ClickException("An app of your own is set up; its codes count.") from None
    click.echo(f"{shown[:3]} {shown[3:]}   works once, for about half a minute")


def _settings() -> Settings:
    settings = cast(Settings, current_app.extensions["settings"])
    if settings.is_production:
        raise click.ClickException("There are no demo clients in production.")
    return settings
