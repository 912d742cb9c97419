"""Whose idea an application was, in the real bot: asked with one press, told, and thanked for when it goes well."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs._idea import arrived, came
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of
from tests.cogs.test_log import answer_of, line, now_says


async def kept(world: World, verb: str = "idea", press: str = "keepidea", **more: str) -> discord.Message:
    """What Jonas gave is kept, or said yes to."""
    await world.press(await came(world, verb, **more), press)
    return arrived(world)


async def test_under_the_line_stands_whose_idea_it_was_and_is_answered_with_one_press(world: World) -> None:
    await kept(world, what="@everyone **Teach**\u202e a class")
    shown = await line(world, "applied", company="Acme", role="Teacher")
    assert labels_of(answer_of(shown)) == ["Add detail", "Undo", "No, my own"]
    [menu] = [one for one in view_of(answer_of(shown)).walk_children() if isinstance(one, discord.ui.Select)]
    assert menu.placeholder == "Was this a friend's idea?"
    assert [option.label.split(":")[0] for option in menu.options] == ["Jonas"]

    await world.restart()
    await world.maya.select(answer_of(shown), ["idea.1"], custom_id=ids_of(answer_of(shown))["logfrom"])
    assert "From Jonas's idea" in now_says(world, shown)
    assert "From Jonas's idea" in said(await world.maya.slash(world.channel, "search show", application="Acme"))

    await world.press(answer_of(shown), "logown", by=world.maya)
    assert "From Jonas" not in now_says(world, shown)
    assert labels_of(answer_of(shown)) == ["Add detail", "Undo"]


def view_of(message: discord.Message) -> discord.ui.LayoutView:
    return discord.ui.LayoutView.from_message(message)


async def test_without_an_idea_nothing_is_asked(world: World) -> None:
    await world.begin()
    shown = await line(world, "applied", company="Acme", role="Teacher")
    assert labels_of(answer_of(shown)) == ["Add detail", "Undo"]


async def became(world: World, message: discord.Message, **words: str) -> Any:
    """The form behind *Became an application* is sent."""
    form = await world.press(message, "applyfrom")
    return await world.submit(form, {"company": "Acme", "role": "Teacher", **words})


async def test_what_was_tried_becomes_an_application_and_its_friend_is_thanked_for_the_offer(world: World) -> None:
    idea = await kept(world)
    form = await world.press(idea, "tryidea")
    await world.submit(form, {"on": "thursday"})
    await world.until(8, 9)
    await world.submit(await world.press(world.prompt("happened"), "happened"), {"learned": "I like it"})
    tried = world.prompt("applyfrom")
    assert labels_of(tried) == ["Change", "Say thanks", "Became an application"]

    shown = await became(world, tried)
    assert "Teacher at Acme" in said(shown)
    assert "From Jonas's idea" in said(shown)
    offer = await line(world, "offer", company="Acme")
    assert "Would you like to tell Jonas what came of it?" in said(offer)
    await world.submit(await world.press(answer_of(offer), "thank", by=world.maya), {"words": "You"}, by=world.maya)
    again = await line(world, "interview", company="Acme")
    assert "Would you like to tell Jonas" not in said(again)

    told: Any = await world.maya.slash(world.channel, "ideas trail")
    pages = await world.press(told.response.message, "trailtext", by=world.maya)
    assert "applied on Thu 8 January" in said(pages)
    assert "offer on Thu 8 January" in said(pages)


async def test_what_is_in_the_log_already_is_linked_and_nothing_is_begun_twice(world: World) -> None:
    idea = await kept(world)
    await line(world, "applied", company="Acme", role="Teacher")
    shown = await became(world, idea)
    assert "**In your log already** · Teacher at Acme" in said(shown)
    assert "From Jonas's idea" in said(shown)
    assert "Undo" not in labels_of(shown.followups[-1].message)

    told = await became(world, idea, words="By his tip")
    assert "By his tip" in said(told)
    assert "Undo" in labels_of(told.followups[-1].message)


async def test_an_unclear_day_is_asked_about_and_what_was_typed_waits(world: World) -> None:
    shown = await became(world, await kept(world), when="03/04/25")
    asked = shown.followups[-1]
    assert "Which do you mean?" in words_of(asked.message)
    await world.maya.user.click(asked.message, label="Thu 3 April 2025")
    assert "From Jonas's idea" in words_of(asked.message)


async def test_an_introduction_leads_to_an_application_and_at_landing_it_is_known(world: World) -> None:
    await world.press(await kept(world, "offer", "yesplease"), "talked")
    await became(world, arrived(world))
    shown = await world.maya.slash(world.channel, "search show", application="Acme")
    assert "From Jonas's introduction" in said(shown)
    await world.maya.select(answer_of(shown), ["accepted"], custom_id=ids_of(answer_of(shown))["appmove"])
    assert "Say thanks" in labels_of(answer_of(shown))

    ended: Any = await world.maya.slash(world.channel, "landed")
    form: Any = await world.maya.click(ended.response, custom_id="landas:landed")
    [choice] = [one["component"] for one in form.modal["components"] if "options" in one["component"]]
    assert [option["value"] for option in choice["options"] if option.get("default")] == ["1"]
    await world.submit(form, {"words": "I start in March"}, by=world.maya)
    draft = words_of(world.prompt("landpost"))
    assert "You accepted: Teacher at Acme." in draft
    assert "Jonas's introduction led here." in draft


async def test_an_idea_that_was_taken_back_leads_nowhere_any_more(world: World) -> None:
    message = await kept(world)
    form = await world.press(message, "applyfrom")
    mine = await world.jonas.slash(world.channel, "circle mine")
    menu = answer_of(mine)
    opened = await world.jonas.select(menu, ["1"], custom_id=ids_of(menu)["openmine"])
    await world.press(opened.followups[-1].message, "unidea", by=world.jonas)

    refused = await world.submit(form, {"company": "Acme", "role": "Teacher"})
    assert "taken back" in said(refused)
    assert await world.app.db.reading.all("SELECT * FROM applications") == []
