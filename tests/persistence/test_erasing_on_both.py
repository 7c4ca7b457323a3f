"""Erasing and restricting on both databases: nothing is left of a client, or nothing is used."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, or_, select

from tests.conftest import SetClock
from tests.services.photo_scene import PhotoScene, QuickDecoder, jpeg, make_photo_scene
from tests.services.scene import dubai, make_scene
from webapp.domain.people import SignedIn
from webapp.domain.photos import Zone
from webapp.domain.slips import SlipKind
from webapp.persistence.database import db, reading
from webapp.persistence.tables import AuditEvent, Client, Notice, Tombstone
from webapp.services import (
    clients,
    courses,
    erasing,
    hairdresser_cards,
    invitations,
    logins,
    noticing,
    photo_requests,
    photo_sweep,
    slips,
)
from webapp.services.clients import NewClient
from webapp.services.erasing import Ending, ErasingRefused
from webapp.services.errors import NotFoundError
from webapp.services.photo_requests import NewRequest

NAME, PHONE, NOTE = "Quillona Zephyrine", "+971501234567", "Sings in the vintage choir"
WHY = "The client asked for it"
LEFT = {"accounts", "audit_events", "clients"}


@pytest.fixture
def taking(app_on_both: Flask, clock: SetClock) -> PhotoScene:
    """A client with something in as many tables as can be."""
    with_ = replace(app_on_both.extensions["collaborators"], decoder=QuickDecoder())
    app_on_both.extensions["collaborators"] = with_
    made = make_photo_scene(make_scene(app_on_both, clock))
    new = NewClient(NAME, PHONE, made.scene.location_id, NOTE)
    clients.edit(with_, made.iris, made.client_id, 1, new)
    course_id = made.scene.begin(made.client_id)
    made.scene.ended(course_id, 1, dubai(3, 2, 15))
    made.hand.turn_on()
    invitations.make_desk_code(with_, made.iris, made.client_id)
    invitations.make_device_code(with_, made.amira)
    hairdresser_cards.make(with_, made.amira, 7)
    now = made.scene.clock.now()
    slips.tell(made.amira, SlipKind.WET, now, now)
    asked = NewRequest(made.client_id, Zone.CROWN, now.date(), NOTE)
    photo_requests.ask(with_, made.iris, asked)
    made.send()
    made.send(jpeg(colour="blue"))
    made.make_sizes()
    return made


def texts() -> str:
    """Everything that is stored, as text."""
    reading().rollback()
    rows = (row for table in db.metadata.sorted_tables for row in reading().execute(select(table)))
    return "\n".join(str(tuple(row)) for row in rows)


def rows_of(client_id: int) -> dict[str, int]:
    """How many rows of each table lead to the client or to their account."""
    reading().rollback()
    client = reading().get(Client, client_id)
    assert client is not None
    wanted = {"clients": client_id, "accounts": client.account_id}
    found = {}
    for table in db.metadata.sorted_tables:
        keys = [k for k in table.foreign_keys if k.column.table.name in wanted]
        ways = [k.parent == wanted[k.column.table.name] for k in keys]
        if ways:
            count = select(func.count()).select_from(table).where(or_(*ways))
            found[table.name] = reading().scalar(count) or 0
    return {name: count for name, count in found.items() if count}


def test_nothing_of_an_erased_client_is_found_anywhere(taking: PhotoScene) -> None:
    assert all(words in texts() for words in (NAME, PHONE, NOTE))
    assert len(rows_of(taking.client_id)) > 8
    assert taking.count() == (2, 14)
    erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    left = texts().casefold()
    words = (*NAME.split(), PHONE, PHONE[-7:], NOTE)
    assert [word for word in words if word.casefold() in left] == []
    assert rows_of(taking.client_id) == {"clients": 1}
    assert taking.count() == (0, 0)


def test_what_others_have_stays(taking: PhotoScene) -> None:
    basim = taking.scene.add_client("Basim Haddad", "+971507654321")
    course_id = taking.scene.begin(basim)
    before = rows_of(basim)
    erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    assert rows_of(basim) == before
    assert [line.name for line in clients.search("", by=taking.olga)] == ["Basim Haddad"]
    assert courses.read(course_id) is not None


def test_an_erased_client_is_nobody_and_the_audit_says_who_erased(taking: PhotoScene) -> None:
    erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    assert logins.find(taking.with_, taking.hand.token) is None
    with pytest.raises(NotFoundError):
        erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    last = reading().scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (last.action, last.actor_id) == ("client-erased", taking.olga.account_id)
    assert reading().scalars(select(Tombstone.reason)).all() == [WHY]
    assert taking.scene.add_client("Carla") != taking.client_id


def test_a_restricted_record_is_kept_and_used_by_nobody(taking: PhotoScene) -> None:
    course_id = courses.all_of(taking.client_id)[0].id
    erasing.restrict(taking.with_, taking.olga, taking.client_id, WHY)
    assert logins.find(taking.with_, taking.hand.token) is None
    assert clients.read(taking.client_id) is None
    assert courses.read(course_id) is None
    assert clients.search("Quill", by=taking.iris) == []
    assert [line.is_restricted for line in clients.search("Quill", by=taking.olga)] == [True]
    assert all(words in texts() for words in (NAME, PHONE, NOTE))
    assert taking.count() == (2, 14)


def test_of_a_restricted_record_nothing_is_planned_and_no_photo_is_swept(
    taking: PhotoScene,
) -> None:
    erasing.restrict(taking.with_, taking.olga, taking.client_id, WHY)
    noticing.replay(taking.with_)
    reading().rollback()
    assert reading().query(Notice).filter_by(state="planned").count() == 0
    assert reading().query(Notice).count() > 0
    taking.scene.clock.advance(days=400)
    assert photo_sweep.sweep(taking.with_, is_thorough=True).erased == 0
    with pytest.raises(NotFoundError):
        erasing.restrict(taking.with_, taking.olga, taking.client_id, WHY)
    erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    assert rows_of(taking.client_id) == {"clients": 1}


def test_only_the_owner_decides(taking: PhotoScene) -> None:
    people: tuple[SignedIn, ...] = (taking.iris, taking.scene.otto, taking.amira)
    for by in people:
        for act in (erasing.erase, erasing.restrict):
            with pytest.raises(NotFoundError):
                act(taking.with_, by, taking.client_id, WHY)
    assert clients.read(taking.client_id) is not None


@pytest.mark.parametrize("reason", ["", "no", "x" * 501, "Quillona's wish", "zephyrine left"])
def test_a_reason_is_neither_short_nor_long_nor_names_the_client(
    taking: PhotoScene, reason: str
) -> None:
    for act in (erasing.erase, erasing.restrict):
        with pytest.raises(ErasingRefused):
            act(taking.with_, taking.olga, taking.client_id, reason)
    assert taking.with_.tombstones.lines() == []


def test_every_decision_is_written_down_beside_the_database(taking: PhotoScene) -> None:
    erasing.restrict(taking.with_, taking.olga, taking.client_id, WHY)
    erasing.erase(taking.with_, taking.olga, taking.client_id, WHY)
    first, second = taking.with_.tombstones.lines()
    assert (Ending.RESTRICTED in first, Ending.ERASED in second) == (True, True)
    assert erasing.reapply(taking.with_) == erasing.Reapplied(2, 0, 0)
    assert len(taking.with_.tombstones.lines()) == 2
