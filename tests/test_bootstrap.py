"""The whole house built from settings: what it takes from them, its sign of life, and how it is shut down."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import tzdata

from bot import bootstrap, heartbeat
from bot.config import Config, Data, Delivery, Discord
from bot.config import Rhythm as RhythmSection
from bot.core.alert import Topic
from bot.core.people import Person, Quiet
from bot.core.rhythm import Ask
from bot.heartbeat import ALIVE_WITHIN, DEAF_AFTER, Hearing
from bot.store import alerts, backup
from bot.store.health import UnsafeSqlite
from bot.store.trouble import Busy
from bot.usecases import conversations
from cogs._client import Cairn, CannotReach
from tests.faults._bench import bench
from tests.standin.api import PREFIX
from tests.standin.faults import Kind
from tests.standin.server import TOKEN, StandIn
from tests.usecases.conftest import Desk, laid

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN, STOPS_WITHIN = 30.0, 10.0  # seconds
NEXT_DUE = "SELECT next_on, substr(next_at, 1, 16) FROM schedules ORDER BY id"  # to the minute


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_rules_get_the_hosts_settings() -> None:
    made = bootstrap.settings(Config(delivery=Delivery(late_hours=3, per_second=7)))
    assert (made.late, made.per_second) == (timedelta(hours=3), 7)
    assert {(plan.ask, tuple(sorted(plan.days)), plan.at) for plan in made.plans} == {
        (Ask.CHECKIN, (0, 1, 2, 3, 4), time(17, 30)),
        (Ask.REFLECTION, (2,), time(19)),
        (Ask.WEEK, (6,), time(18)),
    }
    assert (made.quiet, made.morning) == (Quiet(time(22), time(8)), time(9))
    assert RhythmSection().morning == made.morning


def test_the_host_is_known_by_platform_and_id() -> None:
    made = bootstrap.settings(Config(discord=Discord(host="80351110224678912")))
    assert made.host == Person("discord", "", "80351110224678912")
    assert bootstrap.settings(Config()).host is None


async def test_the_app_is_closed_with_all_folded_into_one_file(tmp_path: Path) -> None:
    async with bootstrap.opened(Config(data=Data(tmp_path))) as app:
        async with app.db.writing() as tx:
            await tx.run("INSERT INTO facts (name, value) VALUES ('a', '1')")
        assert app.now().tzinfo is UTC
    assert names(tmp_path) == ["cairn.sqlite3", "lock"]


# ------------------------------------------------------------------ the sign of life


@dataclass
class Watch:
    now: datetime = datetime(2026, 1, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_sign_of_life_tells_its_age_and_leaves_nothing_else(tmp_path: Path) -> None:
    now = Watch().now
    assert heartbeat.age(tmp_path, now) is None
    heartbeat.beat(tmp_path, now)
    assert heartbeat.age(tmp_path, now + timedelta(seconds=30)) == timedelta(seconds=30)
    assert heartbeat.age(tmp_path, now - timedelta(hours=1)) == -timedelta(hours=1)
    assert names(tmp_path) == ["heartbeat"]


def test_half_a_sign_of_life_is_none(tmp_path: Path) -> None:
    (tmp_path / "heartbeat").write_text("2026-", encoding="ascii")
    assert heartbeat.age(tmp_path, Watch().now) is None


async def test_a_short_loss_of_the_line_is_nothing_and_a_long_one_is_deafness() -> None:
    watch = Watch()
    hearing = Hearing(watch)
    await hearing.found()
    watch.now += timedelta(days=3)
    assert hearing.hears
    await hearing.lost()
    watch.now += DEAF_AFTER
    await hearing.lost()
    assert hearing.hears
    watch.now += timedelta(seconds=1)
    assert not hearing.hears
    await hearing.found()
    assert hearing.hears


def test_a_line_that_never_stood_is_deafness_after_a_while() -> None:
    watch = Watch()
    hearing = Hearing(watch)
    assert hearing.hears
    watch.now += DEAF_AFTER + ALIVE_WITHIN
    assert not hearing.hears


# ------------------------------------------------------------------ what was refused


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The App on paper; Maya has begun."""
    async with laid(tmp_path) as made:
        await made.begin()
        yield made


async def test_what_was_refused_is_read_although_an_earlier_reading_goes_on(desk: Desk) -> None:
    earlier_ends = asyncio.Event()

    async def earlier() -> None:
        await earlier_ends.wait()

    async with Cairn(desk.app) as bot:
        round_ = _round(desk, bot)
        round_._read(lambda app: app.reading.run(earlier))
        desk.app.db.refused = Busy("another program holds the database")

        await round_._keep_up()
        earlier_ends.set()
        await asyncio.gather(*round_._readings)

    assert desk.paper.count("written") == 1


