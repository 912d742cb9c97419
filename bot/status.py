"""How all is, for machines: /healthz and /metrics on a port of the loopback interface, without anybody's name or words.

aiohttp and prometheus-client are imported only where the port is switched on.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.core.alert import Topic
from bot.core.errors import Told
from bot.core.host import Line, Status
from bot.heartbeat import ALIVE_WITHIN
from bot.usecases import host
from bot.usecases.app import App
from bot.usecases.bulkhead import Bulkhead

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)
HOST = "127.0.0.1"
SETTLED = timedelta(minutes=1)  # what ended longer ago than this is committed, so it is counted once
COUNTED = ("sent", "late", "expired", "unreachable", "dropped")


class PortTaken(Told):
    """The port cannot be served."""


class Signs(NamedTuple):
    """Where the process's own signs of life are asked for."""

    heartbeat: Callable[[], timedelta | None]  # how long ago the newest was
    line: Callable[[], Line]


@asynccontextmanager
async def serving(app: App, port: int, signs: Signs) -> AsyncIterator[None]:
    """Serve on 127.0.0.1 while this is entered; port 0 serves nothing. Raises PortTaken."""
    if port == 0:
        yield
        return
    from aiohttp import web

    runner = web.AppRunner(_site(app, signs), access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    from aiohttp import web

    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(f"Port {port} is in use already. Set another under [status] port, or 0 for none.") from None


def _site(app: App, signs: Signs) -> web.Application:
    from aiohttp import web
    from prometheus_client import CONTENT_TYPE_LATEST

    metrics = Metrics(app.now())

    async def healthz(_: web.Request) -> web.Response:
        healthy, told = await health(app, signs)
        return web.json_response(told, status=200 if healthy else 503)

    async def scrape(_: web.Request) -> web.Response:
        text = await metrics.text(app, signs)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    site = web.Application()
    site.add_routes([web.get("/healthz", healthz), web.get("/metrics", scrape)])
    return site


async def health(app: App, signs: Signs) -> tuple[bool, dict[str, object]]:
    """Whether the rounds go on and the database can be read; and all that the host sees."""
    beat, line = signs.heartbeat(), signs.line()
    alive = beat is not None and abs(beat) <= ALIVE_WITHIN
    told: dict[str, object] = {
        "alive": alive,
        "heartbeat_seconds": None if beat is None else _seconds(beat),
        "connected": line.since is not None,
        "latency_seconds": round(line.latency, 3),
        "sending_rests": line.rests_until is not None,
    }
    with Bulkhead(log, "the database could not be looked at"):
        return alive, {**told, "database": True, **_in_json(await host.look(app))}
    return False, {**told, "database": False}


def _in_json(status: Status) -> dict[str, object]:
    counts = status.counts
    ended = {"sent": counts.sent, "late": counts.late, "expired": counts.expired, "unreachable": counts.unreachable}
    return {
        "due": counts.due,
        "behind_seconds": _seconds(status.behind),
        "unknown": counts.unknown,
        "last_24_hours": ended,
        "people_closed": counts.closed,
        "channels_lost": len(status.lost),
        "backed_up_at": status.backed_up_at and status.backed_up_at.isoformat(),
        "disk": status.disk._asdict(),
        "alerts": sorted({trouble.topic.value for trouble in status.troubles}),
        "versions": {**dict(status.versions), "tables": status.schema},
    }


def _seconds(span: timedelta) -> float:
    return round(span.total_seconds(), 1)


class Metrics:
    """The gauges and counters of one process, in a registry of their own."""

    def __init__(self, now: datetime) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge

        self._counted_until = now
        self._counting = asyncio.Lock()  # two scrapes at once count nothing twice
        self._registry = CollectorRegistry()
        self._gauges = {name: Gauge(f"cairn_{name}", words, registry=self._registry) for name, words in GAUGES.items()}
        self._alerts = Gauge("cairn_alerts", "What lasts of what the host was told", ["topic"], registry=self._registry)
        self._info = Gauge("cairn_versions_info", "Versions", ["part", "version"], registry=self._registry)
        self._ended = Counter(
            "cairn_deliveries_ended", "Messages that ended since the start", ["state"], registry=self._registry
        )
        for state in COUNTED:
            self._ended.labels(state)

    async def text(self, app: App, signs: Signs) -> bytes:
        """Everything in Prometheus' text format."""
        from prometheus_client import generate_latest

        async with self._counting:
            await self._count(app)
        status, beat = await host.look(app), signs.heartbeat()
        for name, value in _values(status, signs.line(), beat).items():
            self._gauges[name].set(value)
        for topic in Topic:
            self._alerts.labels(topic.value).set(sum(trouble.topic is topic for trouble in status.troubles))
        for part, version in status.versions:
            self._info.labels(part, version).set(1)
        return generate_latest(self._registry)

    async def _count(self, app: App) -> None:
        until = app.now() - SETTLED
        if until > self._counted_until:
            for state, many in (await host.ended_in(app, self._counted_until, until)).items():
                self._ended.labels(state).inc(many)
        if until > self._counted_until or self._counted_until - until > SETTLED:  # the clock was set back
            self._counted_until = until


GAUGES = {
    "deliveries_due": "Messages that could go out now",
    "deliveries_unknown": "Messages of which it is not known whether they arrived",
    "behind_seconds": "How long the oldest message that could go out has waited",
    "people_closed": "People who do not let the bot write to them",
    "channels_lost": "Circles in whose channels the bot may not write",
    "backup_age_seconds": "How long ago the newest copy of the database was made; NaN without one",
    "disk_free_bytes": "Room on the database's disk",
    "disk_size_bytes": "Size of the database's disk",
    "database_bytes": "Size of the database",
    "connected": "Whether the connection to the chat platform stands",
    "latency_seconds": "Its latency",
    "sending_rests": "Whether background sends rest because the platform refused too much",
    "heartbeat_age_seconds": "How long ago the last round began; NaN without one",
}


def _values(status: Status, line: Line, beat: timedelta | None) -> dict[str, float]:
    copied = status.at - status.backed_up_at if status.backed_up_at else None
    return {
        "deliveries_due": status.counts.due,
        "deliveries_unknown": status.counts.unknown,
        "behind_seconds": status.behind.total_seconds(),
        "people_closed": status.counts.closed,
        "channels_lost": len(status.lost),
        "backup_age_seconds": copied.total_seconds() if copied is not None else math.nan,
        "disk_free_bytes": status.disk.free,
        "disk_size_bytes": status.disk.total,
        "database_bytes": status.disk.database,
        "connected": line.since is not None,
        "latency_seconds": line.latency,
        "sending_rests": line.rests_until is not None,
        "heartbeat_age_seconds": beat.total_seconds() if beat is not None else math.nan,
    }
