"""A file of words that makes no sense is refused, with the file, the key and what to do."""

from pathlib import Path

import pytest

from webapp.domain.question_words import Role
from webapp.protocols.loader import ProtocolFileError
from webapp.protocols.words.loader import FOLDER, load, question_words

EN = (FOLDER / "en.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str, others: str = "bill") -> tuple[Path, Path]:
    files = folder / "en.toml", folder / "en-others.txt"
    for path, content in zip(files, (text, others), strict=True):
        path.write_text(content, encoding="utf-8")
    return files


NONSENSE = {
    "two roles": ('means = [\n', 'means = [\n  "can",\n', "'can' is there twice"),
    "a phrase twice": ('vague = [\n', 'vague = [\n  "drink",\n', "'drink' is there twice"),
    "nothing and a fact": ('facts = [\n', 'facts = [\n  "drink water",\n', "'drink water'"),
    "a spelling with a role": ("[spellings]\n", '[spellings]\ncan = "hair"\n', "can has a role"),
    "a spelling led on": ("[spellings]\n", '[spellings]\nzzz = "color"\n', "color is itself"),
    "an unknown role": ("[roles]\n", '[roles]\nmood = ["sad"]\n', "remove it"),
    "capitals": ('language = "en"', 'language = "EN"', "language"),
    "a sign of two": ("[signs]\n", '[signs]\n"ab" = "swim"\n', "signs.ab"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_by_name(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in EN
    with pytest.raises(ProtocolFileError) as error:
        load(*write(tmp_path, EN.replace(old, new, 1)))
    assert str(error.value).startswith("en.toml: ")
    assert fault in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProtocolFileError, match=r"xx\.toml cannot be read"):
        question_words("xx")
    there, _ = write(tmp_path, EN)
    with pytest.raises(ProtocolFileError, match=r"gone\.txt cannot be read"):
        load(there, tmp_path / "gone.txt")


def test_other_words_have_no_say(tmp_path: Path) -> None:
    words = load(*write(tmp_path, EN, "flurble\ncan"))
    assert (words.roles["flurble"], words.roles["can"]) == (Role.OTHER, Role.ASKING)


def test_words_are_read_only_once() -> None:
    assert question_words("en") is question_words("en")
