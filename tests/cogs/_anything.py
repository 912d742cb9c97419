"""Anything that the core may hand over, built from its types, with any words that people may write."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.core.ask import LIMIT, Request
from bot.core.council import JointPost
from bot.core.errors import Told
from bot.core.exercise import ANSWER_LIMIT, Exercise
from bot.core.idea import Idea
from bot.core.idea import Sort as Gift
from bot.core.journal import NUMBERS, Entry, Kept, Prompt
from bot.core.landing import JourneyCard
from bot.core.mention import ACTS, Mention
from bot.core.origin import Origin
from bot.core.rhythm import Ask, Occurrence, Standing
from bot.core.search import NAME_LIMIT, Application, Backwards, Stage, WhichOne
from bot.core.summary import Draft, Phase, Summary, Week
from bot.core.text import clean
from bot.when import Unclear, When
from tests.cogs._made import KEY, LIBRARY, MONDAY, NOW, summary_of, week_of, worst

MOST = 6  # of anything that there may be several of
WORDS = 300


def _words(most: int) -> st.SearchStrategy[str]:
    """Words of one kind: a few, or as many as there may be."""
    return st.sampled_from([clean((piece * most)[:size]) or "x" for piece in PIECES for size in (30, most)])


PIECES = (
    "*",
    "word ",
    "🎉",
    "שלום (18:00). ",
    "مرحبا ",
    "@everyone ",
    "https://a.b/c_d ",
    "\n# ",
    "supercalifragilistic",
    "<@1>",
)
_names = st.sampled_from(
    ["Maya", "יונתן", "🦊👩‍🚀", "*" * 100, "Wolfeschlegelsteinhausenbergerdo" * 3, "@everyone", "a\nb"]
)
_entries = st.builds(worst, st.sampled_from(list(LIBRARY.values())), st.integers(1, 7), st.sampled_from(PIECES))
_summaries = st.builds(
    lambda told, said, name: summary_of(tuple(told), said, name),
    st.lists(_entries, max_size=3, unique_by=lambda one: one.id), st.just("") | _words(ANSWER_LIMIT), _names,
)  # fmt: skip
_drafts = st.builds(
    lambda told, said, name, phase, late: week_of(tuple(told), said=said, name=name, phase=phase, posts_at=late),
    st.lists(_entries, max_size=3, unique_by=lambda one: one.id), st.just("") | _words(ANSWER_LIMIT), _names,
    st.sampled_from(Phase), st.sampled_from([None, NOW]),
)  # fmt: skip
_mentions = st.builds(Mention, st.sampled_from(ACTS), st.integers(0, 10**9), _words(NAME_LIMIT), st.just(MONDAY))
_prompts = st.builds(
    lambda exercise, state, late: Prompt(
        KEY, Occurrence(1, 1, Ask.CHECKIN, exercise.id, MONDAY, NOW, state), exercise, late
    ),
    st.sampled_from(list(LIBRARY.values())), st.sampled_from(Standing), st.booleans(),
)  # fmt: skip
_refusals: st.SearchStrategy[Told] = st.deferred(
    lambda: st.one_of(
        st.builds(Told, _words(WORDS)),
        st.builds(Unclear, _words(WORDS), st.just((When(MONDAY, NOW.time()), When(MONDAY)))),
        st.builds(Backwards, _words(WORDS), st.sampled_from(Stage), ended=st.booleans()),
        st.lists(anything(Application), min_size=2, max_size=30, unique_by=lambda one: one.id).map(
            lambda choices: WhichOne("Which one?", choices)
        ),
    )
)
_plain: dict[Any, st.SearchStrategy[Any]] = {
    str: _words(WORDS),
    int: st.integers(0, 10**9),
    float: st.floats(0, 10),
    bool: st.booleans(),
    bytes: st.just(b"png"),
    date: st.just(MONDAY),
    time: st.just(NOW.time()),
    datetime: st.just(NOW),
    ZoneInfo: st.just(ZoneInfo("Europe/Berlin")),
    type(None): st.none(),
    Exercise: st.sampled_from(list(LIBRARY.values())),
    Entry: _entries,
    Kept: st.builds(
        lambda kept, mentions: Kept(kept, LIBRARY[kept.exercise], mentions=tuple(mentions)),
        _entries,
        st.lists(_mentions, max_size=3),
    ),
    Mention: _mentions,
    Origin: st.builds(  # it has a number by which it is told
        Origin, st.integers(1, 10**9), st.none(), st.sampled_from(Gift), _names, _words(ANSWER_LIMIT), st.booleans()
    ),
    Summary: _summaries,
    Draft: _drafts,
    Week: _drafts.map(lambda draft: draft.week),
    Prompt: _prompts,
    Told: _refusals,
    JourneyCard: st.just(JourneyCard("Maya", MONDAY, MONDAY, ((MONDAY, ()),))),
}
_named: dict[str, st.SearchStrategy[Any]] = {
    "delivery_id": st.just(KEY),
    "key": st.just(KEY),
    "held_id": st.just(KEY),
    "name": _names,
    "friend": _names,
    "seeker": _names,
    "emoji": st.sampled_from(["", "🎉", "👩‍👩‍👧‍👦"]),
    "zone": st.just("America/Argentina/ComodRivadavia"),
    "country": st.just("Bosnia and Herzegovina"),
    "named": st.just("") | _names,
}
_bounded: dict[str, st.SearchStrategy[Any]] = {
    "day": st.integers(0, 6),
    "emoji": st.lists(st.sampled_from(["🎉", "❤️", "<:a_long_name_of_an_emoji:123456789012345678>"])).map(tuple),
    "links": st.lists(st.just("https://discord.com/channels/1/2/3"), max_size=3).map(tuple),
}


@cache
def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the core: of its records, enums, plain types and what is put together of them."""
    if kind in _plain:
        return _plain[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(anything, args))
    if origin is tuple and args[-1] is not ...:
        return st.tuples(*map(anything, args))
    if origin in (tuple, list, frozenset, Sequence):
        made: Any = tuple if origin is Sequence else origin
        return st.lists(
            anything(args[0]), min_size=1, max_size=MOST, unique=_is_enum(args[0]) or origin is frozenset
        ).map(made)
    if origin is Mapping:
        return st.dictionaries(st.sampled_from(list(NUMBERS)), anything(args[1]))
    if _is_enum(kind):
        return st.sampled_from(kind)
    built = st.builds(kind, **_fields(kind))
    return built.map(_of_one_in_it) if kind is JointPost else built


def _of_one_in_it(what: JointPost) -> JointPost:
    """A preview is shown to somebody whose week is among those told."""
    return what if what.own is None else what._replace(own=what.sections[what.own % len(what.sections)].week_id)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _fields(kind: Any) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(kind)
    found = {name: _of_field(name, hint) for name, hint in hints.items()}
    if kind is Request:
        found["words"] = _words(LIMIT)
    if kind is Idea:
        found |= {"what": _words(ANSWER_LIMIT), "why": st.just("") | _words(ANSWER_LIMIT)}
    return found


def arguments(act: Callable[..., Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Values for all parameters of a function; raises TypeError or NameError where one is nothing of the core."""
    hints = get_type_hints(act)
    hints.pop("return")
    return {name: _of_field(name, hint) for name, hint in hints.items()}


def _of_field(name: str, hint: Any) -> st.SearchStrategy[Any]:
    bounded = _named if hint is str else _bounded
    return bounded[name] if name in bounded else anything(hint)
