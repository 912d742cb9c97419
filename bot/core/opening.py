"""The one line that opens a week's post: what happened, out of what was let out and never more than that.

It knows nothing but the answers, numbers and moods that are shared. Nothing that did not happen is told: no counts of
nought, no days without an answer. Where nothing true and specific can be said there is no line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from bot.core.dates import DAY_NAMES
from bot.core.journal import COUNTED, Entry
from bot.core.text import count, listing
from bot.core.week_card import MOODS, Stone

_TOLD = {"offers": "", "interviews": "", "conversations": " held", "applications": " sent"}  # the rarest first
_MOODS = dict(enumerate(MOODS, 1))
_LOW, _BRIGHT = 2, 5
_BY_NAME = 3  # days; more are counted
_IN_A_ROW = 3  # days with words from which on the row is told


def opening(entries: Collection[Entry], numbers: Mapping[str, int], stones: Sequence[Stone]) -> str:
    """The line, or an empty text: of the shared entries, the shared numbers, and the stones (moods where shared)."""
    days = {stone.on for stone in stones}
    within = [entry for entry in entries if entry.on in days]
    moods = {stone.on: stone.mood for stone in stones if stone.mood}
    done = _done(within, numbers)
    rests = {stone.on for stone in stones if stone.rest}
    line = _with_moods(done, moods) if done else _of_moods(moods) or _row_of_days(within, rests)
    return f"{line[0].upper()}{line[1:]}." if line else ""


def _done(within: Collection[Entry], numbers: Mapping[str, int]) -> str:
    told = [name for name in _TOLD if numbers.get(name)]
    if not told:
        hours = numbers.get("hours")
        return f"{count(hours, 'hour')} given to the search" if hours else ""
    if len(told) == 1:
        return f"{_amount(told[0], numbers[told[0]], alone=True)}{_when(told[0], numbers[told[0]], within)}"
    return listing([_amount(name, numbers[name]) for name in told])


def _amount(name: str, number: int, *, alone: bool = False) -> str:
    one, many = COUNTED[name]
    if alone and number == 1:
        return f"{'an' if one[0] in 'aeiou' else 'a'} {one}{_TOLD[name]}"
    return f"{count(number, one, many)}{_TOLD[name]}"


def _when(name: str, number: int, within: Collection[Entry]) -> str:
    """The days on which all of it happened, where the answers of those days are shared too; else nothing."""
    counted = [entry for entry in within if entry.numbers.get(name)]
    if sum(entry.numbers[name] for entry in counted) != number:
        return ""
    days = sorted({entry.on for entry in counted})
    if len(days) > _BY_NAME:
        return ""
    return f"{', on' if len(days) > 1 else ' on'} {_names(days)}"


def _with_moods(done: str, moods: Mapping[date, int]) -> str:
    """What was done, and that the days were hard, or that one was bright."""
    if len(moods) > 1 and max(moods.values()) <= _LOW:
        words = [_MOODS[mood] for mood in sorted(set(moods.values()))]
        return f"{listing(words)} days, and {done}"  # not "in them": it may have been done on others
    bright = [on for on in moods if moods[on] == _BRIGHT]
    if len(bright) == 1 and " and " not in done and DAY_NAMES[bright[0].weekday()] not in done:
        return f"{done}, and a bright {_names(bright)}"
    return done


def _of_moods(moods: Mapping[date, int]) -> str:
    if not moods:
        return ""
    lowest, highest = min(moods.values()), max(moods.values())
    low, high = ([on for on in sorted(moods) if moods[on] == mood] for mood in (lowest, highest))
    if highest <= _LOW:
        return _of_hard_days(low, high) if lowest < highest else ""
    if lowest <= _LOW:
        first, last = sorted((low[0], high[-1]))
        return f"a {_MOODS[moods[first]]} {_names([first])} and a {_MOODS[moods[last]]} {_names([last])}"
    if len(high) == 1:
        return f"a {_MOODS[highest]} {_names(high)}"
    if len(high) <= _BY_NAME:
        return f"{_MOODS[highest]} on {_names(high)}"
    return f"{count(len(high), f'{_MOODS[highest]} day')}"


def _of_hard_days(heavy: Sequence[date], low: Sequence[date]) -> str:
    """Days that were all heavy or low: the one that was a little easier, where there is just one."""
    if len(low) > 1:
        return ""
    before = f"a heavy {_names(heavy)}" if len(heavy) == 1 else "heavy days"
    return f"{before}, and a slightly easier {_names(low)}"


def _row_of_days(within: Collection[Entry], rests: Collection[date]) -> str:
    """Words from every day of a row of days; a day of rest is a pause in the row and does not end it."""
    days = sorted({entry.on for entry in within if any(isinstance(value, str) for value in entry.answers.values())})
    if len(days) < _IN_A_ROW:
        return ""
    span = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days)]
    between = [on for on in span if on not in days]
    if not between:
        return f"a few words from every day, {_names(days[:1])} to {_names(days[-1:])}"
    if all(on in rests for on in between):
        return f"a few words from {_names(days[:1])} to {_names(days[-1:])}, and rest on {_names(between)}"
    return ""


def _names(days: Sequence[date]) -> str:
    return listing([DAY_NAMES[on.weekday()] for on in days])
