"""Reads protocol files and refuses nonsense, saying which file, which key and what to do."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from webapp.domain.protocol import Protocol
from webapp.protocols.schema import ProtocolFile

_WISHES = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not known here; remove it or correct its name",
    "too_short": "is empty; give at least one",
    "string_too_short": "is empty; fill it in",
}

FOLDER = Path(__file__).parent


class ProtocolFileError(Exception):
    """A protocol file that must not be used. The message names the file, the keys and the cure."""


@cache
def protocols() -> Mapping[str, Protocol]:
    """The newest version of every protocol there is, by its id; read once.

    Raises `ProtocolFileError` for the first file that is not in order.
    """
    return MappingProxyType(newest_of(FOLDER))


def newest_of(folder: Path) -> dict[str, Protocol]:
    """The newest version of every protocol in a folder, by its id."""
    found = [load(path) for path in folder.glob("*.toml")]
    return {protocol.id: protocol for protocol in sorted(found, key=lambda p: p.version)}


def protocol_version(protocol_id: str, version: int) -> Protocol:
    """One version of a protocol: a course keeps the one it began with."""
    return load(FOLDER / f"{protocol_id}-{version}.toml")


@cache
def load(path: Path) -> Protocol:
    """The protocol in one file, whose name must be its id and version: `smp-1.toml`.

    Raises `ProtocolFileError` if the file cannot be read or is not in order.
    """
    try:
        protocol = ProtocolFile.model_validate(toml_in(path)).protocol()
    except ValidationError as error:
        raise ProtocolFileError(faults_in(path, error)) from error
    if path.stem != f"{protocol.id}-{protocol.version}":
        raise ProtocolFileError(
            f"{path.name}: id and version do not fit the name. "
            f"Call the file {protocol.id}-{protocol.version}.toml."
        )
    return protocol


def toml_in(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises `ProtocolFileError` if it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProtocolFileError(f"{path.name} cannot be read: {error}. Correct it.") from error


def faults_in(path: Path, error: ValidationError) -> str:
    """One line for each fault: file, key, what is wrong and what to do."""
    lines = []
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"]) or "the file as a whole"
        wish = _WISHES.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
        lines.append(f"{path.name}: {key}: {wish}")
    return "\n".join(lines)
