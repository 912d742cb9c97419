"""Circles: the friends' channel, its rules, and what friends bring to a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from bot.core.errors import Told
from bot.core.people import Space

RULES = (
    "Counsel, not advice: ask, listen, tell what you have lived.",
    "What is said here stays here.",
    "Coming and going is fine; a cheer is always enough.",
)
UNNAMED = "A friend"  # where the platform never told a name


class NoCircle(Told):
    """There is no circle to belong to yet."""


class CouldNotPost(Told):
    """A message could not be posted in a circle's channel."""


class MissingPermissions(Told):
    """The bot may not do in a channel what a circle needs."""

    def __init__(self, channel: str, missing: Iterable[str]) -> None:
        names = ", ".join(missing)
        super().__init__(
            f"I can't make a circle of {channel} yet: I am missing {names} there. "
            "Open the channel's settings, then Permissions, allow that for me, and try again."
        )


class Circle(NamedTuple):
    """A group of friends and the channel they read."""

    id: int
    name: str
    space: Space
    lost_at: datetime | None = None  # since when the bot may not write there


class Joining(NamedTuple):
    """A circle in which a week goes out in a joint post; `at` is empty once that is out."""

    circle: Circle
    at: datetime | None = None


class Welcome(NamedTuple):
    """The first message in a circle's channel."""

    delivery_id: str
    rules: tuple[str, ...] = RULES


class Cheer(NamedTuple):
    """All that one friend left under a post: emoji, and words where the platform shows them."""

    name: str
    emoji: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # messages whose text the platform withheld
    unnamed: bool = False  # the circle is not to hear whose some of it is


class Note(NamedTuple):
    """What friends brought, carried back to the seeker."""

    delivery_id: str
    cheers: tuple[Cheer, ...]
    monday: date  # of the week that was posted
    answered: tuple[str, ...] = ()  # what became of each thing the seeker said to them


class Reaction(NamedTuple):
    """One emoji that a friend left under a post."""

    friend: int
    name: str
    emoji: str


class Word(NamedTuple):
    """Something a friend said; `text` is empty where there is an emoji alone, or the platform withheld it."""

    friend: int
    name: str
    text: str
    link: str
    emoji: str = ""
    unnamed: bool = False  # the circle does not hear whose it is


def gathered(reactions: Iterable[Reaction], words: Iterable[Word]) -> tuple[Cheer, ...]:
    """Reactions and words by friend, in the order in which each first came; two of one name stay two."""
    found: dict[int, Cheer] = {}
    for reaction in reactions:
        cheer = found.get(reaction.friend, Cheer(reaction.name or UNNAMED))
        found[reaction.friend] = _with_emoji(cheer, reaction.emoji)
    for word in words:
        cheer = _with_emoji(found.get(word.friend, Cheer(word.name or UNNAMED)), word.emoji)
        if word.text:
            cheer = cheer._replace(words=(*cheer.words, word.text))
        elif not word.emoji:
            cheer = cheer._replace(links=(*cheer.links, word.link))
        found[word.friend] = cheer._replace(unnamed=cheer.unnamed or word.unnamed)
    return tuple(found.values())


def _with_emoji(cheer: Cheer, emoji: str) -> Cheer:
    """Each emoji is told once."""
    return cheer if not emoji or emoji in cheer.emoji else cheer._replace(emoji=(*cheer.emoji, emoji))
