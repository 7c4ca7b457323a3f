"""The whole worker's way of a notice: told, claimed, proved, worded, encrypted, sent, settled."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from benchmarks._push_clinic import NOW, open_clinic
from config import Settings
from webapp import create_app
from webapp.persistence.database import db, migrate_to_newest
from webapp.services.delivering import deliver
from webapp.services.ports import Collaborators, PushSender
from webapp.services.telling import tell_due


class WholeWorker:
    """A clinic with so many clients in a fresh folder, and one lane that delivers to the sink."""

    def __init__(self, folder: Path, authorities: Path, port: int, clients: int) -> None:
        self._origin = f"https://localhost:{port}"
        settings = Settings(
            mode="test",
            secret_key="a-secret-for-benchmarks-that-is-long-enough",
            data_folder=folder,
            database_url=f"sqlite:///{folder / 'clinic.sqlite'}",
            push_hosts=f"localhost:{port}",
            push_ca_file=authorities,
        )
        self._app: Flask = create_app(settings)
        self._with: Collaborators = self._app.extensions["collaborators"]
        self._with.push_keys.ensure()
        with self._app.app_context():
            migrate_to_newest()
            open_clinic(clients, self._origin, self._with.push_keys.current_id())
        self._sender: PushSender = self._with.push.open()

    def work(self, count: int) -> None:
        """Tell and deliver so many notices, each of another course."""
        delivered = 0
        with self._app.app_context():
            while delivered < count:
                tell_due(self._with, NOW)
                claimed = deliver(self._with, self._sender, self._origin, NOW)
                assert claimed, "the clinic has no more clients"
                delivered += claimed
        assert delivered == count, delivered

    def close(self) -> None:
        """End the connections."""
        self._sender.close()
        with self._app.app_context():
            db.engine.dispose()
