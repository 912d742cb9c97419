"""Counts of a day, and the words of an answer that plain messages make."""

from __future__ import annotations

import pytest

from bot.core.journal import BadNumber, Part, check_numbers, counted, reworded


def _parts(*texts: str) -> list[Part]:
    return [Part("c", str(n), text) for n, text in enumerate(texts)]


def test_counts_are_read_and_empty_ones_left_out() -> None:
    raw = {"applications": " 2 ", "conversations": "", "interviews": None, "hours": 0}
    assert check_numbers(raw) == {"applications": 2, "hours": 0}


def test_leading_zeros_do_not_matter() -> None:
    assert check_numbers({"hours": "0007"}) == {"hours": 7}


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "²", "٣", "1 000", "1000", "9" * 5000, "two"])
def test_what_is_no_count_is_refused_by_name_with_what_to_write(value: str) -> None:
    with pytest.raises(BadNumber, match=r"for interviews is not a number that I can count\. Write a whole one"):
        check_numbers({"applications": "2", "interviews": value})


def test_a_long_wrong_count_is_quoted_shortly() -> None:
    with pytest.raises(BadNumber) as refusal:
        check_numbers({"hours": "x" * 4000})
    assert len(str(refusal.value)) < 160


def test_one_is_counted_in_the_singular() -> None:
    assert [counted("hours", 1), counted("applications", 3)] == ["1 hour", "3 applications"]


@pytest.mark.parametrize(
    ("text", "before", "after", "result"),
    [
        ("a\nb", ["a", "b"], ["a", "c"], "a\nc"),
        ("a\nb", ["a", "b"], ["b"], "b"),
        ("from the form\na", ["a"], ["c"], "from the form\nc"),
        ("from the form\na", ["a"], [], "from the form"),
        ("a", ["a"], [], ""),
    ],
)
def test_words_that_came_another_way_stay_when_a_message_changes(
    text: str, before: list[str], after: list[str], result: str
) -> None:
    assert reworded(text, _parts(*before), _parts(*after)) == result


def test_an_answer_that_no_longer_ends_with_its_messages_is_left_alone() -> None:
    assert reworded("something else", _parts("a"), _parts("b")) is None
