"""What a reflection exercise is, and which answers to it hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.core import text as texts
from bot.core.errors import Told

ANSWER_LIMIT = 1000  # characters of one text answer
CHECKIN = "checkin"
NOTE = "note"

Answers = Mapping[str, str | int]


class TooLong(Told):
    """A text answer over the limit."""


class Blank(Told):
    """Nothing but blanks where words or a choice were needed."""


class NotOnTheScale(Told):
    """A value that the step does not offer."""


class NotAsked(Told):
    """An answer to a question that the exercise does not ask, or no longer asks."""


class Text(NamedTuple):
    """A step answered in words."""

    id: str
    label: str  # how views name the answer
    ask: str  # the question
    hint: str = ""
    required: bool = False
    long: bool = True


class Scale(NamedTuple):
    """A step answered by a whole number from `low` to `high`; `words` name each of them, or only both ends."""

    id: str
    label: str
    ask: str
    low: int
    high: int
    words: tuple[str, ...]
    required: bool = False

    def word(self, value: int) -> str:
        """The word for a value, empty where only the ends have one."""
        if len(self.words) == self.high - self.low + 1 and self.low <= value <= self.high:
            return self.words[value - self.low]
        ends = {self.low: self.words[0], self.high: self.words[-1]}
        return ends.get(value, "")

    def quick(self) -> tuple[int, ...]:
        """At most five values, spread evenly, for one row of buttons."""
        count = min(5, self.high - self.low + 1)
        return tuple(self.low + (self.high - self.low) * n // (count - 1) for n in range(count))


class Choice(NamedTuple):
    """A step answered by one of its options."""

    id: str
    label: str
    ask: str
    options: tuple[str, ...]
    required: bool = False


Step = Text | Scale | Choice


class Exercise(NamedTuple):
    """One thing that Cairn can ask."""

    id: str
    title: str
    why: str
    steps: tuple[Step, ...]
    plain: str  # the text step that a plain message answers
    numbers: bool = False  # whether applications, conversations, ... can be added
    listed: bool = True  # whether /reflect offers it

    def step(self, step_id: str) -> Step:
        """The step of that id; raises KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def told(self, answers: Answers) -> Iterator[tuple[Step, str | int]]:
        """Each answer with its step, in order; those of steps that were removed come last, under the step's id."""
        for step in self.steps:
            if step.id in answers:
                yield step, answers[step.id]
        for step_id, value in self.outlived(answers).items():
            yield Text(step_id, named(step_id), ""), value

    def outlived(self, answers: Answers) -> dict[str, str | int]:
        """The answers to steps that the exercise no longer has."""
        known = {step.id for step in self.steps}
        return {step_id: value for step_id, value in answers.items() if step_id not in known}

    def missing_scales(self, answers: Answers) -> Iterator[Scale]:
        """The scales that have no answer yet, in the order they are asked."""
        return (step for step in self.steps if isinstance(step, Scale) and step.id not in answers)


class Library(dict[str, Exercise]):
    """The exercises by their ids. One that was removed is still named, so that its entries can be read."""

    def __missing__(self, exercise_id: str) -> Exercise:
        return Exercise(exercise_id, named(exercise_id), "", (), "", listed=False)

    def find(self, typed: str) -> Exercise | None:
        """The exercise of that id or title, however it is spelled; None for an unknown one."""
        wanted = typed.strip().casefold()
        return next((e for e in self.values() if wanted in (e.id, e.title.casefold())), None)


def named(an_id: str) -> str:
    """What an id says to a reader: "good-time" is "Good time"."""
    return an_id.replace("-", " ").replace("_", " ").capitalize()


def check(
    exercise: Exercise, given: Answers, before: Answers | None = None, *, whole: bool = True
) -> dict[str, str | int]:
    """The answers `before` with the given ones in their place; a blank one takes its answer away.

    Raises TooLong, Blank, NotOnTheScale or NotAsked. With `whole` False required steps may still be missing (a plain
    message, asked for the rest later).
    """
    for step_id in exercise.outlived(given):
        raise NotAsked(f"“{exercise.title}” does not ask “{named(step_id)[:40]}”, so I could not keep that.")
    kept = dict(before or {})
    for step in exercise.steps:
        if step.id in given:
            value = _value(step, given[step.id])
            kept = {name: kept[name] for name in kept if name != step.id}
            kept |= {} if value is None else {step.id: value}
    for step in exercise.steps:
        if whole and step.required and step.id not in kept:
            raise Blank(f"“{step.ask}” needs an answer; everything else can stay empty.")
    if not kept:
        raise Blank("There were no words in that. Write a line, or leave it for today.")
    return kept


def _value(step: Step, value: str | int) -> str | int | None:
    if value == "":
        return None
    match step:
        case Text():
            return checked_text(str(value), step.label) or None
        case Scale():
            return _on_scale(step, value)
        case Choice():
            if value not in step.options:
                raise NotOnTheScale(f"“{step.ask}” takes one of: {', '.join(step.options)}.")
            return value


def _on_scale(step: Scale, value: str | int) -> int:
    number = next((n for n in range(step.low, step.high + 1) if str(n) == str(value).strip()), None)
    if number is None:
        raise NotOnTheScale(f"“{step.ask}” takes a number from {step.low} to {step.high}.")
    return number


def checked_text(text: str, label: str, limit: int = ANSWER_LIMIT) -> str:
    """The text cleaned of what nobody can see, empty where nothing is left; raises TooLong with what to do."""
    words = "" if texts.is_blank(text) else texts.clean(text)
    if len(words) > limit:
        raise TooLong(
            f"“{label}” has {len(words):,} characters, and {limit:,} is the most. "
            "Shorten it a little. Nothing was changed."
        )
    return words
