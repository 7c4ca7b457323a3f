"""The application with shorter spans, so that a test need not wait for them to pass."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial

import webapp
from config import Settings
from webapp.gateways.push.workbench import PushSettings
from webapp.persistence import sqlite
from webapp.services import delivering

TOTAL, LEASE, BUSY = (
    float(os.environ[f"FAULTS_{name}"]) for name in ("TOTAL_SECONDS", "LEASE_SECONDS", "BUSY")
)
vars(webapp)["PushSettings"] = partial(PushSettings, total=TOTAL)
delivering.LEASE_SPAN = timedelta(seconds=LEASE)
BUSY_TIMEOUT = f"PRAGMA busy_timeout = {BUSY * 1000:.0f}"
sqlite.PRAGMAS = (*sqlite.PRAGMAS, BUSY_TIMEOUT)  # type: ignore[assignment]
app = webapp.create_app(Settings.from_env())
