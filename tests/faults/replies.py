"""What people write, edit and delete while the bot is down, dies, or is not told: all of it ends once where it belongs.

At the end each message that stands is in exactly one entry, or waits for its writer's decision and was asked about
once; it reads as it was last edited; and of each that was deleted the bot asked once, if it had kept its words.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, NamedTuple

from tests.faults._bench import Bench
from tests.faults._table import Fault, main

PEOPLE = 6  # who write, of one generation
GENERATION = 5  # runs until others write instead: an answer holds a thousand characters
ACTS = 12  # of all of them, in one run
SETTLED_WITHIN = 180.0  # the world's seconds
ASKS = re.compile(r"(?:keepnote:(?P<held>\w+)|forget:\d+\.(?P<gone>\d+/\d+))")
Acts = Callable[[], Coroutine[Any, Any, None]]
Away = Callable[[Bench, Acts], Awaitable[None]]


class Line(NamedTuple):
    """One message of somebody: all that it ever read, and whether it was deleted."""

    user: str
    channel: str
    id: str
    versions: list[str]
    gone: list[bool]


class Writers:
    """People who write, edit and delete, as chance has it."""

    def __init__(self, bench: Bench) -> None:
        self.lines: list[Line] = []
        self._bench = bench
        self._people: list[str] = []
        self._words = 0

    def meet(self) -> list[str]:
        """From now on others write, who are asked something first."""
        self._people = [owed.user for owed in self._bench.owe(PEOPLE)]
        return self._people

    def act(self) -> None:
        """Somebody writes something new, or edits or deletes something."""
        chance = self._bench.chance
        known = [one for one in self.lines if one.user in self._people and not one.gone]
        match chance.choices(("write", "edit", "delete"), (6, 3, 1))[0]:
            case "edit" if known:
                one = chance.choice(known)
                one.versions.append(self._new_words())
                self._bench.discord.reword(one.channel, one.id, one.versions[-1])
            case "delete" if known:
                one = chance.choice(known)
                one.gone.append(True)
                self._bench.discord.unsay(one.channel, one.id)
            case _:
                self.write(chance.choice(self._people))

    def write(self, user: str) -> None:
        """Somebody writes something new."""
        text = self._new_words()
        said = self._bench.discord.say(user, text)
        self.lines.append(Line(user, said["channel_id"], said["id"], [text], []))

    async def act_for_a_while(self) -> None:
        """Many acts, some at once and some a moment apart."""
        for _ in range(ACTS):
            self.act()
            await asyncio.sleep(self._bench.chance.choice((0, 0, 0.002, 0.01)))

    def _new_words(self) -> str:
        self._words += 1
        return f"w{self._words}."


# ------------------------------------------------------------------ what is broken


def while_away(away: Away) -> Callable[[Bench], Awaitable[None]]:
    """People act before it, while it lasts, and after it."""

    async def make(bench: Bench) -> None:
        writers = Writers(bench)
        for run in range(bench.runs):
            if run % GENERATION == 0:
                await _introduce(bench, writers)
            if not bench.bot.alive:
                await bench.bot.begin_and_be_ready()
            await writers.act_for_a_while()
            await away(bench, writers.act_for_a_while)
            await writers.act_for_a_while()
        await settle(bench, writers)

    return make


async def to_questions_not_known_to_stand(bench: Bench) -> None:
    """Half of the answers to what it sends are lost; people reply to what they read; it is killed, and begins again."""
    writers, lost = Writers(bench), {"lost_share": 0.5, "on": "POST /channels/.*/messages"}
    for _ in range(bench.runs):
        await bench.bot.kill()
        people = writers.meet()
        bench.discord.break_with(**lost, seed=bench.chance.randrange(10**6))
        await bench.bot.begin_and_be_ready()
        asked = bench.posted + bench.chance.randint(1, PEOPLE)
        await bench.until(lambda asked=asked: bench.posted >= asked)
        for user in people:
            if bench.discord.messages(bench.discord.direct(user)["id"]):
                writers.write(user)
        await asyncio.sleep(bench.chance.uniform(0, 0.05))
    await bench.bot.kill()
    bench.discord.break_with()
    await settle(bench, writers)
    strays = bench.look("SELECT words FROM held")
    bench.wrong += [f"lost: {words} is no answer" for (words,) in strays]


async def down(bench: Bench, meanwhile: Acts) -> None:
    """It is stopped in order, and started again."""
    await bench.bot.stop()
    await meanwhile()
    await bench.bot.begin_and_be_ready()


async def killed(bench: Bench, meanwhile: Acts) -> None:
    """It is killed at some moment, and begins again, while they go on writing."""
    acting = asyncio.create_task(meanwhile())
    await asyncio.sleep(bench.chance.uniform(0, 0.06))
    await bench.bot.kill()
    await bench.bot.begin()
    await acting
    if bench.chance.random() < 0.5:
        await bench.bot.ready()
        await asyncio.sleep(bench.chance.uniform(0, 0.3))  # it reads what it missed
    await bench.bot.kill()


async def killed_and_faulty(bench: Bench, meanwhile: Acts) -> None:
    """The same, and many of its own messages do not arrive, or their answers do not."""
    seed = bench.chance.randrange(10**6)
    bench.discord.break_with(dropped_share=0.25, lost_share=0.25, on="POST /channels/.*/messages", seed=seed)
    await killed(bench, meanwhile)
    bench.discord.break_with()


async def not_told(bench: Bench, meanwhile: Acts, times_in_a_row: int = 10) -> None:
    """The gateway's session is forgotten again and again: nobody tells what happened."""
    for _ in range(times_in_a_row):
        times = bench.discord.gateway.identified + 1
        await bench.discord.cut(resumable=False)
        await meanwhile()
        await bench.discord.ready(times, SETTLED_WITHIN)


