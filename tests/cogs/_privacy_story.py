"""How the world of the table of roles came to be: five weeks of Maya's, with one of everything."""

from __future__ import annotations

import re

from bot.core.alert import Topic
from bot.core.care import Became
from bot.core.people import Person
from bot.store import care
from bot.usecases import _reach
from tests.cogs import _forged
from tests.cogs._privacy_world import Lived
from tests.cogs.conftest import ZONE, World


async def lived(world: World) -> Lived:
    """The world when all has happened."""
    told = Lived(world)
    await told.people()
    await _circles(told)
    await _first_week(told)
    await _friends_answer(told)
    await _second_week(told)
    await _landing(told)
    await _silence(told)
    await _trouble(told)
    await _waiting(told)
    await _searched(told)
    for row in await world.app.db.reading.all("SELECT kind, post_channel FROM deliveries WHERE post_id IS NOT NULL"):
        told.stands[row["kind"]].add(int(row["post_channel"]))
    return told


async def _circles(told: Lived) -> None:
    world, maya = told.world, told.world.maya
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)
    for channel in (told.together, told.later):
        await world.sam.slash(world.channel, "circle setup", channel=channel)
    for channel in (told.there, told.beyond):
        await told.vera.slash(told.there, "circle setup", channel=channel)
    await maya.slash(world.channel, "start", zone=ZONE, circle="maya-and-friends")
    await maya.slash(world.channel, "circle join", circle="together")
    for one in (told.ben, told.omar):
        await one.slash(world.channel, "start", zone=ZONE, circle="together")
    await told.ora.slash(told.there, "start", zone=ZONE, circle="ora-and-friends")
    await told.ora.slash(told.there, "week hide", name="Aurelia")
    await told.ora.slash(told.there, "ask set", words="A song in crimson")
    await told.pax.slash("help")
    for friend in (world.jonas, world.aisha):
        await told.press(friend, "writeme:me")
    await maya.slash(world.channel, "week hide", name="Zephyrine")
    await maya.slash(world.channel, "ask set", words="A walk in saffron")
    await told.ben.slash(world.channel, "ask set", words="A talk in amber")
    await maya.slash(world.channel, "rhythm trusted", friend=world.jonas.user)
    await maya.slash(world.channel, "rhythm set", unreachable="circle")


async def _first_week(told: Lived) -> None:
    world, maya = told.world, told.world.maya.user
    await world.until(2, 17, 30)
    await told.form(maya, f"answered:{await told.delivery('prompt')}", mood="4", energy="7", done="A day in obsidian")
    private = await told.newest("entries", "Maya")
    await told.form(maya, "reflected:looking-back", energy="An hour in celadon")
    named = await told.newest("entries", "Maya")
    await told.press(maya, f"onlyto:{named}.0", [await told.person("Jonas")])
    said = await maya.send_dm("Zephyrine wore marigold")
    await world.press(world.dm, "keepnote")
    shared = await told.newest("entries", "Maya")
    await told.press(maya, f"share:{shared}")
    for who, private_word, shared_word in ((told.ben, "sienna", "amber"), (told.ora, "indigo", "crimson")):
        await told.form(who, "reflected:looking-back", energy=f"All in {private_word}")
        await told.form(who, "reflected:looking-back", energy=f"All in {shared_word}")
        await told.press(who.user, f"share:{await told.newest('entries', who.name.capitalize())}")
    await world.until(4, 18)
    for who in (maya, told.ben.user, told.ora.user):
        await told.press(who, f"post:{await told.newest('weeks', who.name.capitalize())}")
    await told.form(told.omar, f"worded:{await told.newest('weeks', 'Omar')}", words="A line")
    await told.press(told.omar.user, f"post:{await told.newest('weeks', 'Omar')}")
    await world.until(4, 19)
    told.refs |= {"entry": shared, "private": private, "named": named, "part": f"{said.channel.id}/{said.id}"}
    told.refs["theirs"] = await told.newest("weeks", "Ben")
    told.refs |= {"week": await told.newest("weeks", "Maya"), "post": await told.delivery("post")}
    council = "SELECT id FROM deliveries WHERE kind = 'council'"
    told.refs |= {"joint": await told.number(council), "portion": await told.delivery("part", "Jonas")}


