"""How claiming and settling 500 due deliveries grows with the outbox, on SQLite: JSON lines.

    python -m benchmarks.claim

Two outboxes, one of 100,000 and one of 1,000,000 rows, take turns; everything but the 500 is
settled long since or due much later. `ratio` is the median of the turns' wall time beside the
smaller outbox.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import delete, insert

from config import Settings
from webapp import create_app
from webapp.persistence import outbox
from webapp.persistence.database import db, migrate_to_newest, writing
from webapp.persistence.outbox import Settlement
from webapp.persistence.tables import Account, Delivery

SIZES = (100_000, 1_000_000)
DUE = 500
TURNS, WARM_UPS = 15, 2
BULK = 50_000
NOW = datetime(2026, 3, 7, 12, 30, tzinfo=UTC)
ORIGIN = "https://push.test"
LATER_SHARE = 20  # one row of so many is due later, the others are settled


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        apps = [_outbox(Path(name) / str(size), size) for size in SIZES]
        spans: list[list[float]] = [[], []]
        for turn in range(-WARM_UPS, TURNS):
            for app, measured in zip(apps, spans, strict=True):
                span = _turn(app)
                if turn >= 0:
                    measured.append(span)
        for size, measured in zip(SIZES, spans, strict=True):
            ratios = [one / small for one, small in zip(measured, spans[0], strict=True)]
            line = {
                "name": f"claim-and-settle-{size}",
                "ratio": round(statistics.median(ratios), 2),
                "unit": f"× {SIZES[0]} rows",
                "milliseconds": round(statistics.median(measured) * 1000, 1),
            }
            print(json.dumps(line, ensure_ascii=False))


def _outbox(folder: Path, size: int) -> Flask:
    folder.mkdir()
    settings = Settings(
        mode="test",
        secret_key="a-secret-for-benchmarks-that-is-long-enough",
        data_folder=folder,
        database_url=f"sqlite:///{folder / 'outbox.sqlite'}",
    )
    app = create_app(settings)
    with app.app_context():
        migrate_to_newest()
        with writing() as writer:
            writer.add(Account(id=1, role="client", name="A", created_at=NOW))
        for first in range(0, size, BULK):
            with writing() as writer:
                rows = [_row(number) for number in range(first, first + BULK)]
                writer.execute(insert(Delivery), rows)
    return app


def _row(number: int) -> dict[str, Any]:
    is_later = number % LATER_SHARE == 0
    at = NOW + timedelta(minutes=number % 40_000 + 60) * (1 if is_later else -1)
    return {
        "account_id": 1,
        "subscription_id": number % 10_000,
        "origin": ORIGIN,
        "state": "pending" if is_later else "accepted",
        "due_at": at,
        "expires_at": at + timedelta(days=1),
        "attempts": 0 if is_later else 1,
        "created_at": at,
        "settled_at": None if is_later else at,
    }


def _turn(app: Flask) -> float:
    """Seconds that claiming and settling took."""
    with app.app_context(), _due() as ids:
        began = time.perf_counter()
        with writing() as writer:
            lease = (NOW, NOW + timedelta(minutes=1), "me")
            claimed = outbox.claim(writer, ORIGIN, lease, DUE)
        settled = [Settlement(one.id, "accepted", 1, NOW, NOW) for one in claimed]
        with writing() as writer:
            outbox.settle(writer, "me", settled)
        span = time.perf_counter() - began
        assert [one.id for one in claimed] == ids
        return span


@contextmanager
def _due() -> Iterator[list[int]]:
    """Rows that are due just now, and gone afterwards."""
    with writing() as writer:
        row = _row(0) | {"due_at": NOW}
        statement = insert(Delivery).returning(Delivery.id, sort_by_parameter_order=True)
        ids = list(writer.scalars(statement, [dict(row) for _ in range(DUE)]))
    yield ids
    with writing() as writer:
        writer.execute(delete(Delivery).where(Delivery.id.in_(ids)))
    db.session.remove()


if __name__ == "__main__":
    main()
