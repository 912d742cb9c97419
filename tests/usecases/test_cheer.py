"""Cheers without any chat platform: given at the same time, told while they change, moved with the rhythm."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.cheer import NotAround, Wish
from bot.core.circle import Note
from bot.core.delivery import Later, State
from bot.core.journal import Gone, NotYours
from bot.core.people import Comes, IdeasCome, Person, Post
from bot.usecases import cheer, circle, people, rhythm, summary
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, MAYA, PAPER, Desk

ANA, BEN = (Person(PAPER, "", name) for name in ("ana", "ben"))
PARTY = "\N{PARTY POPPER}"


async def under(desk: Desk) -> str:
    """Maya's first week stands in the channel; the delivery of its post."""
    await desk.posted()
    return (await desk.delivery("post", turn=1)).id


def told(desk: Desk) -> list[tuple[str, ...]]:
    """What stands in Maya's notes: each friend, their emoji and their words."""
    notes = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    return [(one.name, *one.emoji, *one.words) for note in notes for one in note.cheers]


async def test_many_friends_at_the_same_time_make_one_note(desk: Desk) -> None:
    post = await under(desk)
    friends = [Person(PAPER, "", f"friend-{n}") for n in range(10)]

    await asyncio.gather(*(cheer.give(desk.app, who, who.id, post, Wish("", f"From {who.id}")) for who in friends))

    await desk.until(5, 9)
    assert await desk.states("note") == ["sent"]
    assert sorted(told(desk)) == sorted((who.id, f"From {who.id}") for who in friends)


async def test_a_form_that_is_sent_twice_gives_one_cheer_and_other_words_another(desk: Desk) -> None:
    post = await under(desk)
    again = [Wish(PARTY, "Well done"), Wish(PARTY, "Well done"), Wish(PARTY, ""), Wish("", "Well done")]

    given = await asyncio.gather(*(cheer.give(desk.app, ANA, "Ana", post, wish) for wish in again))

    assert len({one.id for one in given}) == 3
    await desk.until(5, 9)
    assert told(desk) == [("Ana", PARTY, "Well done", "Well done")]


async def test_what_changes_while_the_note_is_on_its_way_is_put_right(desk: Desk) -> None:
    post = await under(desk)
    given = await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Prod of you"))
    gone = await cheer.give(desk.app, BEN, "Ben", post, Wish(PARTY, ""))
    desk.paper.gate = asyncio.Event()
    desk.move(5, 9)
    sending = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()

    await cheer.change(desk.app, ANA, given.id, Wish("", "Proud of you"))
    await cheer.take_back(desk.app, BEN, gone.id)
    desk.paper.gate.set()
    await sending
    await desk.tick()

    assert told(desk) == [("Ana", "Proud of you")]


async def test_a_note_whose_answer_was_lost_is_found_and_tells_what_holds_now(desk: Desk) -> None:
    post = await under(desk)
    given = await cheer.give(desk.app, ANA, "Ana", post, Wish(PARTY, "Well done"))
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(5, 9)
    await cheer.change(desk.app, ANA, given.id, Wish("", "Very well done"))

    for _ in range(3):
        await desk.wait(minutes=1)

    assert told(desk) == [("Ana", "Very well done")]


async def test_a_cheer_given_while_the_note_is_on_its_way_comes_with_the_next(desk: Desk) -> None:
    post = await under(desk)
    await cheer.give(desk.app, ANA, "Ana", post, Wish("", "First"))
    desk.paper.gate = asyncio.Event()
    desk.move(5, 9)
    sending = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    await cheer.give(desk.app, BEN, "Ben", post, Wish("", "Second"))
    desk.paper.gate.set()
    await sending
    assert told(desk) == [("Ana", "First")]

    await desk.until(12, 9)

    assert told(desk) == [("Ana", "First"), ("Ben", "Second")]


async def test_only_ones_own_cheer_is_changed_and_what_is_gone_is_told(desk: Desk) -> None:
    post = await under(desk)
    given = await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Mine"))
    for who in (BEN, MAYA):
        with pytest.raises(NotYours):
            await cheer.change(desk.app, who, given.id, Wish("", "Forged"))
        with pytest.raises(NotYours):
            await cheer.take_back(desk.app, who, given.id)
    await cheer.take_back(desk.app, ANA, given.id)
    with pytest.raises(Gone):
        await cheer.take_back(desk.app, ANA, given.id)
    await desk.until(5, 9)
    assert (await desk.states("note"), told(desk)) == (["dropped"], [])


async def test_a_reply_under_a_post_is_no_cheer_to_be_changed_by_number(desk: Desk) -> None:
    post = await desk.posted()
    await circle.reply(desk.app, post, ANA, "Ana", post._replace(id="said"), "Well done", "link")
    with pytest.raises(Gone):
        await cheer.take_back(desk.app, ANA, 1)
    assert await cheer.mine(desk.app, ANA) == []


