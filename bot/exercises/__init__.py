"""The reflection exercises: one .toml each, loaded and validated here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from bot.core import exercise as rules

# What a form of Discord holds: fields, characters of its title, a label, a hint and an option, options of one menu.
MODAL_FIELDS, TITLE, ASK, HINT, OPTION, OPTIONS = 5, 45, 45, 100, 100, 25
LABEL = 20  # characters of the name of an answer: views show it before the words
_ID = re.compile("[a-z][a-z0-9_-]{0,31}")  # ids stand in the ids of buttons


class BadExercise(ValueError):
    """An exercise file that cannot be used; the message names the file and what to change."""


class _Text(msgspec.Struct, tag_field="kind", tag="text", forbid_unknown_fields=True):
    id: str
    label: str
    ask: str
    hint: str = ""
    required: bool = False
    long: bool = True


class _Scale(msgspec.Struct, tag_field="kind", tag="scale", forbid_unknown_fields=True):
    id: str
    label: str
    ask: str
    low: int
    high: int
    words: tuple[str, ...]
    required: bool = False


class _Choice(msgspec.Struct, tag_field="kind", tag="choice", forbid_unknown_fields=True):
    id: str
    label: str
    ask: str
    options: tuple[str, ...]
    required: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    why: str
    plain: str
    steps: tuple[_Text | _Scale | _Choice, ...]
    numbers: bool = False
    listed: bool = True


def load() -> rules.Library:
    """Every packaged exercise by its id (the file's name); raises BadExercise."""
    found = rules.Library({exercise.id: exercise for exercise in map(_read, files())})
    for needed in (rules.CHECKIN, rules.NOTE):
        if needed not in found:
            raise BadExercise(f"{needed}.toml is missing; the rhythm and plain messages need it")
    return found


def files() -> list[Path]:
    """Every packaged exercise's file, by name."""
    return sorted(Path(__file__).parent.glob("*.toml"))


@cache
def _read(file: Path) -> rules.Exercise:
    return parse(file.stem, file.read_bytes())


def parse(exercise_id: str, toml: bytes) -> rules.Exercise:
    """One exercise from its file's bytes; raises BadExercise."""
    try:
        found = msgspec.toml.decode(toml, type=_File)
    except msgspec.DecodeError as error:
        raise BadExercise(f"{exercise_id}.toml: {error}") from None
    exercise = rules.Exercise(
        id=exercise_id,
        title=found.title,
        why=found.why,
        steps=tuple(_step(step) for step in found.steps),
        plain=found.plain,
        numbers=found.numbers,
        listed=found.listed,
    )
    if wrong := problems(exercise):
        raise BadExercise(f"{exercise_id}.toml: " + "; ".join(wrong))
    return exercise


def _step(step: _Text | _Scale | _Choice) -> rules.Step:
    kinds: dict[type, type[rules.Step]] = {_Text: rules.Text, _Scale: rules.Scale, _Choice: rules.Choice}
    return kinds[type(step)](**msgspec.structs.asdict(step))


def problems(exercise: rules.Exercise) -> list[str]:
    """What an exercise gets wrong, in words; empty for a good one."""
    return [
        *_of_the_whole(exercise),
        *(f"the step “{step.id}” {wrong}" for step in exercise.steps for wrong in _of(step)),
    ]


def _of_the_whole(exercise: rules.Exercise) -> Iterator[str]:
    ids = [step.id for step in exercise.steps]
    if not _ID.fullmatch(exercise.id):
        yield "its file name needs small letters, digits and dashes"
    if not 1 <= len(exercise.title) <= TITLE:
        yield f"its title needs 1 to {TITLE} characters"
    if not exercise.why:
        yield "why does it help? One line is missing"
    if len(set(ids)) != len(ids):
        yield "two steps have the same id"
    if not 1 <= len(ids) <= MODAL_FIELDS:
        yield f"it needs one to {MODAL_FIELDS} steps"
    if not any(isinstance(step, rules.Text) and step.id == exercise.plain for step in exercise.steps):
        yield f"plain = “{exercise.plain}” is not one of its text steps"


def _of(step: rules.Step) -> Iterator[str]:
    if not _ID.fullmatch(step.id) or "-" in step.id:
        yield "needs an id of small letters, digits and underscores"
    if not 1 <= len(step.ask) <= ASK:
        yield f"needs a question of 1 to {ASK} characters"
    if not 1 <= len(step.label) <= LABEL:
        yield f"needs a label of 1 to {LABEL} characters"
    match step:
        case rules.Text() if len(step.hint) > HINT:
            yield f"has a hint of more than {HINT} characters"
        case rules.Scale():
            yield from _of_scale(step)
        case rules.Choice():
            if not 2 <= len(step.options) <= OPTIONS or len(set(step.options)) != len(step.options):
                yield f"needs 2 to {OPTIONS} different options"
            if not all(1 <= len(option) <= OPTION for option in step.options):
                yield f"needs options of 1 to {OPTION} characters"
        case _:
            pass


def _of_scale(step: rules.Scale) -> Iterator[str]:
    count = step.high - step.low + 1
    if not 2 <= count <= OPTIONS or step.low < 0:
        yield f"needs 2 to {OPTIONS} values, from 0 or more upwards"
    if len(step.words) not in (2, count):
        yield "needs a word for both ends or for every value"
    if not all(1 <= len(word) <= OPTION // 2 for word in step.words):
        yield f"needs words of 1 to {OPTION // 2} characters"
