"""The pictures of all tests: drawn by the real studio, each of them once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from bot.charts import Picture, Studio
from bot.core.landing import JourneyCard
from bot.core.trail import TrailCard
from bot.core.week_card import WeekCard


class Album(Studio):
    """The real studio, which shows a picture again that it has drawn before: the same data is the same picture."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[tuple[type, NamedTuple], Picture] = {}

    async def week_card(self, card: WeekCard) -> Picture:
        return await self._once(super().week_card, card)

    async def trail(self, card: TrailCard) -> Picture:
        return await self._once(super().trail, card)

    async def journey(self, card: JourneyCard) -> Picture:
        return await self._once(super().journey, card)

    async def _once(self, draw: Callable[[Any], Awaitable[Picture]], card: NamedTuple) -> Picture:
        key = type(card), card
        if key not in self._drawn:
            self._drawn[key] = await draw(card)
        return self._drawn[key]
