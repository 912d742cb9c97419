"""Times of day as people write them: "14:00", "2pm", "at 3", "14 Uhr", "noon"."""

from __future__ import annotations

import re
from datetime import time

from bot.core.dates import parse_time
from bot.when import _weekdays

_CLOCK = r"(?<![\d./-])(\d{1,2})(?::(\d{2})(?::00)?|[h.](\d{2}))(?![\d.])\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?!\w)"
_HOUR = r"(?<![\d./:-])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.|uhr|h)(?!\w)"
_BARE = r"(?:\b(?:at|um|a las?|à)|@)\s*(\d{1,2})(?![\d:./])(?!\w)"
_BEFORE = r"(?:(?:\b(?:at|um|a las?|à|gegen|vers)|@)\s*)?"
_NAMED = {"noon": time(12), "midday": time(12), "mittags": time(12), "midi": time(12), "mediodía": time(12)}
_OCLOCK = r"(?:\bat\s+)?(\d{1,2})\s*o.?clock\b"


def found_in(words: str) -> tuple[str, list[time | None]]:
    """What is left without a time of day, and the ways to read that."""
    words = re.sub(_OCLOCK, r"at \1", words)
    for name, at in _NAMED.items():
        if re.search(rf"\b{name}\b", words):
            return re.sub(rf"{_BEFORE}\b{name}\b", " ", words), [at]
    for found in re.finditer(_BEFORE + _CLOCK, words):
        hour, minute, dotted, half = found.groups()
        if minute or "h" in found[0][:4] or half or int(dotted) > 12 or _weekdays.named_in(words):
            return _without(words, found), [_time(f"{hour}:{minute or dotted}", half)]
    if found := re.search(_BEFORE + _HOUR, words):
        return _without(words, found), [_time(found[1], found[2])]
    if found := re.search(_BARE, words):
        hour = int(found[1])
        at = time(hour)
        return _without(words, found), [at.replace(hour=hour + 12), at] if 1 <= hour <= 7 else [at]
    return words, [None]


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()].removesuffix('t')} {words[found.end() :]}"


def _time(clock: str, half: str | None) -> time:
    half = (half or "").replace(".", "")
    return parse_time(clock + (half if half in ("am", "pm") else "" if ":" in clock else ":00"))
