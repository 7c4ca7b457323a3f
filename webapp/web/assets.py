"""Static files: read once, named by their content, compressed once, kept by browsers for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, request

from webapp.domain.colour import accent_pair, is_colour
from webapp.web.access import open_to_everybody
from webapp.web.comments import without_comments

STATIC_FOLDER = Path(__file__).parents[2] / "static"
FOREVER = "public, max-age=31536000, immutable"
WORTH_COMPRESSING = ("text/", "application/javascript", "application/json", "image/svg+xml")
BUNDLE = "app.css"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes and content type."""

    body: bytes
    content_type: str


def init_app(app: Flask) -> None:
    """Serve the files and let templates name them."""
    app.register_blueprint(blueprint)
    app.add_template_global(asset_url)
    app.add_template_global(clinic_css_url)


def asset_url(path: str) -> str:
    """The address of a static file in this release, such as `app.css` or `js/main.js`."""
    return f"/assets/{_release()}/{path}"


def clinic_css_url(accent_colour: str) -> str:
    """The address of the small style sheet that sets the clinic's accent colour."""
    return f"/assets/accent/{accent_colour.lstrip('#').lower()}.css"


def shell_urls() -> list[str]:
    """The addresses of all that a page may ask for while there is no network."""
    scripts = [path for path in _assets() if path.startswith("js/")]
    return [asset_url(path) for path in (BUNDLE, *scripts)]


@blueprint.get("/assets/<release>/<path:path>")
@open_to_everybody
def show(release: str, path: str) -> Response:
    asset = _assets().get(path)
    if asset is None:
        abort(404)
    response = _encoded(path, asset)
    response.headers["Cache-Control"] = FOREVER if release == _release() else "public, max-age=60"
    return response


@blueprint.get("/assets/accent/<colour>.css")
@open_to_everybody
def accent(colour: str) -> Response:
    if not is_colour(f"#{colour}"):
        abort(404)
    light, dark = accent_pair(f"#{colour}")
    body = f":root{{--accent-light:{light};--accent-dark:{dark}}}"
    return Response(body, content_type="text/css", headers={"Cache-Control": FOREVER})


@cache
def _assets() -> dict[str, Asset]:
    found = {
        path.relative_to(STATIC_FOLDER).as_posix(): Asset(_body_of(path), _type_of(path))
        for path in sorted(STATIC_FOLDER.rglob("*"))
        if path.is_file()
    }
    found[BUNDLE] = Asset(_bundle(found), "text/css; charset=utf-8")
    return found


def _body_of(path: Path) -> bytes:
    if path.suffix != ".js":
        return path.read_bytes()
    return without_comments(path.read_text(encoding="utf-8")).encode()


def _bundle(found: dict[str, Asset]) -> bytes:
    """The style sheets in the order of css/bundle.txt, in one file: one request."""
    listed = found["css/bundle.txt"].body.decode().split()
    return b"\n".join(found[f"css/{name}"].body for name in listed)


def _type_of(path: Path) -> str:
    guessed = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    if path.suffix == ".js":
        guessed = "text/javascript"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


@cache
def _release() -> str:
    digest = hashlib.sha256()
    for path, asset in _assets().items():
        digest.update(path.encode() + b"\0" + asset.body + b"\0")
    return digest.hexdigest()[:12]


def _encoded(path: str, asset: Asset) -> Response:
    response = Response(asset.body, content_type=asset.content_type)
    if asset.content_type.startswith(WORTH_COMPRESSING):
        response.vary.add("Accept-Encoding")
        encoding = request.accept_encodings.best_match(["br", "gzip"])
        if encoding:
            response.set_data(_compressed(path, encoding))
            response.headers["Content-Encoding"] = encoding
    return response


@cache
def _compressed(path: str, encoding: str) -> bytes:
    body = _assets()[path].body
    if encoding == "br":
        compressed: bytes = brotli.compress(body)
        return compressed
    return gzip.compress(body, mtime=0)