def _round(desk: Desk, bot: Cairn) -> bootstrap._Round:
    return bootstrap._Round(desk.app, bot, Hearing(desk.app.now), Config(data=Data(desk.path.parent)))


# ------------------------------------------------------------------ the upkeep, once a minute


async def test_once_a_minute_a_round_keeps_up(desk: Desk) -> None:
    desk.paper.unreadable = True
    await conversations.catch_up(desk.app)
    desk.paper.unreadable = False

    async with Cairn(desk.app) as bot:
        for _ in range(1000):
            bot.breaker.count(429)
        round_ = _round(desk, bot)
        found = [await _kept_up(desk, round_)]
        round_._kept_up -= bootstrap.UPKEEP_EVERY
        found.append(await _kept_up(desk, round_))

    assert found == [(0, 1, []), (1, 2, [Topic.REFUSALS])]


async def _kept_up(desk: Desk, round_: bootstrap._Round) -> tuple[int, int, list[Topic]]:
    """After a round: the copies, how often the chat was read, and what the host was told."""
    await round_()
    await asyncio.gather(*round_._readings)
    told = [alert.topic for alert in await alerts.lasting(desk.app.db.reading)]
    return len(backup.listed(desk.path.parent / "backups")), desk.paper.count("written"), told


# ------------------------------------------------------------------ beside Litestream


async def test_beside_litestream_the_log_is_its_own_to_fold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.health.may_reset_wal", lambda: False)
    async with bootstrap.opened(Config(data=Data(tmp_path, litestream=True))) as app, app.db.writing() as tx:
        folded_after = await tx.one("PRAGMA wal_autocheckpoint")
    assert folded_after
    assert folded_after[0] == 0


async def test_with_a_sqlite_that_litestream_could_do_harm_with_it_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.health.may_reset_wal", lambda: True)
    with pytest.raises(UnsafeSqlite, match="litestream is on, and SQLite"):
        async with bootstrap.opened(Config(data=Data(tmp_path, litestream=True))):
            pass
    assert names(tmp_path) == []


# ------------------------------------------------------------------ the process


async def begin(data: Path, discord: StandIn) -> asyncio.subprocess.Process:
    launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run")
    env = os.environ | {"CAIRN_DISCORD_TOKEN": TOKEN, "CAIRN_DATA": str(data)}
    return await asyncio.create_subprocess_exec(
        sys.executable, *launch, cwd=ROOT, env=env, stderr=asyncio.subprocess.PIPE
    )


async def end(bot: asyncio.subprocess.Process, within: float = STOPS_WITHIN) -> str:
    _, told = await asyncio.wait_for(bot.communicate(), within)
    return told.decode()


def _trouble(told: str) -> str:
    """What a process told from its first traceback on."""
    return told[told.find("Traceback") :] if "Traceback" in told else ""


def look(data: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data / "cairn.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


async def test_what_begins_when_all_is_to_end_ends_before_the_database_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "HANDLERS_END_WITHIN", 0.05)
    begun: list[asyncio.Task[object]] = []

    async def begins_another() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            begun.append(asyncio.create_task(asyncio.Event().wait()))

    first = asyncio.create_task(begins_another())
    await bootstrap._handlers_end()

    assert first.cancelled()
    assert [task.cancelled() for task in begun] == [True]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_in_the_middle_of_a_round_it_ends_in_order(stop: signal.Signals, tmp_path: Path) -> None:
    async with StandIn() as discord:
        bot = await begin(tmp_path, discord)
        await discord.ready()  # the first round runs from the very start
        bot.send_signal(stop)
        told = await end(bot)
    assert (bot.returncode, _trouble(told)) == (0, "")
    assert told.rstrip().endswith("bot.bootstrap: stopped")
    assert names(tmp_path) == ["cairn.sqlite3", "heartbeat", "lock"]
    assert look(tmp_path, "PRAGMA integrity_check") == [("ok",)]


async def test_killed_it_starts_again_on_the_same_file(tmp_path: Path) -> None:
    ended: list[tuple[str, int | None]] = []
    async with StandIn() as discord:
        for times, stop in enumerate((signal.SIGKILL, signal.SIGTERM), start=1):
            bot = await begin(tmp_path, discord)
            await discord.ready(times)
            bot.send_signal(stop)
            ended.append((await end(bot), bot.returncode))
    assert [(status, _trouble(told)) for told, status in ended] == [(-signal.SIGKILL, ""), (0, "")]
    assert look(tmp_path, "PRAGMA integrity_check") == [("ok",)]


