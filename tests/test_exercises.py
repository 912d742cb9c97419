"""Each exercise's file, and what a bad one is told."""

from __future__ import annotations

import pytest

from bot import exercises
from bot.core.exercise import CHECKIN, NOTE, Choice, Exercise, Library, Scale, Text, check
from bot.core.week_card import MOODS
from bot.exercises import BadExercise, parse, problems

FILES = {file.name: file for file in exercises.files()}
GOOD = """
title = "A walk"
why = "Moving helps."
plain = "seen"
[[steps]]
kind = "text"
id = "seen"
label = "Seen"
ask = "What did you see?"
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return exercises.load()


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_a_good_exercise(name: str) -> None:
    exercise = parse(name.removesuffix(".toml"), FILES[name].read_bytes())
    assert problems(exercise) == []
    assert exercise.why.endswith(".")
    assert all("!" not in words for words in _words(exercise))
    assert all(words == words.strip() for words in _words(exercise))


@pytest.mark.parametrize("name", FILES)
def test_every_text_step_says_what_helps_in_a_hint(name: str) -> None:
    exercise = parse(name.removesuffix(".toml"), FILES[name].read_bytes())
    assert [step.id for step in exercise.steps if isinstance(step, Text) and not step.hint] == []


@pytest.mark.parametrize("name", FILES)
def test_every_form_of_discord_s_limits_holds(name: str) -> None:
    exercise = parse(name.removesuffix(".toml"), FILES[name].read_bytes())
    assert len(exercise.title) <= 45
    assert 1 <= len(exercise.steps) <= 5
    for step in exercise.steps:
        assert len(step.ask) <= 45
        match step:
            case Text():
                assert len(step.hint) <= 100
            case Scale():
                labels = [f"{n} {step.word(n)}" for n in range(step.low, step.high + 1)]
                assert len(labels) <= 25
                assert all(len(label) <= 80 for label in labels)
            case Choice():
                assert len(step.options) <= 25
                assert all(len(option) <= 100 for option in step.options)


@pytest.mark.parametrize("name", FILES)
def test_a_plain_message_answers_every_exercise(name: str) -> None:
    exercise = parse(name.removesuffix(".toml"), FILES[name].read_bytes())
    assert check(exercise, {exercise.plain: "words"}, whole=False) == {exercise.plain: "words"}


def test_the_check_in_asks_five_things_and_needs_only_the_mood(library: Library) -> None:
    steps = library[CHECKIN].steps
    assert [step.id for step in steps] == ["mood", "energy", "done", "next", "stuck"]
    assert [step.id for step in steps if step.required] == ["mood"]
    assert library[CHECKIN].numbers
    assert check(library[CHECKIN], {"mood": "3"}) == {"mood": 3}


def test_the_check_in_s_scales_are_those_that_the_picture_draws(library: Library) -> None:
    mood, energy = library[CHECKIN].step("mood"), library[CHECKIN].step("energy")
    assert isinstance(mood, Scale)
    assert (mood.low, mood.high, mood.words) == (1, 5, MOODS)
    assert isinstance(energy, Scale)
    assert (energy.low, energy.high) == (0, 10)


def test_there_are_three_reflections_to_choose_from(library: Library) -> None:
    assert len([e for e in library.values() if e.listed]) >= 3
    assert not library[CHECKIN].listed
    assert not library[NOTE].listed


def test_among_them_are_steps_of_text_of_scale_and_of_choice(library: Library) -> None:
    kinds = {type(step) for exercise in library.values() if exercise.listed for step in exercise.steps}
    assert kinds == {Text, Scale, Choice}


def test_no_two_exercises_have_the_same_title(library: Library) -> None:
    titles = [exercise.title.casefold() for exercise in library.values()]
    assert len(set(titles)) == len(titles)


def test_a_good_file_is_read() -> None:
    exercise = parse("walk", GOOD.encode())
    assert (exercise.id, exercise.title, exercise.plain) == ("walk", "A walk", "seen")
    assert exercise.steps == (Text("seen", "Seen", "What did you see?"),)


SCALE = '[[steps]]\nkind = "scale"\nid = "far"\nlabel = "Far"\nask = "How far?"\n'
CHOICE = '[[steps]]\nkind = "choice"\nid = "way"\nlabel = "Way"\nask = "Which way?"\n'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("title = ", "titel = "), "titel"),
        (('"A walk"', "3"), "title"),
        (('"A walk"', f'"{"x" * 46}"'), "its title needs 1 to 45 characters"),
        (('"Moving helps."', '""'), "One line is missing"),
        (('plain = "seen"', 'plain = "heard"'), "plain = “heard” is not one of its text steps"),
        (('id = "seen"', 'id = "Seen it"'), "needs an id of small letters"),
        (('"What did you see?"', f'"{"x" * 46}"'), "the step “seen” needs a question of 1 to 45 characters"),
        (('label = "Seen"', 'label = ""'), "the step “seen” needs a label of 1 to 20 characters"),
        (('kind = "text"', f'kind = "text"\nhint = "{"x" * 101}"'), "the step “seen” has a hint of more than 100"),
        (('kind = "text"', 'kind = "song"'), "song"),
        (("[[steps]]", GOOD[GOOD.index("[[steps]]") :] + "[[steps]]"), "two steps have the same id"),
        (("[[steps]]", 'low = 0\nhigh = 1\nwords = ["a", "b"]\n[[steps]]'), "low"),
        (("[[steps]]", SCALE + 'low = 0\nhigh = 25\nwords = ["a", "b"]\n[[steps]]'), "needs 2 to 25 values"),
        (("[[steps]]", SCALE + 'low = 3\nhigh = 3\nwords = ["a", "b"]\n[[steps]]'), "needs 2 to 25 values"),
        (("[[steps]]", SCALE + 'low = -1\nhigh = 3\nwords = ["a", "b"]\n[[steps]]'), "from 0 or more upwards"),
        (("[[steps]]", SCALE + 'low = 0\nhigh = 3\nwords = ["a"]\n[[steps]]'), "needs a word for both ends"),
        (("[[steps]]", SCALE + 'low = 0\nhigh = 3\nwords = ["a", ""]\n[[steps]]'), "needs words of 1 to 50"),
        (("[[steps]]", CHOICE + 'options = ["left"]\n[[steps]]'), "needs 2 to 25 different options"),
        (("[[steps]]", CHOICE + 'options = ["left", "left"]\n[[steps]]'), "needs 2 to 25 different options"),
        (("[[steps]]", CHOICE + f'options = ["left", "{"x" * 101}"]\n[[steps]]'), "needs options of 1 to 100"),
    ],
)
def test_a_bad_file_is_refused_by_its_name_and_what_is_wrong(change: tuple[str, str], words: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(BadExercise) as refusal:
        parse("walk", GOOD.replace(*change, 1).encode())
    assert str(refusal.value).startswith("walk.toml: ")
    assert words in str(refusal.value)


def test_more_than_five_steps_do_not_fit_a_form() -> None:
    steps = tuple(Text(f"s{n}", "S", "?") for n in range(6))
    assert problems(Exercise("walk", "A walk", "why", steps, "s0")) == ["it needs one to 5 steps"]


def test_a_file_name_that_no_button_can_carry_is_refused() -> None:
    with pytest.raises(BadExercise, match="file name needs small letters"):
        parse("a walk", GOOD.encode())


def _words(exercise: Exercise) -> list[str]:
    steps = [word for step in exercise.steps for word in (step.label, step.ask, getattr(step, "hint", ""))]
    return [exercise.title, exercise.why, *steps]
