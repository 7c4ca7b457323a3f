"""The service worker as it travels: its modules joined into one plain script.

One file is one request, and a release of it arrives whole or not at all; and browsers that know no
modules in workers run it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from webapp.web.comments import without_comments

ENTRY = Path(__file__).parents[2] / "service_worker" / "main.js"
IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async )?function |const )", re.MULTILINE)


@lru_cache(maxsize=16)
def worker_script(words: tuple[tuple[str, str], ...]) -> str:
    """The whole script; `words` (name, text) are what it says by itself, as its constant WORDS."""
    return f"{_constant(dict(words))}{_joined()}"


def _constant(words: Mapping[str, str]) -> str:
    # In ASCII: nothing in a clinic's name can end a line of the script.
    return f'"use strict";\nconst WORDS = {json.dumps(words)};\n'


@cache
def _joined() -> str:
    return "\n".join(_parts(ENTRY, set()))


def _parts(path: Path, seen: set[Path]) -> Iterator[str]:
    """Every module once, each after those that it imports."""
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    for name in IMPORT.findall(text):
        imported = (path.parent / name).resolve()
        if imported not in seen:
            yield from _parts(imported, seen)
    yield without_comments(EXPORT.sub("", IMPORT.sub("", text)))
