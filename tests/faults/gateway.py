"""The gateway cut in every way, while questions go out and while people answer: nothing is sent or handled twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from tests.faults._bench import Bench
from tests.faults._table import Fault, Make, main

PEOPLE = 8  # due in each run; each answers
PATIENCE = 60.0  # the world's seconds
Cut = Callable[[Bench, Callable[[], None]], Awaitable[None]]


class Said(NamedTuple):
    """What somebody answered."""

    user: str
    channel: str
    message: str
    text: str


def through(cut: Cut) -> Make:
    """Cut while questions go out; cut again while people answer."""

    async def make(bench: Bench) -> None:
        for number in range(bench.runs):
            people = [one.user for one in bench.owe(PEOPLE)]
            posted = bench.posted + bench.chance.randrange(PEOPLE)
            await bench.bot.begin_and_be_ready()
            await bench.until(lambda posted=posted: bench.posted >= posted)
            await cut(bench, _nothing)
            await bench.until_settled()
            said = await _answered_meanwhile(bench, cut, people, f"Answer {number}")
            await bench.until_settled()
            await bench.bot.stop()
            for one in said:
                _check(bench, one)

    return make


async def resumed(bench: Bench, meanwhile: Callable[[], None]) -> None:
    """The connection breaks and is resumed: what happened meanwhile is told again."""
    times = bench.discord.gateway.resumed + 1
    await bench.discord.cut()
    meanwhile()
    await bench.discord.resumed(times, PATIENCE)


async def not_resumed(bench: Bench, meanwhile: Callable[[], None]) -> None:
    """The connection breaks and the session is forgotten: nobody tells what happened meanwhile."""
    times = bench.discord.gateway.identified + 1
    await bench.discord.cut(resumable=False)
    meanwhile()
    await bench.discord.ready(times, PATIENCE)


async def ready_ten_times(bench: Bench, meanwhile: Callable[[], None]) -> None:
    """Ten sessions in a row are forgotten: the bot is told ten times that it is ready."""
    await not_resumed(bench, meanwhile)
    for _ in range(9):
        await not_resumed(bench, _nothing)


async def asked_to_reconnect(bench: Bench, meanwhile: Callable[[], None]) -> None:
    """Discord asks to connect anew and resume."""
    times = bench.discord.gateway.resumed + 1
    bench.discord.reconnect()
    meanwhile()
    await bench.discord.resumed(times, PATIENCE)


def _nothing() -> None:
    """Nothing happens meanwhile."""


async def _answered_meanwhile(bench: Bench, cut: Cut, people: list[str], text: str) -> list[Said]:
    said: list[Said] = []

    def answer(users: list[str]) -> None:
        for user in users:
            message = bench.discord.say(user, f"{text} of {user}")
            said.append(Said(user, message["channel_id"], message["id"], message["content"]))

    bench.chance.shuffle(people)
    answer(people[: PEOPLE // 4])
    await cut(bench, lambda: answer(people[PEOPLE // 4 : -PEOPLE // 4]))
    answer(people[-PEOPLE // 4 :])
    await bench.until(lambda: all(_acknowledged(bench, one) for one in said) and not _unkept(bench, said), PATIENCE)
    return said


def _acknowledged(bench: Bench, said: Said) -> int:
    """How often the bot said something after it."""
    after = [one for one in bench.discord.world.history(said.channel) if int(one["id"]) > int(said.message)]
    return sum(one["author"]["id"] != said.user for one in after)


def _unkept(bench: Bench, said: list[Said]) -> list[Said]:
    kept = {message for (message,) in bench.look("SELECT message FROM entry_parts")}
    return [one for one in said if one.message not in kept]


def _check(bench: Bench, said: Said) -> None:
    entries = bench.look(
        "SELECT answers FROM entries JOIN people ON people.id = person_id WHERE external_id = ?", said.user
    )
    times = sum(answers.count(said.text) for (answers,) in entries)
    if times != 1:
        bench.wrong.append(f"{'twice' if times else 'lost'}: {said} is kept {times} times")
    if (answered := _acknowledged(bench, said)) != 1:
        bench.wrong.append(f"twice: {said} was acknowledged {answered} times")


FAULTS = (
    Fault("the gateway is cut, and resumed", "while questions go out, and while people answer", through(resumed), 30.0),
    Fault("the gateway is cut, and not resumed", "the same; nobody tells what was missed", through(not_resumed), 30.0),
    Fault("`on_ready` ten times", "ten sessions in a row are forgotten", through(ready_ten_times), 30.0),
    Fault("asked to reconnect", "the same, as Discord does when it moves a bot", through(asked_to_reconnect), 30.0),
)


if __name__ == "__main__":
    main(FAULTS)
