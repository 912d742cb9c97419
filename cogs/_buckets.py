"""The rate limits that discord.py remembers, one for each conversation.

Whenever a new one comes discord.py 2.7.1 looks through all of them for idle ones (discord/http.py,
`_try_clear_expired_ratelimits`): with a thousand conversations that takes a quarter of the time of sending to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import discord

SWEPT_EVERY = 60.0  # seconds


def sweep_seldom(client: discord.Client, now: Callable[[], float] = time.monotonic) -> None:
    """Have a client look for idle rate limits once a minute."""
    sweep = client.http._try_clear_expired_ratelimits
    due_at = now() + SWEPT_EVERY

    def sweep_if_due() -> None:
        nonlocal due_at
        if now() >= due_at:
            due_at = now() + SWEPT_EVERY
            sweep()

    client.http._try_clear_expired_ratelimits = sweep_if_due
