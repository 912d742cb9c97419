"""Experiments through the real bot: *Try it*, the question on the day, its three buttons, the list and the trail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import discord
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.experiment import MOST_PLANNED, Experiment, Phase, Trial
from cogs import _experiment
from tests.cogs import _forged
from tests.cogs._made import KEY, NOW, check_limits, names, text_of, words
from tests.cogs._week import posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

IDEA = "Have a coffee with somebody who builds robots"
QUESTION = "What does a day look like there?"
many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


async def arrived(world: World) -> discord.Message:
    """Jonas's idea stands in Maya's direct messages."""
    await posted(world)
    shown = await world.press(world.posts()[0], "idea", by=world.jonas)
    await world.submit(shown, {"what": IDEA, "why": "You ask well"}, by=world.jonas)
    await world.tick()
    return world.prompt("tryidea")


async def tried(world: World, **wish: str) -> Any:
    """Maya plans it for Thursday the 8th."""
    shown = await world.press(await arrived(world), "tryidea")
    return await world.submit(shown, {"on": "thursday", "question": QUESTION} | wish)


async def asked(world: World) -> discord.Message:
    """The question whether it happened, on the morning of that day."""
    await tried(world)
    await world.until(8, 9)
    return world.prompt("happened")


def again(world: World, message: discord.Message) -> discord.Message:
    """What a direct message says now."""
    return next(m for m in world.dms if m.id == message.id)


def fields(shown: Any) -> dict[str, str]:
    """What a form is filled with."""
    parts = [label["component"] for label in shown.modal["components"]]
    return {part["custom_id"]: part.get("value") or "" for part in parts}


# ------------------------------------------------------------------ planning


async def test_try_it_opens_a_form_with_the_ideas_words_and_a_week_from_today(world: World) -> None:
    shown = await world.press(await arrived(world), "tryidea")

    assert fields(shown) == {"what": IDEA, "on": "Sun 11 January", "question": ""}
    assert shown.modal["title"] == "Try it"


async def test_what_is_planned_is_told_with_its_day_and_the_arrival_says_so(world: World) -> None:
    told = _forged.told(await tried(world))

    assert "To try on Thu 8 January" in told
    assert IDEA in told
    assert QUESTION in told
    assert "You are trying" in words_of(world.prompt("tryidea"))


async def test_a_day_that_has_passed_keeps_the_words_behind_try_again(world: World) -> None:
    told = _forged.told(await tried(world, on="2026-01-01", what="My own words"))

    assert "still to come" in told
    assert await world.app.db.reading.all("SELECT * FROM experiments") == []
    shown = await world.press(next(m for m in reversed(world.dms) if "tryagain" in ids_of(m)), "tryagain")
    assert fields(shown) == {"what": "My own words", "on": "2026-01-01", "question": QUESTION}
    await world.submit(shown, {"on": "friday"})
    assert len(await world.app.db.reading.all("SELECT * FROM experiments")) == 1


async def test_a_refused_plan_keeps_no_word_of_an_idea_that_is_taken_back(world: World) -> None:
    await tried(world, on="2026-01-01")
    held = "SELECT * FROM held"
    assert len(await world.app.db.reading.all(held)) == 1
    shown = await world.press(world.prompt("tryidea"), "tryidea")

    await _forged.press(world, world.jonas, "unidea:1")

    assert await world.app.db.reading.all(held) == []
    assert "That idea was taken back" in _forged.told(await world.submit(shown, {"on": "friday"}))
    assert await world.app.db.reading.all(held) == []


async def test_something_of_ones_own_is_planned_and_listed(world: World) -> None:
    await world.begin()
    shown = await world.maya.slash(world.channel, "experiment new")
    assert fields(shown) == {"what": "", "on": "Thu 8 January", "question": ""}

    told = await world.submit(shown, {"what": "A day at the maker space"}, by=world.maya)

    assert "To try on Thu 8 January" in _forged.told(told)
    assert all(answer.ephemeral for answer in _forged.answers(told))
    listed = await world.maya.slash(world.channel, "experiment list")
    assert "A day at the maker space" in said(listed)
    assert labels_of(_forged.answers(listed)[0].message) == ["It happened", "Not yet", "Let it go"]


async def test_with_nothing_planned_the_list_says_how_to_begin(world: World) -> None:
    await world.begin()

    assert "/experiment new" in said(await world.maya.slash(world.channel, "experiment list"))


# ------------------------------------------------------------------ on the day


async def test_on_the_day_it_asks_with_three_buttons(world: World) -> None:
    message = await asked(world)

    assert "Today you wanted to try this" in words_of(message)
    assert IDEA in words_of(message)
    assert "From Jonas" in words_of(message)
    assert labels_of(message) == ["It happened", "Not yet", "Let it go"]


async def test_what_was_learned_stands_in_the_message_and_can_be_changed(world: World) -> None:
    message = await asked(world)
    shown = await world.press(message, "happened")
    assert [label["description"] for label in shown.modal["components"]] == [QUESTION]

    await world.submit(shown, {"learned": "Half the day with customers"})

    assert "Half the day with customers" in words_of(again(world, message))
    shown = await world.press(again(world, message), "happened")
    assert fields(shown) == {"learned": "Half the day with customers"}
    await world.submit(shown, {"learned": "Most of the day, in fact"})
    assert "Most of the day, in fact" in words_of(again(world, message))


async def test_not_yet_moves_it_and_it_is_asked_again_on_that_day(world: World) -> None:
    message = await asked(world)
    shown = await world.press(message, "notyet")
    assert fields(shown) == {"on": "Thu 15 January"}

    await world.submit(shown, {"on": "12 January"})

    assert "To try on Mon 12 January" in words_of(again(world, message))
    await world.until(12, 9)
    assert "Today you wanted to try this" in words_of(world.prompt("happened"))
    assert "further down" in words_of(again(world, message))


async def test_let_go_says_so_and_a_second_press_too(world: World) -> None:
    message = await asked(world)
    pressed = ids_of(message)["dropit"]

    await world.press(message, "dropit")

    assert "Let go, and that is fine" in words_of(again(world, message))
    assert labels_of(again(world, message)) == ["Pick a day"]
    told = _forged.told(await _forged.press(world, world.maya.user, pressed))
    assert "let go already" in told
    await world.submit(await world.press(again(world, message), "notyet"), {})
    assert "To try on Thu 15 January" in words_of(again(world, message))


async def test_the_buttons_work_after_a_restart(world: World) -> None:
    message = await asked(world)
    await world.restart()

    await world.submit(await world.press(message, "happened"), {"learned": "Much"})

    assert "Much" in words_of(again(world, message))


async def test_pressed_in_the_list_it_is_told_below(world: World) -> None:
    await tried(world)
    listed = await world.maya.slash(world.channel, "experiment list")

    told = await world.press(listed.response, "dropit", by=world.maya)

    assert "Let go, and that is fine" in _forged.told(told)


# ------------------------------------------------------------------ any words


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """An experiment in any phase, with any words."""
    phase = draw(st.sampled_from(Phase))
    planned = phase is Phase.PLANNED
    learned = draw(words()) if phase is Phase.LEARNED else ""
    ended_at, ask_at = (None, NOW) if planned else (NOW, None)
    what, question = draw(words() | st.just("")), draw(words() | st.just(""))
    friend, idea_id = draw(st.tuples(names, st.just(7)) | st.just(("", None)))
    on = date(2026, 1, 8) + timedelta(days=draw(st.integers(0, 99)))
    told = (phase, learned, ended_at, ask_at, 1)
    gone, talk, thanked = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return Experiment(10**17, 1, idea_id, friend, what, question, on, *told, gone, talk, thanked)


@many
@given(experiments(), st.booleans(), st.integers(0, 120))
def test_whatever_the_words_discord_takes_the_message(experiment: Experiment, again: bool, late: int) -> None:
    on = date(2026, 1, 8) + timedelta(days=late)
    check_limits(_experiment.trial(Trial(KEY, experiment, on, again)))
    check_limits(_experiment.told(experiment))
    assert all(len(page) <= 4000 for page in _experiment.whole(experiment))


@many
@given(st.lists(experiments(), max_size=MOST_PLANNED))
def test_whatever_is_planned_discord_takes_the_list(found: list[Experiment]) -> None:
    views = _experiment.planned([one._replace(phase=Phase.PLANNED, learned="") for one in found])

    assert len(views) <= 3
    for view in views:
        check_limits(view)


def test_of_an_idea_that_was_taken_back_nobody_is_offered_to_be_thanked_and_nothing_stays() -> None:
    learned = Experiment(1, 1, 7, "Ana", "A walk", "", date(2026, 1, 8), Phase.LEARNED, "Much", NOW, None, 1)
    let_go = learned._replace(phase=Phase.LET_GO, learned="")

    assert "Say thanks" in _labels(learned)
    assert "The idea stays with you" in text_of(_experiment.told(let_go))
    assert "Say thanks" not in _labels(learned._replace(taken_back=True))
    assert "stays with you" not in text_of(_experiment.told(let_go._replace(taken_back=True)))


def _labels(experiment: Experiment) -> list[str]:
    view = _experiment.told(experiment)
    return [str(item.label) for item in view.walk_children() if isinstance(item, discord.ui.Button)]


def test_left_without_three_questions_it_does_not_claim_them() -> None:
    left = Experiment(1, 1, None, "", "A walk", "", date(2026, 1, 8), Phase.LAPSED, "", NOW, None, 1)

    assert "I leave it here" in text_of(_experiment.told(left))
    assert "I asked three times" in text_of(_experiment.told(left._replace(asked=3)))


def test_a_message_on_a_later_day_names_the_day_that_was_planned() -> None:
    planned = Experiment(1, 1, None, "", "A walk", "", date(2026, 1, 8), Phase.PLANNED, "", None, NOW, 2)

    told = text_of(_experiment.trial(Trial(KEY, planned, date(2026, 1, 15))))

    assert "For Thu 8 January" in told
    assert "Today" not in told
