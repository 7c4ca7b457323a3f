"""`flask photos`: whether all bytes are there, tidying now, and a client's photos in one file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import IO

import click
from flask.cli import AppGroup

from webapp.cli import collaborators
from webapp.domain.photo_faults import StoreUnreachableError
from webapp.services import photo_export, photo_sweep
from webapp.services.notice_report import UnknownClient

group = AppGroup("photos", help="The bytes of photos, and the rows that lead to them.")
UNREACHABLE = "The store of photos does not answer: check LIFTDAY_PHOTO_STORE and its credentials."


@group.command("verify")
def verify() -> None:
    """Read every file and compare it with its row; changes nothing, fails where one is wrong."""
    try:
        found = photo_sweep.verify(collaborators())
    except StoreUnreachableError as error:
        raise click.ClickException(UNREACHABLE) from error
    for words, keys in (("missing", found.missing), ("damaged", found.damaged)):
        for key in keys:
            click.echo(f"{words}: {key}")
    click.echo(
        f"{found.photos} photos, {found.objects} files; {len(found.missing)} missing, "
        f"{len(found.damaged)} damaged, {found.orphans} without a row."
    )
    if not found.is_whole:
        raise click.exceptions.Exit(1)


@group.command("prune")
def prune() -> None:
    """Empty the bin of what is over, and remove files that no row leads to; what the worker does
    once a day."""
    try:
        swept = photo_sweep.sweep(collaborators(), is_thorough=True)
    except StoreUnreachableError as error:
        raise click.ClickException(UNREACHABLE) from error
    click.echo(
        f"{swept.erased} photos erased, {swept.orphans} files without a row removed, "
        f"{swept.unfinished} unfinished files removed; {swept.missing} photos have lost their "
        f"file, of {swept.remade} the sizes are made again."
    )


@group.command("export")
@click.argument("client")
@click.option("--to", default="-", show_default=True, help="The file to write; - is the output.")
def export(client: str, to: str) -> None:
    """Write a zip with all photos of CLIENT (code or number) and what is known of them."""
    try:
        if to == "-":
            _export(client, sys.stdout.buffer)
        else:
            with _private(Path(to)) as file:
                _export(client, file)
    except UnknownClient as error:
        raise click.ClickException(f"No client has the code or number {client!r}.") from error
    except StoreUnreachableError as error:
        raise click.ClickException(UNREACHABLE) from error
    except FileExistsError as error:
        raise click.ClickException(f"{to} is there already: name another file.") from error


def _export(client: str, file: IO[bytes]) -> None:
    done = photo_export.export_of(collaborators(), client, file)
    click.echo(f"{done.photos} photos, {done.missing} without their file.", err=True)


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else on the machine may read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    return os.fdopen(os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR), "wb")
