"""Whose weeks go to which circles, and in which channel a circle is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from bot.core import council as councils
from bot.core.circle import Circle, CouldNotPost, NoCircle
from bot.core.council import Hour
from bot.core.delivery import Kind, Unreachable
from bot.core.people import Person, Seeker, Space
from bot.store import circle as rows
from bot.store import council as council_rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _moves, _pump, _weeks
from bot.usecases.app import App
from bot.usecases.people import seeking


class Belonging(NamedTuple):
    """Where a seeker's weeks go, and where else they could; `hours` are those of the circles with a joint post."""

    circles: tuple[Circle, ...]
    others: tuple[Circle, ...] = ()
    hours: tuple[tuple[Circle, Hour], ...] = ()
    joined: Circle | None = None
    left: Circle | None = None


async def show(app: App, who: Person, seen: Collection[Space]) -> Belonging:
    """A seeker's circles, and those in channels that they see; raises NotSeeking."""
    return await _belonging(app.db.reading, await seeking(app.db.reading, who), seen)


async def join(app: App, who: Person, wish: str, seen: Collection[Space]) -> Belonging:
    """Let a seeker's weeks go to one more circle, by number or name; raises NotSeeking or NoCircle."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        circle_ = _meant(wish, [found for space in seen if (found := await rows.at(tx, space))])
        if not await rows.join(tx, seeker.id, circle_.id):
            raise NoCircle(f"Your week goes to #{circle_.name} already. Nothing was changed.")
        stale = await _weeks.mark_drafts_of(tx, seeker.id, app.now())
        told = await _belonging(tx, seeker, seen)
    await _pump.refresh_now(app, stale)
    return told._replace(joined=circle_)


async def leave(app: App, who: Person, wish: str, seen: Collection[Space]) -> Belonging:
    """Let a seeker's weeks go to a circle no more; what stands there stays. Raises NotSeeking or NoCircle."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        circle_ = _meant(wish, await rows.of_seeker(tx, seeker.id))
        await rows.leave(tx, seeker.id, circle_.id)
        await _weeks.withdraw_from(tx, seeker.id, circle_, app.now())
        stale = await _weeks.mark_drafts_of(tx, seeker.id, app.now())
        told = await _belonging(tx, seeker, seen)
    await _pump.refresh_now(app, stale)
    return told._replace(left=circle_)


async def circles_of(app: App, who: Person) -> list[Circle]:
    """A person's circles; none for who does not seek."""
    number = await people_rows.number_of(app.db.reading, who)
    return await rows.of_seeker(app.db.reading, number) if number else []


async def _belonging(tx: Tx, seeker: Seeker, seen: Collection[Space]) -> Belonging:
    circles = await rows.of_seeker(tx, seeker.id)
    others = [found for space in seen if (found := await rows.at(tx, space)) and found not in circles]
    sits = [one for one in circles if len(await council_rows.seekers(tx, one.id)) >= councils.SEEKERS]
    hours = [(one, await council_rows.hour(tx, one.id)) for one in sits]
    return Belonging(tuple(circles), tuple(others), tuple(hours))


def _meant(wish: str, circles: Collection[Circle]) -> Circle:
    """The circle of that number, or the only one of that name; raises NoCircle."""
    name = wish.strip().removeprefix("#")
    meant = [one for one in circles if str(one.id) == wish] or [one for one in circles if one.name == name]
    if len(meant) != 1:
        raise NoCircle("I don't know which circle you mean. Pick one from the list of the option “circle”.")
    return meant[0]


# ------------------------------------------------------------------ another channel


async def move(app: App, before: Space, to: Space, name: str) -> Circle:
    """Move a circle to another channel: its seekers, hour and history stay, and what waits goes there.

    Raises NoCircle, or CouldNotPost where the new channel takes no welcome; then all is as it was.
    """
    async with app.db.writing() as tx:
        known = await rows.at(tx, before)
        if known is None:
            raise NoCircle("That channel is no circle. /circle setup makes one.")
        if await rows.at(tx, to):
            raise NoCircle(f"#{name} is a circle already. Pick a channel that is none. Nothing was changed.")
        await rows.move(tx, known.id, to, name)
        await delivery_rows.redirect(tx, before, to)
        turn = len(await delivery_rows.about(tx, Kind.WELCOME, known.id))
        key = await delivery_rows.owe(tx, Kind.WELCOME, to, known.id, app.now(), person_id=None, turn=turn)
    outcomes = await _pump.send_now(app, [key] if key else [])
    if any(isinstance(outcome, Unreachable) for outcome in outcomes):
        async with app.db.writing() as tx:
            await rows.move(tx, known.id, before, known.name)
            await delivery_rows.redirect(tx, to, before)
        raise CouldNotPost("I could not post in that channel, so nothing was changed. Check my permissions there.")
    async with app.db.writing() as tx:
        stale = await _moves.follow(tx, known.id, app.now())
    await _pump.refresh_now(app, stale)
    return known._replace(space=to, name=name, lost_at=None)
