"""What every answer carries, and which requests are refused before a view sees them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.datastructures import Headers

from config import Settings
from webapp.web.context import moment, settings
from webapp.web.presenters.times import iso

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # The one page with a camera says so by itself.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PRIVATE = "private, no-store"
SAYS_NOW = frozenset({"text/html", "application/json"})


def init_app(app: Flask, settings: Settings) -> None:
    """Guard every request and complete every answer."""
    app.config["TRUSTED_HOSTS"] = list(settings.hosts)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = 512 * 1024
    if settings.is_secure:
        app.after_request(_add_strict_transport)
    app.before_request(_refuse_foreign_origins)
    app.before_request(_refuse_time_travel)
    app.after_request(_add_headers)


def _refuse_foreign_origins() -> None:
    """Accept an unsafe method only from our own pages: tokens would go stale offline."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site in ("same-origin", "none"):
        return
    if site is None and _is_our_origin(request.headers.get("Origin", "")):
        return
    abort(403)


def _is_our_origin(origin: str) -> bool:
    try:
        return bool(origin) and urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def _refuse_time_travel() -> None:
    if request.query_string and "at" in request.args and settings().is_production:
        abort(400, "Travelling in time is for development only.")


def _add_headers(response: Response) -> Response:
    headers = response.headers
    there = {name for name, _value in headers}
    for name, value in HEADERS.items():
        if name not in there:
            headers.add(name, value)
    if "Cache-Control" not in there:
        headers.add("Cache-Control", PRIVATE)
    if response.mimetype in SAYS_NOW:
        # Scripts count from this instant, whatever the phone's clock says; a 304 has it too.
        headers.add("Server-Timing", f'now;desc="{iso(moment())}"')
    if not headers["Cache-Control"].startswith("public"):
        _vary_by_cookie(headers, headers["Vary"] if "Vary" in there else "")
    return response


def _vary_by_cookie(headers: Headers, varies: str) -> None:
    """As text: to take the header apart and put it together costs more than all the others."""
    if "cookie" not in varies.lower():
        headers["Vary"] = f"{varies}, Cookie" if varies else "Cookie"


def _add_strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
