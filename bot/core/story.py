"""The story of a journey as a Markdown draft: what may be shared, month by month, to be edited into an essay.

Everything that people wrote is plain text in it: no markup of theirs, no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bot.core.ask import Request
from bot.core.circle import UNNAMED
from bot.core.errors import Told
from bot.core.exercise import CHECKIN, Exercise, Scale
from bot.core.experiment import Experiment, Phase
from bot.core.idea import Idea, Sort, Step
from bot.core.journal import NUMBERS, Entry
from bot.core.landing import Landing
from bot.core.landing import Phase as Posted
from bot.core.landing import Sort as Ending
from bot.core.summary import Phase as WeekPhase
from bot.core.summary import Week
from bot.core.text import clean, count

LONG_REST = 7  # days in a row from which on a rest is a turning point
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~#&$]")
_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # of a list, or a line under a heading
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")

_TOLD_AT_THE_END = {
    Ending.LANDED: "I landed.",
    Ending.STOPPED: "I stopped searching.",
    Ending.CHANGED: "I changed my mind about what I want.",
}


class NothingToTell(Told):
    """There is nothing yet that a story could be made of."""


class Material(NamedTuple):
    """All that a story is made of, the oldest first; days are local ones."""

    name: str
    entries: Sequence[Entry]
    exercises: Mapping[str, Exercise]
    weeks: Sequence[tuple[date, Week]]  # by the day on which they were posted, or else end
    asks: Sequence[tuple[date, Request]]
    ideas: Sequence[tuple[date, Idea]]
    experiments: Sequence[tuple[date, Experiment]]  # by the day on which they ended
    landings: Sequence[tuple[date, Landing]]
    rests: Sequence[date]
    masked: Callable[[str], str]  # leaves out the names that are hidden
    private: bool = False  # what nobody else has seen goes in as well


class _Scene(NamedTuple):
    """Something to tell of one day; its paragraphs are Markdown."""

    on: date
    order: int
    paragraphs: tuple[str, ...]


def markdown(material: Material) -> str:
    """The whole story; raises NothingToTell where there is nothing."""
    scenes = sorted(_scenes(material), key=lambda scene: (scene.on, scene.order))
    if not scenes:
        hint = "" if material.private else " /story export with “private: yes” takes all that you wrote."
        raise NothingToTell(
            f"There is nothing to make a story of yet, and that is fine: it grows with what you share.{hint}"
        )
    parts = [f"# {_title(material)}", _lead(scenes, material)]
    for (year, month), of_month in groupby(scenes, key=lambda scene: (scene.on.year, scene.on.month)):
        parts.append(f"## {date(year, month, 1):%B} {year}")
        for on, of_day in groupby(of_month, key=lambda scene: scene.on):
            parts.append(f"### {on:%A} {on.day} {on:%B}")
            parts += [paragraph for scene in of_day for paragraph in scene.paragraphs]
    return "\n\n".join(parts) + "\n"


def pieces(story: str, most: int) -> list[str]:
    """The story in files of at most so many bytes, parted between paragraphs; a paragraph is far shorter."""
    found, size = list[list[str]](), most
    for paragraph in story.split("\n\n"):
        taken = len(paragraph.encode()) + 2
        if size + taken > most:
            found.append([])
            size = 0
        found[-1].append(paragraph)
        size += taken
    return ["\n\n".join(piece) for piece in found]


def escaped(words: str) -> str:
    """Somebody's words as Markdown that shows just them, line by line, and reaches nobody."""
    text = _MENTION.sub("@\u200b", clean(words))
    lines = (_plain(line.strip()) for line in text.split("\n"))
    return "\n\n".join("  \n".join(same) for blank, same in groupby(lines, key=lambda line: not line) if not blank)


def _plain(line: str) -> str:
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", line))


def _title(material: Material) -> str:
    name = escaped(" ".join(material.name.split()))
    return f"{name}'s journey" if name else "A journey"


def _lead(scenes: Sequence[_Scene], material: Material) -> str:
    first, last = scenes[0].on, scenes[-1].on
    whose = "with all that is private in it" if material.private else "of what I shared with friends"
    return f"*{first.day} {first:%B %Y} to {last.day} {last:%B %Y}, {whose}: a draft to be cut, mended and made mine.*"


# ------------------------------------------------------------------ scenes


