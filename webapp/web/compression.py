"""Compression of pages, for the views that ask for it.

A page that repeats what was typed beside something secret is never compressed: its length would
tell the secret. So compression is declared view by view, not switched on for all.
"""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

_compress = Compress()
compressed = _compress.compressed


def init_app(app: Flask) -> None:
    """Prepare the decorator `compressed()`; it compresses answers of 1 KB and more."""
    app.config["COMPRESS_REGISTER"] = False
    app.config["COMPRESS_MIN_SIZE"] = 1024
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_BR_LEVEL"] = 5
    _compress.init_app(app)
