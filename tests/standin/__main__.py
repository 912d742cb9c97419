"""The stand-in as a process: `python -m tests.standin --port 0` prints its address and serves until ended."""

import argparse
import asyncio
import signal

from .server import StandIn


async def serve(port: int, nonce_seconds: float) -> None:
    """Serve on the port until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with StandIn(port, nonce_seconds) as standin:
        print(standin.url, flush=True)
        await ended.wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--nonce-seconds", type=float, default=180.0, help="how long a nonce is remembered")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.nonce_seconds))


if __name__ == "__main__":
    main()
