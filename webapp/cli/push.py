"""`flask push`: trying the way to somebody's phone."""

from __future__ import annotations

import threading

import click
from flask.cli import AppGroup

from webapp.cli import collaborators
from webapp.services import notice_report, proofs
from webapp.services.proofs import Outcome

group = AppGroup("push", help="Web push.")
PATIENCE_SECONDS = 20
WORDS = {
    Outcome.ACCEPTED: "accepted by the push service; whether it was shown, only the device knows",
    Outcome.NO_DEVICE: "no device: it does not receive any more",
    Outcome.REJECTED: "rejected",
    Outcome.WAITING: "still waiting: does the worker run?",
    Outcome.LATE: "still waiting: does the worker run?",
}


@group.command("test")
@click.argument("client")
def test(client: str) -> None:
    """Send a test to every device of CLIENT (code or number), and say what became of it."""
    try:
        account_id = notice_report.account_of(client)
    except notice_report.UnknownClient as error:
        raise click.ClickException(f"No client has the code or number {client!r}.") from error
    tests = proofs.send_to_all(collaborators(), account_id)
    if not tests:
        click.echo("No device: nothing was sent.")
    waiting, pause = set(tests), threading.Event()
    for _second in range(PATIENCE_SECONDS):
        waiting -= {one for one in waiting if _outcome(account_id, one).is_final}
        if not waiting:
            break
        pause.wait(1)
    for number, one in enumerate(tests, 1):
        click.echo(f"Device {number}: {WORDS[_outcome(account_id, one)]}.")


def _outcome(account_id: int, notice_id: int) -> Outcome:
    return proofs.outcome_of(collaborators(), account_id, notice_id)
