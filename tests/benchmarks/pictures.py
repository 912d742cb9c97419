"""How long a week card takes and how much it holds up the event loop: `python tests/benchmarks/pictures.py`.

The baseline is the same SVG drawn by bare resvg-py in this process, in the same run; the loop is compared with an idle
one. Each time is the median, each stall the longest. Ends with status 1 when a card takes over 80 ms or the loop stalls
for over 20 ms.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.charts import Studio
from bot.core.summary import Stone, WeekCard
from tests.benchmarks._watch import Watch

CARDS, CARD_LIMIT, STALL_LIMIT = 20, 80.0, 20.0
MONDAY = date(2026, 11, 16)
DAYS = ((3, 5), (4, 6), (2, 3), (4, 7), (5, 9), None, (4, 6))


def full_week() -> WeekCard:
    """A card with everything on it: seven days, one of rest, three numbers."""
    stones = tuple(
        Stone(MONDAY + timedelta(at), rest=day is None, mood=day and day[0], energy=day and day[1])
        for at, day in enumerate(DAYS)
    )
    return WeekCard("Maya", 6, MONDAY, stones, ((5, "applications"), (3, "conversations"), (2, "interviews")))


async def timed(card: WeekCard, studio: Studio) -> float:
    """Milliseconds until the studio has drawn a card."""
    start = time.perf_counter()
    await studio.week_card(card)
    return (time.perf_counter() - start) * 1000


async def draw_all() -> tuple[float, list[float], float]:
    """The first card's time, the others' times, and the longest stall over all of them."""
    studio, watch = Studio(), Watch()
    try:
        first, *others = [await timed(full_week(), studio) for _ in range(CARDS + 1)]
    finally:
        stall = await watch.stop()
        await studio.close()
    return first, others, stall


async def idle(seconds: float) -> float:
    """The longest stall of a loop with nothing to do."""
    watch = Watch()
    await asyncio.sleep(seconds)
    return await watch.stop()


def bare() -> list[float]:
    """Milliseconds per card of resvg-py alone."""
    import resvg_py

    from bot.charts._fonts import files
    from bot.charts.week_card import draw

    svg, fonts = draw(full_week()), files()
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
    first, others, stall = asyncio.run(draw_all())
    quiet = asyncio.run(idle(sum(others) / 1000))
    baseline, card = median(bare()), median(others)
    print(f"bare resvg-py, the same SVG   1.00   {baseline:6.1f} ms")
    print(f"week card, warm               {card / baseline:4.2f}   {card:6.1f} ms   at most {CARD_LIMIT:.0f}")
    print(f"week card, the first          {first / baseline:4.2f}   {first:6.1f} ms")
    print(f"idle loop, longest stall      1.00   {quiet:6.1f} ms")
    print(f"drawing, longest stall        {stall / quiet:4.2f}   {stall:6.1f} ms   at most {STALL_LIMIT:.0f}")
    return int(card > CARD_LIMIT or stall > STALL_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
