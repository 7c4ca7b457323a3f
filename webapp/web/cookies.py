"""The cookies that views set by themselves: for this site alone, and for no script to read."""

from __future__ import annotations

from datetime import timedelta

from werkzeug.wrappers import Response

from webapp.web.context import settings


def give(response: Response, name: str, value: str, span: timedelta, path: str = "/") -> None:
    """Let the browser keep this for a span; no span takes it away."""
    response.set_cookie(
        name,
        value,
        max_age=span,
        path=path,
        secure=settings().is_secure,
        httponly=True,
        samesite="Lax",
    )
