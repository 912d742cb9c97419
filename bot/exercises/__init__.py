"""The reflection exercises: one .toml each, loaded and validated here."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from bot.core import exercise as rules

MODAL_FIELDS = 5  # what fits one form on Discord
LABEL_LIMIT = 45  # characters of a form's label there


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
    folder = resources.files("bot.exercises")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda file: file.name)
    return rules.Library({exercise.id: exercise for exercise in map(_read, files)})


def _read(file: Traversable) -> rules.Exercise:
    return parse(file.name.removesuffix(".toml"), file.read_bytes())


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
    for problem in problems(exercise):
        raise BadExercise(f"{exercise_id}.toml: {problem}")
    return exercise


def _step(step: _Text | _Scale | _Choice) -> rules.Step:
    kinds: dict[type, type[rules.Step]] = {_Text: rules.Text, _Scale: rules.Scale, _Choice: rules.Choice}
    return kinds[type(step)](**msgspec.structs.asdict(step))


def problems(exercise: rules.Exercise) -> list[str]:
    """What an exercise gets wrong, in words; empty for a good one."""
    ids = [step.id for step in exercise.steps]
    found = [
        f"the step “{step.id}” asks in more than {LABEL_LIMIT} characters"
        for step in exercise.steps
        if len(step.ask) > LABEL_LIMIT
    ]
    if len(set(ids)) != len(ids):
        found.append("two steps have the same id")
    if not 1 <= len(ids) <= MODAL_FIELDS:
        found.append(f"it needs one to {MODAL_FIELDS} steps")
    if not any(isinstance(step, rules.Text) and step.id == exercise.plain for step in exercise.steps):
        found.append(f"plain = “{exercise.plain}” is not one of its text steps")
    for step in exercise.steps:
        if isinstance(step, rules.Scale) and len(step.words) not in (2, step.high - step.low + 1):
            found.append(f"the scale “{step.id}” needs a word for both ends or for every value")
    return found
