"""A week of Maya's with one of everything: what each button and form may point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord

from bot.core.care import Became
from bot.core.landing import Sort
from bot.core.people import Person
from bot.store import care
from bot.usecases import landing
from tests.cogs import _forged
from tests.cogs.conftest import ZONE, World, ids_of

LONG = "A long day with many small steps, and every one of them counted. " * 6


@dataclass(frozen=True, slots=True)
class Refs:
    """What Maya's buttons point to."""

    prompt: str
    entry: str
    part: str
    stray: str
    refused: str
    week: str
    post: str
    note: str
    asked: str
    ask: str
    person: str
    cheer: str
    idea: str  # given to Maya
    gift: str  # an idea of hers for Aisha
    trial: str
    silence: str
    landing: str
    line: str  # of thanks to Jonas
    mark: str
    event: str  # what was logged
    reminder: str  # of something to follow up on
    silent: str  # of something that may have ended in silence
    interview: str
    application: str
    wish: str  # a line of the log that waits for its date
    file: str  # that waits to be imported


async def lived(world: World) -> Refs:
    """A week of Maya's with one of everything; Aisha is a seeker as well, Jonas is not."""
    refs = await _answered(world) | await _posted(world) | await _asked_again(world)
    await world.aisha.slash(world.channel, "start", zone=ZONE)
    refs |= {"cheer": await cheered(world), "idea": await gave(world, world.jonas, "Maya")}
    refs |= {"gift": await gave(world, world.maya, "Aisha"), "trial": await planned(world)}
    refs |= await _logged(world) | await _reminded(world)
    return Refs(**refs, person="1", silence=await _was_silent(world), **await _turned(world))


async def _answered(world: World) -> dict[str, str]:
    """A check-in, a form with a number that is none, and a thought that nobody asked for."""
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=LONG)
    await world.press(world.prompt("share"), "share")
    await world.submit(await world.press(world.prompt("numbers"), "numbers"), {"hours": "many"})
    refused = _ref(world.dm, "tryagain")
    await world.maya.user.send_dm("A thought in between")
    return {"refused": refused, "stray": _ref(world.dm, "keepnote")}


async def _posted(world: World) -> dict[str, str]:
    """The week's post, what friends left under it, and an ask that stood for long."""
    await world.until(4, 18)
    week = _ref(world.dm, "post")
    await world.press(world.dm, "post")
    post = world.posts()[0]
    await world.jonas.react(post, "🎉")
    await world.maya.slash(world.channel, "ask set", words="Read my CV")
    async with world.app.db.writing() as tx:
        await tx.run("UPDATE asks SET next_at = '2026-01-05T08:00:00.000+00:00'")
    await world.until(5, 9)
    note, asked = _ref(world.prompt("readnote"), "readnote"), _ref(world.prompt("askopen"), "askopen")
    return {"week": week, "post": _ref(post, "cheer"), "note": note, "asked": asked, "ask": "1"}


async def _asked_again(world: World) -> dict[str, str]:
    """A question that waits, and one that was answered in plain words."""
    await world.until(5, 17, 30)
    prompt = _ref(world.dm, "answer")
    await world.until(6, 17, 30)
    told = await world.maya.user.send_dm("A plain answer")
    entry = _ref(world.dm, "rate").partition(".")[0]
    return {"prompt": prompt, "entry": entry, "part": f"{told.channel.id}/{told.id}"}


async def _logged(world: World) -> dict[str, str]:
    """An application, and a note about it whose date is unclear."""
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Engineer")
    asked = await world.maya.slash(world.channel, "log note", company="Acme", note="Hm", when="03/04/25")
    assert asked.response
    sent = ("list.csv", b"Company,Role,Status,Date\nGlobex,Baker,On hold,2025-12-30\n")
    await world.maya.slash(world.channel, "search import", file=sent)
    return {"event": "1", "application": "1", "wish": _ref(asked.response.message, "logday"), "file": "1"}


async def _reminded(world: World) -> dict[str, str]:
    """A morning that names two applications, and the question how an interview was."""
    for company, when in (("Hooli", "8 days ago"), ("Initech", "30 days ago"), ("Umbrella", "today")):
        await world.maya.slash(world.channel, "log applied", company=company, role="Engineer", when=when)
    await world.maya.slash(world.channel, "log interview", company="Umbrella", when="today 16:30")
    await world.until(7, 9)
    morning, asked = world.prompt("followdone"), world.prompt("felt")
    refs = {"reminder": _ref(morning, "followdone"), "silent": _ref(morning, "followlost")}
    refs["interview"] = _ref(asked, "felt").partition(".")[0]
    return {name: ref.partition("~")[0] for name, ref in refs.items()}  # the first also names its message


async def _was_silent(world: World) -> str:
    """The number of a silence that is over."""
    async with world.app.db.writing() as tx:
        silence = await care.begin(tx, 1, world.now)
        await care.answer(tx, silence, Became.FINE)
    return str(silence)


async def _turned(world: World) -> dict[str, str]:
    """Maya wants something else now, and Jonas would be thanked."""
    turned = (await landing.land(world.app, Person("discord", "", str(world.maya.id)), Sort.CHANGED, "", None)).draft
    thanks = next(line for line in turned.lines if line.friend == "Jonas")
    number = str(turned.landing.id)
    return {"landing": number, "line": f"{number}.{thanks.friend_id}.0", "mark": thanks.mark}


def _ref(message: discord.Message, verb: str) -> str:
    return ids_of(message)[verb].partition(":")[2]


async def cheered(world: World) -> str:
    """Maya cheers Aisha on; the number of that."""
    shown = await world.maya.slash(world.channel, "cheer", who="Aisha")
    given = await world.submit(shown, {"words": "You too"}, by=world.maya)
    ids = [ids_of(answer.message).get("recheer", "") for answer in _forged.answers(given)]
    return "".join(ids).partition(":")[2]


async def planned(world: World) -> str:
    """Maya plans something of her own; the number of that."""
    shown = await world.maya.slash(world.channel, "experiment new")
    made = await world.submit(shown, {"what": "A walk"}, by=world.maya)
    return next(ids_of(a.message)["dropit"] for a in _forged.answers(made)).partition(":")[2]


async def gave(world: World, friend: Any, who: str) -> str:
    """Somebody gives an idea; the number of that."""
    shown = await friend.slash(world.channel, "idea", who=who)
    given = await world.submit(shown, {"what": "Teach a class"}, by=friend)
    return next(ids_of(a.message)["reword"] for a in _forged.answers(given)).partition(":")[2]
