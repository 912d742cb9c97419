"""What tests of the rhythm press and read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.cogs._forged import answers
from tests.cogs.conftest import ZONE, World, ids_of, labels_of, said


def stamp(day: int, hour: int, minute: int = 0, *, month: int = 1, zone: str = ZONE) -> str:
    """A moment as Discord shows it to each reader in their own zone."""
    moment = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone))
    return f"<t:{int(moment.timestamp())}:F>"


async def rhythm(world: World, command: str, **options: str) -> Any:
    return await world.maya.slash(world.channel, f"rhythm {command}", **options)


async def change(world: World, **options: str) -> str:
    result = await rhythm(world, "set", **options)
    assert result.ephemeral
    return said(result)


async def rows(world: World) -> list[tuple[Any, ...]]:
    """All that the rhythm is made of."""
    tables = ("seekers", "schedules", "pauses", "rests", "occurrences")
    return [tuple(row) for name in tables for row in await world.app.db.reading.all(f"SELECT * FROM {name}")]


async def asked(world: World, ask: str = "checkin") -> list[str]:
    """The dates on which Maya was to be asked."""
    found = await world.app.db.reading.all("SELECT local_on FROM occurrences WHERE ask = ? ORDER BY id", ask)
    return [row["local_on"] for row in found]


def line(told: str, title: str) -> str:
    """What is told of one kind of asking."""
    return next(line for line in told.splitlines() if line.startswith(f"**{title}**"))


def open_questions(world: World) -> list[Any]:
    """The questions that wait for an answer now, oldest first."""
    return [message for message in world.dms if "later" in ids_of(message)]


def prompts(world: World) -> list[Any]:
    """The questions that can be answered, oldest first."""
    return [message for message in world.dms if "Answer" in labels_of(message)]


async def now(world: World, message: Any) -> Any:
    """What a message says by now."""
    return next(found for found in world.dms if found.id == message.id)


async def put_off(world: World, choice: str) -> str:
    """Press *Later* under the newest question, and one of its choices."""
    return await choose(world, await world.press(world.prompt("later"), "later"), choice)


async def choose(world: World, shown: Any, choice: str) -> str:
    """Press one of the choices of *Later*."""
    (answer,) = answers(shown)
    custom_id = f"{ids_of(answer.message)['snooze'].rpartition('.')[0]}.{choice}"
    return said(await world.maya.user.click(answer, custom_id=custom_id))


async def leave_out(world: World, verb: str) -> None:
    """Press *Not today* under the newest question, and one of its choices."""
    shown = await world.press(world.prompt("nottoday"), "nottoday")
    (answer,) = answers(shown)
    await world.press(answer, verb)
