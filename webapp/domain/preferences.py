"""How somebody wants to be told: what is pushed, when, and how much a lock screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from webapp.domain.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class Preferences:
    """The defaults are those of somebody who never chose.

    `is_discreet`: the lock screen shows no more than that there is something to read. `muted`:
    kinds that stay in the inbox alone, a part of CHOOSABLE. Quiet hours are times of day on the
    phone's own clock and may span midnight; both alike means none.
    """

    is_discreet: bool = True
    muted: frozenset[NoticeKind] = frozenset()
    quiet_from: time = time(21)
    quiet_until: time = time(8)

    @property
    def has_quiet_hours(self) -> bool:
        return self.quiet_from != self.quiet_until
