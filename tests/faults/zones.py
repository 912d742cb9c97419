"""Changes of clocks: every zone's nights, each asked for once, at the instant that the zone's wall shows first.

A run is one zone of tzdata: `python -m tests.faults.zones --runs 600` goes through all of them, and more runs go on
with the years that follow. What is right is told by a table of the zone's offsets, made by going through the hours of
the years in UTC; it shares nothing with the rule that is proved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import bootstrap
from bot.config import Config, Data
from bot.core.dates import EVERY_DAY
from bot.core.rhythm import next_due
from bot.core.zone import use_packaged_data
from bot.store.db import Value
from bot.usecases import rounds
from bot.usecases.app import App
from tests.faults._bench import Bench
from tests.faults._table import Fault, main

TELLING = (
    *("Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll"),
    *("Africa/Casablanca", "Europe/Dublin", "America/New_York", "Europe/Berlin", "Asia/Gaza", "America/Nuuk"),
)
NIGHT = [time(minutes // 60 % 24, minutes % 60) for minutes in range(22 * 60, 30 * 60 + 1, 15)]
YEARS, FIRST_YEAR = 2, 2026
MINUTE, HOUR = 60, 3600
FAR = 10**12


class Walls(NamedTuple):
    """A zone's wall clock over some years: from which UTC second on it is ahead of UTC by how many seconds."""

    begins: list[int]
    ahead: list[int]

    def first_shown(self, on: date, at: time) -> int:
        """The first UTC second at which the wall shows a date and time; for one it skips, as much after the gap."""
        wall = int(datetime.combine(on, at, UTC).timestamp())
        for begins, ahead, ends in zip(self.begins, self.ahead, [*self.begins[1:], FAR], strict=True):
            if begins <= wall - ahead < ends:
                return wall - ahead
        skipping = next(n for n, begins in enumerate(self.begins) if n and wall < begins + self.ahead[n])
        return wall - self.ahead[skipping - 1]


@lru_cache(maxsize=1024)
def walls(key: str, year: int) -> Walls:
    """The offsets of a zone from the end of the year before until two years later, found hour by hour."""
    zone = ZoneInfo(key)
    first = int(datetime(year - 1, 12, 20, tzinfo=UTC).timestamp())
    last = int(datetime(year + YEARS, 1, 10, tzinfo=UTC).timestamp())
    begins, ahead = [first], [_ahead(zone, first)]
    for before, after in pairwise(range(first, last, HOUR)):
        if _ahead(zone, after) != ahead[-1]:
            minutes = range(before + MINUTE, after + 1, MINUTE)
            begins.append(next(minute for minute in minutes if _ahead(zone, minute) != ahead[-1]))
            ahead.append(_ahead(zone, after))
    return Walls(begins, ahead)


