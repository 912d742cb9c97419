"""The studio: pictures from a process of its own, which may die."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from multiprocessing import active_children
from pathlib import Path

import pytest

from bot.charts import Picture, Studio, render
from bot.charts.week_card import alt, draw
from bot.core.week_card import Stone, WeekCard
from tests.charts.pixels import rows

MONDAY = date(2026, 11, 16)
CARD = WeekCard("Maya", 6, MONDAY, (Stone(MONDAY, mood=4, energy=6),), ((5, "applications"),))
HOUSE = Path(__file__).parents[2]
ALONE = """
import asyncio, sys
from datetime import date
from bot.charts import Studio
from bot.core.week_card import WeekCard

async def main():
    studio = Studio()
    print(sorted({"resvg_py", "concurrent.futures.process", "bot.charts.week_card"} & sys.modules.keys()), flush=True)
    picture = await studio.week_card(WeekCard("Maya", 6, date(2026, 11, 16), ()))
    print(len(picture.png) > 0, "resvg_py" in sys.modules, flush=True)
    await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    studio = Studio()
    yield studio
    await studio.close()


@pytest.fixture
def lone_bot(tmp_path: Path) -> subprocess.Popen[str]:
    """A program that draws one picture and then waits."""
    script = tmp_path / "lone.py"
    script.write_text(ALONE)
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}
    return subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment)


async def test_a_picture_has_its_png_its_words_and_its_name(studio: Studio) -> None:
    picture = await studio.week_card(CARD)
    assert picture == Picture(render(draw(CARD)), alt(CARD), "week-6.png")
    assert picture.png.startswith(b"\x89PNG")


async def test_a_worker_that_died_is_replaced(studio: Studio) -> None:
    first = await studio.week_card(CARD)
    for worker in active_children():
        worker.kill()
        worker.join()
    assert await studio.week_card(CARD) == first


async def test_pictures_that_meet_a_dying_worker_are_all_drawn(studio: Studio) -> None:
    first = await studio.week_card(CARD)
    asked = [asyncio.create_task(studio.week_card(CARD)) for _ in range(4)]
    await asyncio.sleep(0)
    for worker in active_children():
        worker.kill()
    assert await asyncio.gather(*asked) == [first] * 4


async def test_one_worker_draws_for_all(studio: Studio) -> None:
    before = set(active_children())
    await asyncio.gather(*(studio.week_card(CARD) for _ in range(5)))
    assert len(set(active_children()) - before) == 1


async def test_a_closed_studio_leaves_no_worker_and_can_draw_again(studio: Studio) -> None:
    before = set(active_children())
    first = await studio.week_card(CARD)
    await studio.close()
    assert set(active_children()) <= before
    assert await studio.week_card(CARD) == first


async def test_closing_an_unused_studio_is_no_error() -> None:
    await Studio().close()


def test_nothing_is_loaded_before_the_first_picture_and_no_renderer_ever(lone_bot: subprocess.Popen[str]) -> None:
    with lone_bot:
        assert lone_bot.stdout is not None
        assert lone_bot.stdout.readline() == "[]\n"
        assert lone_bot.stdout.readline() == "True False\n"
        lone_bot.kill()


def test_the_worker_ends_with_a_parent_that_was_killed(lone_bot: subprocess.Popen[str]) -> None:
    assert lone_bot.stdout is not None
    lone_bot.stdout.readline()
    lone_bot.stdout.readline()
    lone_bot.send_signal(signal.SIGKILL)
    rest, _ = lone_bot.communicate(timeout=60)  # reads until the worker, too, has let go of the pipe
    assert rest == ""


def test_a_drawn_card_has_its_title_in_dark_ink() -> None:
    _, pixels = rows(render(draw(CARD)))
    title = [pixels[y][4 * x : 4 * x + 3] for y in range(70, 112) for x in range(568, 940)]
    assert title.count(b"\x2b\x2a\x27") > 500


def test_what_is_no_svg_is_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        render("<p>")
