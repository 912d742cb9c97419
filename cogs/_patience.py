"""A time-out of ours must not leave discord.py waiting for ever.

While a global rate limit lasts discord.py 2.7.1 holds every request back; where the request that waits for its end is
cancelled meanwhile, it never lets one pass again (discord/http.py, `_global_over`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

import discord

LONGEST_WAIT = 30.0  # seconds that discord.py may wait for a rate limit by itself; it allows no less


def held_back(client: discord.Client) -> bool:
    """Whether discord.py holds every request back at present."""
    passing = client.http._global_over
    return isinstance(passing, asyncio.Event) and not passing.is_set()


@contextlib.contextmanager
def cancellable(client: discord.Client) -> Iterator[None]:
    """Requests in here may be cancelled: what they held back passes again once the limit is surely over."""
    try:
        yield
    except asyncio.CancelledError:
        if held_back(client):
            asyncio.get_running_loop().call_later(LONGEST_WAIT, client.http._global_over.set)
        raise
