"""The floors of the house: who may import whom, and who may read the outer world."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import Module, imports, python_modules, webapp_modules

MAY_IMPORT = {
    "webapp.domain": {"webapp.domain"},
    "webapp.persistence": {"webapp.persistence", "webapp.domain"},
    "webapp.gateways": {"webapp.gateways", "webapp.domain"},
    "webapp.protocols": {"webapp.protocols", "webapp.domain"},
    "webapp.services": {
        "webapp.services",
        "webapp.persistence",
        "webapp.protocols",
        "webapp.domain",
    },
    "webapp.web": {"webapp.web", "webapp.services", "webapp.domain", "config"},
    "webapp.cli": {"webapp.cli", "webapp.services", "webapp.domain", "config"},
    "webapp.worker": {"webapp.services", "webapp.domain"},
}
# The engine's own command needs the protocol files and nothing else: no service, no database.
EXCEPTIONS = {("webapp/cli/aftercare.py", "webapp.protocols.loader")}
CLOCK = "webapp/gateways/clock.py"
READS_OF_TIME = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
CLOCKS = {"datetime", "date", "time", "dt"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
FRAMEWORKS = ("flask", "sqlalchemy", "pydantic", "os", "pathlib", "requests", "logging")


def floor_of(path: str) -> str:
    dotted = path.removesuffix(".py").replace("/", ".")
    return next((floor for floor in MAY_IMPORT if dotted.startswith(floor)), "")


@pytest.mark.parametrize("module", webapp_modules(), ids=lambda module: module.path)
def test_a_floor_imports_only_what_lies_below_it(module: Module) -> None:
    floor = floor_of(module.path)
    if not floor:
        assert module.path == "webapp/__init__.py"
        return
    ours = [name for name in imports(module) if name.startswith(("webapp.", "config"))]
    wrong = [
        name
        for name in ours
        if not any(name.startswith(allowed) for allowed in MAY_IMPORT[floor])
        and not any(module.path == path and name.startswith(ok) for path, ok in EXCEPTIONS)
    ]
    assert wrong == [], f"{module.path} may import {sorted(MAY_IMPORT[floor])} only"


def test_the_core_knows_no_framework_and_no_outer_world() -> None:
    wrong = [
        (module.path, name)
        for module in webapp_modules()
        if module.path.startswith("webapp/domain/")
        for name in imports(module)
        if name.split(".")[0] in FRAMEWORKS
    ]
    assert wrong == []


def _reads_time(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in READS_OF_TIME
        and isinstance(node.value, ast.Name)
        and node.value.id in CLOCKS
    )


def test_only_the_clock_reads_the_time() -> None:
    readers = {
        module.path
        for module in webapp_modules()
        if any(_reads_time(node) for node in ast.walk(module.tree))
    }
    assert readers == {CLOCK}


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        module.path
        for module in python_modules()
        if module.path.startswith("webapp/") or module.path in ("config.py", "wsgi.py")
        if any(name in module.text for name in ("os.environ", "os.getenv"))
    }
    assert readers == {"config.py"}


def test_no_file_is_named_after_nothing() -> None:
    names = {module.path.rpartition("/")[2].removesuffix(".py") for module in python_modules()}
    assert names & FORBIDDEN_NAMES == set()


def test_only_one_module_speaks_sqlite() -> None:
    speakers = {
        module.path
        for module in webapp_modules()
        if any(word in module.text for word in ("PRAGMA", "BEGIN IMMEDIATE", "sqlalchemy.dialects"))
    }
    assert speakers <= {"webapp/persistence/sqlite.py"}


@pytest.mark.parametrize(
    ("package", "door"),
    [
        ("huey", "webapp/gateways/jobs.py"),
        ("icalendar", "webapp/web/presenters/ics.py"),
        ("obstore", "webapp/gateways/photos/store.py"),
        ("pillow_heif", "webapp/gateways/photos/child.py"),
        ("segno", "webapp/web/presenters/qr.py"),
    ],
)
def test_a_library_stands_behind_one_file(package: str, door: str) -> None:
    users = {
        module.path
        for module in webapp_modules()
        if any(name.split(".")[0] == package for name in imports(module))
    }
    assert users == {door}


def test_pillow_draws_in_one_file_and_decodes_in_a_process_of_its_own_alone() -> None:
    users = {
        module.path
        for module in webapp_modules()
        if any(name.split(".")[0] == "PIL" for name in imports(module))
    }
    assert users == {"webapp/gateways/icons.py", "webapp/gateways/photos/child.py"}
    importers = {
        module.path
        for module in webapp_modules()
        if any(name.startswith("webapp.gateways.photos.child") for name in imports(module))
    }
    assert importers == set()
