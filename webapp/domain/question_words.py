"""What the words of a language mean in a question, apart from any protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a word does to the words near it. The value is its list in the file of words."""

    # May stand between the words of any phrase: "the", "my".
    ARTICLE = "article"
    # Says nothing, in a question and in a phrase: "go", "please".
    SMALL = "small"
    # The client: "I", "we". As small as those.
    SPEAKER = "speaker"
    # Ties a thing to what is said of it: "is", "does". As small as those.
    LINKING = "linking"
    # Says nothing beside a word of ours, but belongs to phrases: "hot", "tomorrow".
    PLAIN = "plain"
    # What the protocol is about: "hair", "scalp".
    MINE = "mine"
    # Opens the question proper: "can", "may".
    ASKING = "asking"
    # Says what is left out: "without". Belongs to phrases, and begins another thought.
    LACKING = "lacking"
    # Begins another thought: "after", "because".
    APART = "apart"
    # Ties two thoughts, or two words of one: "and".
    JOINING = "joining"
    # Begins a place or a direction: "at", "from".
    BESIDE = "beside"
    # Begins a means: "with", "using".
    MEANS = "means"
    # Begins what something is meant for: "for", "on".
    TOWARDS = "towards"
    # Somebody else, unless something happens to the client's own head.
    PEOPLE = "people"
    # A part of the body that the protocol is not about, or a thing or an animal.
    ELSEWHERE = "elsewhere"
    # Food and drink that no rule is about: nothing vague is meant beside it.
    FARE = "fare"
    # Is done to a thing as a thing: "buy", "repair".
    HANDLING = "handling"
    # A real word that means nothing here, known so that it is not taken for a slip.
    OTHER = "other"
    # A sentence stops.
    STOP = "stop"
    # Nothing is known about it.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class QuestionWords:
    """The words of one language that make up questions.

    - `roles` gives a word its one role.
    - `smallest` words may be parts of a run of words without spaces.
    - `vague` phrases count only where nothing unknown stands by them.
    - `nothing` are phrases that only look like an activity.
    - `facts` ask about a thing, not whether one may.
    - `irregular` forms and other `spellings` lead to a word; `signs` say what an emoji stands for.
    """

    roles: Mapping[str, Role]
    smallest: tuple[str, ...]
    vague: tuple[str, ...]
    nothing: tuple[str, ...]
    facts: tuple[str, ...]
    irregular: Mapping[str, str]
    spellings: Mapping[str, str]
    signs: Mapping[str, str]
