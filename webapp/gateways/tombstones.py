"""The file of tombstones: it lies beside the database, and only grows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

OWNER_ONLY = 0o600


class TombstoneFile:
    """Lines of text in a file for its owner's eyes only; made with its first line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> list[str]:
        """Every whole line, the oldest first. One that a lost machine left half written has no
        end, and is none."""
        if not self._path.exists():
            return []
        whole = self._path.read_text(encoding="utf-8").rpartition("\n")[0]
        return [line for line in whole.split("\n") if line]

    def add(self, lines: Sequence[str]) -> None:
        """Add lines, on the disk when this returns. Raises OSError."""
        if not lines:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        with os.fdopen(os.open(self._path, flags, OWNER_ONLY), "ab") as file:
            # What was left half written is shut off from what comes now.
            begin = "" if self._is_whole() else "\n"
            file.write((begin + "".join(f"{line}\n" for line in lines)).encode())
            file.flush()
            os.fsync(file.fileno())

    def _is_whole(self) -> bool:
        text = self._path.read_bytes()
        return not text or text.endswith(b"\n")
