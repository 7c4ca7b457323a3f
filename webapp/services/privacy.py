"""The clinic's privacy notice and each client's explicit consent to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webapp.domain.people import SignedIn
from webapp.persistence import audit, consents, push_subscriptions
from webapp.persistence.consents import Given
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import PrivacyNotice
from webapp.services.errors import ChangedMeanwhileError, NotFoundError
from webapp.services.ports import Collaborators

__all__ = ["Given", "Notice"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the privacy notice."""

    version: int
    text: str
    published_at: datetime
    asks_again: bool


def in_force() -> Notice | None:
    """The notice in force, or None while the clinic has none."""
    row = consents.notice_in_force(reading())
    return _notice(row) if row else None


def versions() -> list[Notice]:
    """Every version, the newest first."""
    return [_notice(row) for row in consents.notices(reading())]


def publish(
    with_: Collaborators, by: SignedIn, notice: tuple[str, bool], after_version: int
) -> int:
    """Put a new version in force; `notice` is its text and whether everybody is asked again.

    Returns its number. The same text again makes no new version. Raises ChangedMeanwhileError
    where `after_version` is not the one in force any more.
    """
    text, asks_again = notice
    now = with_.clock.now()
    with writing() as writer:
        row = consents.notice_in_force(writer)
        version = row.version if row else 0
        if version != after_version:
            raise ChangedMeanwhileError
        if row and row.text == text and not asks_again:
            return version
        version += 1
        writer.add(
            PrivacyNotice(
                version=version,
                text=text,
                published_at=now,
                published_by=by.account_id,
                asks_again=asks_again,
            )
        )
        audit.record(writer, now, by.account_id, "notice", ("notice", version))
    return version


def consent(with_: Collaborators, person: SignedIn, version: int) -> None:
    """Note the client's explicit consent to the version they read.

    Raises ChangedMeanwhileError where another is in force by now: it has to be read first.
    """
    now = with_.clock.now()
    with writing() as writer:
        row = consents.notice_in_force(writer)
        if row is None or row.version != version:
            raise ChangedMeanwhileError
        if not consents.has_given(writer, person.account_id, version):
            consents.add(writer, person.account_id, version, now)
            audit.record(writer, now, person.account_id, "consent", ("notice", version))


def withdraw(with_: Collaborators, person: SignedIn) -> None:
    """Withdraw the client's consent, with effect from the next request; nothing is pushed any more.

    Raises NotFoundError where none stood.
    """
    now = with_.clock.now()
    with writing() as writer:
        if not consents.withdraw_all(writer, person.account_id, now):
            raise NotFoundError
        push_subscriptions.turn_off_all(writer, person.account_id, now)
        audit.record(
            writer, now, person.account_id, "consent-withdrawn", ("account", person.account_id)
        )


def given_by(person: SignedIn) -> list[Given]:
    """What a client consented to, with the text as it read, the latest first."""
    return consents.given_by(reading(), person.account_id)


def must_ask(with_: Collaborators, person: SignedIn) -> bool:
    """Whether this person must consent before seeing anything else."""
    return not (person.is_staff or is_consented(with_, person.consented_version))


def is_consented(with_: Collaborators, consented_version: int) -> bool:
    """Whether a client who has consented to this version (0: to none) may be shown anything: so
    may everybody while a clinic that is not in production has no notice yet."""
    if consented_version:
        return True
    return not with_.needs_notice and consents.notice_in_force(reading()) is None


def _notice(row: PrivacyNotice) -> Notice:
    return Notice(row.version, row.text, row.published_at, row.asks_again)
