"""Reads the words of a language and refuses nonsense, saying which file, which key and the cure."""

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from webapp.domain.question_words import QuestionWords
from webapp.protocols.loader import ProtocolFileError, faults_in, toml_in
from webapp.protocols.words.schema import WordsFile

FOLDER = Path(__file__).parent


@cache
def question_words(language: str) -> QuestionWords:
    """The words of one language, as an ISO 639 code; read once.

    Raises `ProtocolFileError` for a file that is not in order.
    """
    return load(FOLDER / f"{language}.toml", FOLDER / f"{language}-others.txt")


def load(path: Path, others: Path) -> QuestionWords:
    """The words in a file, beside a list of other real words of the language."""
    content = toml_in(path)
    try:
        others_found = others.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise ProtocolFileError(f"{others.name} cannot be read: {error}. Correct it.") from error
    try:
        return WordsFile.model_validate(content).words(others_found)
    except ValidationError as error:
        raise ProtocolFileError(faults_in(path, error)) from error
