"""Where names stand in a text, however they are written.

A name is found in capitals or not, with accents or without, with other apostrophes, hyphens or
spaces, composed or not. It has to stand as words of its own, so that "Al" leaves "always" alone; scripts without
spaces between words have no such edges. In links, addresses and tags, where words run together, a name that is not
short is found wherever its letters stand: in acmerobotics.com, jane.doe@mail.com, #JaneDoe. One that is an everyday
word too is found with a capital letter alone, or as a word of its own in a link.

However many names there are, only those are looked for whose letters all stand in a text: `sought` keeps them by how
their letters begin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4"), "'")
_DOTLESS = {ord("\u0131"): "i"}
_SAME = _APOSTROPHES | _DOTLESS
# Letters that are no letter with an accent, and that people write without all the same.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
# Accents, and the points of Hebrew and Arabic, that people write or leave out; vowels of Indic scripts stay.
_ACCENT = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
# Thai to Burmese, Hangul (particles follow the name), Khmer, Kana, Han: no space between words.
_UNSPACED = (
    "[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_CLITIC = "[\u0627\u0628\u0641\u0643\u0644\u0648\u05d1\u05d4\u05d5\u05db\u05dc\u05de\u05e9]"  # "and", "to", "the"
_MOST_CLITICS = 3
_MARKS = "*~`|\\"  # of emphasis, of spoilers and of code; an underscore may be one too, or a space
_UNSEEN = "[\u1160\u115f]"  # letters that nobody sees
_RUNS_TOGETHER = r"://|[@#%]|\w\.\w"  # what makes a link, an address or a tag of what stands between two blanks
_LONG_ENOUGH = 4  # letters from which on a name is found within the words of a link
_TAKES_S = 3  # letters from which on a name may carry an s without apostrophe: "Annas Büro", never "als"
_BEGINNING = 8  # letters by which names are kept
_FEW = 30  # beginnings up to which each name is looked for by itself


class Wanted(NamedTuple):
    """A name to be found: as it is compared, what it is called, and whether it is an everyday word too."""

    key: str
    name: str
    everyday: bool = False


class _Ranked(NamedTuple):
    rank: int  # the longest first
    letters: str
    wanted: Wanted


class Sought(NamedTuple):
    """Names to be found, by how their letters begin."""

    begins: Mapping[str, Sequence[_Ranked]]
    sizes: frozenset[int]  # of those beginnings


class Span(NamedTuple):
    """Where one of the names stands."""

    start: int
    end: int
    name: str


class _Folded(NamedTuple):
    """A text as it is compared, and for each of its characters where it stood; the last is the end of the text."""

    text: str
    at: tuple[int, ...]


class _Link(NamedTuple):
    """The letters and digits of a link, an address or a tag as they are compared; where each stands, and how wide."""

    text: str
    at: tuple[int, ...]
    width: tuple[int, ...]


def sought(wanted: Iterable[Wanted]) -> Sought:
    """What names are found by."""
    begins: dict[str, list[_Ranked]] = {}
    for rank, one in enumerate(sorted(wanted, key=lambda one: (-len(one.key), one))):
        letters = "".join(filter(str.isalnum, one.key))
        begins.setdefault(letters[:_BEGINNING], []).append(_Ranked(rank, letters, one))
    return Sought(begins, frozenset(map(len, begins)))


def spans(text: str, names: Sought) -> list[Span]:
    """Where the names stand; one that lies within a longer name is not found."""
    wanted = _possible(text, names)
    if not wanted:
        return []
    whole, links = folded(text), _links(text)
    found: list[Span] = []
    for one in wanted:
        for start, end in _stands(text, whole, links, one):
            if not any(other.start <= start and end <= other.end for other in found):
                found.append(Span(start, end, one.name))
    return found


def _possible(text: str, names: Sought) -> list[Wanted]:
    """The names whose letters all stand in a text, one after the other; the longest first."""
    found: set[_Ranked] = set(names.begins.get("", ()))
    few = [one for known in names.begins.values() for one in known] if len(names.begins) <= _FEW else []
    for bare in {_bare(text), _bare(unquote(text, errors="surrogateescape")) if "%" in text else ""}:
        found.update(one for one in few if one.letters in bare)
        for size in names.sizes - {0} if not few else ():
            for start in range(len(bare) - size + 1):
                begun = names.begins.get(bare[start : start + size], ())
                found.update(one for one in begun if bare.startswith(one.letters, start))
    return [one.wanted for one in sorted(found)]


def _bare(text: str) -> str:
    """The letters and digits of a text as they are compared, one after the other."""
    return "".join(filter(str.isalnum, _plain(text)))


def _stands(text: str, whole: _Folded, links: Sequence[_Link], wanted: Wanted) -> Iterator[tuple[int, int]]:
    for start, end in _words(whole, wanted.key):
        if not wanted.everyday or _in_capitals(text[start:end]):
            yield start, end
    for start, end in _in_links(links, wanted.key):
        if not wanted.everyday or _alone(text, start, end):
            yield start, end


def _in_capitals(words: str) -> bool:
    """Whether no word begins with a small letter."""
    return not any(word[0].islower() for word in re.findall(r"[^\W_]+", words))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing is written together with what stands there."""
    begins = start == 0 or not _flows(text[start - 1], text[start])
    return begins and (end == len(text) or not _flows(text[end - 1], text[end]))


