"""Where to go on after a question that came in between."""

from __future__ import annotations

from flask import request, url_for


def onward() -> str:
    """The page named by `next`: an address of our own staff pages, whatever was sent."""
    wanted = request.values.get("next", "")
    is_ours = wanted.startswith("/staff/") and wanted.isascii() and "\\" not in wanted
    return wanted if is_ours and wanted.isprintable() else url_for("settings.show")
