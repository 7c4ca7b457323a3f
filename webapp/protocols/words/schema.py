"""The shape of a file of words, and how it becomes `QuestionWords`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import model_validator as checked

from webapp.domain.question_words import QuestionWords, Role

Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
Phrase = Annotated[str, StringConstraints(pattern=r"^[a-z0-9&'-]+( [a-z0-9&'-]+)*$")]
Sign = Annotated[str, StringConstraints(pattern=r"^[^\w\s]$")]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class RolesPart(_Part):
    """`[roles]`: what a word does to the words near it. Each is a `Role`."""

    article: list[Word]
    small: list[Word]
    speaker: list[Word]
    linking: list[Word]
    plain: list[Word]
    mine: list[Word]
    asking: list[Word]
    lacking: list[Word]
    apart: list[Word]
    joining: list[Word]
    beside: list[Word]
    means: list[Word]
    towards: list[Word]
    people: list[Word]
    elsewhere: list[Word]
    fare: list[Word]
    handling: list[Word]

    def each(self) -> Iterator[tuple[str, Role]]:
        for name, words in self:
            yield from ((word, Role(name)) for word in words)


class WordsFile(_Part):
    """A whole file of words."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    smallest: list[Word]
    vague: list[Phrase]
    nothing: list[Phrase]
    facts: list[Phrase]
    roles: RolesPart
    irregular: dict[Word, Word]
    spellings: dict[Word, Word]
    signs: dict[Sign, Phrase]

    @checked(mode="after")
    def _lists_each_thing_once(self) -> Self:
        _refuse_doubles("roles", (word for word, _ in self.roles.each()))
        _refuse_doubles("vague", self.vague)
        _refuse_doubles("nothing and facts", (*self.nothing, *self.facts))
        return self

    @checked(mode="after")
    def _leads_to_the_words_that_are_listed(self) -> Self:
        for word, right in self.spellings.items():
            if word in dict(self.roles.each()):
                raise ValueError(f"spellings: {word} has a role of its own; remove one")
            if right in self.spellings:
                raise ValueError(f"spellings: {right} is itself led on; name its own word")
        return self

    def words(self, others: Iterable[str]) -> QuestionWords:
        """The plain values that the domain matches with; `others` are real words without role."""
        roles = dict.fromkeys(others, Role.OTHER) | dict(self.roles.each())
        return QuestionWords(
            roles=MappingProxyType(roles),
            smallest=tuple(self.smallest),
            vague=tuple(self.vague),
            nothing=tuple(self.nothing),
            facts=tuple(self.facts),
            irregular=MappingProxyType(self.irregular),
            spellings=MappingProxyType(self.spellings),
            signs=MappingProxyType(self.signs),
        )


def _refuse_doubles(place: str, words: Iterable[str]) -> None:
    for word, times in Counter(words).items():
        if times > 1:
            raise ValueError(f"{place}: {word!r} is there twice; remove one")
