"""Our own source files, read once, for the tests that hold the house together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON_PLACES = ("webapp", "tests", "benchmarks", "config.py", "wsgi.py", "dev")


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@cache
def python_modules() -> tuple[Module, ...]:
    """Every Python file of ours but for the migrations, which are generated tables of columns."""
    return tuple(sorted(_modules(), key=lambda module: module.path))


def _modules() -> Iterator[Module]:
    for place in PYTHON_PLACES:
        path = ROOT / place
        files = path.rglob("*.py") if path.is_dir() else [path]
        for file in files:
            text = file.read_text(encoding="utf-8")
            yield Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text))


def webapp_modules() -> tuple[Module, ...]:
    return tuple(m for m in python_modules() if m.path.startswith("webapp/"))


def files(folder: str, *endings: str) -> list[Path]:
    """Files of ours below a top-level folder with one of the endings."""
    return [p for p in sorted((ROOT / folder).rglob("*")) if p.suffix in endings]


def imports(module: Module) -> Iterator[str]:
    """Names of all modules that a file imports, `from a import b` as `a.b`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: Module) -> Iterator[FunctionNode]:
    for node in ast.walk(module.tree):
        if isinstance(node, FunctionNode):
            yield node


def counted_lines(node: ast.Module | FunctionNode, text: str) -> int:
    """Lines of a file or function; docstrings and literal tables do not count."""
    whole = len(text.splitlines()) if isinstance(node, ast.Module) else _span(node)
    return whole - sum(_span(part) for part in _uncounted(node))


def _uncounted(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Dict | ast.List | ast.Tuple | ast.Set) and _span(child) > 1:
            yield child
        elif _is_docstring(child):
            yield child.value  # type: ignore[attr-defined]
        else:
            yield from _uncounted(child)


def _is_docstring(node: ast.AST) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text and isinstance(node.value.value, str)  # type: ignore[attr-defined]


def _span(node: ast.stmt | ast.expr) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