async def _friends_answer(told: Lived) -> None:
    world, maya, jonas, aisha = told.world, told.world.maya.user, told.world.jonas, told.world.aisha
    seeker = await told.person("Maya")
    post = told.refs["post"]
    await told.form(aisha, f"said:{post}", words="Bravo in turquoise")
    await told.form(aisha, f"ideafor:{seeker}", what="Try magenta", named="yes")
    await told.form(told.quill, f"ideafor:{seeker}", what="Try vermilion", named="no")
    await told.form(jonas, f"offerfor:{seeker}", what="Somebody in cobalt", through="yes", named="yes")
    await jonas.react(world.posts()[0], "\N{PARTY POPPER}")
    numbers = {name: await told.newest("ideas", name) for name in ("Aisha", "Quill", "Jonas")}
    await told.press(maya, f"yesplease:{numbers['Jonas']}")
    await told.form(maya, f"thanked:{numbers['Jonas']}", words="Thanks in russet")
    await told.form(maya, f"trying:{numbers['Quill']}", what="Try vermilion", on="thursday", question="In lavender?")
    tried = await told.newest("experiments", "Maya")
    await told.form(maya, "planned:new", what="A day of my own", on="thursday")
    await told.form(maya, f"learned:{await told.newest('experiments', 'Maya')}", learned="All in sepia")
    told.refs |= {"trial": tried, "idea": numbers["Aisha"], "offer": numbers["Jonas"], "unnamed": numbers["Quill"]}
    told.refs["cheer"] = await told.newest("words", "Aisha")
    await world.until(5, 9)
    told.refs |= {"note": await told.delivery("note"), "invitation": await told.delivery("invitation")}
    await world.until(8, 9)


async def _second_week(told: Lived) -> None:
    world = told.world
    await world.until(11, 18)
    await told.form(world.maya.user, "reflected:looking-back", energy="Again in obsidian")
    await told.form(told.ora, "reflected:looking-back", energy="Again in indigo")
    await world.until(12, 9)
    await world.until(13, 12)
    await _applied(told)
    await world.until(16, 9)
    number = "SELECT id FROM reminders WHERE sort = ?"
    told.refs |= {"reminder": await told.number(number, "follow"), "silent": await told.number(number, "silent")}
    told.refs["interview"] = await told.newest("interviews", "Maya")
    told.refs["asked"] = await told.delivery("still open")
    told.refs["draft"] = await told.newest("weeks", "Maya")


async def _applied(told: Lived) -> None:
    """Two applications that a morning names, and an interview that is asked about."""
    maya, here = told.world.maya, told.world.channel
    for company, when in (("forge", "8 days ago"), ("loom", "30 days ago"), ("kiln", "today")):
        await maya.slash(here, "log applied", company=f"The cerise {company}", role="Weaver", when=when)
    await maya.slash(here, "log interview", company="The cerise kiln", when="14 January 14:00")


async def _landing(told: Lived) -> None:
    world, maya = told.world, told.world.maya.user
    await told.form(maya, "landing:changed", words="Something in marigold")
    landing = await told.newest("landings", "Maya")
    line = f"{landing}.{await told.person('Jonas')}.0"
    page = (await _forged.press(told.here, maya, f"landlines:{landing}.0")).response.components
    marks = {verb: re.findall(rf"'{verb}:({line}|{landing}\.0)\.(\w+)", str(page))[0] for verb in ("lineok", "linesok")}
    told.refs |= {"landing": landing, "landed": str(int(landing) + 1), "line": line, "mark": marks["lineok"][1]}
    told.refs["lines"] = ".".join(marks["linesok"])
    await told.form(maya, f"linesaid:{line}.{told.refs['mark']}", words="walking along")
    await told.press(maya, f"landpost:{landing}")
    await world.tick()
    closing = "SELECT id FROM deliveries WHERE kind = 'closing' AND to_id = ?"
    told.refs["closing"] = await told.number(closing, str(world.channel.id))


