"""Firefox as the machine has it: a fresh profile, a process, and a port to drive it through."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.journeys.push.marionette import Marionette, MarionetteError
from tests.journeys.push.phones import ZONE

NAMES = ("firefox-esr", "firefox")
START_SECONDS = 120.0
STOP_SECONDS = 30.0
WAIT_SECONDS = 0.05
# Nothing listens there: whatever is not on this machine fails at once.
CLOSED_PORT = 9
PREFERENCES = {
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.connection.enabled": True,
    "dom.push.retryBaseInterval": 100,
    "permissions.default.desktop-notification": 1,
    # Firefox draws notifications itself, in windows of its own that can be read and clicked.
    "alerts.useSystemBackend": False,
    # Otherwise it obeys no `client.focus()` of a worker.
    "focusmanager.testmode": False,
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": CLOSED_PORT,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": CLOSED_PORT,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "intl.accept_languages": "en-GB, en",
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "app.normandy.enabled": False,
    "toolkit.legacyUserProfileCustomizations.stylesheets": True,
}
# A notification stays until somebody clicks; Firefox would take it away after twenty seconds.
LASTING = "#alertBox[animate] { animation-duration: 36000s !important; }\n"
# Nothing of the person's own session reaches it: no screen, no message bus, no settings.
KEPT = ("PATH", "LANG", "TMPDIR")
# So that no Firefox outlives tests that were killed themselves.
WITH_US = ("setpriv", "--pdeathsig", "KILL")


class FirefoxProcess:
    """One running Firefox. `stop` ends all of its processes, whatever they are doing."""

    def __init__(self, folder: Path, push_address: str) -> None:
        self._folder = folder
        self._profile = folder / "profile"
        self._make_profile(push_address)

    def start(self) -> Marionette:
        """Start it; ready to be driven, or gone again."""
        command = [*(WITH_US if shutil.which(WITH_US[0]) else ()), _path(), "--headless"]
        command += ["--no-remote", "--profile", str(self._profile)]
        command += ["--marionette", "--remote-allow-system-access"]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"HOME": str(self._folder), "TZ": ZONE, "MOZ_CRASHREPORTER_DISABLE": "1"}
        with (self._folder / "said.txt").open("w", encoding="utf-8") as said:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._marionette = Marionette(self._chosen_port())
        except BaseException:
            self._kill()
            raise
        return self._marionette

    def stop(self) -> None:
        """Ask it to quit, then make sure."""
        with suppress(MarionetteError, OSError):
            self._marionette.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._marionette.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _make_profile(self, push_address: str) -> None:
        preferences = PREFERENCES | {"dom.push.serverURL": push_address}
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in preferences.items()]
        (self._profile / "chrome").mkdir(parents=True)
        (self._profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        (self._profile / "chrome" / "userChrome.css").write_text(LASTING, encoding="utf-8")

    def _chosen_port(self) -> int:
        """The port that Firefox chose, once it has written it down."""
        port_file = self._profile / "MarionetteActivePort"
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self._process.poll() is None, self._said
            if port_file.exists() and (text := port_file.read_text(encoding="ascii")):
                return int(text)
            time.sleep(WAIT_SECONDS)
        raise AssertionError(f"Firefox did not start: {self._said}")

    @property
    def _said(self) -> str:
        return (self._folder / "said.txt").read_text(encoding="utf-8")


def _path() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"no Firefox on this machine: install {NAMES[0]}"
    return found
