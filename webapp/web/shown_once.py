"""What was just made, kept sealed for ten minutes in its maker's own browser.

As with codes (decision 0009) the server keeps a hash only, and the page that shows it can be
loaded again: whoever pastes it elsewhere comes back to a page that their phone has let go of. The
cookie is its own, because the shared one would keep every page from being stored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from webapp.domain.people import SignedIn
from webapp.web.context import collaborators, moment
from webapp.web.cookies import give

SHOWN_SPAN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ShownOnce:
    """A thing of one kind, shown by the pages below `path` in a browser that just made it."""

    name: str
    path: str

    def keep(self, response: Response, person: SignedIn, made: Any) -> None:
        """Let this browser show `made`, which JSON can carry, to this login for ten minutes."""
        until = int((moment() + SHOWN_SPAN).timestamp())
        sealed = collaborators().seal.close(json.dumps([person.login_id, until, made]))
        give(response, self.name, sealed.decode("ascii"), SHOWN_SPAN, self.path)

    def kept(self, person: SignedIn) -> Any:
        """What this login has just made, as JSON gave it back; None where it has not."""
        carried = request.cookies.get(self.name, "").encode("utf-8", "replace")
        opened = collaborators().seal.open(carried)
        if opened is None:
            return None
        login_id, until, made = json.loads(opened)
        return made if login_id == person.login_id and moment().timestamp() < until else None

    def forget(self, response: Response) -> None:
        """Show it no longer."""
        give(response, self.name, "", timedelta(), self.path)