def _ahead(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


# ------------------------------------------------------------------ every night of every zone


def expected(key: str, year: int, at: time) -> dict[date, int]:
    """When each night of two years is asked for, by what the wall shows."""
    known, first = walls(key, year), date(year, 1, 2)
    days = (date(year + YEARS, 1, 1) - first).days
    return {on: known.first_shown(on, at) for on in (first + timedelta(days=n) for n in range(days))}


def computed(key: str, year: int, at: time) -> Iterator[tuple[date, int]]:
    """When the rule asks, from the noon before the first night on."""
    zone, last_on = ZoneInfo(key), date(year, 1, 1)
    after = datetime(year, 1, 1, 12, tzinfo=zone).astimezone(UTC)
    while due := next_due(EVERY_DAY, at, zone, after, last_on):
        last_on, after = due
        if last_on >= date(year + YEARS, 1, 1):
            return
        yield last_on, int(after.timestamp())


def compared(what: str, wanted: dict[date, int], got: Iterable[tuple[date, int]]) -> Iterator[str]:
    """What is missed, asked for at another instant, or asked for twice."""
    found = list(got)
    times = Counter(on for on, _ in found)
    instants = dict(found)
    for on, second in wanted.items():
        if on not in instants:
            yield f"lost: {what} {on}"
        elif instants[on] != second:
            yield f"lost: {what} {on} is asked {instants[on] - second} seconds from when it was promised"
    yield from (f"twice: {what} {on}" for on, many in times.items() if many > 1)
    yield from (f"twice: {what} {on}, which was not to be asked for" for on in times.keys() - wanted.keys())


def zones(one: Bench) -> list[tuple[str, int]]:
    """The zone and first year of each run: those that tell most, then all others in a random order."""
    every = [key for key in files("tzdata").joinpath("zones").read_text("utf-8").split() if key != "Factory"]
    others = sorted(set(every) - set(TELLING))
    one.chance.shuffle(others)
    keys = [*TELLING, *others]
    return [(keys[run % len(keys)], FIRST_YEAR + YEARS * (run // len(keys))) for run in range(one.runs)]


async def by_the_rule(one: Bench) -> None:
    """Each quarter hour of the night, over two years, by the rule alone."""
    use_packaged_data()
    for key, year in zones(one):
        for at in NIGHT:
            what = f"{key} {at:%H:%M}"
            one.wrong += compared(what, expected(key, year, at), computed(key, year, at))


# ------------------------------------------------------------------ planned by the bot


async def by_the_bot(one: Bench) -> None:
    """A person in each zone, asked at a random time of the night, planned by the rounds into the database."""
    use_packaged_data()
    runs = [(number, *run, one.chance.choice(NIGHT)) for number, run in enumerate(zones(one), start=1)]
    first, last = min(year for _, _, year, _ in runs), max(year for _, _, year, _ in runs) + YEARS
    now = datetime(first, 1, 1, 12, tzinfo=UTC)
    config = Config(data=Data(folder=Path(one.folder) / "planned"))
    async with bootstrap.opened(config, lambda: now) as app:
        for number, key, year, at in runs:
            await _settle_in(app, number, key, year, at)
        while now < datetime(last, 1, 2, 18, tzinfo=UTC):
            now += timedelta(minutes=one.chance.randrange(5, 20 * 60))
            await rounds.plan(app)
        for number, key, year, at in runs:
            planned = await _planned(app, number, date(year + YEARS, 1, 1))
            one.wrong += compared(f"{key} {at:%H:%M}, planned,", expected(key, year, at), planned)


async def _settle_in(app: App, number: int, key: str, year: int, at: time) -> None:
    started = datetime(year, 1, 1, 12, tzinfo=UTC)
    on, due_at = date(year, 1, 2), datetime.fromtimestamp(expected(key, year, at)[date(year, 1, 2)], UTC)
    rows: list[tuple[str, tuple[Value, ...]]] = [
        ("people VALUES (?, 'discord', '', ?, 'A name')", (number, str(number))),
        ("seekers (person_id, zone, quiet_from, quiet_to, started_at) VALUES (?, ?, '00:00', '00:00', ?)",
         (number, key, _stored(started))),
        ("schedules (id, person_id, ask, days, at, next_on, next_at) VALUES (?1, ?1, 'checkin', '0123456', ?, ?, ?)",
         (number, f"{at:%H:%M}", on.isoformat(), _stored(due_at))),
    ]  # fmt: skip
    async with app.db.writing() as tx:
        for sql, values in rows:
            await tx.run(f"INSERT INTO {sql}", *values)


def _stored(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


async def _planned(app: App, number: int, before: date) -> list[tuple[date, int]]:
    rows = await app.db.reading.all(
        "SELECT local_on, due_at FROM occurrences WHERE person_id = ? AND local_on < ?", number, before.isoformat()
    )
    return [
        (date.fromisoformat(row["local_on"]), int(datetime.fromisoformat(row["due_at"]).timestamp())) for row in rows
    ]


FAULTS = (
    Fault(
        "changes of clocks",
        f"a zone of tzdata: each quarter hour from 22:00 to 06:00, {YEARS} years of nights; a night asked for at "
        "another instant counts as lost",
        by_the_rule,
    ),
    Fault(
        "changes of clocks, planned by the bot",
        f"a zone of tzdata: a random quarter hour of the night over {YEARS} years, rounds every 5 minutes to 20 hours",
        by_the_bot,
    ),
)


if __name__ == "__main__":
    main(FAULTS)
