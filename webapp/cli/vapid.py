"""`flask vapid`: the keys by which push services know this clinic (RFC 8292)."""

from __future__ import annotations

from collections.abc import Iterable

import click
from flask.cli import AppGroup

from webapp.cli import collaborators
from webapp.services import push_keys
from webapp.services.push_keys import KeyLine

group = AppGroup("vapid", help="The keys by which push services know this clinic.")


@group.command("new")
def new() -> None:
    """Make the first key; one that is there is kept, because phones subscribed with it."""
    collaborators().push_keys.ensure()
    _print(push_keys.every(collaborators()))


@group.command("show")
def show() -> None:
    """List the keys: id, public key, and how many devices subscribed with each."""
    try:
        _print(push_keys.every(collaborators()))
    except KeyError as error:
        raise click.ClickException("There is no key yet: flask vapid new") from error


@group.command("rotate")
def rotate() -> None:
    """Make a new key for new subscriptions. Old keys stay while a device uses them."""
    _print(push_keys.rotate(collaborators()))


def _print(lines: Iterable[KeyLine]) -> None:
    for line in lines:
        mark = "current" if line.is_current else "older"
        click.echo(f"{line.key_id}  {mark:8} {line.devices:5} devices  {line.public_key}")
