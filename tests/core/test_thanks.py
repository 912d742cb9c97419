"""Lines of thanks: what they are made of, in which order, and when a decision no longer holds."""

from __future__ import annotations

import pytest

from bot.core.thanks import Decision, Gift, Standing, gave, lines

JONAS = Gift(2, "Jonas", False, ideas=("A day at a lab",), cheers=9)


@pytest.mark.parametrize(
    ("gift", "words"),
    [
        (JONAS, "the idea “A day at a lab” and nine cheers"),
        (Gift(2, "J", False, ideas=("Walk.",), cheers=1), "the idea “Walk” and a cheer"),
        (Gift(2, "J", False, led="A day\nat a lab"), "the idea that led here, “A day at a lab”"),
        (
            Gift(2, "J", False, ideas=("a", "b", "c"), offers=1),
            "the ideas “a” and “b”, one more idea and an introduction",
        ),
        (Gift(2, "J", False, led_by_offer=True, offers=1), "the introduction that led here and an introduction"),
        (Gift(2, "J", True, offers=2, cheers=1), "two introductions and a cheer"),
        (Gift(2, "J", False, led="x", ideas=("y",)), "the idea that led here, “x” and the idea “y”"),
    ],
)
def test_a_line_says_what_was_given(gift: Gift, words: str) -> None:
    assert gave(gift) == words


def test_whoever_led_here_comes_first_and_then_who_gave_most() -> None:
    gifts = [Gift(2, "A", False, cheers=3), Gift(3, "B", False, ideas=("x",)), Gift(4, "C", True, led="y"), JONAS]

    assert [line.friend for line in lines(gifts, {})] == ["C", "Jonas", "B", "A"]


def test_a_decision_holds_while_the_same_is_given_and_cheers_may_be_recounted() -> None:
    first = lines([JONAS], {})[0]
    decided = {(2, False): Decision(Standing.CONFIRMED, "For believing in me", first.mark)}

    assert lines([JONAS._replace(cheers=8)], decided)[0].words == "For believing in me"
    for changed in (JONAS._replace(cheers=0), JONAS._replace(ideas=("Else",)), JONAS._replace(unnamed=True)):
        line = lines([changed], decided)[0]
        assert (line.standing, line.own) == (Standing.OPEN, False)
        assert "believing" not in line.words


def test_an_unnamed_friend_is_a_friend_to_the_circle() -> None:
    assert lines([JONAS._replace(unnamed=True)], {})[0].named == "A friend"
