"""The wall clock of the bot's machine jumps while questions go out, and the machine is suspended.

In every run a first group is due at once and a second soon. After the jumps the clock is right again, and the next day
both groups are due once more: those questions have to come, each date once, whatever the wrong clock had planned.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from tests.faults._bench import Bench, Owed
from tests.faults._table import Fault, Make, main

PEOPLE = 6  # in each group
SOON = 300.0  # seconds
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD = (1.0, 30.0)  # seconds for which the clock stays wrong
ASKED = (
    "SELECT count(*) FROM occurrences JOIN deliveries ON kind = 'prompt' AND subject = occurrences.id"
    " WHERE local_on = ? AND deliveries.state IN ('sent', 'late')"
)


def through(trouble: Callable[[Bench], Awaitable[None]]) -> Make:
    """Both groups are due, the clock goes wrong and right again, and the next day comes."""

    async def make(bench: Bench) -> None:
        begun = bench.clock.now()
        people = [*bench.owe(PEOPLE, daily=True), *bench.owe(PEOPLE, late=-SOON, daily=True)]
        posted = bench.chance.randrange(PEOPLE)
        await bench.bot.begin_and_be_ready()
        await bench.until(lambda: bench.posted >= posted)
        await trouble(bench)
        await _the_next_day(bench, people, begun + DAY)
        await bench.bot.stop()

    return make


def jumping(*choices: timedelta) -> Callable[[Bench], Awaitable[None]]:
    """The clock jumps by one of these, forth or back, and after a while it is put right."""

    async def trouble(bench: Bench) -> None:
        bench.clock.jump(bench.chance.choice(choices))
        await _a_while(bench)
        bench.clock.put_right()
        await _a_while(bench)

    return trouble


async def back_and_forth(bench: Bench) -> None:
    """Several jumps, one after the other."""
    for _ in range(bench.chance.randint(2, 5)):
        bench.clock.jump(bench.chance.choice((HOUR, -HOUR, DAY, -DAY)))
        await _a_while(bench)
    bench.clock.put_right()
    await _a_while(bench)


async def suspended(bench: Bench) -> None:
    """The machine sleeps for eight hours, in the middle of it all."""
    bench.bot.hold()
    _pass(bench, timedelta(hours=8))
    bench.bot.let_go()
    await bench.discord.cut(resumable=False)
    await _a_while(bench)


def _pass(bench: Bench, by: timedelta) -> None:
    bench.clock.sleep(by)
    bench.discord.world.forget_nonces()


async def _a_while(bench: Bench) -> None:
    await bench.clock.wait(bench.chance.uniform(*HELD))


async def _the_next_day(bench: Bench, people: Iterable[Owed], begins: datetime) -> None:
    """Sleep until shortly before the second group is due again, and wait until everybody was asked."""
    now = bench.clock.now()
    _pass(bench, begins + timedelta(seconds=SOON - 30) - now)
    on = begins.date().isoformat()
    owed = [Owed(one.user, on) for one in people]
    bench.owed += owed
    await bench.until(lambda: bench.look(ASKED, on) == [(len(owed),)])
    await bench.until_settled()  # a clock ahead may have asked for this day before the day that was slept through


def _row(name: str, how: str, trouble: Callable[[Bench], Awaitable[None]]) -> Fault:
    return Fault(name, how, through(trouble), afresh=True)


FAULTS = (
    _row("the clock jumps by an hour", "forth or back, then right again", jumping(HOUR, -HOUR)),
    _row("the clock jumps by a day", "forth or back, then right again", jumping(DAY, -DAY)),
    _row("the clock jumps by a year", "forth, then right again", jumping(365 * DAY)),
    _row("the clock jumps back and forth", "up to five jumps of an hour or a day", back_and_forth),
    _row("suspended for eight hours", "SIGSTOP, eight hours pass, SIGCONT", suspended),
)


if __name__ == "__main__":
    main(FAULTS)
