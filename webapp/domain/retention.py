"""How long each kind of record is kept once it has served its time."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Self

_ONE_KIND = re.compile(r"([a-z]+)=([0-9]{1,5})", re.ASCII)
_SHORTEST = {"pushes": 30}  # the owner's page counts what failed within 30 days
_LONGEST = {"questions": 90}  # nobody promised more to whoever asks
A_CENTURY = 36_500


class RetentionError(ValueError):
    """A text that says no days; the message names the kind and what may stand there."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for each kind, counted from the instant its record was over; None: as long as the
    client's own record.

    `invitations`: codes used or run out; `cards`: the hairdresser's; `feeds`: calendars no longer
    shared; `logins`: ended; `pushes`: each try to deliver; `questions`: what Can I was asked;
    `slips`: what a client told and the clinic has seen.
    """

    invitations: int | None = 30
    cards: int | None = 30
    feeds: int | None = 30
    logins: int | None = 180
    pushes: int | None = 180
    questions: int = 90
    slips: int | None = None

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `logins=90 slips=730`; a kind that is not named keeps its usual days.

        Raises RetentionError.
        """
        days: dict[str, int] = {}
        for part in text.split():
            found = _ONE_KIND.fullmatch(part)
            kind = found[1] if found else part.partition("=")[0]
            if kind not in _KINDS or kind in days:
                raise RetentionError(f"Name each of these once at most: {', '.join(_KINDS)}.")
            shortest, longest = _SHORTEST.get(kind, 1), _LONGEST.get(kind, A_CENTURY)
            if not (found and shortest <= int(found[2]) <= longest):
                raise RetentionError(f"Say {kind}= and days from {shortest} to {longest}.")
            days[kind] = int(found[2])
        return cls(**days)


_KINDS = tuple(field.name for field in fields(Retention))


def kept_since(days: int | None, now: datetime) -> datetime | None:
    """The instant before which a record was over long enough to go; None: none was."""
    return None if days is None else now - timedelta(days=days)
