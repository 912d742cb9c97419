"""The stand-in's methods over HTTP, for a stand-in that is a process of its own."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .interactions import Interaction
from .refusals import RefusedError

if TYPE_CHECKING:
    from .server import StandIn

PREFIX = "/_control"
LOOKING = ("ready", "resumed", "answered", "messages", "answers")
BREAKING = ("break_with", "plan", "outage", "cut", "reconnect", "refuse", "limit")
SPEAKING = ("add_user", "add_channel", "direct", "say", "reword", "unsay", "react", "unreact")
ACTING = ("command", "press", "submit", "dispatch")
VERBS = (*LOOKING, *BREAKING, *SPEAKING, *ACTING)


def routes(standin: StandIn) -> list[web.RouteDef]:
    """A POST for each verb, and a GET of the people and places there are."""
    verbs = [web.post(f"{PREFIX}/{verb}", _calling(getattr(standin, verb))) for verb in VERBS]

    async def places(request: web.Request) -> web.Response:
        named = {"guild": standin.guild, "channel": standin.channel, "owner": standin.owner}
        return web.json_response({**named, "bot": standin.world.bot})

    return [*verbs, web.get(f"{PREFIX}/places", places)]


def _calling(method: Callable[..., Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def call(request: web.Request) -> web.Response:
        try:
            arguments = await request.json() if request.can_read_body else {}
            result = method(**arguments)
            return _answer(await result if inspect.isawaitable(result) else result)
        except (TypeError, ValueError, KeyError, RefusedError, TimeoutError) as wrong:
            return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)

    return call


def _answer(result: Any) -> web.Response:
    told = result.told() if isinstance(result, Interaction) else result
    return web.Response(text=json.dumps(told), content_type="application/json")
