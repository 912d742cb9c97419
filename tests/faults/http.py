"""Discord's API in trouble, the bot alive: rate limits, 503, hanging, closed direct messages, lost permissions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from tests.faults._bench import WAITING, Bench, Owed
from tests.faults._table import Fault, main

PEOPLE, POSTS = 12, 1  # due in each run
SENDING = "POST /channels/.*/messages"
REFUSALS = (401, 403, 429)
MOST_REFUSALS = 100  # in a run; Discord blocks an address at 10,000 in ten minutes
LONG, FORGETS = 90.0, 70.0  # seconds
OPENING = "POST /users/@me/channels"
TOO_FAST, CLOSED, NO_SERVER, NO_ACCESS, NO_PERMISSION = 40003, 50007, 50278, 50001, 50013


def through(trouble: Callable[[Bench], Awaitable[None]]) -> Callable[[Bench], Awaitable[None]]:
    """People are due, the trouble comes and goes, and what was owed arrives; few requests were refused."""

    async def make(bench: Bench) -> None:
        for _ in range(bench.runs):
            refused = _refused(bench)
            bench.owe(PEOPLE)
            bench.owe_posts(POSTS)
            await bench.bot.begin_and_be_ready()
            await trouble(bench)
            bench.discord.break_with()
            await bench.until_settled()
            await bench.bot.stop()
            _check_few(bench, _refused(bench) - refused)

    return make


async def limited(bench: Bench) -> None:
    """Every message is refused with a 429 that asks for a long wait, each channel for itself."""
    bench.discord.break_with(limited_share=1, retry_after=LONG, on=SENDING)
    await bench.clock.wait(LONG)


async def limited_everywhere(bench: Bench) -> None:
    """One request is refused with a 429 that asks the whole bot for a long wait."""
    bench.discord.break_with(retry_after=LONG, everywhere=True)
    bench.discord.plan("limited", SENDING)
    await bench.clock.wait(LONG)


async def limited_after_losses(bench: Bench) -> None:
    """Every message is accepted unheard, then refused for longer than its nonce is known."""
    lost = bench.posted + PEOPLE // 2
    bench.discord.break_with(lost_share=1, on=SENDING)
    await bench.until(lambda: bench.posted >= lost)
    bench.discord.break_with(limited_share=1, retry_after=LONG, on=SENDING)
    await bench.clock.wait(LONG)


async def unavailable(bench: Bench) -> None:
    """Everything answers 503 for ten minutes."""
    await bench.discord.outage("unavailable")
    await bench.clock.wait(600)


async def hanging(bench: Bench) -> None:
    """A third of the messages is accepted and never answered."""
    bench.discord.break_with(hang_share=0.3, on=SENDING, seed=bench.chance.randrange(10**6))
    await bench.until(lambda: bench.posted >= len(bench.owed))
    await bench.clock.wait(25)


async def opened_too_fast(bench: Bench) -> None:
    """Direct messages with people who are new are refused for a while, as opened too fast."""
    for _ in range(bench.runs):
        refused = _refused(bench)
        new = bench.owe(PEOPLE // 3, knows=False)
        _refuse_people(bench, new, TOO_FAST)
        await bench.bot.begin_and_be_ready()
        await bench.until(lambda before=refused: _refused(bench) > before)
        await bench.clock.wait(30)
        _refuse_people(bench, new, 0)
        await bench.until_settled()
        await bench.bot.stop()
        _check_few(bench, _refused(bench) - refused)


async def closed(bench: Bench) -> None:
    """Direct messages are closed for good: each person is tried once, also when the next question is due."""
    for _ in range(bench.runs):
        code = bench.chance.choice((CLOSED, NO_SERVER))
        channels = [bench.discord.direct(one.user)["id"] for one in bench.owe(PEOPLE)]
        for channel in channels:
            bench.discord.refuse(channel, code)
        await bench.bot.begin_and_be_ready()
        await bench.until_settled()
        await bench.bot.stop()
        for channel in channels:
            tried = bench.discord.asked[f"POST /channels/{channel}/messages", 403]
            bench.wrong += [f"twice: {channel} is closed and was tried {tried} times"] * (tried != 1)


async def forbidden(bench: Bench) -> None:
    """The bot may not write into the circle's channel for a while, then it may again."""
    for _ in range(bench.runs):
        refused = _refused(bench)
        bench.owe(PEOPLE)
        bench.owe_posts(POSTS)
        bench.discord.refuse(bench.circles[-1], bench.chance.choice((NO_ACCESS, NO_PERMISSION)))
        await bench.bot.begin_and_be_ready()
        await bench.until(lambda: not bench.look(f"SELECT 1 FROM deliveries WHERE {WAITING} AND kind <> 'post'"))
        await bench.until(lambda before=refused: _refused(bench) > before)
        bench.discord.refuse(bench.circles[-1])
        await bench.until_settled()
        await bench.bot.stop()
        given_up = bench.look("SELECT id, state FROM deliveries WHERE kind = 'post' AND state NOT IN ('sent', 'late')")
        bench.wrong += [f"lost: the post {key} is {state}" for key, state in given_up]
        _check_few(bench, _refused(bench) - refused)


def _refuse_people(bench: Bench, people: Iterable[Owed], code: int) -> None:
    for one in people:
        bench.discord.refuse(one.user, code)


def _refused(bench: Bench) -> int:
    return sum(times for (_, status), times in bench.discord.asked.items() if status in REFUSALS)


def _check_few(bench: Bench, refused: int) -> None:
    if refused > MOST_REFUSALS:
        bench.wrong.append(f"twice: {refused} requests were refused in one run")


FAULTS = (
    Fault("429 with a long wait, for one route", f"every message is refused for {LONG:.0f} s", through(limited)),
    Fault(
        "429 with a long wait, for the whole bot", f"one refusal asks to wait {LONG:.0f} s", through(limited_everywhere)
    ),
    Fault(
        "429 with a long wait, after lost answers",
        f"messages are accepted and their answers lost, then all are refused for {LONG:.0f} s",
        through(limited_after_losses),
        forgets=FORGETS,
    ),
    Fault("503 for ten minutes", "every request is answered so, the bot runs on", through(unavailable)),
    Fault("requests that hang", "30% of the messages are accepted and never answered", through(hanging)),
    Fault("direct messages opened too fast", "40003 for people who are new, for half a minute", opened_too_fast),
    Fault("closed direct messages", "50007 or 50278 for good: told as unreachable, tried once", closed),
    Fault("a lost permission, and it comes back", "50001 or 50013 in the circle's channel", forbidden),
)


if __name__ == "__main__":
    main(FAULTS)
