"""The stand-in itself: one server on 127.0.0.1, and all that a test may do to it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

from . import api, control, payloads
from .api import Api
from .changes import Changes
from .faults import Faults, Kind, Outage
from .gateway import Gateway
from .interactions import Interaction, Interactions
from .payloads import Payload
from .world import BOT_ID, World

TOKEN = payloads.token_for(BOT_ID)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class StandIn:
    """Discord with one guild ("Friends", with one channel) owned by one user (Maya). Ids are text.

    `async with StandIn() as discord:` serves it; `discord.url` is what a bot is pointed at. What is done here
    by a method can be done to a separate process by `POST /_control/<method>` with the arguments as JSON.
    """

    def __init__(self, port: int = 0, nonce_seconds: float = 180.0) -> None:
        self.changes = Changes()
        self.faults = Faults()
        self.asked: Counter[tuple[str, int]] = Counter()  # requests as ("METHOD /path", status), faults included
        self.world = World(nonce_seconds)
        self.interactions = Interactions(self.world)
        self.gateway = Gateway(self.world, self.changes, TOKEN)
        self.api = Api(self.world, self.interactions, TOKEN)
        self.world.listeners.append(self.gateway.dispatch)
        self.owner = self.world.add_user("Maya")
        self.guild = self.world.add_guild("Friends", self.owner["id"])
        self.channel = self.world.add_channel(self.guild["id"], "maya-and-friends")
        self._port = port

    @property
    def url(self) -> str:
        """The address, without a path."""
        return self.world.url

    async def __aenter__(self) -> Self:
        site = web.Application(middlewares=[self._meet_faults], client_max_size=32 * 1024 * 1024)
        site.add_routes([web.get("/gateway", self.gateway.serve), web.get("/gateway/", self.gateway.serve)])
        site.add_routes([web.get("/attachments/{channel}/{attachment}/{name}", self._attachment)])
        site.add_routes([*control.routes(self), *self.api.routes()])
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.cut()
        await self._runner.cleanup()

    # Looking

    async def ready(self, times: int = 1, seconds: float = 10.0) -> None:
        """Wait until a client has identified itself so often and was sent READY and its guilds."""
        await self.changes.until(lambda: self.gateway.identified >= times, seconds)

    async def resumed(self, times: int = 1, seconds: float = 10.0) -> None:
        """Wait until sessions have been resumed so often."""
        await self.changes.until(lambda: self.gateway.resumed >= times, seconds)

    async def answered(self, interaction: str, seconds: float = 10.0) -> Interaction:
        """The interaction once the bot has answered it; a "thinking" defer is no answer yet."""
        one = self.interactions[interaction]
        await self.changes.until(lambda: one.answered, seconds)
        return one

    async def until(self, condition: Callable[[Self], Any], seconds: float = 10.0) -> Any:
        """The first true value of a condition on this stand-in; TimeoutError after so many seconds."""
        return await self.changes.until(lambda: condition(self), seconds)

    def knows(self, name: str) -> bool:
        """Whether the bot has synced a global command of this name."""
        return any(one["name"] == name for one in self.world.commands.get("", []))

    def messages(self, channel: str | None = None) -> list[Payload]:
        """All messages that exist, of one channel or of all, the oldest first."""
        channels = [channel] if channel else list(self.world.messages)
        return sorted((m for one in channels for m in self.world.history(one)), key=lambda m: int(m["id"]))

    def answers(self) -> list[Payload]:
        """How often each route was answered with each status."""
        counted = self.api.answers.items()
        return [{"method": m, "route": r, "status": s, "times": n} for (m, r, s), n in counted]

    # Breaking

    def break_with(self, **faults: Any) -> None:
        """Replace the faults by these (see `Faults`); without any all is well."""
        self.faults = Faults(**faults)

    def plan(self, kind: Kind, on: str = "", times: int = 1) -> None:
        """Let the next requests ("METHOD /path", found by the pattern `on`) meet a fault."""
        self.faults.plan(kind, on, times)

    async def outage(self, kind: Outage = "") -> None:
        """Begin an outage, or end it; an unreachable Discord drops the gateway too."""
        self.faults.outage = kind
        if kind == "unreachable":
            await self.gateway.cut()

    async def cut(self, resumable: bool = True) -> None:
        """Cut the gateway; unless `resumable`, what happens meanwhile is never told."""
        await self.gateway.cut(resumable)

    async def reset_token(self) -> None:
        """Let the bot's token be worth nothing any more, as when its owner resets it."""
        self.gateway.token = self.api.token = ""
        await self.gateway.cut()

    def reconnect(self) -> None:
        """Ask clients to reconnect and resume."""
        self.gateway.ask_reconnect()

    def refuse(self, place: str, code: int = 0) -> None:
        """Refuse the bot a channel, or a new DM with a user, by Discord's code (50007, 50001, 40003); 0 ends it."""
        self.world.refused[place] = code

    def limit(self, **limits: Any) -> None:
        """Replace the rate limits (see `Limits`)."""
        self.api.limits = api.Limits(**limits)

    # Acting as people

    def add_user(self, name: str) -> Payload:
        """A new member of the guild."""
        return self.world.add_user(name, self.guild["id"])

    def add_channel(self, name: str) -> Payload:
        """A new text channel of the guild."""
        return self.world.add_channel(self.guild["id"], name)

    def direct(self, user: str) -> Payload:
        """The DM channel between the bot and the user."""
        return self.world.direct(user)

    def say(self, user: str, text: str, channel: str = "", reply_to: str = "") -> Payload:
        """Post as a user, in a DM unless a channel is named."""
        body: Payload = {"content": text}
        if reply_to:
            body["message_reference"] = {"message_id": reply_to}
        place = self.world.channels[channel] if channel else self.world.direct(user)
        return self.world.post(user, place, body)

    def reword(self, channel: str, message: str, text: str) -> Payload:
        """Edit a user's message."""
        return self.world.revise(channel, message, {"content": text})

    def unsay(self, channel: str, message: str) -> None:
        """Delete a message."""
        self.world.delete(channel, message)

    def react(self, user: str, channel: str, message: str, emoji: str) -> None:
        """React as a user."""
        self.world.react(user, channel, message, emoji)

    def unreact(self, user: str, channel: str, message: str, emoji: str) -> None:
        """Take a user's reaction back."""
        self.world.unreact(user, channel, message, emoji)

    def command(
        self, user: str, name: str, options: Payload | None = None, channel: str = "", focused: str = ""
    ) -> Interaction:
        """Use a synced command, in a DM unless a channel is named; `focused` asks for choices instead."""
        place = channel or self.world.direct(user)["id"]
        return self.interactions.command(user, place, name, options or {}, focused)

    def press(
        self, user: str, channel: str, message: str, custom_id: str, values: list[str] | None = None
    ) -> Interaction:
        """Press a button, or choose values in a select, whether the message has it or not."""
        return self.interactions.press(user, channel, message, custom_id, values)

    def submit(self, interaction: str, values: Payload) -> Interaction:
        """Send the modal that answered this interaction, its fields by custom id."""
        return self.interactions.submit(interaction, values)

    def dispatch(self, event: str, data: Payload) -> None:
        """Send any gateway event as it is."""
        self.gateway.dispatch(event, data)

    # Serving

    @web.middleware
    async def _meet_faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(control.PREFIX):
            return await handler(request)
        if self.faults.outage == "unreachable":
            return drop(request)
        if not request.path.startswith(api.PREFIX):
            return await handler(request)
        try:
            response = await self._answer(request, handler)
            self.asked[f"{request.method} {request.path.removeprefix(api.PREFIX)}", response.status] += 1
            return response
        finally:
            self.changes.happened()

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        faults = self.faults
        kind = faults.draw(f"{request.method} {request.path.removeprefix(api.PREFIX)}")
        if faults.latency:
            await asyncio.sleep(faults.latency / 2)
        if faults.outage == "unavailable" or kind == "error":
            return api.as_json({"message": "Service trouble", "code": 0}, faults.status)
        if kind == "dropped":
            return drop(request)
        if kind == "limited":
            return api.too_many(faults.retry_after, faults.everywhere)
        response = await handler(request)
        if kind == "hang":
            await asyncio.get_running_loop().create_future()
        if faults.latency:
            await asyncio.sleep(faults.latency / 2)
        return drop(request) if kind == "lost" else response

    async def _attachment(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["attachment"])
        return web.Response(body=file.content) if file else web.Response(status=404)


def drop(request: web.Request) -> web.Response:
    """Cut the connection; the answer goes nowhere."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
