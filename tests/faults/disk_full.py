"""The disk is full from one write on, or errs at every n-th: a small day, from the start of the process to an erasure.

In each run three people are due: Ada writes back, Bo fills the form, Cy has a weekly draft, posts it, leaves and has
everything erased. From the n-th write of the process on its disk is full, or each n-th write is answered with an error:
what somebody does then is done, or refused in words. Once that was felt all is well again, and the same process has to
go on by itself: what was owed goes out
once, what Ada wrote is taken from the chat without her doing anything; what was pressed is pressed again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any, NamedTuple

from tests.faults._bench import Bench, Owed
from tests.faults._bot import Ended
from tests.faults._disk import Disk, Done
from tests.faults._people import REFUSED, Chat, owe_draft, text_of
from tests.faults._sound import answers_of, unsound
from tests.faults._table import Fault, main
from tests.faults._tally import keys_of

LATER = "Try again in a few minutes"
MOST_TRIES = 2
A_FEW_MINUTES = timedelta(minutes=2)
IN_WORDS = ("I ", "The ")  # how what it says begins where it cannot start; an error begins with its own name
MOST_BETWEEN = 60  # writes, from one error to the next
FELT = 3  # refusals after which there is room again, where nobody waits for an answer
WORDS = "Wrote to two old colleagues"
FORM = {"mood": ["4"], "done": "Sent the form", "next": "Sleep early"}
WEEK = {"words": "A week of small steps"}


class Day(NamedTuple):
    """One run: its people, its disk, and how often each of the bot's deliveries arrived, by channel."""

    bench: Bench
    disk: Disk
    ada: Chat
    bo: Chat
    cy: Chat
    arrived: dict[str, Counter[str]]

    def hear(self, event: str, data: dict[str, Any]) -> None:
        """A listener of the stand-in's world."""
        if event == "MESSAGE_CREATE" and "nonce" in data:
            self.arrived.setdefault(data["channel_id"], Counter()).update(keys_of(data))


async def fill(bench: Bench) -> None:
    """Have the disk full at another write in each run, spread over a whole day."""
    writes, _ = await _live(bench, "nothing happens", lambda _: None)
    felt = 0
    for run in range(bench.runs):
        number = 1 + int((run + bench.chance.random()) * writes / bench.runs)
        _, refused = await _live(bench, f"full at write {number}", lambda disk, number=number: disk.fill(number))
        felt += refused > 0
    if felt < bench.runs / 2:
        bench.wrong.append(f"lost: the fault itself; the disk was full in {felt} days only")


async def err(bench: Bench) -> None:
    """Have the disk answer with an error at another interval in each run, from each write to each sixtieth."""
    felt = 0
    for _ in range(bench.runs):
        every = round(MOST_BETWEEN ** bench.chance.random())
        _, refused = await _live(bench, f"an error at each write of {every}", lambda disk, every=every: disk.err(every))
        felt += refused > 0
    if felt < bench.runs / 2:
        bench.wrong.append(f"lost: the fault itself; the disk erred in {felt} days only")


async def _live(bench: Bench, how: str, harm: Callable[[Disk], None]) -> tuple[int, int]:
    """One day; how often the process wrote, and how often it could not."""
    owed = bench.owe(3)
    disk = Disk(bench.folder / "disk")
    ada, bo, cy = (Chat(bench.discord, one.user) for one in owed)
    day = Day(bench, disk, ada, bo, cy, {})
    bench.discord.world.listeners.append(day.hear)
    owe_draft(bench, day.cy.user)
    harm(disk)
    before = len(bench.wrong)
    try:
        await _begin(day)
        await _arrived(day)
        for act in (_answered_by_message, _answered_by_form, _posted, _erased):
            await act(day)
        disk.make_room()
        await bench.until_settled()
        await bench.bot.stop()
    except (Ended, TimeoutError) as error:
        bench.wrong.append(f"lost: a day that did not end: {error}")
        await bench.bot.kill()
    bench.discord.world.listeners.remove(day.hear)
    bench.wrong += _wrong(day)
    bench.wrong[before:] = [f"{one} ({how})" for one in bench.wrong[before:]]
    _forget(day, owed[2])
    return sum(step.done is Done.WRITE for _, step in disk.steps()), disk.refused


# ------------------------------------------------------------------ the acts of a day