def _scenes(material: Material) -> Iterator[_Scene]:
    say = _saying(material)
    yield from _days(material, say)
    for on, week in material.weeks:
        if week.words and (material.private or week.phase is WeekPhase.POSTED):
            yield _Scene(on, 1, (f"To my friends: {say(week.words)}",))
    for on, request in material.asks:
        yield _Scene(on, 2, (f"I asked for this: {say(request.words)}",))
    for on, idea in material.ideas:
        yield _Scene(on, 3, (_given(idea, material, say),))
    for on, experiment in material.experiments:
        if experiment.phase is Phase.LEARNED:
            yield _Scene(on, 4, _learned(experiment, material, say))
    yield from _rest(material.rests)
    for on, landing in material.landings:
        yield _Scene(on, 6, _ending(landing, material, say))


def _saying(material: Material) -> Callable[[str], str]:
    if material.private:
        return escaped
    return lambda words: escaped(material.masked(words))


def _days(material: Material, say: Callable[[str], str]) -> Iterator[_Scene]:
    for entry in material.entries:
        if entry.shared or material.private:
            told = tuple(_answers(entry, material, say))
            if told:
                yield _Scene(entry.on, 0, told)


def _answers(entry: Entry, material: Material, say: Callable[[str], str]) -> Iterator[str]:
    """The answers of a day; a check-in's mood, and what was counted, are the seeker's own."""
    exercise = material.exercises[entry.exercise]
    if entry.exercise != CHECKIN:
        yield f"*{escaped(exercise.title)}*"
    for step, value in exercise.told(entry.answers):
        if isinstance(step, Scale):
            if entry.exercise != CHECKIN or material.private:
                word = step.word(int(value))
                yield f"**{escaped(step.label)}:** {word or value} ({value} of {step.high})"
        else:
            yield f"**{escaped(step.label)}:** {say(str(value))}"
    if material.private and entry.numbers:
        yield ", ".join(count(many, *NUMBERS[name]) for name, many in entry.numbers.items()) + "."


def _friend(idea: Idea, material: Material, say: Callable[[str], str]) -> str:
    if idea.unnamed and not material.private:
        return UNNAMED
    return say(" ".join(idea.friend.split())) or UNNAMED


def _given(idea: Idea, material: Material, say: Callable[[str], str]) -> str:
    """What a friend gave; whom they know is named in the seeker's own copy alone."""
    friend = _friend(idea, material, say)
    if idea.sort is Sort.OFFER:
        whom = f": {say(idea.what)}" if material.private else "."
        talked = " We talked." if idea.step is Step.TALKED else ""
        return f"{friend} offered me an introduction{whom}{talked}"
    return f"{friend} had an idea for me: {say(idea.what)}"


def _learned(experiment: Experiment, material: Material, say: Callable[[str], str]) -> tuple[str, ...]:
    """What was tried; what was learned is the seeker's own."""
    did = ("talked with somebody", "talked with") if experiment.talk else ("tried something", "tried this:")
    told = [f"**A turning point.** I {f'{did[1]} {say(experiment.what)}' if experiment.what else f'{did[0]}.'}"]
    if material.private:
        told += [f"I wanted to know: {say(experiment.question)}"] if experiment.question else []
        told += [f"I learned: {say(experiment.learned)}"] if experiment.learned else []
    return tuple(told)


def _rest(rests: Iterable[date]) -> Iterator[_Scene]:
    """The longest rest, told on its first day."""
    runs: list[list[date]] = []
    for on in sorted(rests):
        if runs and (on - runs[-1][-1]).days == 1:
            runs[-1].append(on)
        else:
            runs.append([on])
    longest = max(runs, key=len) if runs else list[date]()
    if len(longest) >= LONG_REST:
        days = count(len(longest), "day")
        yield _Scene(longest[0], 5, (f"**A turning point.** I rested for {days}, longer than at any other time.",))


def _ending(landing: Landing, material: Material, say: Callable[[str], str]) -> tuple[str, ...]:
    told = [f"**A turning point.** {_TOLD_AT_THE_END[landing.sort]}"]
    led = next((idea for _, idea in material.ideas if idea.id == landing.idea_id), None)
    gave = "idea" if led and led.sort is Sort.IDEA else "introduction"
    told += [f"What led there was {_friend(led, material, say)}'s {gave}."] if led else []
    told += [say(landing.words)] if landing.words and (material.private or landing.phase is Posted.POSTED) else []
    return tuple(told)
