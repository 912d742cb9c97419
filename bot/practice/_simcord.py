"""The simulated Discord that the real bot is practised on: every private touch of simcord 3.2.1."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, ClassVar

import discord
from aiohttp import web
from simcord import ChannelHandle, Env, MemberActor, UserHandle
from simcord.backend.access import can_access_message
from simcord.backend.cdn import CDN_BASE
from simcord.preview import Preview, _media, _server
from simcord.preview._pages import _Page

from bot.usecases.bulkhead import Bulkhead

SETTLE_SECONDS = 30.0  # how long the bot may work on one press before the pane says so
FRAME_HEAD = '<link rel="stylesheet" href="/page/frame.css"><script type="module" src="/page/frame.js"></script></head>'
_FACES = files("bot.practice") / "page" / "faces"

_log = logging.getLogger(__name__)

Heartbeat = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the simulated server holds. `starts_at` is aware; `zone` is an IANA name.

    `host` is one of the friends, who may manage the server; or nobody.
    """

    server: str
    channel: str
    topic: str
    seeker: str
    friends: tuple[str, ...]
    zone: str
    starts_at: datetime
    host: str = ""


class NoPostYetError(Exception):
    """There is no message yet that a friend could react to."""


class _PaneServer(_server.PreviewServer):
    """Serves one pane below a path of the practice site instead of on a port of its own."""

    _SECURITY_HEADERS: ClassVar = {
        **_server.PreviewServer._SECURITY_HEADERS,
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": _server.PreviewServer._SECURITY_HEADERS["Content-Security-Policy"].replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        ),
    }

    async def start(self) -> None:
        """Build the routes; the site mounts them and tells the port once it is bound."""
        _server.web = web
        self.app = web.Application()
        self.app.add_routes(
            [
                web.get("/", self._index),
                web.post("/api/pages", self._pages),
                web.delete("/api/pages/{context_id}", self._delete_page),
                web.get("/api/state", self._state),
                web.get("/api/commands", self._commands),
                web.get("/api/action-result", self._action_result),
                web.post("/api/action", self._action),
                web.get("/api/assets/{asset_id}", self._asset),
            ]
        )

    async def close(self) -> None:
        self.port = None

    async def _index(self, request: web.Request) -> web.Response:
        response = await self._static(request.clone(rel_url="/"))
        response.text = (response.text or "").replace("</head>", FRAME_HEAD)
        return response

    async def _static(self, request: web.Request) -> web.Response:
        response = await super()._static(request)
        if request.path.startswith("/fonts/"):
            response.headers["Cache-Control"] = "max-age=86400"
        elif request.path.endswith(".js"):
            response.text = (response.text or "").replace('"/api/', '"api/').replace("`/api/", "`api/")
        return response


class _Media:
    """Checks pictures in this process: they are the bot's own or come from the person who practises."""

    async def validate(self, key: str, blob: bytes, *, media_time: float | None = None) -> _media.MediaInfo:
        return await asyncio.to_thread(_media._process_media, blob, media_time)

    def release(self, key: str) -> None:
        """Nothing is kept between two checks."""

    async def close(self) -> None:
        """Nothing runs between two checks."""


