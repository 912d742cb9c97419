"""The power fails: of the database's files only what was synced survives, the rest by sectors or not at all.

People write and fill forms while the bot's disk is recorded. For moments at which somebody was told "kept", and for as
many that chance picks, the disk is rebuilt as a power loss at that moment leaves it, and opened with plain SQLite. Then
the process loses its power too, and the next one goes on with the last of these disks.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults._bench import Bench
from tests.faults._disk import Disk, Platter
from tests.faults._people import Chat, text_of
from tests.faults._table import Fault, main
from tests.faults._tally import keys_of

PEOPLE = 6
MESSAGES = 4  # written by each of them, and one form
NAME = "cairn.sqlite3"
CUTS = 2 * PEOPLE * (MESSAGES + 1)  # looked at in each life of a process


class Kept(NamedTuple):
    """Words that their writer was told are kept, and when."""

    moment: int
    user: str
    words: str


class Stands(NamedTuple):
    """A delivery that came to stand at the platform, and when."""

    moment: int
    key: str


class Witness:
    """Hears what the bot says, and notes each time how far its disk was written."""

    def __init__(self, disk: Disk) -> None:
        self.kept: list[Kept] = []
        self.stands: list[Stands] = []
        self._disk = disk
        self._waiting: dict[str, tuple[str, str]] = {}  # by channel: who waits to be told that which words are kept

    def expect(self, chat: Chat, words: str) -> None:
        """Somebody is about to write or to send these words."""
        self._waiting[chat.channel] = (chat.user, words)

    def hear(self, event: str, data: dict[str, Any]) -> None:
        """A listener of the stand-in's world."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return
        if "nonce" in data and (key := keys_of(data)):
            self.stands.append(Stands(self._disk.written, key.pop()))
        user, words = self._waiting.get(data["channel_id"], ("", ""))
        shown = text_of(data)
        if user and data["author"]["id"] != user and (words in shown or shown.lstrip().startswith("Kept")):
            self.kept.append(Kept(self._disk.written, user, words))
            del self._waiting[data["channel_id"]]


async def cut(bench: Bench, **pragmas: str) -> None:
    """Let the power fail until `runs` moments were looked at, and let the bot go on from there."""
    kept: list[Kept] = []
    for looked in range(0, bench.runs, CUTS):
        kept += await _one_life(bench, kept, min(CUTS, bench.runs - looked), pragmas)
    await bench.bot.begin_and_be_ready()
    await bench.until_settled()
    await bench.bot.stop()
    bench.wrong += missing(bench.bot.data, kept, ())


async def _one_life(bench: Bench, earlier: list[Kept], cuts: int, pragmas: dict[str, str]) -> list[Kept]:
    """Run a process until its power fails, look at its disk at so many moments; what it said is kept."""
    people = bench.owe(PEOPLE)
    platter = Platter({path.name: path.read_bytes() for path in bench.bot.data.glob(f"{NAME}*")})
    disk = Disk(bench.folder / "disk", **pragmas)
    witness = Witness(disk)
    bench.discord.world.listeners.append(witness.hear)
    await bench.bot.begin_and_be_ready("--disk", str(bench.folder / "disk"))
    await asyncio.gather(*(_tell(Chat(bench.discord, one.user), witness, bench.chance) for one in people))
    await bench.bot.kill()
    bench.discord.world.listeners.remove(witness.hear)
    for moment in _replayed(platter, disk, _moments(witness, disk, cuts, bench.chance)):
        kept = [*earlier, *(one for one in witness.kept if one.moment <= moment)]
        stands = [one for one in witness.stands if one.moment <= moment]
        for chance in (None, bench.chance):
            bench.wrong += _found(bench.folder / "found", platter.after_power_loss(chance), kept, stands)
    _lay(bench.bot.data, platter.after_power_loss(bench.chance))
    return [one._replace(moment=0) for one in witness.kept]


async def _tell(chat: Chat, witness: Witness, chance: random.Random) -> None:
    """One person's answers, one after the other."""
    await chat.until("answer")
    for _ in range(MESSAGES):
        words = _some_words(chance)
        witness.expect(chat, words)
        await chat.write(words)
    words = _some_words(chance)
    witness.expect(chat, words)
    await chat.fill(await chat.until("change"), "change", {"next": words})


def _some_words(chance: random.Random) -> str:
    return " ".join(f"{chance.randrange(16**6):06x}" for _ in range(chance.randint(1, 12)))


def _moments(witness: Witness, disk: Disk, most: int, chance: random.Random) -> list[int]:
    """When somebody was told "kept", and as many moments by chance."""
    told = [one.moment for one in witness.kept]
    return sorted(told[: most // 2] + [chance.randint(0, disk.written) for _ in range(most - len(told[: most // 2]))])


def _replayed(platter: Platter, disk: Disk, moments: list[int]) -> Iterator[int]:
    """Each of the moments, while the platter is as it was then; the last is the end."""
    ahead = iter([*moments, disk.written])
    moment = next(ahead)
    for end, step in disk.steps():
        while moment < end:
            yield moment
            moment = next(ahead)
        platter.take(step)
    yield moment


def _lay(data: Path, files: dict[str, bytes]) -> None:
    data.mkdir(exist_ok=True)
    for path in data.glob(f"{NAME}*"):
        path.unlink()
    for name, content in files.items():
        (data / name).write_bytes(content)


def _found(data: Path, files: dict[str, bytes], kept: Iterable[Kept], stands: Iterable[Stands]) -> list[str]:
    _lay(data, files)
    try:
        return missing(data, kept, stands)
    except sqlite3.DatabaseError as error:
        return [f"lost: the database cannot be read: {error}"]


def missing(data: Path, kept: Iterable[Kept], stands: Iterable[Stands]) -> list[str]:
    """What a database does not hold although somebody was told so, and what it would send again."""
    with closing(sqlite3.connect(data / NAME)) as database:
        found = dict[str, str]()
        for user, answers in database.execute(
            "SELECT external_id, answers FROM entries JOIN people ON people.id = person_id"
        ):
            found[user] = found.get(user, "") + "\n".join(str(value) for value in json.loads(answers).values()) + "\n"
        states = dict(database.execute("SELECT id, state FROM deliveries").fetchall())
        wrong = [f"lost: {told}" for (told,) in database.execute("PRAGMA integrity_check") if told != "ok"]
    wrong += [f"lost: {one}" for one in kept if one.words not in found.get(one.user, "").splitlines()]
    return wrong + [f"twice: {one} is {states.get(one.key)}" for one in stands if states.get(one.key) in (None, "owed")]


FAULTS = (
    Fault(
        "power loss",
        "the disk holds what was synced, and by chance sectors of the rest; looked at whenever somebody was told "
        "that their words are kept, and as often in between",
        cut,
    ),
)

if __name__ == "__main__":
    main(FAULTS)