def _words(whole: _Folded, wanted: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as words of its own."""
    text, at = whole
    for start, end in _places(whole, _pattern(wanted)):
        if _begins(text, start) and _ends(text, end, len(wanted)):
            yield at[start], at[end]


def _in_links(links: Iterable[_Link], wanted: str) -> Iterator[tuple[int, int]]:
    """Where the letters of a name stand in a link, an address or a tag."""
    letters = "".join(filter(str.isalnum, wanted))
    for link in links if len(letters) >= _LONG_ENOUGH else ():
        for start, end in _places(link, _exactly(letters)):
            yield link.at[start], link.at[end - 1] + link.width[end - 1]


def _places(place: _Folded | _Link, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the characters stand that are compared, none of them a part of one that was written."""
    text, at = place.text, place.at
    found = wanted.search(text)
    while found:
        start, end = found.span()
        if (start == 0 or at[start - 1] < at[start]) and (end == len(at) or at[end - 1] < at[end]):
            yield start, end
        found = wanted.search(text, start + 1)


@lru_cache(maxsize=1024)
def _exactly(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted))


@lru_cache(maxsize=1024)
def _pattern(wanted: str) -> re.Pattern[str]:
    """A name with marks of emphasis anywhere in it; one that has such marks itself stands only as it is."""
    plain = any(char in _MARKS for char in wanted)
    found = ""
    marks = "" if plain else re.escape(_MARKS)
    for char, then in pairwise(wanted):
        space = "_" if then != " " else ""
        found += f"[ _][ _{marks}]*" if char == " " else _as_written(char) + (f"[{space}{marks}]*" if marks else "")
    return re.compile(found + _as_written(wanted[-1]))


def _as_written(char: str) -> str:
    return "['`]" if char == "'" else re.escape(char)


def _begins(text: str, start: int) -> bool:
    """Whether a word begins at `start`, after what Arabic and Hebrew write together with it."""
    for before in range(start, max(-1, start - _MOST_CLITICS - 1), -1):
        if before == 0 or not _flows(text[before - 1], text[before]):
            return True
        if not re.match(_CLITIC, text[before - 1]):
            return False
    return False


def _ends(text: str, end: int, size: int) -> bool:
    """Whether a word ends before `end`, or behind an s there."""
    if end == len(text) or not _flows(text[end - 1], text[end]):
        return True
    plural = re.compile("e?s").match(text, end)
    if size < _TAKES_S or plural is None:
        return False
    return plural.end() == len(text) or not _flows("s", text[plural.end()])


def _flows(one: str, other: str) -> bool:
    """Whether two characters beside each other are of one word."""
    kinds = _kind(one), _kind(other)
    return kinds[0] == kinds[1] != ""


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """What a character joins with: letters with letters, digits with digits; empty for all others."""
    category = unicodedata.category(char)
    if category[0] not in "LMN" or re.match(_UNSPACED, char):
        return ""
    return "digit" if category[0] == "N" else "letter"


def folded(text: str) -> _Folded:
    """A text as names are compared with it."""
    chars: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        for each in _fold(char):
            if each != " " or chars[-1:] != [" "]:
                chars.append(each)
                at.append(place)
    return _Folded("".join(chars), (*at, len(text)))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """A character without case, width and accent; a blank or hyphen is a space, what nobody sees is nothing."""
    if char.isspace() or char == "\u2800" or unicodedata.category(char) == "Pd":
        return " "
    return "".join(each for each in _plain(char) if unicodedata.category(each) not in ("Cf", "Cc"))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_SAME)).casefold())
    return re.sub(f"{_ACCENT}|{_UNSEEN}", "", plain.translate(_PLAIN))


def _links(text: str) -> list[_Link]:
    """What stands between two blanks and is a link, an address or a tag."""
    runs = re.finditer(r"\S+", text) if re.search(_RUNS_TOGETHER, text) else ()
    return [_letters(run[0], run.start()) for run in runs if re.search(_RUNS_TOGETHER, run[0])]


def _letters(run: str, begins: int) -> _Link:
    chars: list[str] = []
    at: list[int] = []
    width: list[int] = []
    for place, wide, char in _decoded(run):
        plain = _fold(char)
        if not plain and width:
            width[-1] = place + wide + begins - at[-1]
        for each in filter(str.isalnum, plain):
            chars.append(each)
            at.append(begins + place)
            width.append(wide)
    return _Link("".join(chars), tuple(at), tuple(width))


def _decoded(run: str) -> Iterator[tuple[int, int, str]]:
    """Each character, where it stands and how wide; those that a link writes in bytes, as %C3%A9, are read."""
    for piece in re.finditer("(?:%[0-9A-Fa-f]{2})+|.", run):
        at, in_bytes = piece.start(), len(piece[0]) > 1
        for char in unquote(piece[0], errors="surrogateescape") if in_bytes else piece[0]:
            wide = 3 * len(char.encode(errors="surrogateescape")) if in_bytes else 1
            yield at, wide, char
            at += wide
