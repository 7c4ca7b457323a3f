"""Which numbers may stand in an address."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumberConverter(IntegerConverter):
    """`<int:…>`: up to nine plain digits. Anything longer is no row of ours, and some databases
    cannot even be asked for it; digits of other scripts would give one page many addresses."""

    regex = r"[0-9]{1,9}"


def init_app(app: Flask) -> None:
    """Read numbers in addresses so; before the first route is added."""
    app.url_map.converters["int"] = RowNumberConverter