async def test_what_was_on_its_way_when_it_was_killed_is_looked_for_at_the_start(tmp_path: Path) -> None:
    hello = "'00000000000000000000', id, 'hello', id, 'person', platform, workspace, external_id, 'sending'"
    async with bench(tmp_path / "run", 1, "start") as one:
        one.sit(1)
        claimed_at, claimed_until = (one.clock.now() + timedelta(hours=hours) for hours in (-1, 24))
        with closing(sqlite3.connect(one.bot.database)) as database, database:
            database.execute(
                "INSERT INTO deliveries (id, person_id, kind, subject, to_kind, to_platform, to_workspace, to_id,"
                f" state, due_at, claimed_at, try_at) SELECT {hello}, ?1, ?1, ?2 FROM people",
                (claimed_at.isoformat(), claimed_until.isoformat()),
            )
        await one.bot.begin_and_be_ready()
        await one.until(lambda: one.look("SELECT state FROM deliveries") == [("late",)], STARTS_WITHIN)
        await one.bot.stop()
    assert one.posted == 1
    assert "1 deliveries were on their way when this stopped; they are looked for" in one.bot.newest_words()


async def test_the_start_puts_the_time_right_and_says_how_late_the_last_of_a_crowd_comes(tmp_path: Path) -> None:
    async with bench(tmp_path / "run", 1, "start") as one:
        one.owe(2, late=-3600, daily=True)
        due = one.look(NEXT_DUE)
        with closing(sqlite3.connect(one.bot.database)) as database, database:
            database.execute("INSERT INTO facts (name, value) VALUES ('tzdata', '1996a')")
            database.execute("UPDATE schedules SET next_at = replace(next_at, 'T11', 'T12') WHERE id = 1")
            database.execute(
                "UPDATE schedules SET next_on = '2027-03-04', next_at = '2027' || substr(next_at, 5) WHERE id = 2"
            )
        await one.bot.begin_and_be_ready()
        at_the_start = one.look(NEXT_DUE), one.look("SELECT value FROM facts WHERE name = 'tzdata'")
        await one.until(lambda: "the busiest minute of this week is" in one.bot.newest_words(), STARTS_WITHIN)
        await one.bot.stop()
    assert at_the_start == (due, [(tzdata.IANA_VERSION,)])
    assert "2 are due, 0 of them in new conversations; the last 0 s late" in one.bot.newest_words()


async def test_a_token_that_is_reset_while_it_runs_ends_it_in_words(tmp_path: Path) -> None:
    async with StandIn() as discord:
        bot = await begin(tmp_path, discord)
        await discord.ready()
        await discord.reset_token()
        told = await end(bot)
    assert bot.returncode == 1
    assert told.splitlines()[-1].startswith("Discord ended the connection for good (code 4004)")
    assert names(tmp_path) == ["cairn.sqlite3", "heartbeat", "lock"]


async def test_a_damaged_database_ends_it_in_words(tmp_path: Path) -> None:
    async with bootstrap.opened(Config(data=Data(tmp_path))) as app, app.db.writing() as tx:
        await tx.run("CREATE INDEX by_value ON facts (value)")
        await tx.run("INSERT INTO facts (name, value) VALUES ('a', '1')")
        await tx.run("PRAGMA writable_schema = ON")
        await tx.run("UPDATE sqlite_schema SET sql = replace(sql, '(value)', '(name)') WHERE name = 'by_value'")
    async with StandIn() as discord:
        bot = await begin(tmp_path, discord)
        told = await end(bot, STARTS_WITHIN + STOPS_WITHIN)
    assert bot.returncode == 1
    assert (
        "cairn.sqlite3 is damaged (row 1 missing from index by_value). `cairn backups` lists" in told.splitlines()[-1]
    )


async def test_a_sign_of_life_that_cannot_be_written_stops_no_round(tmp_path: Path) -> None:
    (tmp_path / "heartbeat.new").mkdir()
    async with StandIn() as discord:
        bot = await begin(tmp_path, discord)
        await discord.ready()
        bot.send_signal(signal.SIGTERM)
        told = await end(bot)
    assert (bot.returncode, "Traceback" in told) == (0, False)
    assert told.count("the sign of life cannot be written") == 1


async def test_without_a_network_it_says_so_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9")
    with pytest.raises(CannotReach, match=r"I can't reach Discord .* Check the network"):
        await bootstrap.run(Config(data=Data(tmp_path)), TOKEN)
    assert names(tmp_path) == ["cairn.sqlite3", "lock"]


@pytest.mark.parametrize(
    ("fault", "on", "words"),
    [
        ("error", "GET /users/@me", "Discord answered with an error"),
        ("error", "PUT .*/commands", "Discord answered with an error"),
        ("dropped", "PUT .*/commands", "I can't reach Discord"),
    ],
)
async def test_a_discord_that_has_trouble_at_the_start_is_told(
    fault: Kind, on: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with StandIn() as discord:
        monkeypatch.setattr("discord.http.Route.BASE", f"{discord.url}{PREFIX}")
        discord.break_with(error_status=403)
        discord.plan(fault, on, times=9)
        with pytest.raises(CannotReach, match=words):
            await bootstrap.run(Config(data=Data(tmp_path)), TOKEN)
