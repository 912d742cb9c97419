"""People's words made harmless in Discord's messages."""

from __future__ import annotations

import re

from discord.utils import escape_mentions

from bot.core.text import clean

# A link ends before brackets that are not its own, before what could be markup, and before a sentence's end.
_URL = r"https?://[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#](?:\([^\s<>()\[\]\\`|]*\)|[^\s<>()\[\]\\`|])*)?"
_LINK = rf"(?i)<({_URL})>|({_URL}(?<![.,:;!?\"'*_~]))"
_MARKUP = r"[\\*_~|`\[<]|:(?=//)"
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_QUOTED = "(?<=\u201c)[^\u201c\u201d]+(?=\u201d)"
_ISOLATE, _POP = "\u2068", "\u2069"
_LINE_START = r"(?m)^([^\S\n]*\d*)(?=[#>+.)-])"


def escape(text: str) -> str:
    """The words as plain text: no markup, mentions or timestamps; links stay readable and open no preview.

    The result may be twice as long: shorten the words before, never what comes out.
    """
    text = clean(text)
    if "://" not in text:
        return _plain(text)
    safe, at = "", 0
    for link in re.finditer(_LINK, text):
        safe += f"{_plain(text[at : link.start()])}<{link[1] or link[2]}>"
        at = link.end()
    return safe + _plain(text[at:])


def as_said(text: str) -> str:
    """Somebody's words, escaped; each line with letters from right to left has its own direction (UAX #9, FSI).

    So have quoted ones in it, whose last stop would else leave its quotation mark. What stands beside them stays where
    it is. Such a line is longer by two, and by two for each quotation; others stay as `escape` makes them.
    """
    text = escape(text)
    if text.isascii() or not re.search(_RIGHT_TO_LEFT, text):
        return text
    lines = text.split("\n")
    return "\n".join(_isolated(re.sub(_QUOTED, lambda quoted: _isolated(quoted[0]), line)) for line in lines)


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_POP}" if re.search(_RIGHT_TO_LEFT, text) else text


def _plain(text: str) -> str:
    return escape_mentions(re.sub(_LINE_START, r"\1\\", re.sub(_MARKUP, r"\\\g<0>", text)))
