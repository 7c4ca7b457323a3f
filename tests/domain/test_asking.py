"""What people ask, in their own words, is understood; and nothing is understood into it."""

from dataclasses import replace

import pytest

from webapp.domain.asking import Matcher
from webapp.protocols.loader import protocols
from webapp.protocols.words.loader import question_words

MATCHER = Matcher(protocols()["smp"].activities.values(), question_words("en"))


def asked(text: str) -> list[str]:
    return MATCHER.activities_in(text)


# words that fit several activities, the best first
SEVERAL = {
    "gym": ["light-workout", "intense-workout"],
    "shower": ["body-shower", "hot-shower", "wash-hair"],
    "beach": ["direct-sun", "swimming"],
    "dye": ["colour-with-ammonia", "colour-without-ammonia"],
    "henna": ["colour-without-ammonia"],
    "conditioner": ["wash-shampoo"],
    "baby shampoo": ["wash-shampoo"],
    "sunscreen": ["scalp-lotion"],
    "moisturiser": ["scalp-lotion"],
    "oil": ["scalp-lotion"],
    "sunbed": ["direct-sun"],
    "vape": ["smoking"],
    "shisha": ["smoking"],
    "hammam": ["steam-room", "sauna"],
    "prayer washing": ["wet-scalp", "wash-water"],
    "cap": ["hat-or-scarf"],
    "hijab": ["hat-or-scarf"],
    "turban": ["hat-or-scarf"],
    "beanie": ["hat-or-scarf"],
    "tablets": ["medicines"],
    "pills": ["medicines"],
    "oral": ["medicines"],
    "prescribed": ["medicines"],
    "PRP": ["growth-injections"],
    "mesotherapy": ["growth-injections"],
    "minoxidil": ["growth-stimulant"],
}


@pytest.mark.parametrize(("word", "activities"), SEVERAL.items(), ids=SEVERAL)
def test_a_word_gives_all_its_activities_the_best_first(word: str, activities: list[str]) -> None:
    assert asked(word) == activities
    assert asked(f"Can I {word} tomorrow?") == activities


@pytest.mark.parametrize("activity", protocols()["smp"].activities.values(), ids=lambda a: a.id)
def test_every_name_and_title_leads_to_its_activity(activity: object) -> None:
    for text in (activity.name, f"Can I {activity.title}?"):  # type: ignore[attr-defined]
        assert asked(text)[:1] == [activity.id]  # type: ignore[attr-defined]


# one wish, worded by different people
WAYS = {
    "a whole sentence": ("is it ok to hit the gym tomorrow?", "light-workout"),
    "more words around": ("when can i finally wash my hair with shampoo", "wash-shampoo"),
    "a slip": ("shampo", "wash-shampoo"),
    "a slip in the middle": ("when can I go swiming", "swimming"),
    "two slips": ("minoxadill", "growth-stimulant"),
    "letters swapped": ("saunsa", "sauna"),
    "a long letter": ("beeeeer???", "alcohol"),
    "no spaces": ("washmyhair", "wash-hair"),
    "no spaces at all": ("canigotothesauna", "sauna"),
    "a space too many": ("sun screen on my head", "scalp-lotion"),
    "the past": ("I swam yesterday", "swimming"),
    "the past of another": ("we drank a beer", "alcohol"),
    "American": ("color my hair", "colour-with-ammonia"),
    "British": ("colour my hair", "colour-with-ammonia"),
    "capitals": ("CAN I SMOKE", "smoking"),
    "accents": ("Sháмpoo".replace("м", "m"), "wash-shampoo"),
    "wide letters": ("ｓａｕｎａ", "sauna"),
    "an emoji": ("can I 🏊?", "swimming"),
    "emoji beside words": ("sauna 🧖‍♀️🔥", "sauna"),
    "short forms": ("cn i swim 2moro pls", "swimming"),
    "another order": ("my hair, can it be washed?", "wash-hair"),
    "somebody helps": ("can my wife massage my head", "head-massage"),
    "the main thing first": ("can I wash my hair after swimming", "wash-hair"),
    "its circumstance first": ("After the gym, can I shower?", "body-shower"),
    "a story first": ("I was at the beach. Can I use shampoo now?", "wash-shampoo"),
    "without something": ("can I wash my hair without shampoo", "wash-water"),
    "at the end of a story": (f"{'well ' * 2_000} can I swim", "swimming"),
    "at its beginning": (f"can I swim {'well ' * 2_000}", "swimming"),
}


@pytest.mark.parametrize(("text", "activity"), WAYS.values(), ids=WAYS)
def test_it_understands(text: str, activity: str) -> None:
    assert asked(text)[:1] == [activity]


NOTHING = {
    "another thing": "can I wash my car",
    "another part of the body": "sun cream for my feet",
    "its own hair, not mine": "can I wash my dog's hair",
    "somebody else": "can my dog swim",
    "another meaning": "fly a kite",
    "the thing, not its use": "swimming trunks for sale?",
    "the thing to be handled": "can I repair my motorbike",
    "the price": "how much is a wig",
    "a drink that is none": "can I drink water",
    "a thing nobody knows": "can I wash my flurble",
    "a real word one letter away": "can I pay the bill",
    "two of them": "can I walk the dog by the lake house",
    "Cyrillic": "мога ли да плувам",
    "Arabic": "هل يمكنني السباحة",
    "Chinese": "我可以游泳吗",
    "keys": "asdfgh",
    "signs": "?!… 123",
    "nothing": "",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_it_invents_nothing(text: str) -> None:
    assert asked(text) == []


def test_two_wishes_are_both_heard() -> None:
    assert asked("can I swim and use the sauna") == ["swimming", "sauna"]


def test_company_takes_nothing_away() -> None:
    assert asked("can I swim with my dog") == ["swimming"]


@pytest.mark.parametrize("empty", ["", "…", "?!"])
def test_a_synonym_without_any_word_leads_nowhere(empty: str) -> None:
    sauna = protocols()["smp"].activities["sauna"]
    matcher = Matcher([replace(sauna, synonyms=(empty, "sweat lodge"))], question_words("en"))
    assert matcher.activities_in(empty) == []
    assert matcher.activities_in("sweat lodge") == ["sauna"]
