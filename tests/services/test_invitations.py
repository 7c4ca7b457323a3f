"""Codes and links: made, replaced, revoked, and each used once, however many try at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SetClock
from tests.services.scene import Scene
from webapp.domain.codes import ALPHABET
from webapp.domain.people import Role, SignedIn
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import Account, Client, Invitation, LoginRecord, PrivacyNotice
from webapp.services import invitations, redemption
from webapp.services.attempts import Source
from webapp.services.errors import NotFoundError
from webapp.services.invitations import (
    MadeInvitation,
    NoticeMissingError,
    OwnerExistsError,
    TooManyCodesError,
)
from webapp.services.redemption import Attempt, WrongCodeError

AT_ONCE = 50


def attempt(made: MadeInvitation, number: int = 0) -> Attempt:
    source = Source(number.to_bytes(32, "big"))
    return Attempt(redemption.by_code(made.code), source, "iPhone, Safari")


def person_of(scene: Scene, client_id: int) -> SignedIn:
    account_id = reading().scalar(select(Client.account_id).where(Client.id == client_id))
    assert account_id is not None
    return SignedIn(account_id, 0, Role.CLIENT, "Amira", "", client_id)


def enters(scene: Scene, made: MadeInvitation) -> bool:
    try:
        redemption.enter(scene.with_, attempt(made))
    except WrongCodeError:
        return False
    return True


def test_of_fifty_at_once_exactly_one_gets_in(app: Flask, scene: Scene) -> None:
    made = invitations.make_desk_code(scene.with_, scene.iris, scene.add_client())
    gate = Barrier(AT_ONCE)

    def enter(number: int) -> bool:
        with app.app_context():
            gate.wait()
            try:
                redemption.enter(scene.with_, attempt(made, number))
            except WrongCodeError:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(enter, range(AT_ONCE)))
    assert sorted(outcomes) == [False] * (AT_ONCE - 1) + [True]
    assert len(list(reading().scalars(select(LoginRecord)))) == 1


def test_codes_have_eight_signs_and_tokens_256_bits(scene: Scene) -> None:
    made = invitations.make_desk_code(scene.with_, scene.iris, scene.add_client())
    assert re.fullmatch(f"[{ALPHABET}]{{8}}", made.code)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", made.token)


def test_no_two_signs_of_the_alphabet_look_alike() -> None:
    for alike in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 1


def test_the_database_holds_neither_code_nor_token(scene: Scene) -> None:
    made = invitations.make_desk_code(scene.with_, scene.iris, scene.add_client())
    row = reading().get(Invitation, made.invitation_id)
    assert row is not None
    stored = b" ".join([row.code_hash, row.token_hash])
    assert (len(row.code_hash), len(row.token_hash)) == (32, 32)
    assert made.code.encode() not in stored
    assert made.token.encode() not in stored


@pytest.mark.parametrize(("hours", "is_in"), [(23.99, True), (24, False)])
def test_a_sent_code_is_good_for_a_day(
    scene: Scene, clock: SetClock, hours: float, is_in: bool
) -> None:
    made = invitations.make_sent_code(scene.with_, scene.iris, scene.add_client())
    clock.advance(hours=hours)
    assert enters(scene, made) is is_in


def test_a_desk_code_leaves_the_sent_code_alone(scene: Scene) -> None:
    client_id = scene.add_client()
    sent = invitations.make_sent_code(scene.with_, scene.iris, client_id)
    invitations.make_desk_code(scene.with_, scene.iris, client_id)
    assert enters(scene, sent)


def test_a_revoked_code_is_useless(scene: Scene) -> None:
    made = invitations.make_desk_code(scene.with_, scene.iris, scene.add_client())
    invitations.revoke(scene.with_, scene.otto, made.invitation_id)
    assert not enters(scene, made)
    with pytest.raises(NotFoundError):
        invitations.revoke(scene.with_, scene.otto, made.invitation_id)


def test_a_device_code_is_listed_until_it_is_used(scene: Scene) -> None:
    amira = person_of(scene, scene.add_client())
    made = invitations.make_device_code(scene.with_, amira)
    listed = invitations.open_device_codes(scene.with_, amira)
    assert [one.invitation_id for one in listed] == [made.invitation_id]
    assert enters(scene, made)
    assert invitations.open_device_codes(scene.with_, amira) == []


def test_nobody_holds_more_than_five_unused_device_codes(scene: Scene, clock: SetClock) -> None:
    amira = person_of(scene, scene.add_client())
    for _ in range(5):
        invitations.make_device_code(scene.with_, amira)
    with pytest.raises(TooManyCodesError):
        invitations.make_device_code(scene.with_, amira)
    clock.advance(minutes=10)
    assert invitations.make_device_code(scene.with_, amira)


def test_clients_revoke_their_own_codes_only(scene: Scene) -> None:
    amira = person_of(scene, scene.add_client())
    basim = person_of(scene, scene.add_client("Basim"))
    made = invitations.make_device_code(scene.with_, amira)
    with pytest.raises(NotFoundError):
        invitations.revoke(scene.with_, basim, made.invitation_id)
    assert enters(scene, made)


def test_a_disabled_client_cannot_get_in(scene: Scene, clock: SetClock) -> None:
    client_id = scene.add_client()
    made = invitations.make_desk_code(scene.with_, scene.iris, client_id)
    with writing() as writer:
        account = writer.get(Account, person_of(scene, client_id).account_id)
        assert account is not None
        account.disabled_at = clock.now()
    assert not enters(scene, made)
    with pytest.raises(NotFoundError):
        invitations.make_desk_code(scene.with_, scene.iris, client_id)


def test_production_invites_no_client_before_the_notice_is_filled(scene: Scene) -> None:
    client_id = scene.add_client()
    production = replace(scene.with_, needs_notice=True)
    for make in (invitations.make_desk_code, invitations.make_sent_code):
        with pytest.raises(NoticeMissingError):
            make(production, scene.iris, client_id)
    with writing() as writer:
        writer.add(PrivacyNotice(version=1, text="We keep.", published_at=scene.clock.now()))
    assert invitations.make_desk_code(production, scene.iris, client_id)


def test_there_is_one_first_owner(scene: Scene, clock: SetClock) -> None:
    assert invitations.make_owner_link(scene.with_).path.startswith("/welcome#t=")
    with writing() as writer:
        writer.add(Account(role=Role.OWNER, name="Olga", created_at=clock.now()))
    with pytest.raises(OwnerExistsError):
        invitations.make_owner_link(scene.with_)
