"""While somebody types, activities are offered by the beginnings of their names and synonyms."""

from webapp.domain.protocol import Activity, Answer
from webapp.domain.suggestions import Suggestion, suggestions
from webapp.protocols.loader import protocols

SMP = protocols()["smp"].activities.values()


def activity(name: str, *synonyms: str) -> Activity:
    return Activity(name.lower(), name, name, "group", Answer.YES, synonyms)


def test_a_name_that_begins_so_comes_before_a_synonym_and_a_word_within() -> None:
    listed = [
        activity("Tub", "hot sauna"),
        activity("Heat", "saunas"),
        activity("Sauna"),
        activity("Lisauna"),
    ]
    assert [found.activity for found in suggestions("sau", listed)] == [
        "sauna", "heat", "tub", "lisauna",
    ]  # fmt: skip


def test_the_earlier_synonym_wins_then_the_order_of_the_protocol() -> None:
    listed = [activity("A", "x", "gym"), activity("B", "gym"), activity("C", "gym")]
    assert [found.activity for found in suggestions("gym", listed)] == ["b", "c", "a"]


def test_an_activity_is_offered_once_with_the_text_that_fits_best() -> None:
    (found,) = suggestions("sham", [activity("Wash", "dry shampoo", "shampoo bar")])
    assert found == Suggestion("wash", "shampoo bar")


def test_capitals_accents_and_spaces_do_not_matter() -> None:
    listed = [activity("Crème brûlée")]
    assert suggestions("  CREME   Brul", listed) == suggestions("crème brûl", listed) != []


def test_nothing_typed_suggests_nothing() -> None:
    assert suggestions(" ", SMP) == suggestions("", SMP) == []


def test_as_many_as_wanted() -> None:
    assert len(suggestions("s", SMP, 3)) == 3
    assert len(suggestions("s", SMP)) == 8


def test_the_protocol_offers_the_pool_for_its_first_letters() -> None:
    assert suggestions("poo", SMP)[0].activity == "swimming"
