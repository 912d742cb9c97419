"""Follow-ups and interviews in the real bot: a morning's message, its presses, and what it says then."""

from __future__ import annotations

from typing import Any

from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def applied(world: World, *companies: str) -> None:
    """Maya applied on Thursday the first, and it is the morning of the eighth."""
    await world.begin()
    for company in companies:
        await world.maya.slash(world.channel, "log applied", company=company, role="Engineer")
    await world.until(8, 9)


def morning(world: World) -> Any:
    return world.prompt("follownext")


async def press(world: World, verb: str, company: str = "") -> Any:
    """Press a button of the morning's message; with a company that under its name."""
    message = morning(world)
    if not company:
        return await world.press(message, verb)
    row = await world.app.db.reading.one(
        "SELECT reminders.id FROM reminders JOIN applications ON applications.id = application_id"
        " WHERE company = ? ORDER BY reminders.id DESC",
        company,
    )
    return await world.maya.user.click(message, custom_id=f"{verb}:{row['id'] if row else 0}")


async def test_a_morning_names_what_to_follow_up_on_and_says_what_became_of_each(world: World) -> None:
    await applied(world, "Hooli", "Acme *& co*", "Globex")
    assert "Worth a line today" in words_of(morning(world))
    assert "**Acme \\*& co\\***" in words_of(morning(world))
    assert labels_of(morning(world)) == ["Done", "Later", "Stop for this one"] * 3 + ["What is next"]

    done = await press(world, "followdone", "Globex")
    assert "**Followed up** · Engineer at Globex · Thu 8 January" in said(done)
    assert labels_of(done.followups[0].message) == ["Add detail", "Undo"]
    asked = await press(world, "followlater", "Acme *& co*")
    assert labels_of(asked.followups[0].message) == ["Tomorrow", "In 3 days", "Next week"]
    await world.maya.user.click(asked.followups[0], custom_id=ids_of(asked.followups[0].message)["followin"])
    assert "on Thu 15 January" in words_of(asked.followups[0].message)

    await world.restart()
    await world.tick()
    assert "Done." in words_of(morning(world))
    assert "I come back to it on Thu 15 January" in words_of(morning(world))
    assert labels_of(morning(world)) == ["Done", "Later", "Stop for this one", "What is next"]


async def test_one_is_stopped_and_taken_up_again(world: World) -> None:
    await applied(world, "Acme")
    await press(world, "followstop")
    assert "I say no more of this one" in words_of(morning(world))
    assert "All looked after" in words_of(morning(world))

    await press(world, "followon")
    shown = await press(world, "follownext")
    assert "Acme" in said(shown)


async def test_what_went_silent_is_closed_with_one_press(world: World) -> None:
    await applied(world, "Acme")
    await world.until(15, 9)
    await world.until(22, 9)
    assert "has it ended?" in words_of(morning(world))
    assert labels_of(morning(world)) == ["Yes, it ended", "Not yet", "Later", "Stop for this one", "What is next"]

    shown = await press(world, "followlost")
    assert "*lost (ghosted)*" in said(shown)
    assert "it ended in silence" in words_of(morning(world))


async def test_an_interview_is_reminded_of_and_how_it_was_is_told_with_one_press(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Engineer")
    await world.maya.slash(
        world.channel, "log interview", company="Acme", when="9 January 14:00", whom="Anna", note="Bring *it*"
    )
    await world.until(8, 17)
    eve = world.dm
    assert "An interview is coming" in words_of(eve)
    assert "with Anna" in words_of(eve)
    assert "Bring \\*it\\*" in words_of(eve)
    await world.until(9, 12)
    assert "near" in words_of(world.dm)
    await world.until(9, 16)
    asked = world.prompt("felt")
    assert labels_of(asked) == ["It gave energy", "Neither", "It took energy", "Add detail"]

    await world.press(asked, "felt")
    assert "It took energy. That is kept." in words_of(world.prompt("felt"))
    form = await world.press(world.prompt("felt"), "logmore")
    await world.submit(form, {"words": "They were kind"})
    assert "How was it?" in words_of(world.prompt("felt"))