async def _introduce(bench: Bench, writers: Writers) -> None:
    await bench.bot.kill()
    writers.meet()
    await bench.bot.begin_and_be_ready()
    await bench.until_settled()


# ------------------------------------------------------------------ what became of it


async def settle(bench: Bench, writers: Writers) -> None:
    """Let it begin and read twice more, with all well; then note what is wrong."""
    for _ in range(2):
        if not bench.bot.alive:
            await bench.bot.begin_and_be_ready()
        await bench.until_settled()
        try:
            await bench.until(lambda: not wrong(bench, writers.lines), SETTLED_WITHIN)
        except TimeoutError:
            break
        await bench.bot.stop()
    await bench.bot.kill()
    bench.wrong += wrong(bench, writers.lines)


def wrong(bench: Bench, lines: Iterable[Line]) -> list[str]:
    """What is lost, or there twice, at this moment."""
    texts = _texts(bench)
    parts = {f"{channel}/{message}" for channel, message in bench.look("SELECT channel, message FROM entry_parts")}
    waiting = {ref: held for held, ref in bench.look("SELECT id, ref FROM held WHERE purpose = 'stray'")}
    asked = _asked(bench)
    found: list[str] = []
    for line in lines:
        place = f"{line.channel}/{line.id}"
        kept = [version for version in line.versions for _ in range(texts[version])]
        found += _of_gone(line, kept, place in parts, asked[place]) if line.gone else _of_standing(line, kept)
        if place in waiting and asked[waiting[place]] != 1:
            found.append(f"{'twice' if asked[waiting[place]] else 'lost'}: the question about {line}")
    return found


def _of_standing(line: Line, kept: list[str]) -> list[str]:
    if kept == line.versions[-1:]:
        return []
    return [f"{'twice' if len(kept) > 1 else 'lost'}: {line} is kept as {kept}"]


def _of_gone(line: Line, kept: list[str], part: bool, asked: int) -> list[str]:
    found = [] if len(kept) == part else [f"{'twice' if len(kept) > part else 'lost'}: deleted {line} is {kept}"]
    if asked != part:
        found.append(f"{'twice' if asked > part else 'lost'}: {line} was deleted and asked about {asked} times")
    return found


def _texts(bench: Bench) -> Counter[str]:
    """How often each word is kept, in entries and among what waits."""
    stored = bench.look("SELECT answers FROM entries UNION ALL SELECT words FROM held WHERE purpose <> 'form'")
    said = [str(json.loads(text).get("done", json.loads(text).get("text", ""))) for (text,) in stored]
    return Counter(word for text in said for word in text.split())


def _asked(bench: Bench) -> Counter[str]:
    """How many questions stand about waiting words, by their id, and about deleted messages, by their place."""
    found = Counter[str]()
    for message in bench.discord.messages():
        text = json.dumps(message["components"])
        found.update({match["held"] or match["gone"] for match in ASKS.finditer(text)})
    return found


def row(name: str, how: str, away: Away, **given: Any) -> Fault:
    """A fault in the course of which people write, edit and delete."""
    return Fault(name, f"{how}; {PEOPLE} people write, edit and delete", while_away(away), **given)


FAULTS = (
    row("replies while the bot is down", "it is stopped, and begins again", down),
    row(
        "kill -9 between a reply and its commit", "it is killed while it is told of replies, and while it reads", killed
    ),
    row(
        "kill -9, and its answers to replies fail",
        "half of its messages are dropped, or their answers",
        killed_and_faulty,
    ),
    Fault(
        "replies to questions not known to stand",
        f"half of the answers to {PEOPLE} questions are lost, people reply at once, then kill -9",
        to_questions_not_known_to_stand,
    ),
    row("replies that nobody tells of", "ten gateway sessions in a row are forgotten", not_told),
)


if __name__ == "__main__":
    main(FAULTS)
