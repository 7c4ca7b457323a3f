"""Static files: read once, named by their content, compressed once, kept by browsers for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, request

from webapp.domain.colour import accent_pair, is_colour
from webapp.web.access import open_to_everybody
from webapp.web.comments import without_comments, without_indents

STATIC_FOLDER = Path(__file__).parents[2] / "static"
FOREVER = "public, max-age=31536000, immutable"
LEANER = {".js": without_comments, ".css": without_indents}
ENTRY = "js/main.js"
DESK = "/desk/"
IMPORTS = re.compile(r'^import [^"]*"([^"]+)";', re.MULTILINE)
WORTH_COMPRESSING = ("text/", "application/javascript", "application/json", "image/svg+xml")
# Of how hard Brotli tries: anybody may ask for a style sheet of any colour, so that costs little.
LIGHTLY, THOROUGHLY = 8, 11
MOST_COLOURS, MOST_PACKED = 20, 400

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, content type, and how hard Brotli tries."""

    body: bytes
    content_type: str
    quality: int = THOROUGHLY


def init_app(app: Flask) -> None:
    """Serve the files and let templates name them."""
    app.register_blueprint(blueprint)
    app.add_template_global(asset_url)
    app.add_template_global(entry_imports)
    app.add_template_global(style_url)


def asset_url(path: str) -> str:
    """The address of a static file in this release, such as `js/main.js`."""
    return f"/assets/{_release()}/{path}"


def style_url(accent_colour: str) -> str:
    """The address of the style sheet of every page, in the clinic's accent colour."""
    return asset_url(f"app-{accent_colour.lstrip('#').lower()}.css")


@cache
def entry_imports() -> list[str]:
    """The scripts that the entry script cannot start without, so that they come beside it."""
    return [path for path in _needed_by(ENTRY) if path != ENTRY]


def _needed_by(path: str) -> list[str]:
    text = _assets()[path].body.decode()
    needed = [posixpath.join(posixpath.dirname(path), name) for name in IMPORTS.findall(text)]
    more = [each for name in needed for each in _needed_by(posixpath.normpath(name))]
    return list(dict.fromkeys([path, *more]))


def shell_urls() -> list[str]:
    """The addresses of the scripts that a page may ask for while there is no network: those of the
    desk need one anyhow."""
    scripts = [path for path in _assets() if path.startswith("js/")]
    return [asset_url(path) for path in scripts if DESK not in path]


@blueprint.get("/assets/<release>/<path:path>")
@open_to_everybody
def show(release: str, path: str) -> Response:
    asset = _assets().get(path)
    if asset is None:
        abort(404)
    return _answer(release, asset)


@blueprint.get("/assets/<release>/app-<colour>.css")
@open_to_everybody
def style(release: str, colour: str) -> Response:
    if not is_colour(f"#{colour}"):
        abort(404)
    return _answer(release, _style(colour))


@cache
def _assets() -> dict[str, Asset]:
    return {
        path.relative_to(STATIC_FOLDER).as_posix(): Asset(_body_of(path), _type_of(path))
        for path in sorted(STATIC_FOLDER.rglob("*"))
        if path.is_file()
    }


def _body_of(path: Path) -> bytes:
    if path.suffix not in LEANER:
        return path.read_bytes()
    return LEANER[path.suffix](path.read_text(encoding="utf-8")).encode()


@lru_cache(MOST_COLOURS)
def _style(colour: str) -> Asset:
    """The style sheets in the order of css/bundle.txt, and the colour, in one file: one request."""
    light, dark = accent_pair(f"#{colour}")
    accent = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    listed = _assets()["css/bundle.txt"].body.decode().split()
    parts = [_assets()[f"css/{name}"].body for name in listed]
    return Asset(b"".join([*parts, accent.encode()]), "text/css; charset=utf-8", LIGHTLY)


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


def _answer(release: str, asset: Asset) -> Response:
    response = Response(asset.body, content_type=asset.content_type)
    response.headers["Cache-Control"] = FOREVER if release == _release() else "public, max-age=60"
    if asset.content_type.startswith(WORTH_COMPRESSING):
        response.vary.add("Accept-Encoding")
        encoding = request.accept_encodings.best_match(["br", "gzip"])
        if encoding:
            response.set_data(_compressed(asset, encoding))
            response.headers["Content-Encoding"] = encoding
    return response


@lru_cache(MOST_PACKED)
def _compressed(asset: Asset, encoding: str) -> bytes:
    if encoding == "br":
        compressed: bytes = brotli.compress(asset.body, quality=asset.quality)
        return compressed
    return gzip.compress(asset.body, mtime=0)
