"""What Discord's errors mean for what is to be sent."""

from __future__ import annotations

import logging

import aiohttp
import discord

from bot.core.delivery import Cause, Later, Outcome, Unknown, Unreachable

log = logging.getLogger(__name__)
DELETED, NO_CHANNEL, NO_SERVER = 10008, 10003, 10004
GONE = (NO_CHANNEL, NO_SERVER, DELETED)
REFUSED = {
    NO_CHANNEL: "the channel is gone",
    NO_SERVER: "the server is gone",
    DELETED: "the message was deleted",
    10013: "the person is gone",
    50001: "no access to the channel",
    50007: "direct messages are closed",
    50013: "a permission is missing",
    50278: "no server in common",
}
CAUSES = {
    **dict.fromkeys((10013, 50007, 50278), Cause.CLOSED),
    **dict.fromkeys((NO_CHANNEL, NO_SERVER, 50001, 50013), Cause.LOST),
}
TOO_FAST = (20028, 40003)  # a channel's own limit; direct messages opened too fast
TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


def is_code(error: Exception, code: int) -> bool:
    """Whether Discord answered with that code of its own."""
    return isinstance(error, discord.HTTPException) and error.code == code


def outcome_of(error: BaseException) -> Outcome:
    """What an error of Discord's API or of the connection means for a delivery; re-raises our own mistakes."""
    match error:
        case discord.RateLimited():
            return Later(error.retry_after)
        case discord.HTTPException() if error.status == 429 or error.code in TOO_FAST:
            return Later(60.0)
        case discord.HTTPException() if error.status >= 500 or error.status == 408:
            return Unknown(f"Discord answered {error.status}")
        case discord.HTTPException() if error.status in (401, 403) and not error.code:
            return Later(600.0)  # the token or the address is refused, not this message
        case discord.HTTPException():
            if error.code not in REFUSED:
                log.error("Discord refused a message: %s", error)
            why = REFUSED.get(error.code, f"refused with {error.status} {error.code}")
            return Unreachable(why, error.code in GONE, CAUSES.get(error.code, Cause.REFUSED))
        case aiohttp.ClientError() | OSError():
            return Unknown(str(error) or type(error).__name__)
        case _:
            raise error
