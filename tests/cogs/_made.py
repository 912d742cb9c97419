"""Things to render, with any words that people may write, and what Discord takes of a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from discord import ui
from hypothesis import strategies as st

from bot import exercises
from bot.core import text as texts
from bot.core.circle import Cheer, Note
from bot.core.exercise import ANSWER_LIMIT, Choice, Exercise, Scale, Text
from bot.core.journal import NUMBERS, Entry, Visibility
from bot.core.summary import Draft, Material, Phase, Summary, Week, summarise
from bot.core.week_card import Stone, WeekCard
from cogs._press import REFS, parse

LIBRARY = exercises.load()
MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 11, 17, tzinfo=UTC)
KEY = "0123456789abcdef0123"
FROM_A_FRIEND = 4000

_PIECES = [
    *["*", "_", "`", "```", "\\", "~~", "||", "<@1>", "@everyone ", "<t:1:F>", "[x](https://y.z)", "<#5> ", ":x:"],
    *["# ", "\n- ", "\n> ", "\n\n", "1. ", "-# ", "https://a.b/c_d*e ", "https://a.b/", "x", "word ", "Wonderful. "],
    *[
        "supercalifragilistic",
        "🎉",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "שלום ",
        "مرحبا ",
        "a\u0301\u0323\u0302",
        "क्षि",
        "你好。",
        "１２",
    ],
]
_short = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), min_size=1, max_size=8).map("".join)


def words(most: int = ANSWER_LIMIT) -> st.SearchStrategy[str]:
    """What the bot keeps of anything that a person writes: cleaned, not blank, at most so many characters."""
    long = st.tuples(_short, st.sampled_from([1, 1, 3, 20, 4000])).map(lambda made: made[0] * made[1])
    return long.map(lambda text: texts.clean(text[:most])).filter(lambda text: not texts.is_blank(text))


names = st.one_of(st.just("Maya"), words(100))


@st.composite
def entry(draw: st.DrawFn, number: int = 1, shared: bool | None = None) -> Entry:
    """An entry of any exercise with any answers."""
    exercise = draw(st.sampled_from(list(LIBRARY.values())))
    answers = {step.id: draw(_answer(step)) for step in exercise.steps if step.required or draw(st.booleans())}
    numbers = {name: draw(st.integers(0, 999)) for name in NUMBERS} if exercise.numbers and draw(st.booleans()) else {}
    seen = draw(st.booleans()) if shared is None else shared
    return Entry(
        id=number,
        person_id=1,
        exercise=exercise.id,
        on=MONDAY + timedelta(days=number % 7),
        week=MONDAY,
        answers=answers,
        numbers=numbers,
        visibility=Visibility.FRIENDS if seen else Visibility.PRIVATE,
    )


def _answer(step: Any) -> st.SearchStrategy[str | int]:
    if isinstance(step, Text):
        return words()
    return st.integers(step.low, step.high) if isinstance(step, Scale) else st.sampled_from(step.options)


def worst(exercise: Exercise, number: int, piece: str = "*") -> Entry:
    """An entry whose every answer is as long as can be, and twice that when escaped."""
    answers: dict[str, str | int] = {
        step.id: (piece * ANSWER_LIMIT)[:ANSWER_LIMIT] if isinstance(step, Text) else 1 for step in exercise.steps[:5]
    }
    answers |= {step.id: step.options[0] for step in exercise.steps if isinstance(step, Choice)}
    return Entry(
        number, 1, exercise.id, MONDAY + timedelta(days=number % 7), MONDAY, answers, dict.fromkeys(NUMBERS, 999),
        Visibility.FRIENDS,
    )  # fmt: skip


def week_of(
    entries: tuple[Entry, ...], *, said: str = "", name: str = "Maya", phase: Phase = Phase.DRAFTED, **more: Any
) -> Draft:
    """The draft of a week with these entries and these words above them."""
    week = Week(1, 1, MONDAY, phase, said, **{"share_numbers": True, "share_mood": True, **more})
    material = Material(name, 3, entries, frozenset())
    return Draft(KEY, week, material, summarise(week, material, LIBRARY))


def summary_of(entries: tuple[Entry, ...] = (), said: str = "", name: str = "Maya", **more: Any) -> Summary:
    """What friends see of such a week."""
    card = WeekCard(name, 3, MONDAY, tuple(more.pop("stones", (Stone(MONDAY, mood=4, energy=7),))))
    return Summary(name, 3, MONDAY, said, entries, more.pop("numbers", {}), card, LIBRARY)


notes = st.lists(
    st.builds(
        Cheer,
        names,
        st.lists(st.sampled_from(["🎉", "❤️", "<:a_long_name_of_an_emoji:123456789012345678>"]), max_size=20).map(tuple),
        st.lists(words(FROM_A_FRIEND), max_size=3).map(tuple),
        st.lists(st.just("https://discord.com/channels/1/2/3"), max_size=3).map(tuple),
    ),
    max_size=20,
).map(lambda cheers: Note(KEY, tuple(cheers), MONDAY))


# ------------------------------------------------------------------ what Discord takes


def text_of(view: ui.LayoutView) -> str:
    """All text of a view."""
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


def buttons_of(view: ui.LayoutView) -> dict[str, str]:
    """The labels of a view's buttons by their verbs."""
    found = [part for part in _parts(view.to_components()) if part["type"] == 2]
    return {part["custom_id"].partition(":")[0]: part["label"] for part in found}