async def test_who_is_around_is_told_of_in_a_channel_that_is_seen_the_nearest_first(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(BEN)
    other = CHANNEL._replace(id="elsewhere")
    await circle.set_up(desk.app, other, "elsewhere")
    await people.start(desk.app, ANA, "Ana", people.Start("UTC"), [other])
    friend = Person(PAPER, "", "cleo")

    async def names(here: str, *seen: str, who: Person = friend) -> list[str]:
        places = [CHANNEL._replace(id=name) for name in seen]
        return [one.name for one in await cheer.around(desk.app, who, CHANNEL._replace(id=here), places)]

    assert await names(CHANNEL.id, CHANNEL.id, other.id) == ["Ben", "Maya", "Ana"]
    assert await names(other.id, CHANNEL.id, other.id) == ["Ana", "Ben", "Maya"]
    assert await names("lobby", other.id) == ["Ana"]
    assert await names(CHANNEL.id, CHANNEL.id, who=MAYA) == ["Ben"]
    assert await names("lobby") == []
    elsewhere = CHANNEL._replace(workspace="another-server")
    assert await cheer.around(desk.app, friend, elsewhere, [elsewhere]) == []
    with pytest.raises(NotAround):
        await cheer.give_to(desk.app, friend, "Cleo", 1, elsewhere, [elsewhere], Wish(PARTY, ""))


async def test_a_note_that_is_due_is_not_moved_away_by_another_choice(desk: Desk) -> None:
    post = await under(desk)
    await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Due now"))
    desk.move(5, 9)

    await rhythm.friends(desk.app, MAYA, Comes.WEEKLY, None)
    await desk.tick()

    assert told(desk) == [("Ana", "Due now")]


async def test_a_moved_note_is_not_late(desk: Desk) -> None:
    post = await under(desk)
    await rhythm.friends(desk.app, MAYA, Comes.DAILY, None)
    await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Moved"))
    await rhythm.friends(desk.app, MAYA, Comes.WEEKLY, None)
    await desk.until(5, 9)
    assert await desk.states("note") == [State.SENT]


async def test_a_pause_that_begins_while_the_platform_asks_to_wait_holds_the_note(desk: Desk) -> None:
    post = await under(desk)
    await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Held"))
    desk.paper.refuses[MAYA.id] = Later(600)
    await desk.until(5, 9)
    desk.paper.refuses.clear()
    await rhythm.pause(desk.app, MAYA, "2026-01-07")

    await desk.until(6, 12)
    assert told(desk) == []
    await desk.until(7, 9)
    assert told(desk) == [("Ana", "Held")]


async def test_whoever_comes_back_is_told_what_friends_left_before(desk: Desk) -> None:
    post = await under(desk)
    await cheer.give(desk.app, ANA, "Ana", post, Wish("", "Come back when you like"))
    await people.leave(desk.app, MAYA)
    await desk.until(5, 9)
    assert told(desk) == []

    await desk.begin()
    await desk.until(12, 9)

    assert told(desk) == [("Ana", "Come back when you like")]


async def test_the_choice_is_kept_over_other_changes(desk: Desk) -> None:
    await desk.begin()
    await rhythm.friends(desk.app, MAYA, Comes.DAILY, None)
    await rhythm.friends(desk.app, MAYA, None, IdeasCome.WITH_CHEERS)
    await desk.restart()
    seeker = (await rhythm.show(desk.app, MAYA)).seeker
    assert (seeker.cheers_come, seeker.ideas_come) == (Comes.DAILY, IdeasCome.WITH_CHEERS)


async def test_a_week_taken_down_keeps_what_it_was_cheered_for(desk: Desk) -> None:
    post = await under(desk)
    await cheer.give(desk.app, ANA, "Ana", post, Wish(PARTY, ""))
    await summary.take_down(desk.app, MAYA, 1)
    with pytest.raises(Gone, match="/cheer still reaches them"):
        await cheer.for_whom(desk.app, BEN, CHANNEL.id, post)
    await cheer.give_to(desk.app, BEN, "Ben", 1, CHANNEL, [CHANNEL], Wish(PARTY, ""))
    await desk.until(5, 9)
    assert told(desk) == [("Ana", PARTY), ("Ben", PARTY)]


@pytest.mark.parametrize("by_moderator", [False, True])
async def test_a_reaction_taken_off_is_gone_from_the_note_that_told_it(desk: Desk, by_moderator: bool) -> None:
    key = await under(desk)
    post = (await desk.delivery("post", turn=1)).post
    assert post
    await circle.react(desk.app, post, ANA, "Ana", PARTY, added=True)
    await cheer.give(desk.app, BEN, "Ben", key, Wish("", "Well done"))
    await desk.until(5, 9)
    assert told(desk) == [("Ana", PARTY), ("Ben", "Well done")]

    if by_moderator:
        await circle.cleared(desk.app, post, PARTY)
    else:
        await circle.react(desk.app, post, ANA, "Ana", PARTY, added=False)

    assert told(desk) == [("Ben", "Well done")]


async def test_reactions_are_told_with_cheers_by_friend(desk: Desk) -> None:
    post: Post = await desk.posted()
    delivery = (await desk.delivery("post", turn=1)).id
    await circle.react(desk.app, post, ANA, "Ana", "\N{HEAVY BLACK HEART}", added=True)
    await cheer.give(desk.app, ANA, "Ana", delivery, Wish(PARTY, "Well done"))
    await desk.until(5, 9)
    assert told(desk) == [("Ana", "\N{HEAVY BLACK HEART}", PARTY, "Well done")]
