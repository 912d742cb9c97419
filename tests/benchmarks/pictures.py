"""How long the pictures take and how much they hold up the event loop: `python tests/benchmarks/pictures.py`.

The baseline is the same SVG drawn by bare resvg-py in this process, in the same run; the loop is compared with an idle
one. Each time is the median, each stall the longest. Ends with status 1 when a week card or a page of the trail takes
over 80 ms, the funnel of a search over 100 ms, or the loop stalls for over 20 ms.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.charts import Picture, Studio, funnel, trail, week_card
from bot.core.funnel import ENDS, STAGES, FunnelCard, flows
from bot.core.trail import ON_PAGE, Standing, Stop, TrailCard, Way
from bot.core.week_card import Stone, WeekCard
from tests.benchmarks._watch import Watch

CARDS, CARD_LIMIT, FUNNEL_LIMIT, STALL_LIMIT = 20, 80.0, 100.0, 20.0
MONDAY = date(2026, 11, 16)
DAYS = ((3, 5), (4, 6), (2, 3), (4, 7), (5, 9), None, (4, 6))


def full_week() -> WeekCard:
    """A card with everything on it: seven days, one of rest, three numbers."""
    stones = tuple(
        Stone(MONDAY + timedelta(at), rest=day is None, mood=day and day[0], energy=day and day[1])
        for at, day in enumerate(DAYS)
    )
    return WeekCard("Maya", 6, MONDAY, stones, ((5, "applications"), (3, "conversations"), (2, "interviews")))


def full_trail() -> TrailCard:
    """A page of the trail with everything on it: five ways of five stops."""
    ahead = Stop("to try", MONDAY + timedelta(30), Standing.AHEAD)
    stops = (Stop("given", MONDAY), Stop("let go", MONDAY, Standing.RESTS), Stop("learned", MONDAY), ahead, ahead)
    ways = (Way("Bartholomew Montgomery-Fairweather", "Have a coffee with somebody who builds robots. " * 3, stops),)
    return TrailCard(ways * ON_PAGE, "48 ideas, 24 offers and twelve of your own", "", 0, 84, MONDAY)


def full_funnel() -> FunnelCard:
    """The funnel of 300 applications with every branch that there can be."""
    ways = [(*STAGES[:reached], end) for reached in range(1, len(STAGES) + 1) for end in ENDS]
    return FunnelCard("Maya", flows(ways * 8), MONDAY, MONDAY + timedelta(200))


async def timed(draw: Callable[[], Awaitable[Picture]]) -> float:
    """Milliseconds until a picture is drawn."""
    start = time.perf_counter()
    await draw()
    return (time.perf_counter() - start) * 1000


async def draw_all() -> tuple[float, list[float], list[float], list[float], float]:
    """The first card's time, the others' times, the trail's, the funnel's, and the longest stall over all of them."""
    studio, watch = Studio(), Watch()
    try:
        first, *others = [await timed(lambda: studio.week_card(full_week())) for _ in range(CARDS + 1)]
        _, *trails = [await timed(lambda: studio.trail(full_trail())) for _ in range(CARDS + 1)]
        _, *funnels = [await timed(lambda: studio.funnel(full_funnel())) for _ in range(CARDS + 1)]
    finally:
        stall = await watch.stop()
        await studio.close()
    return first, others, trails, funnels, stall


async def idle(seconds: float) -> float:
    """The longest stall of a loop with nothing to do."""
    watch = Watch()
    await asyncio.sleep(seconds)
    return await watch.stop()


def bare(svg: str) -> list[float]:
    """Milliseconds per picture of resvg-py alone."""
    import resvg_py

    from bot.charts._fonts import files

    fonts = files()
    return each(lambda: resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))


def each(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each of several runs, after one that does not count."""
    work()
    times: list[float] = []
    for _ in range(CARDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def main() -> int:
    """Measures, prints and judges."""
    first, cards, trails, funnels, stall = asyncio.run(draw_all())
    quiet = asyncio.run(idle((sum(cards) + sum(trails) + sum(funnels)) / 1000))
    card, page, search = median(cards), median(trails), median(funnels)
    baseline, plain = median(bare(week_card.draw(full_week()))), median(bare(trail.draw(full_trail())))
    river = median(bare(funnel.draw(full_funnel())))
    print(f"bare resvg-py, the same SVG   1.00   {baseline:6.1f} ms")
    print(f"week card, warm               {card / baseline:4.2f}   {card:6.1f} ms   at most {CARD_LIMIT:.0f}")
    print(f"week card, the first          {first / baseline:4.2f}   {first:6.1f} ms")
    print(f"bare resvg-py, the trail      1.00   {plain:6.1f} ms")
    print(f"trail, warm                   {page / plain:4.2f}   {page:6.1f} ms   at most {CARD_LIMIT:.0f}")
    print(f"bare resvg-py, the funnel     1.00   {river:6.1f} ms")
    print(f"funnel, warm                  {search / river:4.2f}   {search:6.1f} ms   at most {FUNNEL_LIMIT:.0f}")
    print(f"idle loop, longest stall      1.00   {quiet:6.1f} ms")
    print(f"drawing, longest stall        {stall / quiet:4.2f}   {stall:6.1f} ms   at most {STALL_LIMIT:.0f}")
    return int(max(card, page) > CARD_LIMIT or search > FUNNEL_LIMIT or stall > STALL_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
