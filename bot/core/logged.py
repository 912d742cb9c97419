"""Names in the log of a search: which words of it others do not read, unless its seeker allows them.

A company is known by its name, by its name without the legal form, and by its first word; a person by their name and by
each word of it. What is a word of every day tells a name only with a capital letter (`_everyday`), and a lone letter or
a number tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from bot.core._everyday import is_everyday
from bot.core.hidden import key

_LEGAL = """
ab ag aps as bv co corp corporation ev gbr gmbh holding inc kg kgaa limited llc llp ltd mbh nv ohg oy plc pty sa sarl
sas se sl spa srl ug
"""
_POSTS = """
a an and boss ceo cfo chef chefin coo cto contact data department design director engineering finance founder head
hiring hr intern interviewer lead legal leiter manager marketing office operations panel people personal product
recruiter recruiting sales someone somebody talent team the their vp
"""
_FORMS = frozenset(_LEGAL.split())
_NOBODY = frozenset(_POSTS.split())  # what people are, and not who
_ARTICLES = frozenset(("the", "der", "die", "das", "le", "la", "les", "el", "il"))
_BETWEEN = r"[,;/&()|+\n]|\b(?:and|from|at|of|with|und|von|bei|mit|aus)\b"
_REMEMBERED = 8192  # companies and people: the names of a long log are asked for whenever something of it is shown
_Known = tuple[tuple[str, str], ...]  # what a name is compared by, and itself: the whole name first
_FIRST, _WORD = 4, 3  # letters that a company's first word, and a word of a person's name, has at least
_MOST_WORDS = 4  # of a name; more are a sentence


@lru_cache(maxsize=64)
def names(companies: tuple[str, ...], people: tuple[str, ...], allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What is masked of companies and people; with a name all that it is known by is allowed."""
    may = {key(name) for name in allowed}
    found: dict[str, str] = {}
    for known in (*map(_company, companies), *chain.from_iterable(map(_people, people))):
        if known and known[0][0] not in may:
            found |= {words: name for words, name in known if words not in may and words not in found}
    return tuple(found.values())


@lru_cache(maxsize=_REMEMBERED)
def _company(name: str) -> _Known:
    return _known(_of_company(name))


@lru_cache(maxsize=_REMEMBERED)
def _people(whom: str) -> tuple[_Known, ...]:
    return tuple(_known(_of_person(one)) for one in _pieces(whom))


def _known(found: Iterable[str]) -> _Known:
    return tuple((key(name), name) for name in found if _tells(name))


def _tells(name: str) -> bool:
    letters = [char for char in key(name) if char.isalnum()]
    return len(letters) > 1 and any(char.isalpha() for char in letters)


def _of_company(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and (not _bare(words[-1]) or _bare(words[-1]) in _FORMS):
        words = words[:-1]
    if len(words) > 1 and _bare(words[0]) in _ARTICLES:
        words = words[1:]
    first = words[:1] if len(words) > 1 and _is_own(words[0], _FIRST) else []
    return [name, " ".join(words), *first]


def _pieces(whom: str) -> Iterator[str]:
    for piece in re.split(_BETWEEN, whom, flags=re.IGNORECASE):
        words = " ".join(piece.split())
        if words and not _is_nobody(words):
            yield words


def _is_nobody(words: str) -> bool:
    """Whether words say what somebody is and not who: "a recruiter", "HR"."""
    return (is_everyday(words) and words[0].islower()) or all(_bare(word) in _NOBODY for word in words.split())


def _of_person(name: str) -> list[str]:
    words = name.split()
    meant = words if len(words) <= _MOST_WORDS else [word for word in words if not word[0].islower()]
    return [name, *(word for word in meant if len(words) > 1 and _is_own(word, _WORD))]


def _is_own(word: str, least: int) -> bool:
    return len(key(word)) >= least and not is_everyday(word)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))
