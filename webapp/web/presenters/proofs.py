"""What became of a test, in honest words: accepted by a push service is all that is ever known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for

from webapp.domain.people import SignedIn
from webapp.services.proofs import Outcome, ProofResult
from webapp.web.language import gettext as _
from webapp.web.presenters.times import at_time
from webapp.web.presenters.turn_on import frame_of
from webapp.web.presenters.zones import own_zone

# In how many milliseconds a page looks again.
LOOK_AGAIN = {Outcome.WAITING: 1_500, Outcome.LATE: 6_000}
KINDS = {
    Outcome.WAITING: "info",
    Outcome.LATE: "wait",
    Outcome.ACCEPTED: "good",
    Outcome.NO_DEVICE: "no",
    Outcome.REJECTED: "no",
}


def proof_page(person: SignedIn, result: ProofResult) -> dict[str, Any]:
    """Values of account/proof.html."""
    title, words = _words(result.outcome, result.at, person)
    return {
        "frame": frame_of(person),
        "here": url_for("proofs.show", proof_id=result.notice_id),
        "device": result.device or _("A device that was removed"),
        "state": {"kind": KINDS[result.outcome], "title": title, "words": words},
        "look_again": LOOK_AGAIN.get(result.outcome, 0),
        "is_accepted": result.outcome is Outcome.ACCEPTED,
        "hints": _hints(),
    }


def _words(outcome: Outcome, at: datetime, person: SignedIn) -> tuple[str, str]:
    time = at_time(at, own_zone(person))
    return {
        Outcome.WAITING: (_("On its way"), _("Asked for at %(time)s.", time=time)),
        Outcome.LATE: (
            _("Still on its way"),
            _(
                "It takes longer than usual: the push service may be slow, or sending is paused. "
                "Asked for at %(time)s.",
                time=time,
            ),
        ),
        Outcome.ACCEPTED: (
            _("Accepted"),
            _("The push service took it at %(time)s. It should show at any moment.", time=time),
        ),
        Outcome.NO_DEVICE: (
            _("No device"),
            _("That device does not receive any more. Turn it on again there."),
        ),
        Outcome.REJECTED: (
            _("Rejected"),
            _("It could not be sent. Turn notifications on again on that device, then try again."),
        ),
    }[outcome]


def _hints() -> list[str]:
    """What hides a message that was accepted."""
    return [
        _("Do not disturb, a focus or a sleep mode hides messages."),
        _("Battery saving can hold them back until the phone is used."),
        _("In the phone's settings, messages of this app or browser must be allowed."),
    ]
