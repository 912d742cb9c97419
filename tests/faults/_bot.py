"""A real process of the bot: begun, stopped, killed, held."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.faults._clock import Clock
from tests.standin import TOKEN, StandIn

ROOT = Path(__file__).parents[2]
BEGINS_WITHIN = ENDS_WITHIN = 120.0  # the world's seconds, on a machine that is busy with other things


class Ended(Exception):
    """The process ended before it was asked to; the newest lines of its log."""


class Bot:
    """The bot of one folder, with its `data`, its settings in `config.toml`, and `bot.log`."""

    def __init__(self, folder: Path, discord: StandIn, clock: Clock) -> None:
        self.data = folder / "data"
        self.database = self.data / "cairn.sqlite3"
        self.config = folder / "config.toml"
        self.log = folder / "bot.log"
        self._discord = discord
        self._clock = clock
        self._process: asyncio.subprocess.Process | None = None
        self._held = False

    @property
    def alive(self) -> bool:
        """Whether it runs, or is held."""
        return self._process is not None and self._process.returncode is None

    @property
    def runs(self) -> bool:
        """Whether it can do anything at present."""
        return self.alive and not self._held

    async def begin(self, *options: str) -> None:
        """Start it, with options for `_launch`; it is not ready yet."""
        assert not self.alive
        launch = ("tests.faults._launch", "--api", self._discord.url, "--clock", str(self._clock.path), *options)
        self._clock.expect_work()
        command = [sys.executable, "-m", *launch, "--", "run", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, env=os.environ | {"CAIRN_DISCORD_TOKEN": TOKEN}, stdout=log, stderr=log
            )

    async def ready(self) -> None:
        """Wait until it has identified itself at the gateway once more; raises Ended where it ends before."""
        times = self._discord.gateway.identified + 1
        ready = asyncio.create_task(self._discord.ready(times, BEGINS_WITHIN))
        await self._unless_it_ends(ready)

    async def begin_and_be_ready(self, *options: str) -> None:
        """Start it and wait until people could write to it."""
        await self.begin(*options)
        await self.ready()

    async def ended(self, seconds: float = ENDS_WITHIN) -> int:
        """Wait for its own end; the exit status."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), seconds)

    async def kill(self) -> None:
        """SIGKILL, unless it is dead already."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM; raises Ended where it does not end in order."""
        await self._end(signal.SIGTERM)
        assert self._process is not None
        if self._process.returncode:
            raise Ended(f"status {self._process.returncode}\n{self.newest_words()}")

    def hold(self) -> None:
        """SIGSTOP: it stands still, and does not know."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        self._held = True

    def let_go(self) -> None:
        """SIGCONT: it goes on where it was held."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
        self._held = False

    def newest_words(self, characters: int = 3000) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8")[-characters:] if self.log.exists() else ""

    async def _end(self, how: signal.Signals) -> None:
        if self.alive and self._process is not None:
            self._process.send_signal(how)
            self._held = False
            await asyncio.wait_for(self._process.wait(), ENDS_WITHIN)

    async def _unless_it_ends(self, task: asyncio.Task[None]) -> None:
        assert self._process is not None
        end = asyncio.create_task(self._process.wait())
        await asyncio.wait({task, end}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if not task.done():
            task.cancel()
            raise Ended(f"status {self._process.returncode}\n{self.newest_words()}")
        await task
