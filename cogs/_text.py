"""People's words made harmless in Discord's messages."""

from __future__ import annotations

import re

from discord.utils import escape_mentions

from bot.core.text import clean

# A link ends before brackets that are not its own, before what could be markup, and before a sentence's end.
_URL = r"https?://[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#](?:\([^\s<>()\[\]\\`|]*\)|[^\s<>()\[\]\\`|])*)?"
_LINK = rf"(?i)<({_URL})>|({_URL}(?<![.,:;!?\"'*_~]))"
_MARKUP = r"[\\*_~|`\[<]|:(?=//)"
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


def _plain(text: str) -> str:
    return escape_mentions(re.sub(_LINE_START, r"\1\\", re.sub(_MARKUP, r"\\\g<0>", text)))
