"""What people write, edit and delete in Discord while the bot is away, and what friends leave under a post."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from cogs._said import said
from tests.cogs._forged import rows
from tests.cogs._journal import CHOICES, asked, entries, shown, words_kept, write
from tests.cogs._week import everything, next_morning, posted
from tests.cogs.conftest import World, ids_of, labels_of, words_of


@asynccontextmanager
async def away(world: World) -> AsyncIterator[None]:
    """The bot hears nothing meanwhile; then a new process begins."""
    await world.wait(minutes=1)
    for name in ("Messages", "circle"):
        assert await world.bot.remove_cog(name)
    yield
    await world.restart()


def answers(world: World, since: int) -> list[str]:
    """What the bot wrote in Maya's direct messages since it held so many."""
    return [words_of(message) for message in world.dms[since:] if message.author == world.bot.user]


async def test_an_answer_written_meanwhile_is_kept_and_confirmed(world: World) -> None:
    prompt = await asked(world)
    async with away(world):
        await write(world, "A walk")
    assert await words_kept(world) == [{"done": "A walk"}]
    assert "A walk" in shown(world, prompt)
    assert "for Fri 2 January" in words_of(world.dm)
    assert ids_of(world.dm)["rate"]


async def test_a_reply_written_meanwhile_answers_the_question_that_it_points_to(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    older = world.prompt()
    await world.until(2, 17, 30)
    async with away(world):
        await write(world, "About Thursday", reply_to=older)
    assert [str(entry.on) for entry in await entries(world)] == ["2026-01-01"]


async def test_what_was_written_before_a_question_does_not_answer_it(world: World) -> None:
    await asked(world)
    assert await world.bot.remove_cog("Messages")
    await write(world, "About Friday")
    await world.until(5, 17, 30)
    await world.restart()
    assert [str(entry.on) for entry in await entries(world)] == ["2026-01-02"]


async def test_many_messages_are_confirmed_in_one_line(world: World) -> None:
    await asked(world)
    before = len(world.dms)
    async with away(world):
        for number in range(5):
            await write(world, f"Line {number}")
    assert answers(world, before) == ["I was away and read what you wrote; all 5 are kept."]
    assert await words_kept(world) == [{"done": "Line 0\nLine 1\nLine 2\nLine 3\nLine 4"}]


async def test_a_stray_message_and_one_that_was_too_long_are_asked_about(world: World) -> None:
    await world.begin()
    async with away(world):
        await write(world, "A stray thought")
        long = await write(world, "x" * 1001)
    offer, refused = world.dms[-2:]
    assert labels_of(offer) == CHOICES
    assert "Edit your message above" in words_of(refused)
    await world.maya.user.edit(long, "Shorter")
    assert labels_of(world.dm) == CHOICES
    await world.press(offer, "keepnote")
    assert await words_kept(world) == [{"note": "A stray thought"}]


async def test_files_without_words_are_told_once(world: World) -> None:
    await asked(world)
    async with away(world):
        await write(world, "", files=("voice-message.ogg",))
    assert "not files or voice messages" in words_of(world.dm)
    before = len(world.dms)
    await world.restart()
    assert answers(world, before) == []


async def test_an_edit_and_a_deletion_made_meanwhile_are_followed(world: World) -> None:
    await asked(world)
    first = await write(world, "Wrote tow")
    second = await write(world, "Regretted")
    async with away(world):
        await world.maya.user.edit(first, "Wrote two")
        await world.maya.user.delete(second)
    assert await words_kept(world) == [{"done": "Wrote two\nRegretted"}]
    assert labels_of(world.dm) == ["Forget it", "Keep it"]
    before = len(world.dms)
    await world.restart()
    assert answers(world, before) == []
    await world.press(world.dm, "forget")
    assert await words_kept(world) == [{"done": "Wrote two"}]


async def test_what_was_heard_is_not_read_again(world: World) -> None:
    await asked(world)
    await write(world, "A walk")
    before, said_before = await rows(world, "conversations", "lease"), len(world.dms)
    await world.restart()
    for _ in range(10):
        await world.bot.on_ready()
    assert await rows(world, "conversations", "lease") == before
    assert len(world.dms) == said_before


async def test_what_was_written_after_leaving_is_left_alone(world: World) -> None:
    await asked(world)
    await world.maya.slash(world.channel, "leave")
    before = len(world.dms)
    async with away(world):
        await write(world, "Not for you")
    assert await entries(world) == []
    assert answers(world, before) == []


async def test_the_bot_and_strangers_are_not_taken_for_people_who_answer(world: World) -> None:
    await world.begin()
    async with away(world):
        await world.jonas.user.send_dm("Who are you?")
    assert [m for m in world.jonas.user.dm_channel.history(viewer=world.jonas.user) if m.author == world.bot.user] == []


async def test_a_history_that_can_not_be_read_concludes_nothing_and_is_read_later(world: World, caplog: Any) -> None:
    await asked(world)
    await write(world, "Kept before")
    world.env.inject_error("GET", "/channels/*/messages", status=403, code=50001)
    async with away(world):
        await write(world, "Missed")
    assert await words_kept(world) == [{"done": "Kept before"}]
    assert world.app.reading.failed
    assert "could not be read" in caplog.text
    await world.bot.on_ready()
    assert await words_kept(world) == [{"done": "Kept before\nMissed"}]
    assert not world.app.reading.failed


# ------------------------------------------------------------------ under a post


async def test_replies_and_reactions_left_meanwhile_reach_the_seeker(world: World) -> None:
    post = await posted(world)
    async with away(world):
        await world.jonas.send(world.channel, "Well done", reply_to=post)
        await world.aisha.react(post, "🎉")
        await world.aisha.send(world.channel, "lunch?")
    told = await next_morning(world)
    assert "**Jonas** wrote: Well done" in told
    assert "**Aisha** 🎉" in told
    assert "lunch" not in told


async def test_a_reply_deleted_meanwhile_is_not_carried(world: World) -> None:
    post = await posted(world)
    kept, gone = (
        await world.jonas.send(world.channel, "Well done", reply_to=post),
        await world.jonas.send(world.channel, "Never mind", reply_to=post),
    )
    async with away(world):
        await world.jonas.delete(gone)
    assert [row["message"] for row in await world.app.db.reading.all("SELECT message FROM words")] == [str(kept.id)]


async def test_a_post_deleted_meanwhile_counts_as_taken_down(world: World) -> None:
    post = await posted(world)
    async with away(world):
        await world.bot.get_partial_messageable(post.channel.id).get_partial_message(post.id).delete()
    assert "taken" in str((await everything(world))["weeks"])


async def test_a_friend_who_was_erased_is_not_read_back(world: World) -> None:
    post = await posted(world)
    await world.jonas.send(world.channel, "Well done", reply_to=post)
    await world.jonas.react(post, "🎉")
    await world.wait(minutes=1)
    left = await world.jonas.slash(world.channel, "leave")
    await world.press(left.response, "erase", by=world.jonas)
    await world.restart()
    now = await everything(world)
    assert (now["words"], now["reactions"]) == ([], [])
    assert "Jonas" not in str(now["people"])


async def test_a_message_is_told_as_it_was_written(world: World) -> None:
    await asked(world)
    prompt = world.prompt()
    message = await write(world, "A walk", reply_to=prompt)
    one = said(next(m for m in world.dms if m.id == message.id))
    assert (one.text, one.reply_to, one.at) == ("A walk", str(prompt.id), message.created_at)
