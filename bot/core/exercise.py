"""What a reflection exercise is, and which answers to it hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Text:
    """A step answered in words."""

    id: str
    label: str  # how views name the answer
    ask: str  # the question
    hint: str = ""
    required: bool = False
    long: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
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
        if len(self.words) == self.high - self.low + 1:
            return self.words[value - self.low]
        ends = {self.low: self.words[0], self.high: self.words[-1]}
        return ends.get(value, "")

    def quick(self) -> tuple[int, ...]:
        """At most five values, spread evenly, for one row of buttons."""
        count = min(5, self.high - self.low + 1)
        return tuple(self.low + (self.high - self.low) * n // (count - 1) for n in range(count))


@dataclass(frozen=True, slots=True)
class Choice:
    """A step answered by one of its options."""

    id: str
    label: str
    ask: str
    options: tuple[str, ...]
    required: bool = False


Step = Text | Scale | Choice


@dataclass(frozen=True, slots=True)
class Exercise:
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

    def missing_scales(self, answers: Answers) -> Iterator[Scale]:
        """The scales that have no answer yet, in the order they are asked."""
        return (step for step in self.steps if isinstance(step, Scale) and step.id not in answers)


def check(exercise: Exercise, answers: Answers, *, whole: bool = True) -> dict[str, str | int]:
    """The answers that hold, blanks left out; raises TooLong, Blank or NotOnTheScale.

    With `whole` False required steps may still be missing (a plain message, asked for the rest later).
    """
    kept = {step.id: value for step in exercise.steps if (value := _value(step, answers.get(step.id))) is not None}
    if whole:
        for step in exercise.steps:
            if step.required and step.id not in kept:
                raise Blank(f"“{step.ask}” needs an answer; everything else can stay empty.")
    if not kept:
        raise Blank("There were no words in that. Write a line, or leave it for today.")
    return kept


def _value(step: Step, value: str | int | None) -> str | int | None:
    if value is None:
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
    number = int(value) if str(value).lstrip("-").isdigit() else None
    if number is None or not step.low <= number <= step.high:
        raise NotOnTheScale(f"“{step.ask}” takes a number from {step.low} to {step.high}.")
    return number


def checked_text(text: str, label: str) -> str:
    """The text cleaned of what nobody can see; raises TooLong with what to do."""
    words = texts.clean(text)
    if len(words) > ANSWER_LIMIT:
        raise TooLong(
            f"“{label}” has {len(words):,} characters, and an answer holds {ANSWER_LIMIT:,}. "
            "Shorten it a little, or spread it over the other fields. Nothing was changed."
        )
    return words
