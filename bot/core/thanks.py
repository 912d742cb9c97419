"""Thanks in a closing post: what each friend gave, made into a line that its seeker decides about.

A line quotes what a friend gave only for as long as they give it: what changed since it was decided is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.core.circle import UNNAMED
from bot.core.errors import Told
from bot.core.text import count, listing, mark, shorten

FORM = "linesaid"  # where words wait that were refused, by the numbers of the landing and the friend
LINE_LIMIT = 200  # characters of the words that thank one friend
ON_PAGE = 5  # lines that are decided about on one page
QUOTED = 90  # characters of an idea in a line that is made of it
IDEAS_TOLD = 2  # in such a line; more are counted


class NothingToSay(Told):
    """A line of thanks came without words."""


class LineTooLong(Told):
    """A line of thanks that is more than a line."""


class LineChanged(Told):
    """A line was to be confirmed that reads differently by now."""


class Standing(StrEnum):
    """What the seeker decided about a line of thanks."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    LEFT_OUT = "left out"


class Gift(NamedTuple):
    """All that one friend gave on a journey, with their name or all that they gave without it."""

    friend_id: int
    friend: str
    unnamed: bool
    led: str = ""  # the idea that led here
    led_by_offer: bool = False  # an introduction did, which is none of the offers below
    ideas: tuple[str, ...] = ()  # the others, those that something came of first
    offers: int = 0
    cheers: int = 0


class Decision(NamedTuple):
    """What the seeker decided about a line, and what it was made of then."""

    standing: Standing
    words: str  # in place of the line as it was made; may be empty
    mark: str


class Line(NamedTuple):
    """One friend's line of thanks, as the seeker decides about it."""

    friend_id: int
    unnamed: bool
    friend: str  # the name they go by, as the seeker knows them
    words: str
    own: bool  # in the seeker's words, not as it was made
    standing: Standing
    mark: str

    @property
    def named(self) -> str:
        """The friend as the circle reads them."""
        return UNNAMED if self.unnamed else self.friend or UNNAMED


def gave(gift: Gift) -> str:
    """What a friend gave, in words: "the idea “A day at a lab” and nine cheers"."""
    quoted = [_quoted(words) for words in gift.ideas]
    told, more = quoted[:IDEAS_TOLD], len(quoted[IDEAS_TOLD:])
    parts = [f"the idea that led here, {_quoted(gift.led)}"] if gift.led else []
    parts += ["the introduction that led here"] if gift.led_by_offer else []
    parts += [f"the {'ideas' if len(told) > 1 else 'idea'} {listing(told)}"] if told else []
    parts += [count(more, "more idea")] if more else []
    parts += [_some(gift.offers, "introduction")] if gift.offers else []
    parts += [_some(gift.cheers, "cheer")] if gift.cheers else []
    return listing(parts)


def _quoted(words: str) -> str:
    return f"“{shorten(' '.join(words.split()), QUOTED).removesuffix('.')}”"


def _some(many: int, thing: str) -> str:
    return f"{'an' if thing[0] in 'aeio' else 'a'} {thing}" if many == 1 else count(many, thing)


def _mark(gift: Gift) -> str:
    """What tells whether a line would be made of the same by now, without keeping a friend's words; cheers may vary."""
    return mark(gave(gift._replace(cheers=min(gift.cheers, 1))))


def lines(gifts: Iterable[Gift], decided: Mapping[tuple[int, bool], Decision]) -> tuple[Line, ...]:
    """A line for each gift, whoever's idea led here first. What changed since it was decided is open again."""
    ordered = sorted(
        gifts, key=lambda g: (not (g.led or g.led_by_offer), -len(g.ideas) - g.offers, -g.cheers, g.friend, g.friend_id)
    )
    return tuple(_line(gift, decided.get((gift.friend_id, gift.unnamed))) for gift in ordered)


def _line(gift: Gift, decision: Decision | None) -> Line:
    made, mark = gave(gift), _mark(gift)
    if decision is None or decision.mark != mark:
        decision = Decision(Standing.OPEN, "", mark)
    words = decision.words or made
    return Line(gift.friend_id, gift.unnamed, gift.friend, words, bool(decision.words), decision.standing, mark)


def page_of(lines: Sequence[Line], page: int) -> Sequence[Line]:
    """The lines that are shown together on a page, the first being 0."""
    return lines[page * ON_PAGE : (page + 1) * ON_PAGE]


def mark_of_all(lines: Iterable[Line]) -> str:
    """What tells whether some lines read by now as they did."""
    return mark(" ".join(line.mark for line in lines))
