"""Thanks for a cheer, and a kind no, through the real bot."""

from __future__ import annotations

from bot.core.reply import KINDLY
from tests.cogs._cheer import give
from tests.cogs._idea import arrived, came, shown
from tests.cogs._week import notes, posted
from tests.cogs.conftest import World, ids_of, said, words_of
from tests.cogs.test_consent import accept, dms
from tests.cogs.test_reply import THANKS, fields, noted


async def test_the_one_friend_of_a_note_is_thanked_at_once(world: World) -> None:
    note = await noted(world, world.jonas)
    await accept(world, world.jonas)
    form = await world.press(note, "thankcheer")
    assert form.modal["title"] == "Thanks to Jonas"

    result = await world.submit(form, {"words": THANKS})

    assert "You thanked Jonas." in said(result)
    assert "You thanked Jonas." in words_of(notes(world)[0])
    assert THANKS in words_of(dms(world.jonas)[-1])


async def test_of_several_friends_one_is_chosen(world: World) -> None:
    note = await noted(world, world.jonas, world.aisha)
    await accept(world, world.aisha)
    chooser = await world.press(note, "thankcheer")
    assert "Whom would you like to thank?" in said(chooser)
    menu = chooser.followups[0] if chooser.followups else chooser.response
    number = next(r["id"] for r in await world.app.db.reading.all("SELECT * FROM people") if r["name"] == "Aisha")

    form = await world.maya.user.select(menu, [str(number)], custom_id=ids_of(menu.message)["thankwhom"])
    await world.submit(form, {"words": THANKS})

    assert THANKS in words_of(dms(world.aisha)[-1])
    assert dms(world.jonas) == []


async def test_a_friend_who_took_it_back_meanwhile_is_said_so(world: World) -> None:
    note = await noted(world, world.jonas, world.aisha)
    chooser = await world.press(note, "thankcheer")
    menu = chooser.followups[0] if chooser.followups else chooser.response
    number = next(r["id"] for r in await world.app.db.reading.all("SELECT * FROM people") if r["name"] == "Aisha")
    await world.aisha.unreact(world.posts()[0], "🎉")

    result = await world.maya.user.select(menu, [str(number)], custom_id=ids_of(menu.message)["thankwhom"])

    assert "They took back" in said(result)


async def test_for_a_cheer_to_whom_no_way_leads_no_form_opens(world: World) -> None:
    await posted(world)
    await give(world, world.posts()[0], words="Proud of you", known="unnamed")
    await world.until(5, 9)
    await world.jonas.slash(world.channel, "circle quiet")

    result = await world.press(notes(world)[0], "thankcheer")

    assert result.modal is None
    assert "Jonas wants no messages from me. So I have no way to carry that." in said(result)


# ------------------------------------------------------------------ not for me


async def test_a_kind_no_is_written_beforehand_and_can_be_changed(world: World) -> None:
    await came(world)
    await accept(world, world.jonas)
    asked = await world.press(arrived(world), "notforme")
    form = await world.press(shown(asked), "decline")
    assert fields(form)["words"]["value"] == KINDLY

    result = await world.submit(form, {"words": "Not this one, thank you"})

    assert "Jonas was told kindly." in said(result)
    assert "Maya answers you" in words_of(dms(world.jonas)[-1])
    assert "Not this one, thank you" in words_of(dms(world.jonas)[-1])
    assert "Not for you just now" in words_of(arrived(world))


async def test_to_whoever_was_told_no_second_form_opens_and_that_is_said(world: World) -> None:
    await came(world)
    await accept(world, world.jonas)
    asked = shown(await world.press(arrived(world), "notforme"))
    await world.submit(await world.press(asked, "decline"), {"words": KINDLY})

    again = await world.press(asked, "decline")

    assert again.modal is None
    assert "Jonas was told already, so I did not write again." in said(again)


async def test_saying_nothing_tells_nobody(world: World) -> None:
    await came(world)
    await accept(world, world.jonas)
    asked = await world.press(arrived(world), "notforme")
    await world.press(shown(asked), "hush")
    await world.wait(days=2)

    assert len(dms(world.jonas)) == 1
