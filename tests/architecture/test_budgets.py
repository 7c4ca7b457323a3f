"""The budgets: the largest of each kind is held, not the mean."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import (
    ROOT,
    FunctionNode,
    Module,
    counted_lines,
    files,
    functions,
    python_modules,
)

FUNCTION_LINES = 30
VIEW_LINES = 15
TEST_LINES = 25
PYTHON_LINES = 250
PARAMETERS = 5
LINE_LENGTH = 100
SETTINGS = 20
FILE_BUDGETS = [
    ("templates", ".html", 80),
    ("static", ".js", 120),
    ("static", ".css", 200),
]
SERVICE_WORKER_LINES = 300


def _limit(module: Module, function: FunctionNode) -> int:
    if function.name.startswith("test_"):
        return TEST_LINES
    is_view = module.path.startswith("webapp/web/views/") and _is_route(function)
    return VIEW_LINES if is_view else FUNCTION_LINES


def _is_route(function: FunctionNode) -> bool:
    return any("blueprint." in _words(d) for d in function.decorator_list)


def _words(node: ast.expr) -> str:
    return ast.unparse(node)


@pytest.mark.parametrize("module", python_modules(), ids=lambda module: module.path)
def test_functions_stay_within_their_lines(module: Module) -> None:
    too_long = {
        function.name: counted_lines(function, module.text)
        for function in functions(module)
        if counted_lines(function, module.text) > _limit(module, function)
    }
    assert too_long == {}


@pytest.mark.parametrize("module", python_modules(), ids=lambda module: module.path)
def test_python_files_stay_within_their_lines(module: Module) -> None:
    assert counted_lines(module.tree, module.text) <= PYTHON_LINES


def _parameters(function: FunctionNode) -> int:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([a for a in named if a.arg not in ("self", "cls")])


def test_functions_take_few_parameters() -> None:
    greedy = {
        (module.path, function.name): _parameters(function)
        for module in python_modules()
        for function in functions(module)
        if _parameters(function) > PARAMETERS and not function.name.startswith("test_")
    }
    assert greedy == {}


@pytest.mark.parametrize(("folder", "ending", "most"), FILE_BUDGETS)
def test_files_of_a_page_stay_within_their_lines(folder: str, ending: str, most: int) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(folder, ending)
    }
    assert lengths, f"no {ending} below {folder}"
    assert {path: lines for path, lines in lengths.items() if lines > most} == {}


def test_the_whole_service_worker_stays_small() -> None:
    lines = [
        len(p.read_text(encoding="utf-8").splitlines()) for p in files("service_worker", ".js")
    ]
    assert sum(lines) <= SERVICE_WORKER_LINES


def test_no_line_is_too_long() -> None:
    pages = [path for folder, ending, _ in FILE_BUDGETS for path in files(folder, ending)]
    python = [ROOT / module.path for module in python_modules()]
    too_long = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*python, *pages]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE_LENGTH
    }
    assert too_long == set()


def test_there_are_few_settings() -> None:
    text = (ROOT / "config.py").read_text(encoding="utf-8")
    names = set(re.findall(r'read\.\w+\("([A-Z_]+)"', text))
    assert 0 < len(names) <= SETTINGS


def test_templates_have_no_inline_script_or_style() -> None:
    offending = {
        path.relative_to(ROOT).as_posix()
        for path in files("templates", ".html")
        if re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", path.read_text("utf-8"))
    }
    assert offending == set()
