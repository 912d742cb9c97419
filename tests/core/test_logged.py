"""Names of the log: which words of them are masked, and which everyday words stay readable."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from bot.core.hidden import MARK, masker, named
from bot.core.logged import names

COMPANIES = ("Acme Robotics GmbH", "Meta", "One", "AI", "Go", "The Cerise Mill", "Next Step", "Zoë & Co. KG")
PEOPLE = (
    "Anna Lindt",
    "Tom (Initech)",
    "a recruiter",
    "May",
    "Dr. Kim and Will from Globex",
    "their CTO",
    "the team",
    "Head of Design",
    "HR",
)


def friends_read(text: str) -> str:
    return masker((), names(COMPANIES, PEOPLE))(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Acme Robotics GmbH, Acme Robotics, acme", "(a name), (a name), (a name)"),
        ("Robotics is fun", "Robotics is fun"),
        ("The cerise mill, by the mill", "(a name), by the mill"),
        ("Meta and META, but meta", "(a name) and (a name), but meta"),
        ("One more go at one AI thing", "(a name) more go at one (a name) thing"),
        ("Go, go on: ai may help", "(a name), go on: ai may help"),
        ("my next step; Next Step wrote", "my next step; (a name) wrote"),
        ("on meta.com and @next.step, metadata.com", "on (a name).com and @(a name), metadata.com"),
        ("Anna, Lindt and Anna Lindt", "(a name), (a name) and (a name)"),
        ("Tom of Initech, Kim of Globex", "(a name) of (a name), (a name) of (a name)"),
        ("HR, a Recruiter and the Head of Design", "HR, a Recruiter and the Head of Design"),
        ("May I? It may be; Will will", "(a name) I? It may be; (a name) will"),
        ("zoe & sons", "(a name) & sons"),
    ],
)
def test_a_logged_name_is_masked_and_an_everyday_word_only_in_capitals(written: str, read: str) -> None:
    assert friends_read(written) == read


def test_a_name_by_hand_is_masked_in_any_letters_also_where_the_log_has_it() -> None:
    assert masker(("One",), names(("One",), ()))("one and One") == "(a name) and (a name)"


def test_with_an_allowed_name_all_that_it_is_known_by_may_be_read() -> None:
    assert names(("Acme Robotics GmbH",), (), ("acme robotics gmbh",)) == ()
    assert names(("Acme Robotics GmbH",), (), ("Acme",)) == ("Acme Robotics GmbH", "Acme Robotics")
    assert names(("Acme Robotics GmbH", "Acme Labs"), (), ("Acme Labs",)) == (
        "Acme Robotics GmbH", "Acme Robotics", "Acme",
    )  # fmt: skip
    assert names((), ("Anna Lindt",), ("anna",)) == ("Anna Lindt", "Lindt")


@pytest.mark.parametrize("name", ["", "X", "42", "🚀", "...", "7-11", MARK])
def test_what_tells_no_name_masks_nothing(name: str) -> None:
    assert masker((), names((name,), (name,)))("X 42 🚀 ... 7-11 a name") == "X 42 🚀 ... 7-11 a name"


@pytest.mark.parametrize(
    "whom", ["(", "and", " / , ", "a", "and and", "x" * 200, "the panel of five people at the end"]
)
def test_anything_may_be_written_for_whom(whom: str) -> None:
    assert "sunshine" in masker((), names((), (whom,)))("sunshine")


def test_the_names_that_are_masked_are_told() -> None:
    known = names(COMPANIES, PEOPLE)

    assert named(["one talk with Anna at acme"], ("talk",), known) == ("talk", "Acme", "Anna")


# ------------------------------------------------------------------ many names


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    found = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def some(many: int) -> tuple[str, ...]:
    letters = "bcdfghjklm"
    return names(tuple(f"{''.join(letters[int(n)] for n in f'{n:04}')}ola Company" for n in range(many)), ())


def test_a_text_is_read_as_quickly_among_a_thousand_names_as_among_a_hundred() -> None:
    text = "A long day: I wrote to somebody at bbBBola, and then on and on about the rest of it. " * 10
    few, many = masker((), some(100)), masker((), some(1000))
    assert few(text) == many(text) != text

    assert calls(lambda: many(text)) < 1.2 * calls(lambda: few(text))


def test_twice_as_many_names_are_learned_in_twice_the_work() -> None:
    once, twice = (calls(lambda many=many: masker((), some(many))) for many in (500, 1000))

    assert twice < 2.5 * once
