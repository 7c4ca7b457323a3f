"""What somebody chose about being told is kept, and who never chose has the defaults."""

from __future__ import annotations

from datetime import time

from sqlalchemy import update

from tests.services.hands import client_hand
from tests.services.scene import Scene
from webapp.domain.notices import CHOOSABLE, NoticeKind
from webapp.domain.preferences import Preferences
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import NoticePreference
from webapp.services import notice_preferences

OWN = Preferences(False, frozenset({NoticeKind.TOMORROW, NoticeKind.PHOTO}), time(22, 30), time(7))


def test_who_never_chose_is_told_discreetly_and_not_at_night(scene: Scene) -> None:
    chosen = notice_preferences.chosen_by(client_hand(scene).person)
    assert chosen == Preferences(True, frozenset(), time(21), time(8))
    assert chosen.has_quiet_hours


def test_what_is_chosen_comes_back_and_can_be_changed(scene: Scene) -> None:
    person = client_hand(scene).person
    for wanted in (OWN, Preferences(quiet_from=time(0), quiet_until=time(0))):
        notice_preferences.choose(person, wanted)
        reading().rollback()
        assert notice_preferences.chosen_by(person) == wanted
    assert not notice_preferences.chosen_by(person).has_quiet_hours


def test_only_what_may_be_chosen_is_ever_muted(scene: Scene) -> None:
    person = client_hand(scene).person
    notice_preferences.choose(person, Preferences(muted=frozenset(NoticeKind)))
    assert notice_preferences.chosen_by(person).muted == frozenset(CHOOSABLE)
    with writing() as writer:
        writer.execute(update(NoticePreference).values(muted=["stricter", "no-such-kind", "lift"]))
    assert notice_preferences.chosen_by(person).muted == {NoticeKind.LIFT}


def test_everybody_chooses_for_themselves(scene: Scene) -> None:
    amira, basim = client_hand(scene).person, client_hand(scene, "Basim").person
    notice_preferences.choose(amira, OWN)
    assert notice_preferences.chosen_by(basim) == Preferences()
