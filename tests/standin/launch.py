"""Run any program with discord.py pointed at the stand-in, and nothing else changed.

`python -m tests.standin.launch --api http://127.0.0.1:PORT -- cairn run --config config.toml`

The program is a console script of this environment, a path to a Python file, or `-m` and a module.
"""

import runpy
import sys
from pathlib import Path

import discord.gateway
import discord.http
import yarl

USAGE = "usage: python -m tests.standin.launch --api URL -- PROGRAM [ARGUMENT ...]"


def point_at(api: str) -> None:
    """Let every client of discord.py in this process speak with the stand-in at this address."""
    discord.http.Route.BASE = f"{api}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(api).with_scheme("ws") / "gateway"


def run(program: str, *arguments: str) -> None:
    """Run the program as main, in this process."""
    if program == "-m":
        sys.argv = list(arguments)
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
        return
    beside = Path(sys.executable).parent / program
    sys.argv = [program, *arguments]
    runpy.run_path(str(beside if beside.exists() else program), run_name="__main__")


def main() -> None:
    """Read the command line by hand: argparse would add to what is measured."""
    match sys.argv[1:]:
        case ["--api", api, "--", program, *arguments]:
            point_at(api)
            run(program, *arguments)
        case _:
            sys.exit(USAGE)


if __name__ == "__main__":
    main()
