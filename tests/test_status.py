"""The port for machines: healthy or not, and numbers without anybody's name."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot import status
from bot.core.alert import Topic
from bot.core.delivery import Cause, Unreachable
from bot.core.host import Line
from bot.status import PortTaken, Signs
from bot.store import facts
from bot.usecases import _reach, host
from tests.standin.server import TOKEN, StandIn
from tests.usecases.conftest import ARRIVES_UNHEARD, MAYA, Desk, laid

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An open App on paper, with Maya."""
    async with laid(tmp_path) as made:
        await made.begin()
        yield made


class Signed:
    """Signs of life that a test can change."""

    def __init__(self, desk: Desk) -> None:
        self.beat: timedelta | None = timedelta(seconds=4)
        self.line = Line(desk.now, 0.05)
        self.signs = Signs(lambda: self.beat, lambda: self.line)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def scraped(desk: Desk, signed: Signed, **waits: float) -> dict[str, float]:
    """The samples of a second scrape, some time after the first."""
    port = free_port()
    async with status.serving(desk.app, port, signed.signs):
        await get(port, "/metrics")
        await desk.wait(**waits)
        return samples(await get(port, "/metrics"))


def samples(answer: tuple[int, str]) -> dict[str, float]:
    """What a scrape told, by name."""
    code, text = answer
    assert code == 200
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_a_living_bot_is_healthy_and_says_how_it_is(desk: Desk) -> None:
    port, signed = free_port(), Signed(desk)

    async with status.serving(desk.app, port, signed.signs):
        code, text = await get(port, "/healthz")

    assert code == 200
    told = json.loads(text)
    disk, versions = told.pop("disk"), told.pop("versions")
    assert told == {
        "alive": True, "heartbeat_seconds": 4.0, "connected": True, "latency_seconds": 0.05, "sending_rests": False,
        "database": True, "due": 0, "behind_seconds": 0.0, "unknown": 0,
        "last_24_hours": {"sent": 2, "late": 0, "expired": 0, "unreachable": 0},
        "people_closed": 0, "channels_lost": 0, "backed_up_at": None, "alerts": [],
    }  # fmt: skip
    assert 0 < disk["database"] < disk["free"] < disk["total"]
    assert {"Cairn", "Python", "SQLite", "tzdata", "tables"} == versions.keys()


async def test_a_heartbeat_of_this_very_instant_is_one(desk: Desk) -> None:
    signed = Signed(desk)
    signed.beat = timedelta()

    healthy, told = await status.health(desk.app, signed.signs)

    assert healthy
    assert json.loads(json.dumps(told))["heartbeat_seconds"] == 0


@pytest.mark.parametrize("beat", [None, timedelta(minutes=5), timedelta(minutes=-5)])
async def test_without_a_heartbeat_it_is_not_healthy(desk: Desk, beat: timedelta | None) -> None:
    signed = Signed(desk)
    signed.beat = beat

    healthy, told = await status.health(desk.app, signed.signs)

    assert not healthy
    assert told["alive"] is False


async def test_what_is_not_healthy_is_answered_with_503(desk: Desk) -> None:
    port, signed = free_port(), Signed(desk)
    signed.beat = None

    async with status.serving(desk.app, port, signed.signs):
        code, text = await get(port, "/healthz")

    assert (code, json.loads(text)["alive"]) == (503, False)


async def test_a_database_that_cannot_be_read_is_not_healthy(desk: Desk) -> None:
    async with desk.app.db.writing() as tx:
        await tx.run("DROP TABLE alerts")

    healthy, told = await status.health(desk.app, Signed(desk).signs)

    assert not healthy
    assert told["database"] is False


async def test_a_lost_connection_and_what_lasts_are_told(desk: Desk) -> None:
    signed = Signed(desk)
    signed.line = Line(None, rests_until=desk.now)
    async with desk.app.db.writing() as tx:
        await _reach.raise_alert(desk.app, tx, Topic.DISK_LOW, "disk")

    healthy, told = await status.health(desk.app, signed.signs)

    assert healthy  # the heartbeat stops by itself where the connection does not come back
    assert (told["connected"], told["sending_rests"], told["alerts"]) == (False, True, ["disk-low"])


async def test_the_metrics_count_what_ended_once(desk: Desk) -> None:
    desk.paper.refuses[MAYA.id] = Unreachable("closed", cause=Cause.CLOSED)
    found = await scraped(desk, Signed(desk), days=1)
    later = await scraped(desk, Signed(desk), minutes=5)

    assert found['cairn_deliveries_ended_total{state="unreachable"}'] == 0  # within the last minute: counted next
    assert later['cairn_deliveries_ended_total{state="unreachable"}'] == 0  # before this process
    assert later["cairn_people_closed"] == 1
    assert later['cairn_alerts{topic="closed"}'] == 1
    assert later["cairn_connected"] == 1
    assert later["cairn_heartbeat_age_seconds"] == 4


