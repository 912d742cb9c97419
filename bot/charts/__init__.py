"""Pictures: data in, SVG, PNG out, with the words for those who do not see it. One file per picture.

The renderer holds the interpreter's lock, so pictures are drawn in a process of their own. Nothing of it is imported or
started before the first picture.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from bot.core.funnel import FunnelCard
    from bot.core.landing import JourneyCard
    from bot.core.trail import TrailCard
    from bot.core.week_card import WeekCard

_Data = TypeVar("_Data")


class Picture(NamedTuple):
    """A PNG of 1200x675 pixels, its alt text of at most 1,000 characters, and a file name."""

    png: bytes
    alt: str
    name: str


def render(svg: str) -> bytes:
    """The SVG as PNG, drawn with the packaged fonts alone; ValueError if it is no SVG. Takes tens of milliseconds."""
    import resvg_py

    from bot.charts._fonts import files

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files()))


class Studio:
    """Draws pictures without holding up the event loop, one after the other, in a single process."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._opening = asyncio.Lock()

    async def week_card(self, card: WeekCard) -> Picture:
        """The week's picture. A worker that died is replaced once; BrokenProcessPool if that one dies too."""
        return await self._draw(_week_card, card)

    async def trail(self, card: TrailCard) -> Picture:
        """A page of the trail of ideas; raises as `week_card` does."""
        return await self._draw(_trail, card)

    async def journey(self, card: JourneyCard) -> Picture:
        """The journey's picture, for its end; raises as `week_card` does."""
        return await self._draw(_journey, card)

    async def funnel(self, card: FunnelCard) -> Picture:
        """How far applications came and where they ended; raises as `week_card` does."""
        return await self._draw(_funnel, card)

    async def close(self) -> None:
        """Ends the worker; a later picture would start another."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)

    async def _draw(self, paint: Callable[[_Data], Picture], data: _Data) -> Picture:
        from concurrent.futures import BrokenExecutor

        pool = await self._open()
        try:
            return await self._in(pool, paint, data)
        except BrokenExecutor:
            await self._discard(pool)
            return await self._in(await self._open(), paint, data)

    async def _in(self, pool: ProcessPoolExecutor, paint: Callable[[_Data], Picture], data: _Data) -> Picture:
        return await asyncio.get_running_loop().run_in_executor(pool, paint, data)

    async def _open(self) -> ProcessPoolExecutor:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncio.to_thread(_start)
            return self._pool

    async def _discard(self, pool: ProcessPoolExecutor) -> None:
        """Ends a broken pool once, however many pictures met it: shut down twice at once, it closes its pipe twice."""
        if self._pool is pool:
            self._pool = None
            await asyncio.to_thread(pool.shutdown)


def _start() -> ProcessPoolExecutor:
    """A pool with its worker started: spawned, for a fork of a process with threads is not safe."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(1, get_context("spawn"), _settle_in)
    pool.submit(_warm_up)
    return pool


def _settle_in() -> None:
    """The worker leaves Ctrl-C to its parent and ends with it, however the parent ends."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import os
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
    os._exit(0)


def _warm_up() -> None:
    import_module("bot.charts.week_card")


def _week_card(card: WeekCard) -> Picture:
    from bot.charts import week_card

    return Picture(render(week_card.draw(card)), week_card.alt(card), f"week-{card.week}.png")


def _trail(card: TrailCard) -> Picture:
    from bot.charts import trail

    return Picture(render(trail.draw(card)), trail.alt(card), f"trail-{card.page + 1}.png")


def _journey(card: JourneyCard) -> Picture:
    from bot.charts import journey

    return Picture(render(journey.draw(card)), journey.alt(card), "journey.png")


def _funnel(card: FunnelCard) -> Picture:
    from bot.charts import funnel

    return Picture(render(funnel.draw(card)), funnel.alt(card), "search.png")
