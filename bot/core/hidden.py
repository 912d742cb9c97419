"""Names that a seeker hides, and those in their log: people and companies that stand in nothing that others see.

`_names` tells where one stands, however it is written. Marks of emphasis within a name hide nothing: Ac**me** is
masked as Acme is, and what of them belongs with marks outside the name stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.core import text as texts
from bot.core._everyday import is_everyday
from bot.core._names import Sought, Span, Wanted, folded, sought, spans
from bot.core.errors import Told

MARK = "(a name)"  # what friends read in its place: it says nothing, and reads on
MOST = 50
LONGEST = 80  # characters of one name
_TOGETHER = 9  # letters from which on a name of several words is found where they are written together, too

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_EMPHASIS = r"\*\*|\*|~~|\|\||`+|__|(?<![^\W_])_|_(?![^\W_])"  # between two letters an underscore is none
_STOPS = " .,;:!?'\"()[]<>*`~\u00a1\u00bf\u2026\u201c\u201d\u201e\u00ab\u00bb"


class BadName(Told):
    """A name to hide that is empty, too long, or one too many."""


class NotHidden(Told):
    """A name was to be shown again that is not hidden."""


class Hidden(NamedTuple):
    """A name that a seeker hides, as they wrote it."""

    id: int
    name: str


class Names(NamedTuple):
    """All that is masked where others read."""

    hidden: tuple[str, ...] = ()  # by hand
    logged: tuple[str, ...] = ()  # in the log of the search; an everyday word only where it has a capital letter


class Hiding(NamedTuple):
    """A seeker's hidden names in the order of the alphabet, and what was done to which."""

    names: tuple[str, ...]
    logged: tuple[str, ...] = ()  # masked because they stand in the log
    allowed: tuple[str, ...] = ()  # in the log, and friends may read them
    added: str = ""
    removed: str = ""
    posts: int = 0  # posted weeks that read differently now


def checked(name: str, known: Iterable[str]) -> str:
    """A name to hide, on one line; raises BadName with what to do."""
    words = " ".join(texts.clean(name).split())
    if len(words) > LONGEST:
        raise BadName(f"A name to hide has at most {LONGEST} characters, and this has {len(words):,}.")
    if MARK in words or not any(unicodedata.category(char)[0] in "LNS" for char in key(words)):
        raise BadName("There is no name in that. Write it as it stands in your answers, like Acme or Jane Doe.")
    hidden = {key(other) for other in known}
    if key(words) in hidden:
        raise BadName(f"“{words}” is hidden already.")
    if len(hidden) >= MOST:
        raise BadName(f"{MOST} names are hidden, and I keep no more than that. /week unhide shows one of them again.")
    return words


def meant(name: str, by_hand: Iterable[Hidden], logged: Iterable[str] = ()) -> str:
    """The masked name that is written, or picked, in any spelling; raises NotHidden."""
    for known in (*(hidden.name for hidden in by_hand), *logged):
        if key(known) == key(name):
            return known
    raise NotHidden(f"“{' '.join(name.split())[:LONGEST]}” is not hidden. /week hide without a name shows what is.")


def holds(names: Iterable[str], name: str) -> bool:
    """Whether a name is among some, in any spelling."""
    return any(key(one) == key(name) for one in names)


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """A name as it is compared, without the stops around it: two with the same key are the same name."""
    return folded(name.replace("_", " ").replace("`", "'")).text.strip(_STOPS)


def masker(hidden: Iterable[str], logged: Iterable[str] = ()) -> Callable[[str], str]:
    """What turns a text into what others may see: a mark in place of each of the names."""
    wanted = _wanted(tuple(hidden), tuple(logged))

    def mask(text: str) -> str:
        read = MARK.join(_masked(piece, wanted) for piece in text.split(MARK)) if wanted.begins else text
        return read if read == text else mask(read)  # beside a mark other names may stand alone

    return mask


def named(parts: Iterable[str], hidden: Sequence[str], logged: Sequence[str] = ()) -> tuple[str, ...]:
    """Those of the names that stand in some texts, in the order given."""
    wanted = _wanted(tuple(hidden), tuple(logged))
    found = {span.name for part in parts for piece in part.split(MARK) for span in spans(piece, wanted)}
    return tuple(name for name in dict.fromkeys((*hidden, *logged)) if name in found)


@lru_cache(maxsize=64)  # the names of a long log are many, and seldom others
def _wanted(hidden: tuple[str, ...], logged: tuple[str, ...]) -> Sought:
    """What each name is found by, in each way to spell it."""
    by_hand = {one._replace(everyday=False) for name in hidden for one in _found_by(name)}
    return sought(by_hand.union(*map(_found_by, logged)))


@lru_cache(maxsize=16384)
def _found_by(name: str) -> tuple[Wanted, ...]:
    """What a name of the log is found by."""
    spellings = {key(name), key(_spelt_out(name))} - {""}
    together = {"".join(spelling.split()) for spelling in spellings}
    spellings |= {one for one in together if sum(map(str.isalnum, one)) >= _TOGETHER}
    spellings |= {f"{one})" for one in spellings if one.count("(") > one.count(")")}  # around a name it is a stop
    return tuple(Wanted(spelling, name, is_everyday(name)) for spelling in spellings)


def _spelt_out(name: str) -> str:
    """A name as it is written where there are no umlauts: Mueller."""
    return unicodedata.normalize("NFC", name).casefold().translate(_SPELT_OUT)


def _masked(text: str, wanted: Sought) -> str:
    shown, at = "", 0
    for span in _joined(text, spans(text, wanted)):
        begun, ended = _left_of(text, span)
        shown += text[at : span.start] + begun + MARK + ended
        at = span.end
    return shown + text[at:]


def _left_of(text: str, span: Span) -> tuple[str, str]:
    """The marks of emphasis in a name whose other half stands behind it, and those whose other half stands before."""
    if not re.search(_EMPHASIS, text[span.start : span.end]):
        return "", ""
    marks = [(found[0], found.start()) for found in re.finditer(_EMPHASIS, text)]
    before = Counter(mark for mark, at in marks if at < span.start)
    within = Counter(mark for mark, at in marks if span.start <= at < span.end)
    behind = Counter(mark for mark, at in marks if at >= span.end)
    halves = [mark for mark, times in within.items() if times % 2]
    ended = [mark for mark in halves if before[mark] % 2]
    begun = [mark for mark in halves if not before[mark] % 2 and behind[mark] % 2]
    return "".join(begun), "".join(ended)


def _joined(text: str, found: Iterable[Span]) -> list[Span]:
    """What overlaps, or has only a space between, as one: a first and a last name are one mark."""
    joined: list[Span] = []
    for span in sorted(found):
        if joined and not text[joined[-1].end : span.start].strip(" "):
            joined[-1] = joined[-1]._replace(end=max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
