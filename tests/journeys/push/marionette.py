"""Firefox's remote control: commands and answers as JSON, each behind its length, over TCP."""

from __future__ import annotations

import json
import socket
from typing import Any

# Above every wait that Firefox itself is told to keep, so that its own words are what is heard.
LONGEST_ANSWER = 180.0
COMMAND, FAILED = 0, 2


class MarionetteError(Exception):
    """Firefox could not do it; `kind` is WebDriver's word for why, such as `no such element`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Marionette:
    """One conversation with one Firefox: one command at a time."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_ANSWER)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()  # its greeting
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})

    def ask(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        """What Firefox answers to a command. Raises MarionetteError."""
        self._number += 1
        words = json.dumps([COMMAND, self._number, command, parameters or {}]).encode()
        self._socket.sendall(b"%d:%b" % (len(words), words))
        answer = self._read()
        assert answer[1] == self._number, answer
        if answer[FAILED]:
            raise MarionetteError(answer[FAILED]["error"], answer[FAILED]["message"])
        result = answer[3]
        is_wrapped = isinstance(result, dict) and set(result) == {"value"}
        return result["value"] if is_wrapped else result

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            digit = self._stream.read(1)
            if not digit:
                raise ConnectionError("Firefox hung up.")
            size += digit
        return json.loads(self._stream.read(int(size[:-1])))
