"""Which scripts a page loads: its entry, the modules it asks for, and whatever those import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
# Without a tap: what is imported where it stands, and what the entry imports after the load.
IMPORTED = re.compile(r'^import [^"]*"([^"]+)";', re.MULTILINE)
LATER = re.compile(r'import\("(\./lib/[^"]+)"\)')


def scripts_of(html: str) -> list[Path]:
    """Every script that this page loads without anybody touching it, as a file of ours."""
    asked = {
        name
        for names in re.findall(r'data-(?:module|late)="([^"]+)"', html)
        for name in names.split()
    }
    found: set[Path] = set()
    for path in (SCRIPTS / "main.js", *(SCRIPTS / "modules" / f"{name}.js" for name in asked)):
        _follow(path, found)
    return sorted(found)


def _follow(path: Path, found: set[Path]) -> None:
    if path in found:
        return
    found.add(path)
    for imported in _imports(path):
        _follow(imported, found)


def _imports(path: Path) -> Iterator[Path]:
    code = path.read_text(encoding="utf-8")
    for name in [*IMPORTED.findall(code), *LATER.findall(code)]:
        yield (path.parent / name).resolve()
