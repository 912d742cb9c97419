"""The example weeks, told by the real use cases: everything asked, answered, posted, given and cheered."""

from __future__ import annotations

from datetime import datetime

from bot.core.exercise import CHECKIN
from bot.core.journal import Visibility
from bot.core.people import Person, Space
from bot.practice._simcord import World
from bot.practice.story import (
    AWAY_UNTIL,
    CAST,
    NOW,
    STORY,
    ZONE,
    Answer,
    Asking,
    Cheer,
    Choosing,
    Giving,
    Going,
    Logging,
    Morning,
    Posting,
)
from bot.usecases import ask, circle, consent, journal, people, reply, rhythm, rounds, search, summary
from bot.usecases import idea as ideas
from bot.usecases.app import App

__all__ = ["CAST", "NOW", "host", "live", "seeker", "until"]


def seeker(world: World) -> Person:
    """Maya, as the use cases know her."""
    return Person("discord", "", str(world.seeker.id))


def _friend(world: World, name: str) -> Person:
    return Person("discord", "", str(world.members[name].id))


def _space(world: World) -> Space:
    return Space("discord", str(world.guild.id), str(world.channel.id))


def host(world: World) -> Person:
    """Jonas, who runs the bot for Maya and may ask it /host status."""
    return _friend(world, CAST.host)


async def live(app: App, world: World) -> None:
    """Let the two weeks happen up to Sunday afternoon: everything asked, answered, posted and cheered."""
    await _begin(app, world)
    for scene in STORY:
        match scene:
            case Answer():
                await _answer(app, world, scene)
            case Posting():
                await _post(app, world, scene)
            case Cheer():
                await _cheer(world, scene)
            case Morning(at):
                await until(app, world, at)
            case Choosing():
                await _choose(app, world, scene)
            case Asking():
                await _ask(app, world, scene)
            case Giving():
                await _give(app, world, scene)
            case Going():
                await _go(app, world, scene)
            case Logging():
                await _log(app, world, scene)


async def until(app: App, world: World, at: datetime) -> None:
    """Move the clock to an instant and let go out what is due by then."""
    await world.move_to(at)
    async with world.operation():
        await rounds.tick(app)


async def _begin(app: App, world: World) -> None:
    who, space = seeker(world), _space(world)
    async with world.operation():
        await circle.set_up(app, space, CAST.channel)
        await people.start(app, who, CAST.seeker, people.Start(ZONE.key), [space])
        await rhythm.pause(app, who, AWAY_UNTIL)
        await consent.accept(app, _friend(world, "Aisha"), "Aisha", space)


async def _answer(app: App, world: World, scene: Answer) -> None:
    await until(app, world, scene.asked)
    await world.move_to(scene.at)
    who = seeker(world)
    async with world.operation():
        if scene.exercise == CHECKIN:
            kept = await journal.checkin(app, who, scene.words, dict(scene.numbers))
        else:
            kept = await journal.reflect(app, who, scene.exercise, scene.words)
        if scene.shared:
            await journal.share(app, who, kept.entry.id, Visibility.FRIENDS)


async def _post(app: App, world: World, scene: Posting) -> None:
    await until(app, world, scene.asked)
    week_id = await _choose(app, world, Choosing(scene.at, scene.words))
    async with world.operation():
        await summary.post(app, seeker(world), week_id)


async def _choose(app: App, world: World, scene: Choosing) -> int:
    await world.move_to(scene.at)
    who = seeker(world)
    async with world.operation():
        draft = await summary.draft(app, who)
        switches = {summary.NUMBERS, summary.MOOD}
        await summary.choose(app, who, draft.week.id, switches, switches)
        await summary.edit(app, who, draft.week.id, scene.words)
    return draft.week.id


async def _ask(app: App, world: World, scene: Asking) -> None:
    await world.move_to(scene.at)
    async with world.operation():
        if scene.has_it:
            await ask.close(app, seeker(world), scene.words)
        else:
            await ask.add(app, seeker(world), scene.words)


async def _give(app: App, world: World, scene: Giving) -> None:
    await world.move_to(scene.at)
    space, friend = _space(world), _friend(world, scene.friend)
    async with world.operation():
        number = (await rhythm.show(app, seeker(world))).seeker.id
        await ideas.give_to(app, friend, scene.friend, number, space, [space], scene.sort, scene.given)
    await until(app, world, scene.at)


async def _go(app: App, world: World, scene: Going) -> None:
    await world.move_to(scene.at)
    async with world.operation():
        await ideas.step(app, seeker(world), scene.idea_id, scene.to)
        if scene.thanks:
            await reply.thank(app, seeker(world), scene.idea_id, scene.thanks)


async def _log(app: App, world: World, scene: Logging) -> None:
    await world.move_to(scene.at)
    async with world.operation():
        noted = await search.log(app, seeker(world), scene.wish)
        if scene.energy:
            await search.amend(app, seeker(world), noted.event.id, {"energy": scene.energy})


async def _cheer(world: World, scene: Cheer) -> None:
    await world.move_to(scene.at)
    if scene.emoji:
        await world.react(scene.friend, scene.emoji)
    if scene.words:
        await world.reply(scene.friend, scene.words)
