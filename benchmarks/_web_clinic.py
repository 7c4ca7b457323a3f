"""A clinic with a thousand clients, spread over all phases of a course."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from webapp.persistence.database import writing
from webapp.persistence.tables import (
    Account,
    Client,
    Clinic,
    Consent,
    Course,
    Location,
    LoginRecord,
    PrivacyNotice,
    TreatmentSession,
)
from webapp.services.logins import token_hash

NOW = datetime(2026, 3, 6, 13, 0, 7, tzinfo=UTC)
CLIENTS = 1_000
GAPS = (timedelta(days=8), timedelta(days=36))
LENGTH = timedelta(hours=3, minutes=30)
# How long ago the first session ended, over the length of a whole course and beyond.
SPREAD = timedelta(days=70)


class NowClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def a_thousand_clients() -> list[str]:
    """Fill the empty database; returns each client's sign-in token."""
    with writing() as writer:
        writer.add(
            Clinic(id=1, name="Marina Scalp", accent_colour="#0d5c63", emergency_number="999")
        )
        writer.add(
            Location(
                id=1,
                name="Marina Plaza",
                address="Floor 3",
                phone="+97140000000",
                opening_hours=[["09:00", "18:00"]] * 6 + [None],
                time_zone="Asia/Dubai",
            )
        )
        writer.add(PrivacyNotice(version=1, text="We keep what you see.", published_at=NOW))
        writer.flush()
        for rows_of in (_account, _client, _course, _sessions):
            writer.add_all(row for number in range(1, CLIENTS + 1) for row in rows_of(number))
            writer.flush()
    return [f"token-{number}" for number in range(1, CLIENTS + 1)]


def _account(number: int) -> list[object]:
    return [Account(id=number, role="client", name=f"Client {number}", created_at=NOW)]


def _client(number: int) -> list[object]:
    return [
        Client(id=number, account_id=number, location_id=1, code=f"C{number}", search_name=""),
        Consent(account_id=number, notice_version=1, consented_at=NOW),
        LoginRecord(
            token_hash=token_hash(f"token-{number}"),
            account_id=number,
            device="A phone",
            time_zone="Asia/Dubai" if number % 4 else "Europe/Sofia",
            created_at=NOW,
            seen_at=NOW,
        ),
    ]


def _course(number: int) -> list[object]:
    return [
        Course(
            id=number,
            client_id=number,
            location_id=1,
            kind="regular",
            protocol_id="smp",
            protocol_version=1,
            planned_sessions=3,
            is_last_confirmed=_ends(number)[-1] < NOW,
            created_at=NOW,
        ),
    ]


def _ends(number: int) -> list[datetime]:
    """When this client's three sessions end, some before and some after now."""
    first = NOW - SPREAD * number / CLIENTS + timedelta(days=2)
    return [first, *(first + gap for gap in GAPS)]


def _sessions(number: int) -> list[object]:
    return [
        TreatmentSession(
            course_id=number,
            number=session,
            status="performed" if ended_at < NOW else "scheduled",
            starts_at=ended_at - LENGTH,
            ended_at=ended_at if ended_at < NOW else None,
        )
        for session, ended_at in enumerate(_ends(number), 1)
    ]
