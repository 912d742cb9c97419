"""The story: what may be shared, month by month, and nothing of what people wrote is markup in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ask import Request
from bot.core.exercise import Exercise, Library, Scale, Text
from bot.core.experiment import Experiment, Phase
from bot.core.hidden import masker
from bot.core.idea import Idea, Step
from bot.core.idea import Sort as Gift
from bot.core.journal import Entry, Visibility
from bot.core.landing import Landing, Sort
from bot.core.landing import Phase as Posted
from bot.core.story import Material, NothingToTell, escaped, markdown, pieces
from bot.core.summary import Phase as WeekPhase
from bot.core.summary import Week

FIRST = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
CHECKIN = Exercise(
    "checkin",
    "Check-in",
    "",
    (Scale("mood", "Mood", "?", 1, 5, ("heavy", "low", "steady", "light", "bright")), Text("done", "Done", "?")),
    "done",
)
LIBRARY = Library(checkin=CHECKIN)


def entry(on: date, words: str, *, shared: bool = True) -> Entry:
    seen = Visibility.FRIENDS if shared else Visibility.PRIVATE
    return Entry(1, 1, "checkin", on, on, {"mood": 4, "done": words}, {"applications": 2}, seen)


def idea(what: str = "A day at a lab", friend: str = "Jonas", sort: Gift = Gift.IDEA, *, unnamed: bool = False) -> Idea:
    return Idea(7, sort, 2, friend, 1, "Maya", None, what, "", False, unnamed, Step.LEARNED, NOW, None)


def material(**more: Any) -> Material:
    empty: dict[str, Any] = dict.fromkeys(("entries", "weeks", "asks", "ideas", "experiments", "landings", "rests"), ())
    return Material(**{"name": "Maya", "exercises": LIBRARY, "masked": masker(["Acme"]), **empty, **more})


def test_a_talk_that_was_had_is_told_as_one() -> None:
    talk = Experiment(
        1, 1, 7, "Ana", "Alex at Acme", "", FIRST, Phase.LEARNED, "They start at ten", NOW, None, 1, talk=True
    )
    story = markdown(material(experiments=[(FIRST, talk)]))
    assert "I talked with Alex at" in story
    assert "Acme" not in story


def lived(*, private: bool = False, unnamed: bool = False) -> str:
    """A story with something of everything."""
    tried = Experiment(
        1, 1, 7, "Jonas", "A day at a lab", "Is it loud?", FIRST, Phase.LEARNED, "I love it", NOW, None, 1
    )
    landing = Landing(1, 1, Sort.LANDED, "Thank you all", NOW, NOW, 1, Posted.POSTED, 1, 7)
    march = date(2026, 3, 2)
    return markdown(
        material(
            entries=[entry(FIRST, "Called Acme"), entry(march, "Cried", shared=False)],
            weeks=[
                (FIRST + timedelta(days=6), Week(1, 1, FIRST, WeekPhase.POSTED, "A good start")),
                (march, Week(2, 1, march, WeekPhase.TAKEN, "Taken")),
            ],
            asks=[(FIRST, Request(1, 1, "Read my CV", NOW, NOW))],
            ideas=[(FIRST, idea(unnamed=unnamed)), (FIRST, idea("Alex at Acme", "Ana", Gift.OFFER))],
            experiments=[(date(2026, 2, 3), tried)],
            landings=[(march, landing)],
            rests=[date(2026, 2, 10) + timedelta(days=n) for n in range(8)],
            private=private,
        )
    )


def test_it_is_told_in_order_under_the_headings_of_the_months() -> None:
    story = lived()

    assert re.findall("(?m)^## .*$", story) == ["## January 2026", "## February 2026", "## March 2026"]
    told = ["# Maya's journey", "Called (a name)", "Read my CV", "Jonas had an idea", "A good start"]
    told += ["I tried this: A day at a lab", "I rested for eight days", "I landed.", "Jonas's idea", "Thank you all"]
    places = [story.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)


def test_what_is_private_is_in_it_only_where_it_is_asked_for() -> None:
    shared, whole = lived(), lived(private=True)

    for words in ("Cried", "Acme", "I love it", "Is it loud", "light", "two applications", "Taken", "Alex"):
        assert words not in shared, words
        assert words in whole, words


def test_an_unnamed_friend_is_named_in_the_seekers_own_copy_alone() -> None:
    assert "Jonas" not in lived(unnamed=True)
    assert "A friend had an idea for me" in lived(unnamed=True)
    assert "Jonas had an idea for me" in lived(unnamed=True, private=True)


@pytest.mark.parametrize("private", [False, True])
def test_nothing_to_tell_is_said_kindly(private: bool) -> None:
    nothing = material(entries=[] if private else [entry(FIRST, "Cried", shared=False)], private=private)
    with pytest.raises(NothingToTell, match="that is fine") as refusal:
        markdown(nothing)
    assert ("private: yes" in str(refusal.value)) is not private


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("# Not a title", r"\# Not a title"),
        ("- no\n2. list", "\\- no  \n2\\. list"),
        ("*a* [b](c) <b> `x`", r"\*a\* \[b\](c) \<b\> \`x\`"),
        ("    code\n\n\n---", "code\n\n\\---"),
        ("@everyone <@12>", "@\u200beveryone \\<@\u200b12\\>"),
        ("me@example.org", "me@example.org"),
        ("&lt;b&gt; costs $1$", r"\&lt;b\&gt; costs \$1\$"),
    ],
)
def test_words_are_shown_as_they_were_written(words: str, shown: str) -> None:
    assert escaped(words) == shown


@given(st.text(alphabet="#*_-+=`>~|[]()<>!1. \n\tab@e", max_size=60))
@settings(max_examples=150)
def test_no_words_become_markup_or_mentions(words: str) -> None:
    shown = escaped(words)

    bare = re.sub(r"\\.", "", shown)
    assert not re.search(r"[`*_{}\[\]<>|~#]", bare)
    for line in shown.split("\n"):
        assert not re.match(r"([-+=]|\d+[.)]|\t| {4})", line)
    assert "@everyone" not in shown


def test_a_year_of_days_is_one_file_and_more_than_a_file_holds_is_parted() -> None:
    days = [entry(FIRST + timedelta(days=n), "word " * 199) for n in range(400)]
    story = markdown(material(entries=days))

    assert len(story.encode()) < 8_000_000
    parts = pieces(story, 60_000)
    assert len(parts) > 5
    assert max(len(part.encode()) for part in parts) <= 60_000
    assert "\n\n".join(parts) == story
    assert pieces(story, 8_000_000) == [story]
