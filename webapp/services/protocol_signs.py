"""The warning signs as the newest protocol words them."""

from __future__ import annotations

from webapp.protocols.loader import protocols

KINDS = ("normal", "call_today", "see_doctor", "emergency")


def lines() -> dict[str, list[str]]:
    """Kind of sign -> the protocol's lines."""
    newest = max(protocols().values(), key=lambda protocol: protocol.version)
    return {kind: list(getattr(newest.warning_signs, kind)) for kind in KINDS}


def closing() -> str:
    """The sentence that ends every list of signs."""
    return max(protocols().values(), key=lambda protocol: protocol.version).warning_signs.closing
