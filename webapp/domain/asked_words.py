"""What is left of typed words once everything is taken away that is not what they are about."""

from webapp.domain.question_words import QuestionWords, Role
from webapp.domain.typed_text import STOP, folded, pieces_of

LONGEST_KEPT = 80
# At the edges of a question they say nothing of what is asked: "can I", "please", "with the".
_EMPTY = frozenset(
    {
        Role.ARTICLE,
        Role.SMALL,
        Role.SPEAKER,
        Role.LINKING,
        Role.ASKING,
        Role.APART,
        Role.JOINING,
        Role.BESIDE,
        Role.MEANS,
        Role.TOWARDS,
    }
)
# Alone they would be heard in nearly every question: "hair", "hot", "tomorrow", "without".
_SAYS_LITTLE = _EMPTY | {Role.MINE, Role.PLAIN, Role.LACKING}


def plain_words(typed: str, words: QuestionWords) -> str:
    """The words in small plain letters, without what says nothing before and after them."""
    said = [piece.text for piece in pieces_of(typed, words.signs) if piece.text != STOP]
    roles = [words.roles.get(word) for word in said]
    telling = [place for place, role in enumerate(roles) if role not in _EMPTY]
    # Of "when can I …" the question begins with "can", though "when" may belong to phrases.
    asking = roles.index(Role.ASKING) if Role.ASKING in roles else -1
    after = [place for place in telling if place > asking]
    if after and all(roles[place] is Role.PLAIN for place in telling if place < asking):
        telling = after
    return " ".join(said[telling[0] : telling[-1] + 1]) if telling else ""


def kept_words(typed: str, words: QuestionWords) -> str:
    """The plain words of at most 80 characters, whole ones only, and without what says little
    behind them: "is kombucha ok tonight" asks what "kombucha" does.

    A word that holds a digit or an @ is left out: telephone numbers, codes, dates and addresses
    are nobody's activity.
    """
    harmless = " ".join(part for part in typed.split() if not _may_be_personal(part))
    plain = _without_tail(plain_words(harmless, words), words)
    if len(plain) <= LONGEST_KEPT:
        return plain
    return plain[: LONGEST_KEPT + 1].rpartition(" ")[0]


def _without_tail(plain: str, words: QuestionWords) -> str:
    said = plain.split()
    ends = [end for end, word in enumerate(said, 1) if words.roles.get(word) not in _SAYS_LITTLE]
    return " ".join(said[: ends[-1]]) if ends else plain


def says_too_little(plain: str, words: QuestionWords) -> bool:
    """Whether every one of these words may stand in any question about anything."""
    return all(words.roles.get(word) in _SAYS_LITTLE for word in plain.split())


def _may_be_personal(part: str) -> bool:
    return "@" in folded(part) or any(sign.isnumeric() for sign in part)
