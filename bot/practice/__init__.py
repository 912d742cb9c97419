"""Practice mode: the real bot on a simulated Discord, in the browser."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import bot_for, opened
from bot.config import Config, Data
from bot.core.errors import Told
from bot.practice import week
from bot.practice._simcord import SimulatedTime, open_world, shown
from bot.practice._site import open_site
from bot.practice._steps import EMPTY, LIVED, Steps
from bot.usecases import rounds

HIGHEST_PORT = 65535


class PortTakenError(Told):
    """The page cannot be served where it was asked for."""


class FolderTakenError(Told):
    """The folder holds a database already."""


class NoFolderError(Told):
    """The folder cannot be made or written."""


async def serve(port: int, open_browser: bool, empty: bool, folder: Path | None) -> None:
    """Serve the practice page on 127.0.0.1 until SIGINT or SIGTERM; port 0 takes a free one.

    `empty` begins without the example weeks. The database is a new one in `folder`, else in a temporary folder.
    Raises PortTakenError, FolderTakenError or NoFolderError.
    """
    with _listener(port) as listener, tempfile.TemporaryDirectory(prefix="cairn-practice-") as temporary:
        config = Config(data=Data(_free(folder) if folder else Path(temporary)))
        stopping = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
        async with practising(config, listener, empty=empty) as url:
            print(f"Ready: {url}", flush=True)
            if open_browser and _has_screen():
                await asyncio.to_thread(webbrowser.open, url)
            await stopping.wait()


@asynccontextmanager
async def practising(config: Config, listener: socket.socket, *, empty: bool) -> AsyncGenerator[str]:
    """Practice mode while it is entered; yields the page's address."""
    time = SimulatedTime(week.CAST.starts_at)
    async with opened(config, time) as app, open_world(bot_for(app, config), week.CAST, time) as world:
        app.settings = app.settings._replace(host=week.host(world))
        if empty:
            await world.move_to(week.NOW)
        else:
            await week.live(app, world)
        world.heartbeat = lambda: rounds.tick(app)
        steps = Steps(app, world, EMPTY if empty else LIVED)
        async with shown(world), open_site(world, steps, listener) as port:
            yield f"http://127.0.0.1:{port}/"


def _listener(port: int) -> socket.socket:
    reason = "is not one that there is"
    try:
        if 0 <= port <= HIGHEST_PORT:
            return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        reason = "is in use already" if error.errno == errno.EADDRINUSE else "cannot be used"
    raise PortTakenError(f"Port {port} {reason}. Give another with --port; --port 0 takes a free one.")


def _free(folder: Path) -> Path:
    if Config(data=Data(folder)).data.database.exists():
        raise FolderTakenError(
            f"{folder} holds a database already, and practice mode begins anew each time. Give it an empty folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise NoFolderError(
            f"{folder} can't hold the practice data ({error.strerror}). Give another folder with --data."
        ) from None


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