async def _begin(day: Day) -> None:
    """Start it; where the disk does not let it, it says so and is started again."""
    disk = ("--disk", str(day.disk.journal.parent))
    try:
        await day.bench.bot.begin_and_be_ready(*disk)
    except Ended as error:
        if not (day.disk.fails and str(error).rstrip().splitlines()[-1].startswith(IN_WORDS)):
            raise
        day.disk.make_room()
        await day.bench.bot.begin_and_be_ready(*disk)


async def _arrived(day: Day) -> None:
    """Wait for the questions and the draft."""

    def all_there() -> bool:
        return bool(day.ada.newest("answer") and day.bo.newest("answer") and day.cy.newest("edit"))

    await _until(day, all_there)


async def _until(day: Day, there: Callable[[], bool]) -> None:
    """Wait for what the bot does by itself; there is room again where the disk keeps it from that."""
    await day.bench.until(lambda: there() or day.disk.refused >= FELT)
    if not there():
        day.disk.make_room()
    await day.bench.until(there)


async def _answered_by_message(day: Day) -> None:
    told = await day.ada.write(WORDS)
    if REFUSED not in told:
        return _expect(day, "Kept", told)
    day.disk.make_room()
    return await day.bench.until(lambda: answers_of(day.bench, day.ada.user))


async def _answered_by_form(day: Day) -> None:
    question = await day.bo.until("answer")
    await _again(day, FORM["next"], lambda: day.bo.fill(question, "answer", FORM))


async def _posted(day: Day) -> None:
    draft = await day.cy.until("edit")
    await _again(day, WEEK["words"], lambda: day.cy.fill(draft, "edit", WEEK))
    draft = await day.cy.until("post")
    await _again(day, "posted", lambda: day.cy.press(draft, "post"))
    await _until(day, lambda: bool(day.arrived.get(day.bench.circles[-1])))


async def _erased(day: Day) -> None:
    async def leave() -> str:
        return text_of(await day.cy.command("leave"))

    await _again(day, "You have left", leave)
    left = await day.cy.until("erase")
    await _again(day, "is erased", lambda: day.cy.press(left, "erase"))


async def _again(day: Day, done: str, act: Callable[[], Awaitable[str]]) -> None:
    """Do something, and where it is refused do it again: once there is room, or later where the words say so."""
    told = await act()
    for _ in range(MOST_TRIES):
        if REFUSED not in told and LATER not in told:
            break
        day.disk.make_room()
        until = day.bench.clock.now() + A_FEW_MINUTES * (LATER in told)
        await day.bench.until(lambda until=until: day.bench.clock.now() >= until)
        told = await act()
    _expect(day, done, told)


def _expect(day: Day, words: str, told: str) -> None:
    if words.casefold() not in told.casefold():
        day.bench.wrong.append(f"lost: somebody who waited for “{words}” read “{told.strip()}”")


# ------------------------------------------------------------------ what has to be true of a day


def _wrong(day: Day) -> Iterator[str]:
    """What is not as it has to be once all is well again."""
    yield from unsound(day.bench)
    for chat, answer in ((day.ada, {"done": WORDS}), (day.bo, {**FORM, "mood": 4})):
        if (found := answers_of(day.bench, chat.user)) != [answer]:
            yield f"lost: instead of {answer} there is {found}"
    if day.bench.look("SELECT 1 FROM people WHERE external_id = ?", day.cy.user):
        yield "lost: the wish to be erased"
    for channel, most in ((day.cy.channel, 2), (day.bench.circles[-1], 1)):
        arrived = day.arrived.get(channel, Counter())
        if len(arrived) != most or arrived.total() != most:
            yield f"{'twice' if arrived.total() > most else 'lost'}: of {most} messages there arrived {arrived}"


def _forget(day: Day, owed: Owed) -> None:
    """What was erased, or should have been, is nothing to be counted at the end."""
    day.bench.owed.remove(owed)
    with closing(sqlite3.connect(day.bench.bot.database)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM people WHERE external_id = ?", (day.cy.user,))
    for message in day.cy.read():
        day.bench.discord.unsay(day.cy.channel, message["id"])


FAULTS = (
    Fault(
        "full disk",
        "SQLITE_FULL from the n-th write of a day on: the start, questions, answers by message and form, a draft, a "
        "post, an erasure; then room again, the process goes on",
        fill,
    ),
    Fault(
        "a disk that errs",
        "SQLITE_IOERR at every n-th write or sync of such a day, n up to 60; then it is well again, the process goes "
        "on",
        err,
    ),
)

if __name__ == "__main__":
    main(FAULTS)
