"""Times of day as people write them: "14:00", "2pm", "at 3", "14 Uhr", "noon"."""

from __future__ import annotations

import re
from datetime import time

from bot.core.dates import parse_time
from bot.when import _parts, _weekdays

_CLOCK = r"(?<![\d./-])(\d{1,2})(?::(\d{2})(?::00)?|[h.](\d{2}))(?![\d.])\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?!\w)"
_HOUR = r"(?<![\d./:-])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.|uhr|h)(?!\w)"
_BARE = r"(?:\b(?:at|um|a las?|à)|@)\s*(\d{1,2})(?![\d:./])(?!\w)"
_BEFORE = r"(?:(?:\b(?:at|um|a las?|à|gegen|vers)|@)\s*)?"
_NAMED = {"noon": time(12), "midday": time(12), "mittags": time(12), "midi": time(12), "mediodía": time(12)}
_OCLOCK = r"(?:\bat\s+)?(\d{1,2})\s*o.?clock\b"
_UNTIL = (
    r"(\d{1,2}[:h]\d{2}(?:\s*[ap]m)?)\s*(?:[-–—]|\b(?:to|until|bis|à|a)\b)"
    r"\s*\d{1,2}(?:[:h]\d{2}\s*(?:[ap]m\b)?|\s*[ap]m\b)"
)
_TWICE = range(1, 8)  # hours that people write of the night and of the afternoon


def found_in(words: str) -> tuple[str, list[time | None]]:
    """What is left without a time of day, and the ways to read that; of a span of time its beginning counts."""
    words, late = _parts.found_in(re.sub(_UNTIL, r"\1", re.sub(_OCLOCK, r"at \1", words)))
    rest, hours = _times(words)
    return rest, hours if late is None else [_in(late, hours[-1])]


def _in(late: range, at: time | None) -> time | None:
    return at.replace(hour=at.hour + 12) if at and at.hour in late else at


def _times(words: str) -> tuple[str, list[time | None]]:
    for name, at in _NAMED.items():
        if re.search(rf"\b{name}\b", words):
            return re.sub(rf"{_BEFORE}\b{name}\b", " ", words), [at]
    for found in re.finditer(_BEFORE + _CLOCK, words):
        hour, minute, dotted, half = found.groups()
        if minute or "h" in found[0][:4] or half or int(dotted) > 12 or _weekdays.named_in(words):
            at = _time(f"{hour}:{minute or dotted}", half)
            plain = not half and "h" not in found[0] and len(hour) == 1
            return _without(words, found), _twice(at) if plain else [at]
    if found := re.search(_BEFORE + _HOUR, words):
        return _without(words, found), [_time(found[1], found[2])]
    if found := re.search(_BARE, words):
        return _without(words, found), _twice(time(int(found[1])))
    return words, [None]


def _twice(at: time) -> list[time | None]:
    """What is written of a clock of twelve or of 24 hours."""
    return [at.replace(hour=at.hour + 12), at] if at.hour in _TWICE else [at]


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()].removesuffix('t')} {words[found.end() :]}"


def _time(clock: str, half: str | None) -> time:
    half = (half or "").replace(".", "")
    return parse_time(clock + (half if half in ("am", "pm") else "" if ":" in clock else ":00"))
