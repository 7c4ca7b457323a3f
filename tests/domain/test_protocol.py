"""The values a protocol is made of."""

import pytest

from tests.domain.scenes import SMP
from webapp.domain.protocol import Answer, Span


def test_answers_are_ordered_by_strictness() -> None:
    assert sorted(Answer) == [Answer.YES, Answer.LIMITED, Answer.ASK, Answer.NO]
    assert [answer.word for answer in Answer] == ["yes", "limited", "ask", "no"]


@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_is_found_by_its_word(answer: Answer) -> None:
    assert Answer.from_word(answer.word) is answer


def test_any_other_word_is_no_answer() -> None:
    with pytest.raises(ValueError, match="maybe"):
        Answer.from_word("maybe")


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (1, 1), (-1, 0), (0, -1), (-1, 1)])
def test_a_span_has_either_hours_or_days(hours: int, days: int) -> None:
    with pytest.raises(ValueError, match="either"):
        Span(hours, days)


def test_a_span_knows_its_length_without_a_clock_change() -> None:
    assert Span(hours=24).seconds == Span(days=1).seconds == 86_400
    assert Span(days=7).seconds == 604_800


@pytest.mark.parametrize(("number", "days"), [(2, 7), (3, 28), (4, 28), (12, 28)])
def test_the_gap_is_a_week_before_session_2_and_four_later(number: int, days: int) -> None:
    assert SMP.gap_days_before(number) == days


def test_a_protocol_names_itself_and_its_version() -> None:
    assert repr(SMP) == "<Protocol smp 1>"
