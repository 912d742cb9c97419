"""Forms: what they ask, what is refused, and how no words are lost."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from bot.config import Config
from bot.core.exercise import Exercise, Text
from tests.cogs._forged import press, rows, submit, told
from tests.cogs._journal import asked, entries, words_kept, write
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

FIELDS = ["mood", "energy", "done", "next", "stuck"]


def fields(shown: Any) -> dict[str, dict[str, Any]]:
    """A form's labels with their fields, by the fields' ids."""
    return {label["component"]["custom_id"]: label for label in shown.modal["components"]}


def filled(shown: Any) -> dict[str, str]:
    """What a form was filled with."""
    found = {name: label["component"] for name, label in fields(shown).items()}
    chosen = {n: [o["value"] for o in f["options"] if o.get("default")] for n, f in found.items() if "options" in f}
    return {n: "".join(chosen[n]) if n in chosen else f.get("value") or "" for n, f in found.items()}


def of(result: Any) -> Any:
    """The message that an interaction was answered with last."""
    return (result.followups or [result.response])[-1].message


# ------------------------------------------------------------------ what a form asks


async def test_the_check_in_s_form_has_five_fields_and_needs_only_the_mood(world: World) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    assert form.modal["title"] == "Daily check-in · Fri 2 January"
    assert list(fields(form)) == FIELDS
    assert [name for name, label in fields(form).items() if label["component"]["required"]] == ["mood"]
    assert [len(fields(form)[name]["component"].get("options", ())) for name in FIELDS] == [5, 11, 0, 0, 0]
    assert all(fields(form)[name]["component"]["max_length"] == 1000 for name in FIELDS[2:])
    assert next(o["label"] for o in fields(form)["mood"]["component"]["options"]) == "1 heavy"


async def test_only_the_mood_is_enough(world: World) -> None:
    await asked(world)
    await world.answer(mood="2")
    assert await words_kept(world) == [{"mood": 2}]


@pytest.mark.parametrize("exercise", ["good-time", "looking-back", "reframe", "note"])
async def test_every_exercise_s_form_is_one_that_discord_takes(world: World, exercise: str) -> None:
    await world.begin()
    form = await world.maya.slash(world.channel, "reflect", exercise=exercise)
    steps = world.app.exercises[exercise].steps
    assert [label["label"] for label in fields(form).values()] == [step.ask for step in steps]
    await world.restart()
    wanted = {step.id: "1" if hasattr(step, "low") else getattr(step, "options", ["words"])[0] for step in steps}
    await world.submit(form, wanted, by=world.maya)
    (entry,) = await entries(world)
    assert {name: str(value) for name, value in entry.answers.items()} == wanted


# ------------------------------------------------------------------ answered and changed


async def test_after_a_form_the_prompt_shows_what_was_kept_and_what_can_be_done(world: World) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    await world.restart()
    await world.submit(form, {"mood": "4", "energy": "7", "done": "Two applications", "stuck": "The <b>letter"})
    kept = world.prompt("change")
    assert kept.id == prompt.id
    for words in ("Fri 2 January", "light (4 of 5)", "7 of 10", "Two applications", "The \\<b>letter"):
        assert words in words_of(kept)
    assert "only you see this" in words_of(kept)
    assert labels_of(kept) == ["Change", "Share with friends", "Only for some", "Add numbers"]


async def test_change_opens_the_form_with_the_answers_and_replaces_them(world: World) -> None:
    await asked(world)
    await world.answer(mood="4", energy="7", done="Two applications", stuck="The letter")
    await world.restart()
    form = await world.press(world.prompt("change"), "change")
    assert filled(form) == {"mood": "4", "energy": "7", "done": "Two applications", "next": "", "stuck": "The letter"}
    await world.restart()
    await world.submit(form, {"mood": "2", "next": "A call", "stuck": ""})
    assert await words_kept(world) == [{"mood": 2, "energy": 7, "done": "Two applications", "next": "A call"}]
    assert "A call" in words_of(world.prompt("change"))


async def test_two_forms_for_one_prompt_make_one_answer_and_blanks_take_nothing_away(world: World) -> None:
    prompt = await asked(world)
    phone, desk = await world.press(prompt, "answer"), await world.press(prompt, "answer")
    await world.submit(phone, {"mood": "4", "done": "On the phone", "stuck": "Here"})
    await world.submit(desk, {"mood": "2", "done": "At the desk"})
    assert await words_kept(world) == [{"mood": 2, "done": "At the desk", "stuck": "Here"}]


async def test_answer_pressed_on_an_old_view_opens_what_was_answered(world: World) -> None:
    prompt = await asked(world)
    button = ids_of(prompt)["answer"]
    await world.answer(mood="4", done="Said")
    form = await press(world, world.maya.user, button)
    assert filled(form)["done"] == "Said"
    await world.submit(form, {"done": ""})
    assert await words_kept(world) == [{"mood": 4}]


# ------------------------------------------------------------------ refused


async def test_a_refused_form_keeps_its_words_behind_try_again(world: World) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    before = await rows(world, "held")
    wrong = await submit(
        world, world.maya.user, form.modal["custom_id"], {"mood": "4", "done": "y" * 1001, "next": "N"}
    )
    assert "“Done” has 1,001 characters, and 1,000 is the most" in told(wrong)
    assert "Nothing was changed" in told(wrong)
    assert labels_of(of(wrong)) == ["Try again"]
    assert await rows(world, "held") == before
    await world.restart()
    again = await world.press(of(wrong), "tryagain")
    assert filled(again) == {"mood": "4", "energy": "", "done": "y" * 1001, "next": "N", "stuck": ""}
    await world.restart()
    await world.submit(again, {"done": "Shorter"})
    assert await words_kept(world) == [{"mood": 4, "done": "Shorter", "next": "N"}]
    assert "yyy" not in str(await rows(world))


async def test_a_second_refusal_keeps_the_newer_words(world: World) -> None:
    await begin_numbers(world)
    wrong = await world.submit(await world.press(world.prompt("numbers"), "numbers"), {"hours": "some"})
    assert "“some” for hours is not a number that I can count. Write a whole one from 0 to 999." in said(wrong)
    await world.restart()
    again = await world.press(of(wrong), "tryagain")
    before = await rows(world, "held")
    wrong_again = await world.submit(again, {"applications": "2", "hours": "lots"})
    assert "“lots” for hours" in words_of(of(wrong_again))
    assert await rows(world, "held") == before
    await world.restart()
    third = await world.press(of(wrong_again), "tryagain")
    assert filled(third) == {"applications": "2", "conversations": "", "interviews": "", "hours": "lots"}
    await world.submit(third, {"hours": "3"})
    assert (await entries(world))[0].numbers == {"applications": 2, "hours": 3}
    assert "no longer wait" in told(await press(world, world.maya.user, ids_of(of(wrong))["tryagain"]))
    assert "lots" not in str(await rows(world))


async def begin_numbers(world: World) -> None:
    """Maya has answered, and can add numbers."""
    await asked(world)
    await world.answer(mood="3")


async def test_a_refused_form_of_a_command_keeps_its_words_too(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "reflect", exercise="reframe")
    before = await rows(world, "held")
    wrong = await submit(world, world.maya, "reflected:reframe", {"trouble": "\u200b ", "step": "A walk"})
    assert "“What has been weighing on you?” needs an answer" in told(wrong)
    assert await rows(world, "held") == before
    await world.restart()
    again = await world.maya.click(of(wrong), custom_id=ids_of(of(wrong))["tryagain"])
    assert filled(again)["step"] == "A walk"
    await world.submit(again, {"trouble": "The silence"}, by=world.maya)
    assert await words_kept(world) == [{"trouble": "The silence", "step": "A walk"}]


async def test_a_refused_change_leaves_the_answer_and_keeps_the_words(world: World) -> None:
    await asked(world)
    await world.answer(mood="3", done="Before")
    before = await rows(world, "held")
    number = (await entries(world))[0].id
    wrong = await submit(world, world.maya.user, f"changed:{number}", {"mood": "", "done": "After"})
    assert "“How are you today?” needs an answer; everything else can stay empty" in told(wrong)
    assert await rows(world, "held") == before
    again = await world.press(of(wrong), "tryagain")
    await world.submit(again, {"mood": "5"})
    assert await words_kept(world) == [{"mood": 5, "done": "After"}]


async def test_words_of_a_form_survive_an_error_of_ours(world: World, caplog: pytest.LogCaptureFixture) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    async with world.app.db.writing() as tx:
        await tx.run("ALTER TABLE entries RENAME TO away")
    wrong = await world.submit(form, {"mood": "4", "done": "Precious words"})
    async with world.app.db.writing() as tx:
        await tx.run("ALTER TABLE away RENAME TO entries")
    (record,) = [r for r in caplog.get_records("call") if r.levelname == "ERROR"]
    assert record.getMessage().split()[1].rstrip(":") in said(wrong)
    assert "Precious" not in caplog.text
    again = await world.press(of(wrong), "tryagain")
    await world.submit(again, {})
    assert await words_kept(world) == [{"mood": 4, "done": "Precious words"}]
    caplog.clear()


# ------------------------------------------------------------------ forged


FORGED = {
    "an option that is not offered": ({"mood": "9"}, "takes a number from 1 to 5"),
    "a scale in words": ({"mood": "fine"}, "takes a number from 1 to 5"),
    "an unknown step": ({"mood": "3", "salary": "much"}, "“Daily check-in” does not ask “Salary”"),
    "only blanks": ({"mood": "", "done": " \n\u200b"}, "“How are you today?” needs an answer"),
    "nothing": ({}, "“How are you today?” needs an answer"),
    "far over the limit": ({"mood": "3", "done": "z" * 9000}, "has 9,000 characters"),
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_form_is_refused_in_words_and_changes_nothing(world: World, name: str) -> None:
    words, refusal = FORGED[name]
    prompt = await asked(world)
    before = await rows(world, "held")
    result = await submit(world, world.maya.user, ids_of(prompt)["answer"].replace("answer:", "answered:"), words)
    assert refusal in told(result)
    assert await rows(world, "held") == before
    assert (await world.press(of(result), "tryagain")).modal


async def test_a_forged_choice_is_refused_with_the_options(world: World) -> None:
    await world.begin()
    before = await rows(world, "held")
    result = await submit(world, world.maya.user, "reflected:reframe", {"trouble": "It", "movable": "perhaps"})
    assert "takes one of: yes, partly, no, it is like gravity" in told(result)
    assert await rows(world, "held") == before


@pytest.mark.parametrize("count", ["-1", "1000", "1.5", "9" * 4000, "²"])
async def test_a_count_that_is_none_is_refused_and_changes_nothing(world: World, count: str) -> None:
    await begin_numbers(world)
    before = await rows(world, "held")
    number = (await entries(world))[0].id
    result = await submit(world, world.maya.user, f"numbered:{number}", {"applications": "2", "interviews": count})
    assert "for interviews is not a number that I can count" in told(result)
    assert await rows(world, "held") == before


async def test_a_friend_s_form_for_a_seeker_s_prompt_is_refused(world: World) -> None:
    prompt = await asked(world)
    before = await rows(world, "held", "people")
    forged = ids_of(prompt)["answer"].replace("answer:", "answered:")
    result = await submit(world, world.jonas, forged, {"mood": "1"})
    assert "That question was for somebody else" in told(result)
    assert await rows(world, "held", "people") == before


# ------------------------------------------------------------------ older versions


async def test_a_step_that_was_renamed_loses_nothing_on_change(world: World) -> None:
    await asked(world)
    await world.answer(mood="4", stuck="The letter")
    old = world.app.exercises["checkin"]
    steps = tuple(s for s in old.steps if s.id != "stuck")
    world.app.exercises["checkin"] = Exercise(old.id, old.title, old.why, steps, old.plain, numbers=True)
    await world.submit(await world.press(world.prompt("change"), "change"), {"mood": "5"})
    assert await words_kept(world) == [{"mood": 5, "stuck": "The letter"}]
    assert "The letter" in words_of(world.prompt("change"))


async def test_a_form_of_an_older_version_keeps_its_words_and_says_why(world: World) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    old = world.app.exercises["checkin"]
    steps = tuple(Text("stone", "Stone", "Your stone?") if s.id == "stuck" else s for s in old.steps)
    world.app.exercises["checkin"] = Exercise(old.id, old.title, old.why, steps, old.plain, numbers=True)
    result = await world.submit(form, {"mood": "4", "done": "Kept", "stuck": "Lost?"})
    assert "does not ask “Stuck”" in said(result)
    assert await entries(world) == []
    assert filled(await world.press(of(result), "tryagain"))["done"] == "Kept"


async def test_a_plain_answer_between_opening_and_sending_a_form_keeps_what_the_form_leaves_blank(world: World) -> None:
    prompt = await asked(world)
    form = await world.press(prompt, "answer")
    await write(world, "By message meanwhile")
    await world.submit(form, {"mood": "3", "next": "A call"})
    assert await words_kept(world) == [{"done": "By message meanwhile", "mood": 3, "next": "A call"}]


async def test_words_that_cannot_wait_in_the_database_are_given_back(world: World, config: Config) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    shown = await world.press(world.prompt(), "answer")
    async with world.app.db.writing() as tx:
        await tx.run("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(config.data.database, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        told = await world.submit(shown, {"mood": "4", "done": "a long walk, and a *talk*", "next": "rest"})
    finally:
        other.close()
    words = said(told)
    assert "to copy and send again" in words
    assert "a long walk, and a \\*talk\\*" in words
    assert "rest" in words
    assert await world.app.db.reading.all("SELECT 1 FROM entries") == []
