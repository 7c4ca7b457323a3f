"""Static files: named by their content, compressed, kept for ever."""

import gzip
import re

import brotli
import pytest
from flask.testing import FlaskClient

from webapp.domain.colour import accent_pair
from webapp.web.assets import FOREVER, asset_url, style_url

STYLE = style_url("#0f766e")
CONTENT_TYPES = {
    "app-0f766e.css": "text/css",
    "js/main.js": "text/javascript",
    "icons/icon.svg": "image/svg+xml",
}


@pytest.mark.parametrize(("path", "content_type"), CONTENT_TYPES.items())
def test_a_file_of_this_release_may_be_kept_for_ever(
    browser: FlaskClient, path: str, content_type: str
) -> None:
    answer = browser.get(asset_url(path))
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.content_type.startswith(content_type)


def test_a_file_of_another_release_may_not(browser: FlaskClient) -> None:
    answer = browser.get("/assets/000000000000/app-0f766e.css")
    assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_compressed_file_unpacks_to_the_plain_one(
    browser: FlaskClient, encoding: str, unpack: object
) -> None:
    packed = browser.get(STYLE, headers={"Accept-Encoding": encoding})
    plain = browser.get(STYLE)
    assert packed.headers["Content-Encoding"] == encoding
    assert unpack(packed.data) == plain.data  # type: ignore[operator]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("path", ["nothing.css", "../config.py", "%2e%2e/config.py", "css/"])
def test_what_is_no_static_file_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(asset_url(path)).status_code == 404


def test_the_accent_colour_comes_with_everything_else_that_dresses_a_page(
    browser: FlaskClient,
) -> None:
    answer = browser.get(style_url("#FFCC00"))
    light, dark = accent_pair("#ffcc00")
    assert f":root{{--accent-light:{light};--accent-dark:{dark}}}" in answer.text
    assert ".answer" in answer.text
    assert answer.text.count("\n  ") == 0


def test_every_page_asks_for_one_style_sheet(browser: FlaskClient) -> None:
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', browser.get("/sign-in").text)
    assert len(sheets) == 1
    assert browser.get(sheets[0]).headers["Cache-Control"] == FOREVER


def test_what_the_entry_script_cannot_start_without_comes_beside_it(browser: FlaskClient) -> None:
    beside = re.findall(r'rel="modulepreload" href="([^"]+)"', browser.get("/sign-in").text)
    assert beside == [asset_url(f"js/lib/{name}.js") for name in ("offer", "refresh", "present")]


@pytest.mark.parametrize("colour", ["red", "12345", "}body{x", "ffffff0"])
def test_what_is_no_colour_has_no_style_sheet(browser: FlaskClient, colour: str) -> None:
    assert browser.get(style_url(colour)).status_code == 404