async def test_every_metric_tells_what_the_host_sees(desk: Desk) -> None:
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    async with desk.app.db.writing() as tx:
        await facts.put(tx, facts.BACKED_UP_AT, (desk.now - timedelta(hours=2)).isoformat())
    desk.now += timedelta(minutes=10)
    signed, port = Signed(desk), free_port()
    signed.line = Line(desk.now, 0.087, rests_until=desk.now)

    async with status.serving(desk.app, port, signed.signs):
        told = samples(await get(port, "/metrics"))
        seen = await host.look(desk.app)

    assert {name: told[f"cairn_{name}"] for name in status.GAUGES} == {
        "deliveries_due": 1, "deliveries_unknown": 1, "behind_seconds": seen.behind.total_seconds(),
        "people_closed": 0, "channels_lost": 0, "backup_age_seconds": 7800,
        "disk_free_bytes": pytest.approx(seen.disk.free, rel=0.5), "disk_size_bytes": seen.disk.total,
        "database_bytes": seen.disk.database, "connected": 1, "latency_seconds": 0.087, "sending_rests": 1,
        "heartbeat_age_seconds": 4,
    }  # fmt: skip
    assert seen.behind > timedelta(minutes=9)
    assert {
        f'cairn_versions_info{{part="{part}",version="{version}"}}' for part, version in seen.versions
    } <= told.keys()


async def test_what_ended_since_the_start_is_counted(desk: Desk) -> None:
    signed, port = Signed(desk), free_port()
    async with status.serving(desk.app, port, signed.signs):
        await desk.until(2, 17, 30)
        await desk.wait(minutes=5)
        for _ in range(2):
            _, text = await get(port, "/metrics")
            assert 'cairn_deliveries_ended_total{state="sent"} 1.0' in text


async def test_scrapes_at_the_same_moment_count_once(desk: Desk) -> None:
    signed, port = Signed(desk), free_port()
    async with status.serving(desk.app, port, signed.signs):
        await desk.until(2, 17, 30)
        await desk.wait(minutes=5)
        told = await asyncio.gather(*(get(port, "/metrics") for _ in range(8)))
    assert all('cairn_deliveries_ended_total{state="sent"} 1.0' in text for _, text in told)


async def test_after_a_clock_that_was_ahead_counting_goes_on(desk: Desk) -> None:
    signed, metrics = Signed(desk), status.Metrics(desk.now + timedelta(days=365))
    await desk.wait(minutes=5)
    await metrics.text(desk.app, signed.signs)
    await desk.until(2, 17, 30)
    await desk.wait(minutes=5)
    assert b'cairn_deliveries_ended_total{state="sent"} 1.0' in await metrics.text(desk.app, signed.signs)


async def test_trouble_of_the_bot_itself_is_not_told_as_a_port_that_is_taken(desk: Desk) -> None:
    with pytest.raises(OSError, match="no address is left"):
        async with status.serving(desk.app, free_port(), Signed(desk).signs):
            raise OSError(errno.EADDRINUSE, "no address is left")


async def test_nobodys_name_or_words_are_in_it(desk: Desk) -> None:
    port, signed = free_port(), Signed(desk)
    async with status.serving(desk.app, port, signed.signs):
        told = [await get(port, path) for path in ("/metrics", "/healthz")]

    assert not [text for _, text in told if "maya" in text.lower()]


async def test_a_port_that_is_taken_is_told_in_words(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is in use already"):
            async with status.serving(desk.app, port, Signed(desk).signs):
                pass


async def test_it_listens_on_the_loopback_interface_alone(desk: Desk) -> None:
    port = free_port()
    async with status.serving(desk.app, port, Signed(desk).signs):
        with socket.create_server(("127.0.0.2", port)):  # would be taken by a listener on every address
            pass


def test_switched_off_nothing_of_it_is_imported() -> None:
    code = "import sys, bot.status; print([m for m in ('aiohttp', 'prometheus_client') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


async def test_the_running_bot_answers_on_its_port(tmp_path: Path) -> None:
    port, config = free_port(), tmp_path / "config.toml"
    config.write_text(f'[data]\nfolder = "data"\nbackups = 0\n[status]\nport = {port}\n', encoding="utf-8")
    async with StandIn() as discord:
        launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run", "--config", str(config))
        env = os.environ | {"CAIRN_DISCORD_TOKEN": TOKEN}
        bot = await asyncio.create_subprocess_exec(sys.executable, *launch, cwd=ROOT, env=env)
        try:
            await discord.ready()
            code, text = await get(port, "/healthz")
            scraped, metrics = await get(port, "/metrics")
        finally:
            bot.terminate()
            await bot.wait()

    assert (code, scraped, bot.returncode) == (200, 200, 0)
    assert json.loads(text)["database"] is True
    assert 'cairn_versions_info{part="Cairn",version="' in metrics