def check_limits(view: ui.LayoutView) -> None:
    """Discord takes this view, counted as strictly as it could count."""
    parts = list(_parts(view.to_components()))
    assert len(parts) <= 40
    spoken = [part["content"] for part in parts if part["type"] == 10]
    assert all(text.strip() for text in spoken)
    labels = [part.get("label") or part.get("placeholder") or "" for part in parts]
    assert sum(texts.length(text) for text in [*spoken, *labels]) <= 4000
    for part in parts:
        _check_part(part)


def _check_part(part: dict[str, Any]) -> None:
    if "custom_id" in part:
        assert len(part["custom_id"]) <= 100
        parse(part["custom_id"], REFS)
    match part["type"]:
        case 1:
            assert 1 <= len(part["components"]) <= 5
        case 2:
            assert 1 <= texts.length(part["label"]) <= 80
        case 3:
            _check_options(part["options"])
            assert texts.length(part.get("placeholder") or "") <= 150
        case 12:
            assert all(1 <= texts.length(item["description"]) <= 1024 for item in part["items"])


def _check_options(options: list[dict[str, Any]]) -> None:
    assert 1 <= len(options) <= 25
    assert len({option["value"] for option in options}) == len(options)
    for option in options:
        assert 1 <= texts.length(option["label"]) <= 100
        assert option.get("description") is None or 1 <= texts.length(option["description"]) <= 100


def _parts(components: list[Any]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _parts(part.get("components") or [])


def check_modal(modal: dict[str, Any]) -> None:
    """Discord takes this form."""
    assert 1 <= texts.length(modal["title"]) <= 45
    assert 1 <= len(modal["components"]) <= 5
    parse(modal["custom_id"], REFS)
    for label in modal["components"]:
        assert 1 <= texts.length(label["label"]) <= 45
        assert texts.length(label.get("description") or "") <= 100
        field = label["component"]
        if "options" in field:
            _check_options(field["options"])
        else:
            assert texts.length(field.get("value") or "") <= field["max_length"] <= 4000


def bare(text: str) -> str:
    """The text without what wrapping, splitting and links may add or drop."""
    return re.sub(r"[\s<>\u200b\u2068\u2069]", "", unicodedata.normalize("NFC", text))


def read(told: str) -> str:
    """What a reader of Discord sees of a text, bare: each backslash shows the character after it as it is."""
    return bare(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", told))


def holds(told: str, whole: str) -> bool:
    """Whether all of a person's words stand in what is told."""
    return bare(whole) in read(told)
