"""Floor 3: commands of `flask --app wsgi`."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask, current_app

from webapp.services.ports import Collaborators


def init_app(app: Flask) -> None:
    """Add the `group` of every module here."""
    for found in pkgutil.iter_modules(__path__):
        app.cli.add_command(importlib.import_module(f"{__name__}.{found.name}").group)


def collaborators() -> Collaborators:
    """The outer world as create_app wired it."""
    found: Collaborators = current_app.extensions["collaborators"]
    return found
