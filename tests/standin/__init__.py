"""A loopback stand-in of Discord's HTTP API v10 and gateway v10, for real clients in real processes.

    async with StandIn() as discord:
        # start: python -m tests.standin.launch --api {discord.url} -- cairn run --config config.toml
        await discord.ready()
        discord.plan("lost", on="POST /channels/.*/messages")
        discord.say(discord.owner["id"], "A good day")
        await discord.until(lambda one: one.messages())

As a process of its own: `python -m tests.standin`, then `POST /_control/say` and so on.
"""

from .faults import Faults
from .interactions import Interaction
from .limits import Limits
from .server import TOKEN, StandIn
from .world import World

__all__ = ["TOKEN", "Faults", "Interaction", "Limits", "StandIn", "World"]
