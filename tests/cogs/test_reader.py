"""Answers for some friends only: named under the draft or the answer, sent to each by direct message."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.circle import Circle
from bot.core.consent import Consent
from bot.core.delivery import State
from bot.core.journal import Entry, Kept, Visibility
from bot.core.people import Space
from bot.core.reader import Handed, Reader
from bot.core.summary import Draft, Phase, Portion, portions
from bot.usecases.reader import Naming
from cogs import _chooser, _draft, _reader, _render
from tests.cogs import _forged, _made
from tests.cogs._made import KEY, LIBRARY, MONDAY, check_limits, text_of
from tests.cogs._week import DONE, FRIDAY, NOTE, SECRET, channel_words, choose, draft_of, everything, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


def dms(member: Any) -> list[discord.Message]:
    """What came to a friend by direct message, their greeting left out."""
    found = member.user.dm_channel.history(viewer=member.user) if member.user.dm_channel else []
    return [message for message in found if "cheer" in ids_of(message)]


async def accept(world: World, member: Any) -> None:
    """A friend presses *Yes, write to me* under the welcome."""
    welcome = next(message for message in world.channel.history() if "writeme" in ids_of(message))
    await world.press(welcome, "writeme", by=member)


async def number(world: World, member: Any) -> str:
    """The number of somebody known."""
    row = await world.app.db.reading.one("SELECT id FROM people WHERE external_id = ?", str(member.id))
    assert row
    return str(row["id"])


async def name(world: World, entry: str, *members: Any) -> Any:
    """Choose under the draft which answer is only for whom; what the menu of friends says then."""
    shown = await world.press(draft_of(world), "onlysome")
    which = shown.followups[0]
    picked = await world.maya.user.select(which, [entry], custom_id=ids_of(which.message)["onlywhich"])
    friends = [await number(world, member) for member in members]
    return await world.maya.user.select(picked.response, friends, custom_id=ids_of(picked.response.message)["onlyto"])


async def named(world: World, *parts: str) -> discord.Message:
    """The note is for Jonas alone, who accepted messages; with these parts for all the week is posted; his message."""
    await written(world)
    await accept(world, world.jonas)
    await name(world, NOTE, world.jonas)
    if parts:
        await choose(world, *parts)
    await world.press(draft_of(world), "post")
    [part] = dms(world.jonas)
    return part


async def test_an_answer_for_one_friend_reaches_him_by_direct_message_and_nobody_else(world: World) -> None:
    part = await named(world, FRIDAY)

    assert SECRET in words_of(part)
    assert "did not tell it in the circle" in words_of(part)
    assert labels_of(part) == ["Cheer", "I have an idea", "Stop these messages"]
    assert DONE in channel_words(world)
    assert SECRET not in channel_words(world)
    assert DONE not in words_of(part)
    assert dms(world.aisha) == []
    shown = words_of(draft_of(world))
    assert "**Only for some**\n- Sat note, only Jonas: " in shown
    assert "Jonas: sent." in shown


async def test_a_week_for_one_friend_alone_leaves_the_channel_empty_and_says_so(world: World) -> None:
    await written(world)
    await accept(world, world.jonas)
    await name(world, NOTE, world.jonas)
    assert "nothing goes to the channel" in words_of(draft_of(world))
    assert "Jonas: to be sent by direct message, once you post." in words_of(draft_of(world))

    await world.press(draft_of(world), "post")

    assert world.posts() == []
    assert SECRET in words_of(dms(world.jonas)[0])
    assert "Nothing stands in the channel." in words_of(draft_of(world))


async def test_whoever_has_not_accepted_gets_nothing_until_they_do(world: World) -> None:
    await written(world)
    shown = await world.jonas.slash(world.channel, "cheer", who="Maya")
    await world.submit(shown, {"words": "Good luck"}, by=world.jonas)
    menu = await name(world, NOTE, world.jonas)
    assert "Jonas: not yet accepted, so nothing is sent to them" in said(menu)
    assert "Jonas: not yet accepted, so nothing is sent to them" in said(await world.press(draft_of(world), "look"))
    await choose(world, FRIDAY)

    await world.press(draft_of(world), "post")

    assert dms(world.jonas) == []
    assert SECRET not in channel_words(world)
    assert "Jonas: not yet accepted, so nothing is sent to them. It comes if they do by" in words_of(draft_of(world))
    await accept(world, world.jonas)
    await world.tick()
    assert SECRET in words_of(dms(world.jonas)[0])
    assert "Jonas: sent" in words_of(draft_of(world))


async def test_his_buttons_bring_her_a_cheer_and_an_idea(world: World) -> None:
    part = await named(world)

    cheer = await world.press(part, "cheer", by=world.jonas.user)
    await world.submit(cheer, {"words": "You are brave"}, by=world.jonas.user)
    idea = await world.press(part, "idea", by=world.jonas.user)
    await world.submit(idea, {"what": "Practise with me"}, by=world.jonas.user)
    await world.until(5, 9)

    told = "\n".join(map(words_of, world.dms))
    assert "You are brave" in told
    assert "Practise with me" in told


async def test_his_buttons_are_his_alone(world: World) -> None:
    part = await named(world)
    key = ids_of(part)["cheer"].partition(":")[2]
    before = await everything(world)

    for custom_id in (f"cheer:{key}", f"idea:{key}", f"readweek:{key}"):
        assert "for somebody else" in _forged.told(await _forged.press(world, world.aisha, custom_id))

    assert await everything(world) == before


async def test_under_the_answer_it_can_be_named_changed_and_made_private_again(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)
    await world.until(2, 17, 30)
    await world.answer(mood="4", done=DONE)
    shown = await world.press(world.prompt("onlyfor"), "onlyfor")
    menu = shown.followups[0]

    await world.maya.user.select(menu, [await number(world, world.jonas)], custom_id=ids_of(menu.message)["onlyto"])
    assert "For Jonas alone, by direct message, once you post your week." in words_of(world.prompt("onlyfor"))
    assert labels_of(world.prompt("onlyfor")) == ["Change", "Keep private", "Change for whom", "Add numbers"]

    await world.press(world.prompt("hide"), "hide")
    assert "only you see this" in words_of(world.prompt("onlyfor"))


async def test_choosing_what_goes_in_shows_it_and_does_not_take_it_from_him(world: World) -> None:
    await written(world)
    await accept(world, world.jonas)
    await name(world, NOTE, world.jonas)

    shown = await world.press(draft_of(world), "choose")
    menu = shown.followups[0]
    assert "What is only for some stays so" in words_of(menu.message)
    await world.maya.user.select(menu, [FRIDAY], custom_id=ids_of(menu.message)["chosen"])
    assert "only Jonas" in words_of(draft_of(world))

    await choose(world, FRIDAY, NOTE)
    assert "only Jonas" not in words_of(draft_of(world))


async def test_the_preview_and_a_past_week_show_what_he_gets(world: World) -> None:
    await named(world, FRIDAY)

    preview = await world.maya.slash(world.channel, "week preview")
    past = await world.maya.slash(world.channel, "week show", week="this week")

    for shown in (said(preview), said(past)):
        assert "**For Jonas**, by direct message:" in shown
        assert SECRET in shown
    assert "Jonas: sent." in said(past)


@pytest.mark.parametrize("who", ["herself", "a stranger", "nobody known"])
async def test_nobody_else_can_be_named(world: World, who: str) -> None:
    await written(world)
    await world.aisha.slash(world.channel, "circle quiet")
    values = {"herself": "1", "a stranger": await number(world, world.aisha), "nobody known": "99"}
    before = await _forged.rows(world)

    result = await _forged.press(world, world.maya.user, f"onlyto:{NOTE}.0", [values[who]])

    assert "none of your circles" in _forged.told(result)
    assert await _forged.rows(world) == before


async def test_without_anybody_known_the_way_to_be_known_is_told(world: World) -> None:
    await written(world)

    shown = await world.press(draft_of(world), "onlysome")
    which = shown.followups[0]
    picked = await world.maya.user.select(which, [NOTE], custom_id=ids_of(which.message)["onlywhich"])

    assert "Once a friend presses *Yes, write to me* in #maya-and-friends" in said(picked)


async def test_what_he_gets_is_cut_and_read_whole(world: World) -> None:
    await written(world)
    await accept(world, world.jonas)
    long = "A long thought. " * 60
    for entry in range(3, 8):
        await _forged.submit(world, world.maya.user, "reflected:note", {"note": long})
        await name(world, str(entry), world.jonas)
    await world.press(draft_of(world), "post")
    [part] = dms(world.jonas)

    read = await world.press(part, "readweek", by=world.jonas.user)

    assert "".join(words_of(page.message) for page in read.followups).count("A long thought.") == 300


# ------------------------------------------------------------------ nothing over Discord's limits

readers = st.lists(
    st.builds(Reader, st.integers(2, 10**6), st.one_of(st.just(""), _made.names), st.sampled_from(Consent)),
    min_size=1,
    max_size=8,
    unique_by=lambda reader: reader.id,
).map(tuple)
weeks = st.integers(1, 6).flatmap(lambda count: st.tuples(*(_made.entry(n, shared=False) for n in range(1, count + 1))))


def for_some(entries: tuple[Entry, ...], alone: tuple[Reader, ...], phase: Phase) -> Draft:
    """The draft of a week in which every other answer is for these friends alone."""
    entries = tuple(e._replace(visibility=Visibility.NAMED) if e.id % 2 else e for e in entries)
    what = _made.week_of(entries, phase=phase, share_numbers=False, share_mood=False)
    material = what.material._replace(readers={entry.id: alone for entry in entries if entry.for_some})
    states = (*State, None)
    handed = [
        Handed(one, states[one.id % len(states)] if phase is Phase.POSTED else None, MONDAY)
        for one in portions(what.week, material, LIBRARY)
    ]
    return what._replace(material=material, handed=tuple(handed))


@given(weeks, readers, st.sampled_from([Phase.DRAFTED, Phase.POSTED]))
def test_drafts_and_parts_fit_whatever_anybody_is_called(
    entries: tuple[Entry, ...], alone: tuple[Reader, ...], phase: Phase
) -> None:
    what = for_some(entries, alone, phase)

    for view in (_render.draft(what), _chooser.which(what), _render.chooser(what), _draft.past(what)):
        check_limits(view)
    for key in (KEY, "preview"):
        for summary in what.portions.values():
            check_limits(_reader.portion(Portion(key, alone, summary)))
    assert "Only for some" in text_of(_render.draft(what))


@given(_made.entry())
def test_where_more_than_one_menu_is_needed_each_says_from_whom_to_whom(entry: Entry) -> None:
    known = tuple(Reader(number, f"Friend {number:02}", Consent.GIVEN) for number in range(1, 41))
    kept = Kept(entry, LIBRARY[entry.exercise])

    for some, says in ((25, ["Nobody yet"]), (40, ["Friend 01 to Friend 25", "Friend 26 to Friend 40"])):
        view = _reader.naming(Naming(kept, known[:some], ()))
        placeholders = [str(item.placeholder) for item in view.walk_children() if isinstance(item, discord.ui.Select)]
        assert [one.removeprefix("Nobody yet, ") for one in placeholders] == says


@given(_made.entry(), st.integers(0, 120), _made.names)
def test_a_hundred_friends_can_be_named(entry: Entry, many: int, called: str) -> None:
    known = tuple(Reader(number, called, Consent.GIVEN) for number in range(2, many + 2))
    kept = Kept(entry._replace(visibility=Visibility.NAMED), LIBRARY[entry.exercise], readers=known[:30])

    view = _reader.naming(Naming(kept, known, (Circle(1, called, Space("discord", "1", "2")),)))

    check_limits(view)
    check_limits(_render.kept(kept))
