"""How cheers look to the friend who gives them: the form, what was given, and all of theirs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.core import text as texts
from bot.core.cheer import Cheered, Given, Wish
from bot.core.errors import Told
from cogs._forms import Fields, Words, choice_label, in_label, known_label, text_label
from cogs._layout import Row, label_of, layout, name_of, say
from cogs._press import button
from cogs._text import as_said

WARM = {
    "❤️": "With love",
    "👏": "Well done",
    "💪": "You can do this",
    "🫂": "A hug",
    "🌱": "It is growing",
    "🎉": "Let us celebrate",
    "☀️": "A bright day to you",
    "🍀": "Good luck",
}
NAMED, UNNAMED = "named", "unnamed"
SHOWN = 150  # characters of a cheer's words in a list
MOST_NAMES = 5  # buttons of one row
_NAME_ON_BUTTON = 60
_LONGEST_EMOJI = 40
_JOINED = "\u200d\ufe0f\u20e3"  # what an emoji may hold besides symbols: joiner, selector, keycap
_CUSTOM = re.compile(r"<a?:(\w{2,32}):(\d{15,21})>", re.ASCII)


class NoEmoji(Told):
    """What stands where an emoji belongs is none."""


def fields(seeker: str, given: Wish, words: Words) -> Fields:
    """The form of a cheer, filled with words that were refused, or else with what was given so far."""
    own = "" if given.emoji in WARM else given.emoji
    filled = words or {"emoji": given.emoji if not own else "", "own": own, "words": given.text}
    known = filled.get("known") or (UNNAMED if given.unnamed else NAMED)
    hint = f"It reaches {in_label(seeker)} in a note."
    labels: list[ui.Label[Any]] = [
        choice_label(
            "emoji", "An emoji, if you like", [(e, f"{e} {said}") for e, said in WARM.items()], filled.get("emoji", "")
        ),
        text_label("own", "Or one of your own, in its place", filled.get("own", ""), long=False),
        text_label("words", "A line, if you like", filled.get("words", ""), hint=hint),
        known_label("known", seeker, NAMED, UNNAMED, known),
    ]
    return Fields(f"To {seeker}", labels)


def wish_of(words: Words) -> Wish:
    """What came back of the form; an emoji of one's own goes before a chosen one. Raises NoEmoji."""
    own, chosen = words.get("own", ""), words.get("emoji", "")
    emoji = own_emoji(own) if not texts.is_blank(own) else chosen if chosen in WARM else ""
    return Wish(emoji, words.get("words", ""), words.get("known") == UNNAMED)


def own_emoji(typed: str) -> str:
    """The one emoji that somebody typed, as it is kept and shown; raises NoEmoji with what to do."""
    text = texts.clean(typed)
    custom = _CUSTOM.fullmatch(text)
    if custom:
        return f"<:{custom[1]}:{custom[2]}>"
    if len(texts.graphemes(text)) != 1 or texts.length(text) > _LONGEST_EMOJI or not _is_emoji(text):
        raise NoEmoji("In the field for an emoji of your own, put one emoji and nothing else; words go below it.")
    return text


def _is_emoji(text: str) -> bool:
    """Whether all of one grapheme is symbols (Unicode's So and Sk) and what joins them, or it is a keycap."""
    if re.fullmatch("[0-9#*]\ufe0f?\u20e3", text):
        return True
    tags = range(0xE0020, 0xE0080)
    symbols = [unicodedata.category(c) for c in text if c not in _JOINED and ord(c) not in tags]
    return bool(symbols) and symbols[0] == "So" and set(symbols) <= {"So", "Sk"}


def given(what: Given) -> ui.LayoutView:
    """What a friend has just given, or changed, with its buttons."""
    name = name_of(what.seeker)
    reached = f"I will carry it to {name}. Thank you."
    if what.note_id is not None:
        reached = f"Changed, also in the note that {name} has."
    return layout([reached, _words(what.wish, what.wish.text)], _row(what))


def taken_back(what: Given) -> ui.LayoutView:
    """A cheer is gone."""
    where = "" if what.note_id is None else ", also from the note that told it"
    return say(f"Taken back: your cheer for {name_of(what.seeker)} is gone{where}.")


def overview(mine: Sequence[Given], around: Sequence[Cheered]) -> ui.LayoutView:
    """What a friend gave of late, to be changed or taken back, told or not; and whom they can cheer on."""
    head = "## Your cheers" if mine else "## Your cheers\nNone yet. An emoji or a short line is plenty."
    whom = "Whom would you like to cheer on?" if around else "Nobody here can be cheered on just now."
    if len(around) > MOST_NAMES:
        whom += " /cheer with the option “who” finds everybody."
    row = [button("cheeron", one.id, label_of(one.name, _NAME_ON_BUTTON)) for one in around[:MOST_NAMES]]
    view = layout([head])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for one in mine:
        words = _words(one.wish, texts.shorten(one.wish.text, SHOWN))
        state = "on its way" if one.note_id is None else "arrived"
        container.add_item(ui.TextDisplay(f"**To {name_of(one.seeker)}** · {state}\n{words}"))
        container.add_item(ui.ActionRow(*_row(one)))
    container.add_item(ui.TextDisplay(whom))
    if row:
        container.add_item(ui.ActionRow(*row))
    return view


def _words(wish: Wish, shown: str) -> str:
    line = " ".join(part for part in (wish.emoji, as_said(shown)) if part)
    return f"{line}\n-# Not to be named in the circle." if wish.unnamed else line


def _row(what: Given) -> Row:
    return [button("recheer", what.id, "Change"), button("uncheer", what.id, "Take back")]
