"""Start and idle memory of `cairn run` beside a bare discord.py bot, and the start of practice mode.

`python -m tests.benchmarks.start [--runs 9]`: exit status 1 if Cairn takes more than 1.3 times the bare bot's
time or memory, if practice mode takes more than 3 s, or if either does not start.

*Ready* is seen from outside, in the same way for both bots: the stand-in of Discord's API sends the gateway's READY
and the server, then at once a person's `/help`; the bot is ready when its whole answer has arrived. (discord.py's own
`on_ready` is no measure: it waits two fixed seconds.) *Memory* is what the process and its children hold three
seconds later. The bots run in turn, now one first, now the other, after a start of each that is not counted
(Cairn keeps the database of that one, and Python the bytecode, as an installation has it).
"""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.standin import TOKEN, StandIn

ROOT = Path(__file__).parents[2]
CAIRN = Path(sys.executable).with_name("cairn")
BARE = Path(__file__).with_name("_bare.py")
MOST_TIMES_BARE, MOST_PRACTICE_SECONDS = 1.3, 3.0
IDLE_SECONDS, PATIENCE_SECONDS = 3.0, 30.0


class NotReadyError(Exception):
    """The program never became ready; str() is the last it said."""


@dataclass(frozen=True)
class Start:
    """One start: milliseconds until ready, and MiB resident when idle."""

    ms: float
    mib: float


@dataclass(frozen=True)
class Program:
    """A command, and the file that takes what it says."""

    command: list[str]
    said: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The process with its standard output to read, ended by SIGTERM on leaving."""
        with self.said.open("w") as said:
            process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=ROOT,
                env={**installed(), **self.environment},
                stdout=asyncio.subprocess.PIPE,
                stderr=said,
            )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
            await process.communicate()

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Turn a wait that was in vain into the program's last words."""
        try:
            yield
        except TimeoutError:
            words = "\n".join(self.said.read_text().splitlines()[-12:])
            raise NotReadyError(f"{' '.join(self.command)} did not become ready.\n{words}") from None


def installed() -> dict[str, str]:
    """This environment, but bytecode is kept as on any installed machine."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


async def start(program: Program, discord: StandIn) -> Start:
    """Start the bot once, to its first answer and its idle memory."""
    turn = discord.gateway.identified + 1
    began = time.perf_counter()
    async with program.running() as process:
        with program.explained():
            await while_alive(process, first_answer(discord, turn))
        ready = time.perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        return Start((ready - began) * 1000, resident(process.pid))


async def while_alive(process: asyncio.subprocess.Process, what: Coroutine[None, None, None]) -> None:
    """Await something that the process does; TimeoutError if it ends instead."""
    doing, ended = asyncio.create_task(what), asyncio.create_task(process.wait())
    await asyncio.wait((doing, ended), return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not doing.done():
        doing.cancel()
        raise TimeoutError
    doing.result()


async def first_answer(discord: StandIn, turn: int) -> None:
    """Wait for this turn's client, ask it for help, and wait until all of the answer is there."""
    await discord.ready(turn, PATIENCE_SECONDS)
    await discord.until(lambda one: one.knows("help"), PATIENCE_SECONDS)
    asked = discord.command(discord.owner["id"], "help")
    await discord.answered(asked.id, PATIENCE_SECONDS)


def resident(pid: int) -> float:
    """The resident memory of a process and its children, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    own = int(status.partition("VmRSS:")[2].split()[0]) / 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(resident(int(child)) for child in children)


async def in_turn(bots: list[list[str]], folder: Path, runs: int) -> list[Start]:
    """The bots' median starts, on one stand-in."""
    async with StandIn() as discord:
        launch = [sys.executable, "-m", "tests.standin.launch", "--api", discord.url, "--"]
        token = {"CAIRN_DISCORD_TOKEN": TOKEN}
        programs = [Program([*launch, *bot], folder / "said", token) for bot in bots]
        starts: list[list[Start]] = [[] for _ in bots]
        for turn in range(runs + 1):
            for number in sorted(range(len(bots)), reverse=bool(turn % 2)):
                starts[number].append(await start(programs[number], discord))
    return [middle(one[1:]) for one in starts]


def middle(starts: list[Start]) -> Start:
    """The median time and the median memory."""
    return Start(median(one.ms for one in starts), median(one.mib for one in starts))


async def practice_seconds(folder: Path, runs: int) -> float:
    """The median seconds until practice mode says that it is ready."""
    program = Program([str(CAIRN), "practice", "--no-browser", "--port", "0"], folder / "said")
    await until_ready_line(program)
    return median([await until_ready_line(program) for _ in range(runs)])


async def until_ready_line(program: Program) -> float:
    """Start practice mode once; seconds to its line `Ready: ...`."""
    began = time.perf_counter()
    with program.explained():
        async with program.running() as process, asyncio.timeout(PATIENCE_SECONDS):
            assert process.stdout is not None
            async for line in process.stdout:
                if line.startswith(b"Ready: "):
                    return time.perf_counter() - began
        raise TimeoutError


async def compare(runs: int, folder: Path) -> bool:
    """Measure and print both bots; whether Cairn keeps its promise."""
    config = folder / "config.toml"
    config.write_text(f'[data]\nfolder = "{folder}/data"\n')
    bots = [[str(BARE)], [str(CAIRN), "run", "--config", str(config)]]
    bare, cairn = await in_turn(bots, folder, runs)
    time_ratio, memory_ratio = cairn.ms / bare.ms, cairn.mib / bare.mib
    print(f"{'':16}{'start to ready':>16}{'idle memory':>16}")
    print(f"{'bare discord.py':16}{bare.ms:13.0f} ms{bare.mib:12.1f} MiB")
    print(f"{'cairn run':16}{cairn.ms:13.0f} ms{cairn.mib:12.1f} MiB")
    print(f"{'ratio':16}{time_ratio:16.2f}{memory_ratio:16.2f}   (at most {MOST_TIMES_BARE})", flush=True)
    return max(time_ratio, memory_ratio) <= MOST_TIMES_BARE


async def practise(runs: int, folder: Path) -> bool:
    """Measure and print practice mode; whether it keeps its promise."""
    seconds = await practice_seconds(folder, runs)
    print(f"{'cairn practice':16}{seconds:14.2f} s{'':16}   (at most {MOST_PRACTICE_SECONDS} s)")
    return seconds <= MOST_PRACTICE_SECONDS


async def keeps_promises(runs: int, folder: Path) -> bool:
    """Whether all promises are kept, each measured and printed."""
    return all([await compare(runs, folder), await practise(runs, folder)])


def main() -> int:
    """Read the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="how many starts of each are counted")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        try:
            return 0 if asyncio.run(keeps_promises(runs, Path(folder))) else 1
        except NotReadyError as wrong:
            print(wrong, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
