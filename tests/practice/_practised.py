"""The real bot in practice mode, and its page."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.config import Config, Data
from bot.practice import practising
from tests.practice.browser import Page


@asynccontextmanager
async def practice(folder: Path, *, empty: bool = False) -> AsyncIterator[Page]:
    """Practice mode while it is entered, as its page was loaded."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with (
            practising(Config(data=Data(folder)), listener, empty=empty) as url,
            aiohttp.ClientSession(url.rstrip("/")) as http,
        ):
            yield await Page.load(http)
