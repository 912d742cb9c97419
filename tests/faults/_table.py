"""The command line of every script, and the rows that it prints."""

from __future__ import annotations

import argparse
import asyncio
import functools
import random
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.faults._bench import FACTOR, Bench, bench
from tests.faults._tally import Tally, tally

HEAD = "| fault | how it is made | runs | lost | twice |\n|---|---|---:|---:|---:|"


Make = Callable[[Bench], Awaitable[None]]


class Fault(NamedTuple):
    """One row. `make` breaks `bench.runs` times what it breaks, and ends with everything settled."""

    name: str
    how: str
    make: Make
    factor: float = FACTOR  # how much faster than the world its clock goes while the bot waits
    forgets: float = 180.0  # seconds after which the stand-in forgets a nonce
    afresh: bool = False  # whether every run has people, a database and a clock of its own

    def row(self, runs: int, found: Tally) -> str:
        """The row of the table."""
        return f"| {self.name} | {self.how} | {runs} | {found.lost} | {found.twice} |"


async def measure(fault: Fault, folder: Path, runs: int, seed: str) -> Tally:
    """Make one fault so many times in a folder of its own; what came of it."""
    if fault.afresh and runs > 1:
        found = [await measure(fault, folder / str(run), 1, f"{seed}/{run}") for run in range(runs)]
        return functools.reduce(Tally.with_, found)
    async with bench(folder, runs, seed, factor=fault.factor, forgets=fault.forgets) as one:
        try:
            await fault.make(one)
        except TimeoutError as stalled:
            one.wrong.append(f"lost: it never came to an end; {stalled}")
        return tally(one)


async def spread(fault: Fault, folder: Path, runs: int, seed: int, jobs: int) -> Tally:
    """Make one fault on several benches side by side; all their counts together."""
    shares = [share for job in range(jobs) if (share := runs // jobs + (job < runs % jobs))]
    name = fault.name.replace(" ", "-").replace(",", "")
    found = await asyncio.gather(
        *(measure(fault, folder / f"{name}-{job}", share, f"{seed}/{job}") for job, share in enumerate(shares))
    )
    return functools.reduce(Tally.with_, found)


@contextmanager
def _named_on_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        print(f"databases and logs are in {folder}", file=sys.stderr)
        raise


def main(faults: Sequence[Fault]) -> None:
    """Make each fault of a script as often as the command line says; exit with 1 if anything was lost or twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10, help="how often each fault is made")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a run")
    parser.add_argument("--jobs", type=int, default=1, help="how many benches work side by side")
    parser.add_argument("--only", default="", help="only the faults with these words in their name")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cairn-faults-"))
    print(f"seed {asked.seed}, jobs {asked.jobs}", file=sys.stderr)
    print(HEAD, flush=True)
    wrong: list[str] = []
    for fault in faults:
        if asked.only in fault.name:
            with _named_on_error(folder):
                found = asyncio.run(spread(fault, folder, asked.runs, asked.seed, asked.jobs))
            print(fault.row(asked.runs, found), flush=True)
            print(f"  {found.arrived} arrived, {found.told} told as expired or unreachable", file=sys.stderr)
            wrong += found.wrong
    print(*wrong[:20], sep="\n", file=sys.stderr)
    if wrong:
        sys.exit(f"{len(wrong)} wrong; databases and logs are in {folder}")
    shutil.rmtree(folder)
