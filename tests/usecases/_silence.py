"""A seeker who goes silent, the friend whom they trust, and what either reads of it."""

from __future__ import annotations

from bot.core.care import Confided, StillThere
from bot.core.people import Person
from bot.usecases import care, consent
from tests.usecases.conftest import MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")
BEN = Person(PAPER, "", "ben")


async def go_by(desk: Desk, days: int) -> None:
    """Let days go by, with a round in each morning and evening."""
    for _ in range(2 * days):
        await desk.wait(hours=12)


def asked(desk: Desk) -> list[StillThere]:
    """What asks Maya how she is, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, StillThere)]


def told(desk: Desk, who: Person = ANA) -> list[Confided]:
    """What a friend was let know."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Confided)]


async def silent(desk: Desk) -> int:
    """Maya has begun, went silent and was asked; the number of her silence."""
    await desk.begin()
    await go_by(desk, 12)
    return asked(desk)[-1].silence.id


async def trusts(desk: Desk, tell_days: int | None = None, *, accepts: bool = True) -> None:
    """Maya trusts Ana, who lets the bot write to her."""
    await care.trust(desk.app, MAYA, (ANA, "Ana"), None, tell_days)
    if accepts:
        await consent.accept(desk.app, ANA, "Ana")
