"""Who may do what with a photo: the whole matrix, written out once more by hand."""

from __future__ import annotations

import pytest

from webapp.domain.people import Role
from webapp.domain.photo_access import (
    Act,
    PhotoFacts,
    Viewer,
    acts,
    may,
    may_consent,
    may_work_with_photos,
)
from webapp.domain.photos import ConsentKind

OWN, OTHER = 7, 8
ALL = frozenset(ConsentKind)
NOT_SHOWN = ALL - {ConsentKind.SHOWN}
NOT_KEPT = ALL - {ConsentKind.KEPT}
NOBODY, RECEPTION = None, Viewer(Role.RECEPTION)
ARTIST, OWNER = Viewer(Role.ARTIST), Viewer(Role.OWNER)
CLIENT, ANOTHER = Viewer(Role.CLIENT, OWN), Viewer(Role.CLIENT, OTHER)
STRANGE = Viewer(Role.CLIENT)  # a client's account without a client
EVERYBODY = (NOBODY, RECEPTION, ARTIST, OWNER, CLIENT, ANOTHER, STRANGE)

STAFF = {"see", "download", "describe", "share", "release", "bin"}
THEIR_OWN = {"see", "download", "release"}
BINNED = {"see-binned", "restore"}

SHARED = PhotoFacts(OWN, is_shared=True, consents=ALL)
RECORD = PhotoFacts(OWN, consents=ALL)
CASES = {
    "in the record": (RECORD, {ARTIST: STAFF, OWNER: STAFF}),
    "shared": (SHARED, {ARTIST: STAFF, OWNER: STAFF, CLIENT: THEIR_OWN}),
    "shared, not to be shown": (
        PhotoFacts(OWN, is_shared=True, consents=NOT_SHOWN),
        {ARTIST: STAFF, OWNER: STAFF},
    ),
    "shared, not to be kept": (PhotoFacts(OWN, is_shared=True, consents=NOT_KEPT), {}),
    "nothing agreed": (PhotoFacts(OWN, is_shared=True, consents=frozenset()), {}),
    "shared, in the bin": (
        PhotoFacts(OWN, is_shared=True, is_binned=True, consents=ALL),
        {ARTIST: BINNED, OWNER: BINNED},
    ),
    "in the bin, not to be kept": (PhotoFacts(OWN, is_binned=True, consents=NOT_KEPT), {}),
    "locked": (
        PhotoFacts(OWN, is_shared=True, is_locked=True, consents=NOT_KEPT),
        {OWNER: {"see-locked"}},
    ),
    "locked and in the bin": (
        PhotoFacts(OWN, is_locked=True, is_binned=True, consents=ALL),
        {OWNER: {"see-locked"}},
    ),
    "locked though agreed": (
        PhotoFacts(OWN, is_shared=True, is_locked=True, consents=ALL),
        {OWNER: {"see-locked"}},
    ),
}


@pytest.mark.parametrize("viewer", EVERYBODY, ids=str)
@pytest.mark.parametrize("case", CASES)
def test_everybody_may_do_exactly_what_is_written_here(case: str, viewer: Viewer | None) -> None:
    photo, allowed = CASES[case]
    expected = allowed.get(viewer, set()) if viewer else set()
    assert {act.value for act in acts(viewer, photo)} == expected
    assert {act.value for act in Act if may(act, viewer, photo)} == expected


def test_a_client_without_marketing_consent_still_sees_what_is_shared() -> None:
    photo = PhotoFacts(OWN, is_shared=True, consents=ALL - {ConsentKind.MARKETING})
    assert Act.SEE in acts(CLIENT, photo)


def test_whoever_treats_works_with_photos_and_nobody_else() -> None:
    assert {role for role in Role if may_work_with_photos(role)} == {Role.OWNER, Role.ARTIST}


@pytest.mark.parametrize(
    ("viewer", "is_allowed"),
    [(CLIENT, True), (ANOTHER, False), (ARTIST, True), (OWNER, True), (RECEPTION, False)],
)
def test_consent_is_said_by_the_client_or_by_whoever_treats(
    viewer: Viewer, is_allowed: bool
) -> None:
    assert may_consent(viewer, OWN) is is_allowed
