"""What a role makes of somebody."""

import pytest

from webapp.domain.people import Role, SignedIn


@pytest.mark.parametrize(
    ("role", "is_staff", "is_owner"),
    [
        (Role.OWNER, True, True),
        (Role.ARTIST, True, False),
        (Role.RECEPTION, True, False),
        (Role.CLIENT, False, False),
    ],
)
def test_everybody_but_clients_is_staff_and_one_role_owns(
    role: Role, is_staff: bool, is_owner: bool
) -> None:
    person = SignedIn(1, 1, role, "Amira", "Asia/Dubai")
    assert (person.is_staff, person.is_owner) == (is_staff, is_owner)