class Pane(Preview):
    """One channel of the simulated Discord in the browser, side by side with others on the same Env."""

    _PAGE_LEASE_SECONDS = 86_400.0  # a window that slept for an hour goes on where it was
    _MAX_PAGES = 64
    _media_worker: Any  # not the process of its own that simcord would start

    def __init__(self, env: Env, channel: ChannelHandle, viewers: Sequence[Any], zone: str, turn: asyncio.Lock) -> None:
        super().__init__(
            env,
            channel,
            tuple(viewers),
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-GB",
            timezone=zone,
            presentation_time=None,
            assets=None,
            port=0,
        )
        self._server = _PaneServer(self)
        self._media_worker = _Media()
        self._turn = turn
        self._changed_at: dict[str, dict[str, int]] = {}

    @property
    def routes(self) -> web.Application:
        """The pane's own routes, to be mounted below a path."""
        return self._server.app

    @property
    def shared_paths(self) -> list[str]:
        """The paths of the files that are the same for all panes."""
        return [path for path in _PaneServer._STATIC_FILES if path != "/"]

    def bound(self, port: int) -> None:
        """Tell the pane under which port it is reached."""
        self._server.port = port

    async def static(self, request: web.Request) -> web.Response:
        """One of the files that all panes share."""
        return await self._server._static(request)

    async def __aenter__(self) -> Pane:
        self.env._preview = None  # simcord allows one preview at a time; the World fans out for all of them
        await super().__aenter__()
        return self

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._turn:
            return await super()._action(context_id, self._up_to_date(context_id, body))

    def _up_to_date(self, context_id: str | None, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Accept a press made on an older view, unless the message it was made on has changed since."""
        page = self._get_page(context_id)
        seen = body.get("published_revision")
        target = str(body.get("target_id"))
        if not isinstance(seen, int) or self._changed_at.get(page.id, {}).get(target, 0) > seen:
            return body
        return {**body, "published_revision": page.revision}

    def _initial_target(self, viewer: Any, channel_id: int) -> int | None:
        """A pane opens at the newest message that its viewer can see, whoever wrote it."""
        messages = self.env.backend.messages.get(channel_id, {}).values()
        return max((m.id for m in messages if can_access_message(self.env, channel_id, m, viewer)), default=None)

    def _publish(self, page: _Page, *, reason: Any = "action") -> None:
        before = page.snapshot.get("messages", {})
        super()._publish(page, reason=reason)
        changed = self._changed_at.setdefault(page.id, {})
        for message_id, message in page.snapshot.get("messages", {}).items():
            if before.get(message_id) != message:
                changed[message_id] = page.revision

    def _close_page(self, context_id: str) -> None:
        super()._close_page(context_id)
        self._changed_at.pop(context_id, None)


class _AllPanes:
    """Stands where simcord expects its one preview and passes everything on to all of them."""

    _closed = False

    def __init__(self, panes: Sequence[Pane]) -> None:
        self._panes = panes

    def _mark_action_dispatched(self) -> None:
        for pane in self._panes:
            pane._mark_action_dispatched()


class SimulatedTime:
    """The clock of a simulated Discord, to be given to the bot before that exists."""

    def __init__(self, starts_at: datetime) -> None:
        self.env: Env | None = None
        self._starts_at = starts_at

    def __call__(self) -> datetime:
        """The simulated instant, UTC; before there is a Discord, the one at which it will start."""
        return self.env.now() if self.env else self._starts_at


class World:
    """A simulated Discord with one bot, one seeker, their friends, a server and its channel."""

    def __init__(self, env: Env, cast: Cast) -> None:
        self.env = env
        self.turn = asyncio.Lock()
        self.heartbeat: Heartbeat | None = None
        self._people = {name: _person(env, name) for name in (cast.seeker, *cast.friends)}
        self.seeker: UserHandle = self._people[cast.seeker]
        self.guild = env.create_guild(cast.server, owner=self.seeker)
        manages = self.guild.create_role("Host", permissions=discord.Permissions(manage_guild=True))
        self.members = {cast.seeker: MemberActor(env, self.guild, self.seeker)} | {
            name: self.guild.add_member(self._people[name], roles=[manages] if name == cast.host else [])
            for name in cast.friends
        }
        self.channel = self.guild.create_text_channel(cast.channel, topic=cast.topic)
        self._viewing = (*cast.friends, cast.seeker)
        viewers = tuple(self.members[name] for name in self._viewing)
        self.panes: dict[str, Pane] = {
            "dm": Pane(env, self.seeker.dm_channel, (self.seeker,), cast.zone, self.turn),
            "channel": Pane(env, self.channel, viewers, cast.zone, self.turn),
        }
        self._changed = asyncio.Event()
        self._touched: set[int] = set()

    def mount(self, app: web.Application) -> None:
        """Mount every pane below /pane/<name>/, and the files they share at the root of `app`."""
        shared = self.panes["dm"]
        app.add_routes([web.get(path, shared.static) for path in shared.shared_paths])
        for name, pane in self.panes.items():
            app.add_subapp(f"/pane/{name}/", pane.routes)

    def bound(self, port: int) -> None:
        """Tell every pane under which port it is reached."""
        for pane in self.panes.values():
            pane.bound(port)

    def viewers(self) -> dict[str, str]:
        """Who the friends' channel can be viewed as: the id by name, friends first."""
        return {name: str(self.members[name].id) for name in self._viewing}

    def now(self) -> datetime:
        """The simulated instant, UTC."""
        return self.env.now()

    @asynccontextmanager
    async def operation(self) -> AsyncGenerator[None]:
        """Our own turn: nobody's press is handled meanwhile, and the bot has come to rest at its end."""
        async with self.turn:
            with self.env.time_context():
                yield
            await self.env.settle()

    async def move_to(self, instant: datetime) -> None:
        """Move the simulated clock forward, running the bot's own timers on the way."""
        async with self.turn:
            await self.env.advance_time(max(0.0, (instant - self.now()).total_seconds()))

    async def react(self, name: str, emoji: str) -> None:
        """Add or take back `name`'s reaction on the newest post with a picture. Raises NoPostYetError."""
        async with self.operation():
            post = self.newest_post()
            reaction = self.env.backend.get_message(self.channel.id, post.id).reaction_for(emoji)
            given = reaction is not None and self.members[name].id in reaction.user_ids
            await self.members[name].set_reaction(post, emoji, reacted=not given)

    async def reply(self, name: str, words: str) -> None:
        """Reply as `name` to the newest post with a picture. Raises NoPostYetError."""
        async with self.operation():
            await self.members[name].send(self.channel, words, reply_to=self.newest_post())

    def last_told(self) -> int:
        """The id of the newest message in the seeker's DM, 0 without any."""
        return max(self.env.backend.messages.get(self.seeker.dm_channel.id, {}), default=0)

    def newest_post(self) -> discord.Message:
        """The bot's newest message with a picture in the friends' channel. Raises NoPostYetError."""
        for message in reversed(self.channel.history()):
            if message.author.id == self.env.backend.bot_user.id and message.attachments:
                return message
        raise NoPostYetError

    def _heard(self, event: str, payload: Mapping[str, Any]) -> None:
        channel_id = payload.get("channel_id")
        if channel_id is not None:
            self._touched.add(int(channel_id))
            self._changed.set()

    async def _follow(self) -> None:
        """Show what the bot did by itself: after each change, never by a timer."""
        while True:
            await self._changed.wait()
            for step in (self._beat, self._show):
                with Bulkhead(_log, "the page could not follow the bot"):
                    await step()

    async def _beat(self) -> None:
        async with self.operation():
            self._changed.clear()
            if self.heartbeat is not None:
                await self.heartbeat()

    async def _show(self) -> None:
        async with self.turn:
            touched, self._touched = self._touched, set()
            for pane in self.panes.values():
                if pane.channel.id in touched:
                    await pane.refresh()


def _person(env: Env, name: str) -> UserHandle:
    person = env.create_user(name.lower(), global_name=name)
    _give_face(env, person.id, name)
    return person


def _give_face(env: Env, user_id: int, name: str) -> None:
    face = _FACES / f"{name}.png"
    if face.is_file():
        env.backend.get_user(user_id).avatar = name.lower()
        env.backend.cdn._blobs[f"{CDN_BASE}/avatars/{user_id}/{name.lower()}.png"] = face.read_bytes()


@asynccontextmanager
async def open_world(bot: discord.Client, cast: Cast, time: SimulatedTime | None = None) -> AsyncGenerator[World]:
    """Start `bot` on a simulated Discord with `cast`, whose clock `time` tells; at the end the bot is detached."""
    env = Env(bot, check_errors=False, settle_timeout=SETTLE_SECONDS)
    if time is not None:
        time.env = env
    env.backend.bot_user.name = "Cairn"
    _give_face(env, env.backend.bot_user.id, "Cairn")
    env.backend.advance_clock((cast.starts_at - env.now()).total_seconds())
    env._record_error = lambda error: None  # the bot tells its own errors, in words and in its log
    await env.start()
    try:
        world = World(env, cast)
        await env.settle()
        yield world
    finally:
        await env.shutdown()


@asynccontextmanager
async def shown(world: World) -> AsyncGenerator[None]:
    """Show the world in its panes, and follow what the bot does from here on."""
    panes = tuple(world.panes.values())
    for pane in panes:
        await pane.__aenter__()
    env: Any = world.env
    env._preview = _AllPanes(panes)
    world.env.backend.subscribers.append(world._heard)
    following = asyncio.create_task(world._follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        world.env.backend.subscribers.remove(world._heard)
        for pane in panes:
            await pane.close()


__all__ = ["Cast", "NoPostYetError", "Pane", "SimulatedTime", "World", "open_world", "shown"]
