"""Pictures on their way out: streamed through a view that has asked who wants them."""

from __future__ import annotations

from flask import Response, abort

from webapp.domain.photo_faults import StoreUnreachableError
from webapp.domain.photos import SIDES, Format
from webapp.services.photos import PhotoBytes
from webapp.web.security import PRIVATE

# How an address ends, and what it asks for.
ENDINGS = {"webp": Format.WEBP, "jpg": Format.JPEG}
SHORT_WHILE = "10"


def size_or_404(side: int, ending: str) -> tuple[int, Format]:
    """What `320.webp` asks for; 404 for what is never made."""
    if side not in SIDES or ending not in ENDINGS:
        abort(404)
    return side, ENDINGS[ending]


def streamed(found: PhotoBytes, filename: str = "") -> Response:
    """The bytes of a picture, which nobody on the way may keep. With a file name they are to be
    saved; else no name goes out at all."""
    try:
        pieces = found.open()
    except FileNotFoundError:
        abort(404)
    except StoreUnreachableError:
        return Response(status=503, headers={"Retry-After": SHORT_WHILE})
    headers = {"Content-Length": str(found.size), "Cache-Control": PRIVATE}
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return Response(pieces, content_type=found.content_type, headers=headers)
