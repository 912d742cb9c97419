"""What runs in a bot's process: the real command `cairn`, and before it what a script asked for.

`python -m tests.faults._launch --api URL --clock FILE [--die-at STEP:N] [--disk FOLDER] -- run --config config.toml`

Production code has no hooks for any of this: libraries under it are wrapped (see `_deaths`, `_clock`, `_vfs`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.faults import _deaths
from tests.faults._clock import Clock
from tests.standin import launch


def main() -> None:
    """Read the command line, prepare this process, become `cairn`."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults._launch", description=__doc__)
    parser.add_argument("--api", required=True, help="the stand-in's address")
    parser.add_argument("--clock", type=Path, required=True, help="the clock of this run")
    parser.add_argument("--die-at", metavar="STEP:N", help=f"die at the n-th time of {_deaths.NAMES}")
    parser.add_argument("--disk", type=Path, help="the folder of a disk to live on")
    parser.add_argument("arguments", nargs="+", help="those of cairn")
    asked = parser.parse_args()
    Clock(asked.clock).rule()
    if asked.die_at:
        step, times = asked.die_at.split(":")
        _deaths.arrange(step, int(times))
    if asked.disk:
        from tests.faults import _vfs  # only where it is asked for: it reaches into SQLite

        _vfs.put_under(asked.disk)
    launch.point_at(asked.api)
    launch.run("cairn", *asked.arguments)


if __name__ == "__main__":
    main()
