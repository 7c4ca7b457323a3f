"""What a phrase of the copy is about is what the server's matcher says: nothing milder alone."""

from __future__ import annotations

from tests.services.scene import Scene
from webapp.services import asking, can_i, synonyms


def names_by_activity() -> dict[str, tuple[str, ...]]:
    protocol = asking.newest_protocol()
    return dict(zip(protocol.activities, can_i.short_names(protocol), strict=True))


def test_a_phrase_stands_beside_every_activity_that_the_server_finds_in_it(scene: Scene) -> None:
    names = names_by_activity()
    heard = asking.matcher(asking.newest_protocol())
    phrases = {phrase for every in names.values() for phrase in every[1:]}
    assert len(phrases) > 500
    for phrase in phrases:
        beside = {activity for activity, every in names.items() if phrase in every}
        assert set(heard.activities_in(phrase)) <= beside, phrase


def test_each_activity_begins_with_its_own_name(scene: Scene) -> None:
    protocol = asking.newest_protocol()
    begun = [every[0] for every in can_i.short_names(protocol)]
    assert begun == [one.name for one in protocol.activities.values()]


def test_the_clinics_own_words_are_among_them(scene: Scene) -> None:
    assert "kombucha" not in names_by_activity()["alcohol"]
    synonyms.add(scene.with_, scene.iris, "kombucha", "alcohol")
    assert "kombucha" in names_by_activity()["alcohol"]
