"""Refusals that several use cases share. Each is said in words by the web floor."""

from __future__ import annotations


class NotFoundError(LookupError):
    """There is no such thing, or not for this person: the two look alike from outside."""


class ChangedMeanwhileError(Exception):
    """Somebody else saved the same thing since it was opened; nothing was overwritten."""
