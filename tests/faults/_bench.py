"""One run's own world: a folder, a clock, a stand-in, a bot, and chance that can be repeated."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bot.store.db import open_database
from tests.faults._bot import Bot, Ended
from tests.faults._clock import Clock
from tests.standin import StandIn

FORGETS_NONCES_AFTER = 180.0  # seconds; Discord says "a few minutes"
SOON = timedelta(hours=1)  # a post that was late for its hour waits two hours more, and its draft says so
FACTOR = 60.0  # how much faster than the world the clock goes while the bot waits
LOOK_EVERY = 0.02  # the world's seconds between two looks at the database
SETTINGS = '[data]\nfolder = "data"\n[delivery]\nper_second = 50\ntick_seconds = 5\n'
POST = "post"
WAITING = "state IN ('owed', 'sending', 'unknown')"


class Owed(NamedTuple):
    """One question that somebody is to be asked on a local date, or their weekly post."""

    user: str
    on: str  # the date in ISO, or POST


@dataclass
class Bench:
    """What a fault is made with. `runs` is how often; `owed` all that was seeded.

    A script that knows of more than deliveries appends to `wrong` what it finds: "lost: ..." or "twice: ...".
    """

    folder: Path
    clock: Clock
    discord: StandIn
    bot: Bot
    chance: random.Random
    runs: int
    owed: list[Owed] = field(default_factory=list[Owed])
    wrong: list[str] = field(default_factory=list[str])
    circles: list[str] = field(default_factory=list[str])  # their channels
    posted: int = 0  # messages of the bot that came to stand at the stand-in

    def owe(self, people: int, *, late: float = 0.0, knows: bool = True, daily: bool = False) -> list[Owed]:
        """Seed new seekers whose check-in is due `late` seconds ago (below 0: ahead), and then weekly.

        `daily`: every day. Without `knows` the bot has to open their direct messages first.
        """
        due_at = self.clock.now() - timedelta(seconds=late)
        with self._seeding() as database:
            people_ids = [self._seeker(database, knows) for _ in range(people)]
            for _, person in people_ids:
                _ask(database, person, due_at, daily)
        new = [Owed(user, due_at.date().isoformat()) for user, _ in people_ids]
        self.owed += new
        return new

    def owe_posts(self, people: int, *, late: float = 0.0) -> list[Owed]:
        """Seed new seekers of one circle whose weekly post goes out by itself, `late` seconds ago; asked nothing."""
        posts_at = self.clock.now() - timedelta(seconds=late)
        with self._seeding() as database:
            people_ids = [self._seeker(database, knows=True) for _ in range(people)]
            self._join(database, [person for _, person in people_ids])
            for _, person in people_ids:
                _draft(database, person, posts_at)
        new = [Owed(user, POST) for user, _ in people_ids]
        self.owed += new
        return new

    def sit(self, people: int) -> list[str]:
        """Seed new seekers of one circle, who are asked nothing; who they are."""
        with self._seeding() as database:
            people_ids = [self._seeker(database, knows=True) for _ in range(people)]
            self._join(database, [person for _, person in people_ids])
        return [user for user, _ in people_ids]

    def join(self, user: str) -> None:
        """Give a seeker a circle of their own."""
        with self._seeding() as database:
            self._join(database, *database.execute("SELECT id FROM people WHERE external_id = ?", (user,)))

    def look(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the bot's database, read beside it."""
        with closing(sqlite3.connect(f"file:{self.bot.database}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    async def until(self, condition: Callable[[], Any], seconds: float = 180.0) -> Any:
        """The first true value of a condition, within the world's seconds; Ended where the bot ends before."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                if not self.bot.alive:
                    raise Ended(self.bot.newest_words())
                await asyncio.sleep(LOOK_EVERY)
        return value

    async def until_settled(self, seconds: float = 240.0) -> None:
        """Wait until everything that was seeded is planned and nothing waits any more; TimeoutError says what does."""
        try:
            await self.until(self._settled, seconds)
        except TimeoutError:
            waiting = self.look(f"SELECT id, state, attempts, try_at, why FROM deliveries WHERE {WAITING} LIMIT 5")
            raise TimeoutError(f"still waiting: {waiting} at {self.clock.now()}") from None

    async def dies(self) -> bool:
        """Wait until the bot has died by itself; false where it settled everything and lives on."""
        with suppress(Ended, TimeoutError):
            await self.until_settled()
            await self.bot.ended(seconds=0.5)
        return not self.bot.alive

    def _settled(self) -> bool:
        now = self.clock.now()
        due = "SELECT 1 FROM schedules WHERE next_at <= ?1 UNION ALL SELECT 1 FROM weeks WHERE posts_at <= ?2"
        soon = _at(now), _at(now + SOON)
        return not self.look(f"{due} UNION ALL SELECT 1 FROM deliveries WHERE {WAITING} LIMIT 1", *soon)

    @contextmanager
    def _seeding(self) -> Iterator[sqlite3.Connection]:
        assert not self.bot.alive, "only the bot itself writes into its database"
        with closing(sqlite3.connect(self.bot.database)) as database, database:
            yield database

    def _seeker(self, database: sqlite3.Connection, knows: bool) -> tuple[str, int]:
        user = self.discord.add_user("Ada")["id"]
        person = _insert(database, "people", platform="discord", workspace="", external_id=user, name="Ada")
        quiet = {"quiet_from": "00:00", "quiet_to": "00:00"}
        started_at = _at(self.clock.now() - timedelta(days=30))
        _insert(database, "seekers", person_id=person, zone="UTC", **quiet, started_at=started_at)
        if knows:
            _insert(database, "conversations", person_id=person, channel=self.discord.direct(user)["id"])
        return user, person

    def _join(self, database: sqlite3.Connection, people: Iterable[int]) -> None:
        """Into a circle of their own: three or more in one would share one post."""
        channel = self.discord.world.add_channel(self.discord.guild["id"], "friends") if self.circles else None
        self.circles.append((channel or self.discord.channel)["id"])
        place = {"platform": "discord", "workspace": self.discord.guild["id"], "external_id": self.circles[-1]}
        circle = _insert(database, "circles", **place, name="Friends", made_at=_at(self.clock.now()))
        for person in people:
            _insert(database, "memberships", person_id=person, circle_id=circle)

    def count(self, event: str, data: dict[str, Any]) -> None:
        """Hear of the bot's messages."""
        self.posted += event == "MESSAGE_CREATE" and data["author"]["id"] == self.discord.world.bot["id"]


@asynccontextmanager
async def bench(
    folder: Path, runs: int, seed: str, *, factor: float = FACTOR, forgets: float = FORGETS_NONCES_AFTER
) -> AsyncIterator[Bench]:
    """A bench in an empty folder; its clock goes `factor` times as fast as the world. The bot is killed at the end."""
    clock = _laid_out(folder, factor)
    async with StandIn(nonce_seconds=forgets) as discord:
        discord.world.clock, discord.world.monotonic = clock.true, clock.monotonic
        discord.gateway.heartbeat_ms = round(discord.gateway.heartbeat_ms / factor)
        bot = Bot(folder, discord, clock)
        await (await open_database(bot.database)).close()
        one = Bench(folder, clock, discord, bot, random.Random(seed), runs)
        discord.world.listeners.append(one.count)
        going = asyncio.create_task(clock.keep_going(lambda: bot.runs))
        try:
            yield one
        finally:
            await bot.kill()
            going.cancel()
            with suppress(asyncio.CancelledError):
                await going


def _laid_out(folder: Path, factor: float) -> Clock:
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
    return Clock.made(folder / "clock", factor)


def _ask(database: sqlite3.Connection, person: int, due_at: datetime, daily: bool) -> None:
    when = {"days": "0123456" if daily else str(due_at.weekday()), "at": f"{due_at:%H:%M}"}
    [(before,)] = database.execute("SELECT coalesce(max(id), 0) FROM schedules")
    _insert(
        database, "schedules", id=before + 1, person_id=person, ask="checkin", **when,
        next_on=due_at.date().isoformat(), next_at=_at(due_at),
    )  # fmt: skip


def _draft(database: sqlite3.Connection, person: int, posts_at: datetime) -> None:
    monday = posts_at.date() - timedelta(days=posts_at.weekday())
    _insert(
        database, "weeks", person_id=person, monday_on=monday.isoformat(), phase="drafted", words="A good week",
        posts_at=_at(posts_at), closes_at=_at(posts_at + timedelta(days=3)),
    )  # fmt: skip


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _insert(database: sqlite3.Connection, table: str, **values: Any) -> int:
    names: Collection[str] = values.keys()
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    return int(database.execute(sql, tuple(values.values())).lastrowid or 0)
