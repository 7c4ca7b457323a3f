"""The clinic's own words: understood at once, everywhere, and gone at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select

from tests.services.scene import Scene
from webapp.domain.protocol import Protocol
from webapp.persistence import tables
from webapp.persistence.database import db, reading
from webapp.persistence.synonyms import KeptSynonym
from webapp.persistence.tables import AuditEvent
from webapp.protocols.loader import protocols
from webapp.services import asking, synonyms
from webapp.services.errors import NotFoundError
from webapp.services.synonyms import Refusal, SynonymRefusedError

PROTOCOL = protocols()["smp"]


def add(scene: Scene, words: str, activity: str = "alcohol") -> KeptSynonym:
    return synonyms.add(scene.with_, scene.iris, words, activity)


def asked(text: str) -> list[str]:
    return asking.matcher(PROTOCOL).activities_in(text)


def refusal(scene: Scene, words: str, activity: str = "alcohol") -> tuple[Refusal, str]:
    with pytest.raises(SynonymRefusedError) as refused:
        add(scene, words, activity)
    return refused.value.refusal, refused.value.activity


def test_own_words_are_understood_at_once_and_no_longer_once_removed(scene: Scene) -> None:
    assert asked("can I have kombucha?") == []
    add(scene, "kombucha")
    assert asked("can I have kombucha?") == ["alcohol"]
    synonyms.remove(scene.with_, scene.iris, synonyms.every()[0].id)
    assert asked("can I have kombucha?") == []


def test_they_are_kept_as_plain_words(scene: Scene) -> None:
    assert add(scene, "  Can I drink KOMBÚCHA, please? ").words == "drink kombucha"
    assert [one.words for one in synonyms.every()] == ["drink kombucha"]


@pytest.mark.parametrize(
    ("words", "activity", "expected"),
    [
        ("", "alcohol", (Refusal.TOO_SHORT, "")),
        ("ж", "alcohol", (Refusal.TOO_SHORT, "")),
        ("ж" * 81, "alcohol", (Refusal.TOO_LONG, "")),
        ("can I", "alcohol", (Refusal.SAY_TOO_LITTLE, "")),
        ("?!", "alcohol", (Refusal.SAY_TOO_LITTLE, "")),
        ("hair", "alcohol", (Refusal.SAY_TOO_LITTLE, "")),
        ("tomorrow", "alcohol", (Refusal.SAY_TOO_LITTLE, "")),
        ("swimming", "alcohol", (Refusal.MEAN_ALREADY, "swimming")),
        ("swiming", "swimming", (Refusal.MEAN_ALREADY, "swimming")),
        ("kombucha", "no-such", (Refusal.NO_ACTIVITY, "")),
        ("kombucha", "", (Refusal.NO_ACTIVITY, "")),
        ("gym bag", "alcohol", (Refusal.ARE_NOT_HEARD, "")),
    ],
)
def test_what_cannot_be_a_synonym_is_refused(
    scene: Scene, words: str, activity: str, expected: tuple[Refusal, str]
) -> None:
    assert refusal(scene, words, activity) == expected
    assert synonyms.every() == []


@pytest.mark.parametrize("words", ["qq", "ж" * 80])
def test_two_to_eighty_characters_are_taken(scene: Scene, words: str) -> None:
    add(scene, words)
    assert asked(words) == ["alcohol"]


def test_the_same_words_are_not_taken_twice(scene: Scene) -> None:
    add(scene, "kombucha")
    assert refusal(scene, "Kombucha", "sauna") == (Refusal.MEAN_ALREADY, "alcohol")


def test_words_kept_for_an_activity_that_is_gone_are_there_all_the_same(scene: Scene) -> None:
    written(insert(tables.Synonym).values(words="kombucha", activity="x", added_at=scene.clock.at))
    assert refusal(scene, "kombucha") == (Refusal.ARE_THERE, "")
    assert asked("kombucha") == []


def written(statement: object) -> None:
    """As another process would, which knows nothing of what this one remembers."""
    with db.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def test_what_another_process_adds_or_removes_is_noticed(scene: Scene) -> None:
    add(scene, "kombucha")
    written(insert(tables.Synonym).values(words="xyz", activity="sauna", added_at=scene.clock.at))
    assert asked("xyz") == ["sauna"]
    written(delete(tables.Synonym).where(tables.Synonym.words == "kombucha"))
    assert (asked("kombucha"), asked("xyz")) == ([], ["sauna"])


def test_the_matcher_is_built_once_for_the_same_words(scene: Scene) -> None:
    add(scene, "kombucha")
    assert asking.matcher(PROTOCOL) is asking.matcher(PROTOCOL)
    older: Protocol = replace(PROTOCOL, version=0)
    assert asking.matcher(older) is not asking.matcher(PROTOCOL)


def test_without_own_words_it_is_the_protocols_own_matcher(scene: Scene) -> None:
    assert asking.matcher(PROTOCOL) is asking.published_matcher(PROTOCOL)


def test_own_words_are_among_an_activitys_synonyms(scene: Scene) -> None:
    add(scene, "kombucha")
    found = {one.id: one.synonyms for one in asking.activities(PROTOCOL)}
    assert found["alcohol"] == (*PROTOCOL.activities["alcohol"].synonyms, "kombucha")


def test_what_is_not_there_cannot_be_removed(scene: Scene) -> None:
    with pytest.raises(NotFoundError):
        synonyms.remove(scene.with_, scene.iris, 999)


def test_the_audit_knows_the_synonym_by_its_number_only(scene: Scene) -> None:
    add(scene, "kombucha")
    synonyms.remove(scene.with_, scene.iris, synonyms.every()[0].id)
    rows = reading().execute(
        select(AuditEvent.action, AuditEvent.actor_id, AuditEvent.subject).order_by(AuditEvent.id)
    )
    by = scene.iris.account_id
    actions = ("synonym-add", "synonym-remove")
    assert [tuple(row) for row in rows] == [(action, by, "synonym") for action in actions]
