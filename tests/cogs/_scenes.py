"""For each kind of delivery: what people do until one has arrived."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.alert import Topic
from bot.core.delivery import ARRIVED, Delivery, Kind
from bot.core.people import Person
from bot.store import delivery as rows
from bot.usecases import _reach, consent
from tests.cogs import _council, _forged
from tests.cogs.conftest import World, ids_of

LONG = "One more step, and then another one. " * 27
MESSAGES = "/channels/*/messages"


async def prompted(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)


async def drafted(world: World) -> None:
    await prompted(world)
    await world.answer(mood="4", done=LONG, next=LONG, stuck=LONG)
    await world.press(world.prompt("share"), "share")
    await world.maya.slash(world.channel, "reflect", exercise="looking-back")
    words = {"energy": LONG, "drained": LONG}
    await _forged.submit(world, world.maya.user, "reflected:looking-back", words)
    await world.press(world.prompt("share"), "share")
    await world.until(4, 18)


async def recalled(world: World) -> None:
    await drafted(world)
    await world.until(5, 9)


async def posted(world: World) -> None:
    await drafted(world)
    await world.press(world.prompt("post"), "post")


async def together(world: World) -> None:
    await _council.joined(world, "Read my CV")


async def invited(world: World) -> None:
    await together(world)
    await world.aisha.slash(world.channel, "rhythm friends", asks="no")
    await world.until(5, 9)


async def noted(world: World) -> None:
    await posted(world)
    await world.jonas.react(world.posts()[0], "🎉")
    await world.until(5, 9)


async def asked_about(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "ask set", words="Read my CV")
    await world.until(16, 9)


async def begun(world: World) -> None:
    await world.begin()


async def alerted(world: World) -> None:
    await world.begin()
    world.app.settings = world.app.settings._replace(host=Person("discord", "", str(world.sam.id)))
    async with world.app.db.writing() as tx:
        await _reach.raise_alert(world.app, tx, Topic.LOST, "discord/1/2", "maya-and-friends")
    await world.tick()


async def unreached(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "rhythm set", unreachable="circle")
    world.env.inject_error("POST", MESSAGES, status=403, code=50007)
    await world.until(2, 17, 30)
    await world.tick()


async def silent(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.until(12, 9)


async def confided(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "rhythm trusted", friend=world.jonas.user)
    await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    await world.until(2, 17, 30)
    await world.until(12, 9)
    shown = await world.press(world.prompt("letknow"), "letknow")
    await world.press(shown.followups[0], "letsend")


async def suggested(world: World) -> None:
    await posted(world)
    shown = await world.press(world.posts()[-1], "idea", by=world.jonas)
    await world.submit(shown, {"what": LONG, "why": LONG}, by=world.jonas)
    await world.tick()


async def suggested_long_ago(world: World) -> None:
    await suggested(world)
    await world.wait(days=8)


async def wanted(world: World) -> None:
    await posted(world)
    await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    shown = await world.press(world.posts()[-1], "offer", by=world.jonas)
    await world.submit(shown, {"what": LONG, "through": "yes"}, by=world.jonas)
    await world.tick()
    await world.press(world.prompt("yesplease"), "yesplease")


async def tried(world: World) -> None:
    await suggested(world)
    shown = await world.press(world.prompt("tryidea"), "tryidea")
    await world.submit(shown, {"on": "thursday", "question": LONG})
    await world.until(8, 9)


async def followed_up(world: World) -> None:
    await world.begin()
    for number in range(5):
        await world.maya.slash(world.channel, "log applied", company=f"Company {number} {LONG}"[:100], role="Engineer")
    await world.until(8, 9)


async def interviewed(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Engineer")
    await world.maya.slash(world.channel, "log interview", company="Acme", when="5 January 14:00", note=LONG)
    await world.until(4, 17)


async def accepted(world: World) -> None:
    await world.begin()
    welcome = next(message for message in world.channel.history() if "writeme" in ids_of(message))
    await world.press(welcome, "writeme", by=world.jonas)


async def thanked(world: World) -> None:
    await suggested(world)
    await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    await world.submit(await world.press(world.prompt("thank"), "thank"), {"words": LONG})


async def named(world: World) -> None:
    await accepted(world)
    await world.until(2, 17, 30)
    await world.answer(mood="4", done=LONG)
    shown = await world.press(world.prompt("onlyfor"), "onlyfor")
    menu = shown.followups[0]
    await world.maya.user.select(menu, ["2"], custom_id=ids_of(menu.message)["onlyto"])
    await world.until(4, 18)
    await world.press(world.prompt("post"), "post")


async def landed(world: World) -> None:
    await suggested(world)
    shown = await world.maya.slash(world.channel, "landed")
    await world.submit(await world.press(shown.response, "landas", by=world.maya), {"words": LONG}, by=world.maya)


async def ended(world: World) -> None:
    await landed(world)
    await world.press(world.prompt("landpost"), "landpost")


SCENES: dict[Kind, Callable[[World], Awaitable[None]]] = {
    Kind.HELLO: begun,
    Kind.WELCOME: begun,
    Kind.PROMPT: prompted,
    Kind.DRAFT: drafted,
    Kind.RECALL: recalled,
    Kind.POST: posted,
    Kind.PART: named,
    Kind.COUNCIL: together,
    Kind.INVITATION: invited,
    Kind.NOTE: noted,
    Kind.IDEA: suggested,
    Kind.BECAME: suggested_long_ago,
    Kind.INTRODUCTION: wanted,
    Kind.CONSENT: accepted,
    Kind.REPLY: thanked,
    Kind.ALERT: alerted,
    Kind.UNREACHED: unreached,
    Kind.SILENCE: silent,
    Kind.CONFIDED: confided,
    Kind.STILL_OPEN: asked_about,
    Kind.TRIAL: tried,
    Kind.FOLLOW_UPS: followed_up,
    Kind.INTERVIEW: interviewed,
    Kind.LANDING: landed,
    Kind.CLOSING: ended,
}


async def deliveries(world: World, kind: Kind | None = None) -> list[Delivery]:
    """What has arrived."""
    tx = world.app.db.reading
    found = [await rows.get(tx, row["id"]) for row in await tx.all("SELECT id FROM deliveries ORDER BY rowid")]
    return [d for d in found if d and d.state in ARRIVED and kind in (None, d.kind)]
