"""A slip of the finger is mended; a guess is not made."""

import pytest

from webapp.domain.spelling import KnownWords, Spelling

BASES = frozenset({
    "swim", "minoxidil", "hair", "pill", "bill", "wash", "can", "massage", "manage", "blonde",
    "blade", "spray", "spar", "my",
})  # fmt: skip
SPELLING = Spelling(
    KnownWords(
        bases=BASES,
        forms=BASES | {"swimming"},
        smallest=frozenset({"i", "my"}),
        ours=frozenset({"swim", "massage", "blonde"}),
        dull=frozenset({"bill"}),
    )
)

MENDED = {
    "a known word": ("swim", ("swim",)),
    "a letter lost": ("swiming", ("swimming",)),
    "a letter too many": ("haair", ("hair",)),
    "two swapped": ("hiar", ("hair",)),
    "another first letter": ("gwim", ("swim",)),
    "two slips in a long word": ("minoxadill", ("minoxidil",)),
    "a long letter": ("swiiiiim", ("swim",)),
    "a letter lost rather than mistaken": ("blnde", ("blonde",)),
    "letters swapped rather than lost": ("spary", ("spray",)),
    "ours of two as near": ("masage", ("massage",)),
    "the livelier of two as near": ("xill", ("pill",)),
    "no spaces": ("caniwashmyhair", ("can", "i", "wash", "my", "hair")),
}


@pytest.mark.parametrize(("text", "words"), MENDED.values(), ids=MENDED)
def test_it_mends(text: str, words: tuple[str, ...]) -> None:
    assert SPELLING.mended(text) == words


LEFT = {
    "too short": "hai",
    "two slips in a short word": "swxxm",
    "two slips and another first letter": "xinoxadil",
    "three slips": "minxxxxil",
    "parts that are none": "zzhairzz",
    "too long to be a word": "wash" * 11,
    "nothing": "",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_it_leaves_alone(text: str) -> None:
    assert SPELLING.mended(text) == ()
