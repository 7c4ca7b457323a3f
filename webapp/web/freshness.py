"""Whether the copy a browser holds of a client's page still says what the page would say now.

A page changes for two reasons only: somebody changed what it is made of, or time passed. Its
ETag holds both: a hash of the versions of all that it is made of, and the second until which its
words stay the same. So a page is found unchanged without computing or rendering anything.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Response, request, session

from webapp.domain.people import SignedIn
from webapp.web.context import moment
from webapp.web.language import reading

ROOT = Path(__file__).parents[1]
SHOWN = ("**/*.py", "**/*.toml", "../templates/**/*.html", "../static/**/*.*")
OWN_PAGE = "private, no-cache"
# What compression and security would add one after the other, at more cost.
VARY = "Accept-Encoding, Cookie"


def unchanged(person: SignedIn) -> Response | None:
    """The answer 304 where this client's browser has a copy that is still right, else None.

    A page with a notice to be shown once is never taken from a copy.
    """
    sent = request.headers.get("If-None-Match")
    if not sent or session:
        return None
    state = _state(person)
    for tag in sent.split(","):
        held, _, until = tag.strip().removeprefix("W/").strip('"').partition(".")
        if held == state and until.isdigit() and int(until) > moment().timestamp():
            headers = {"ETag": tag.strip(), "Cache-Control": OWN_PAGE, "Vary": VARY}
            return Response(status=304, headers=headers)
    return None


def fresh(
    person: SignedIn,
    body: str | bytes,
    changes_at: datetime,
    content_type: str = "text/html; charset=utf-8",
) -> Response:
    """This client's own page, to be kept by the browser and asked for again each time.

    `changes_at` is the instant (UTC) at which a word of it may be another one.
    """
    has_notice = bool(session) or session.modified
    if has_notice:
        return Response(body, content_type=content_type)
    tag = f'W/"{_state(person)}.{int(changes_at.timestamp())}"'
    headers = {"Cache-Control": OWN_PAGE, "ETag": tag, "Vary": VARY}
    return Response(body, content_type=content_type, headers=headers)


def asked_each_time(response: Response) -> Response:
    """What is nobody's own and may change: kept by browsers, and asked for again each time."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]


def _state(person: SignedIn) -> str:
    """Another text whenever the page could say something else at the same instant."""
    words = reading()
    parts = (
        request.path,
        request.query_string.decode("latin-1"),
        str(person.login_id),
        str(person.consented_version),
        person.seen,
        person.time_zone,
        words.lang,
        words.dir,
        _release(),
    )
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=9).hexdigest()


@cache
def _release() -> str:
    """One text for everything that pages are made by, in this release."""
    digest = hashlib.blake2b(digest_size=9)
    for pattern in SHOWN:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