async def _silence(told: Lived) -> None:
    world, maya = told.world, told.world.maya.user
    await world.until(16, 17, 30)
    await world.until(28, 9)
    silence = await told.newest("silences", "Maya")
    await told.form(maya, f"letworded:{silence}", words="Quiet in ochre")
    await told.press(maya, f"letsend:{silence}")
    await world.tick()
    async with world.app.db.writing() as tx:  # another, of which no friend has heard
        another = await care.begin(tx, int(await told.person("Maya")), world.now)
        await care.answer(tx, another, Became.FINE)
    told.refs["silence"] = str(another)


async def _trouble(told: Lived) -> None:
    """A message cannot reach Maya, which her circle and the host hear."""
    world = told.world
    world.app.settings = world.app.settings._replace(host=Person("discord", "", str(world.sam.id)))
    async with world.app.db.writing() as tx:
        await _reach.raise_alert(world.app, tx, Topic.LOST, "discord/1/2", "together")
    path = f"/channels/{world.maya.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007)
    await world.until(28, 17, 30)
    await world.tick()


async def _searched(told: Lived) -> None:
    """An application of Maya's and one of Ora's, and a line whose date is asked about."""
    maya, here = told.world.maya, told.world.channel
    await told.ora.slash(told.there, "log applied", company="The indigo mill", role="Weaver")
    await maya.slash(here, "log applied", company="The cerise mill", role="Weaver", note="A cerise note")
    told.refs |= {
        "event": await told.newest("events", "Maya"),
        "application": await told.newest("applications", "Maya"),
    }
    await maya.slash(here, "log note", company=f"#{told.refs['application']}", note="More cerise", when="03/04/25")
    told.refs["wish"] = await told.number("SELECT id FROM held WHERE purpose = 'log'")
    told.refs["quiet"] = await _long_quiet(told, "brewery")
    await told.press(maya.user, f"importquiet:{await _long_quiet(told, 'dairy')}")
    told.refs["shut"] = await told.newest("events", "Maya")
    sent = ("cerise.csv", b"Company,Role,Status,Date\nThe cerise bakery,Baker,On hold,2025-12-30\n")
    await maya.slash(here, "search import", file=sent)
    told.refs["file"] = await told.newest("imports", "Maya")


async def _long_quiet(told: Lived, company: str) -> str:
    """Maya takes in an application of old; its last event."""
    sent = ("old.csv", f"Company,Role,Date\nThe cerise {company},Baker,2025-06-01\n".encode())
    await told.world.maya.slash(told.world.channel, "search import", file=sent)
    await told.press(told.world.maya.user, f"importdo:{await told.newest('imports', 'Maya')}")
    return await told.newest("events", "Maya")


async def _waiting(told: Lived) -> None:
    """What waits: a question, words that were not kept, a message that nobody asked for; and all numbers."""
    world, maya, ora = told.world, told.world.maya.user, told.ora
    await world.until(30, 17, 30)
    await _forged.submit(told.here, maya, f"numbered:{told.refs['private']}", {"hours": "charcoal"})
    told.refs["refused"] = await told.newest("held", "Maya")
    await maya.send_dm("A thought in charcoal")
    told.refs["stray"] = await told.number("SELECT id FROM held WHERE purpose = 'stray'")
    await told.form(ora, "reflected:looking-back", energy="Again in crimson")
    await told.press(ora.user, f"share:{await told.newest('entries', 'Ora')}")
    told.refs |= {"prompt": await told.delivery("prompt"), "gift": told.refs["idea"]}
    told.refs |= {"person": await told.person("Maya"), "jonas": await told.person("Jonas")}
    told.refs["ask"] = await told.newest("asks", "Maya")
