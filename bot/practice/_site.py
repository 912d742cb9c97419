"""The practice page and its controls over HTTP, on the loopback address only."""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from socket import socket
from typing import Protocol

from aiohttp import web

from bot.core.errors import Told
from bot.practice._simcord import World

SECRET_HEADER = "X-Cairn-Practice"
EMOJI = ("🎉", "💪", "❤️", "👏", "🙌")
_PAGE = files("bot.practice") / "page"
_FONTS = files("bot.charts") / "fonts"
_FILES = {
    "style.css": (_PAGE, "text/css"),
    "script.js": (_PAGE, "text/javascript"),
    "frame.css": (_PAGE, "text/css"),
    "frame.js": (_PAGE, "text/javascript"),
    "Inter-Regular.ttf": (_FONTS, "font/ttf"),
    "Inter-Bold.ttf": (_FONTS, "font/ttf"),
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class Controls(Protocol):
    """What the page's buttons do."""

    @property
    def greeting(self) -> str:
        """The line that a page shows before anything was pressed."""
        ...

    @property
    def next_step(self) -> str:
        """What the second button does at its next press, as its label."""
        ...

    async def ask(self) -> str:
        """Ask the seeker now; returns a line that says where to look."""
        ...

    async def go_on(self) -> str:
        """Move on to the next step; returns a line that says what happened."""
        ...

    async def react(self, name: str, emoji: str) -> str:
        """React as a friend to the newest weekly post; returns a line that says so."""
        ...

    def clock(self) -> str:
        """The simulated time, in words."""
        ...


class Site:
    """The practice page: one seeker's DM and the friends' channel, with controls that need its secret."""

    def __init__(self, world: World, controls: Controls) -> None:
        self._world = world
        self._controls = controls
        self._line = controls.greeting
        self._secret = secrets.token_urlsafe(32)
        self._hosts: frozenset[str] = frozenset()

    def application(self) -> web.Application:
        """The whole site, with every pane mounted below /pane/."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/page/{name}", self._file),
                web.post("/do/ask", self._doing(lambda _: self._controls.ask())),
                web.post("/do/go-on", self._doing(lambda _: self._controls.go_on())),
                web.post("/do/react", self._doing(self._react)),
            ]
        )
        self._world.mount(app)
        return app

    def bound(self, port: int) -> None:
        """Tell the site under which port it is reached."""
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._world.bound(port)

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Answer this machine's own page alone: no other name for the host, no press from another origin."""
        if request.host not in self._hosts:
            raise web.HTTPForbidden(text="Open the address that was printed at the start.")
        controlled = request.path.startswith("/do/")
        given = request.headers.get(SECRET_HEADER, "")
        if controlled and not (self._own(request) and secrets.compare_digest(given.encode(), self._secret.encode())):
            raise web.HTTPForbidden(text="Reload the practice page and press again.")
        return await handler(request)

    def _own(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")
        return origin is None or origin.removeprefix("http://") in self._hosts

    async def _index(self, request: web.Request) -> web.Response:
        setup = {
            "header": SECRET_HEADER,
            "secret": self._secret,
            "emoji": EMOJI,
            "seeker": self._world.seeker.global_name,
            "viewers": self._world.viewers(),
            **self._told(self._line),
        }
        text = (_PAGE / "index.html").read_text(encoding="utf-8")
        for name, pane in self._world.panes.items():
            text = text.replace("{" + name + "}", f"/pane/{name}/#{pane.capability}")
        text = text.replace("{setup}", html.escape(json.dumps(setup)))
        return web.Response(text=text, content_type="text/html", headers=_HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _FILES:
            raise web.HTTPNotFound
        folder, content_type = _FILES[name]
        return web.Response(
            body=(folder / name).read_bytes(), content_type=content_type, charset="utf-8", headers=_HEADERS
        )

    async def _react(self, request: web.Request) -> str:
        wish = await request.json()
        if not isinstance(wish, dict) or wish.get("emoji") not in EMOJI:
            raise Told("That emoji is not on the bar.")
        if wish.get("as") not in self._world.members:
            raise Told("Choose who reacts first.")
        return await self._controls.react(wish["as"], wish["emoji"])

    def _doing(self, deed: Callable[[web.Request], Awaitable[str]]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            try:
                self._line = await deed(request)
            except Told as told:
                return web.json_response(self._told(str(told)), status=409, headers=_HEADERS)
            return web.json_response(self._told(self._line), headers=_HEADERS)

        return handle

    def _told(self, line: str) -> dict[str, str]:
        return {"line": line, "clock": self._controls.clock(), "next": self._controls.next_step}


@asynccontextmanager
async def open_site(world: World, controls: Controls, listener: socket) -> AsyncGenerator[int]:
    """Serve the page on `listener`; yields the port."""
    site = Site(world, controls)
    # handler_cancellation: a press runs to its end, even if the browser hangs up meanwhile
    runner = web.AppRunner(site.application(), access_log=None, handler_cancellation=False, shutdown_timeout=2.0)
    await runner.setup()
    port = int(listener.getsockname()[1])
    site.bound(port)
    await web.SockSite(runner, listener).start()
    try:
        yield port
    finally:
        await runner.cleanup()
