"""`./dev bench bytes`: what the first view of Today weighs, by kind, as it travels (Brotli)."""

from __future__ import annotations

import json
import re
import tempfile

from flask.testing import FlaskClient

from config import Settings
from tests.web.scripts import SCRIPTS, scripts_of
from webapp import create_app
from webapp.persistence.database import migrate_to_newest
from webapp.services import demo

BUDGETS = {"html": 8_000, "css": 8_000, "scripts": 8_000, "icons": 1_000}
WORKER_BUDGET = 4_000
ALL_BUDGET, FLIGHT_BUDGET = 25_000, 14_000
BROTLI = {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"LIFTDAY_DATA": folder, "LIFTDAY_LOG_LEVEL": "ERROR"}))
        with app.app_context():
            collaborators = app.extensions["collaborators"]
            migrate_to_newest()
            demo.fill(collaborators)
            code = demo.persona_code(collaborators, "keep-dry").code
        browser = app.test_client()
        _sign_in(browser, code)
        _print(_weights(browser))


def _sign_in(browser: FlaskClient, code: str) -> None:
    browser.post("/sign-in", data={"code": code}, headers=BROTLI)
    browser.post("/privacy", data={"version": "1", "consent": "yes"}, headers=BROTLI)


def _weights(browser: FlaskClient) -> dict[str, int]:
    page = browser.get("/", headers=BROTLI)
    assert page.status_code == 200, page.status
    html = browser.get("/").get_data(as_text=True)
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', html)
    icons = re.findall(r'rel="icon" href="([^"]+)"', html)
    entry = re.findall(r'script type="module" src="([^"]+)"', html)[0]
    prefix = entry.removesuffix("js/main.js")
    scripts = [f"{prefix}js/{path.relative_to(SCRIPTS)}" for path in scripts_of(html)]
    headers = len(str(page.headers).encode())
    return {
        "html": len(page.data),
        "css": sum(_weight(browser, address) for address in styles),
        "scripts": sum(_weight(browser, address) for address in scripts),
        "icons": sum(_weight(browser, address) for address in icons),
        "html-with-headers": len(page.data) + headers,
        "worker": _weight(browser, "/service-worker.js"),
    }


def _weight(browser: FlaskClient, address: str) -> int:
    answer = browser.get(address, headers=BROTLI)
    assert answer.status_code == 200, address
    return len(answer.data)


def _print(weights: dict[str, int]) -> None:
    more = {"html-with-headers": FLIGHT_BUDGET, "worker": WORKER_BUDGET, "all": ALL_BUDGET}
    budgets = BUDGETS | more
    weights["all"] = sum(weights[kind] for kind in BUDGETS)
    for name, value in weights.items():
        line = {"name": name, "value": value, "unit": "bytes", "at most": budgets[name]}
        print(json.dumps(line))


if __name__ == "__main__":
    main()
