"""`flask owner`: the ways in that only the server's own terminal gives."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from webapp.cli import collaborators
from webapp.services import invitations, second_factors
from webapp.services.errors import NotFoundError
from webapp.services.invitations import MadeInvitation, OwnerExistsError

group = AppGroup("owner", help="The owner's ways in: one-time links, and a lost second factor.")


@group.command("link")
def link() -> None:
    """Print the link by which the first owner sets the clinic up."""
    try:
        _print(invitations.make_owner_link(collaborators()))
    except OwnerExistsError as error:
        raise click.ClickException(
            "This clinic has an owner. For a new password: flask owner reset E-MAIL"
        ) from error


@group.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Print a link by which the owner with this e-mail address chooses a new password."""
    try:
        _print(invitations.make_owner_reset_link(collaborators(), email))
    except NotFoundError as error:
        raise click.ClickException("No owner signs in with this e-mail address.") from error


@group.command("reset-factors")
@click.argument("email")
def reset_factors(email: str) -> None:
    """Take app, passkeys and recovery codes from the owner with this e-mail address.

    All their devices are signed out; the password stays.
    """
    try:
        second_factors.reset_owner(collaborators(), email)
    except NotFoundError as error:
        raise click.ClickException("No owner signs in with this e-mail address.") from error
    click.echo("Taken away: the password is enough until a new one is set up.")


def _print(made: MadeInvitation) -> None:
    settings: Settings = current_app.extensions["settings"]
    click.echo(f"{settings.base_url.rstrip('/')}{made.path}")
