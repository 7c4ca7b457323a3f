"""How long a way in is good, by its kind."""

from datetime import timedelta

import pytest

from webapp.domain.invitations import InvitationKind, valid_span

SPANS = {
    InvitationKind.OWNER: timedelta(hours=24),
    InvitationKind.STAFF: timedelta(hours=24),
    InvitationKind.RESET: timedelta(hours=24),
    InvitationKind.DESK: timedelta(minutes=10),
    InvitationKind.SENT: timedelta(hours=24),
    InvitationKind.DEVICE: timedelta(minutes=10),
}


@pytest.mark.parametrize("kind", InvitationKind)
def test_what_is_typed_at_once_is_short_lived_and_what_is_sent_lasts_a_day(
    kind: InvitationKind,
) -> None:
    assert valid_span(kind) == SPANS[kind]
