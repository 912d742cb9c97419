"""The gateway v10: sessions that identify, hear events, beat, drop and resume."""

import asyncio
import contextlib
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .changes import Changes
from .payloads import Payload
from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = (
    0,
    1,
    2,
    6,
    7,
    9,
    10,
    11,
)
AUTHENTICATION_FAILED, DISALLOWED_INTENTS, UNKNOWN_ERROR = 4004, 4014, 4000
HEARTBEAT_MS = 41_250
REPLAYED_EVENTS = 10_000
MESSAGE_CONTENT = 1 << 15
INTENTS = {
    "GUILD_MESSAGES": 1 << 9,
    "GUILD_REACTIONS": 1 << 10,
    "DM_MESSAGES": 1 << 12,
    "DM_REACTIONS": 1 << 13,
    "GUILDS": 1 << 0,
}


class Connection:
    """A client's socket, written by one task so that events keep their order."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.outbox: asyncio.Queue[str] = asyncio.Queue()

    def send(self, op: int, data: Any = None) -> None:
        """Send an op code that is no event."""
        self.outbox.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Write what is sent until the socket is gone."""
        with contextlib.suppress(ConnectionError):
            while True:
                await self.socket.send_str(await self.outbox.get())


@dataclass
class Session:
    """One identified client, which outlives its connection until it is resumed or forgotten."""

    id: str
    intents: int
    connection: Connection | None
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED_EVENTS))

    def hear(self, event: str, data: Payload) -> None:
        """Number, remember and send an event."""
        self.sequence += 1
        text = json.dumps({"op": DISPATCH, "d": data, "s": self.sequence, "t": event})
        self.sent.append((self.sequence, text))
        if self.connection is not None:
            self.connection.outbox.put_nowait(text)

    def replay(self, connection: Connection, since: int) -> None:
        """Go on over another connection: all events after `since`, in their order."""
        self.connection = connection
        for sequence, text in self.sent:
            if sequence > since:
                connection.outbox.put_nowait(text)
        self.hear("RESUMED", {})


def required_intent(event: str, data: Payload) -> int:
    """The intent without which Discord does not send this event; 0 if it needs none."""
    where = "GUILD" if "guild_id" in data else "DM"
    if event.startswith("MESSAGE_REACTION_"):
        return INTENTS[f"{where}_REACTIONS"]
    if event.startswith("MESSAGE_"):
        return INTENTS[f"{where}_MESSAGES"]
    return INTENTS["GUILDS"] if event.startswith(("GUILD_", "CHANNEL_")) else 0


class Gateway:
    """All sessions. `identified` and `resumed` count how often a client has become ready."""

    def __init__(self, world: World, changes: Changes, token: str) -> None:
        self.heartbeat_ms = HEARTBEAT_MS
        self.identified = 0
        self.resumed = 0
        self._world = world
        self._changes = changes
        self.token = token
        self._connections: set[Connection] = set()
        self._sessions: dict[str, Session] = {}

    def dispatch(self, event: str, data: Payload) -> None:
        """Tell every session of an event that its intents cover; the disconnected hear it if they resume."""
        required = required_intent(event, data)
        for one in self._sessions.values():
            if not required or one.intents & required:
                one.hear(event, data)
        self._changes.happened()

    async def cut(self, resumable: bool = True) -> None:
        """Close every connection; unless `resumable`, forget the sessions, so that their events are lost."""
        if not resumable:
            self._sessions.clear()
        for one in list(self._connections):
            await one.socket.close(code=UNKNOWN_ERROR)

    def ask_reconnect(self) -> None:
        """Ask every client to reconnect and resume, as Discord does when it moves them."""
        for one in self._connections:
            one.send(RECONNECT)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with one client until it leaves."""
        socket = web.WebSocketResponse(timeout=1.0, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(HELLO, {"heartbeat_interval": self.heartbeat_ms})
        try:
            async for frame in socket:
                await self._receive(connection, json.loads(frame.data))
        finally:
            writer.cancel()
            self._disconnect(connection)
        return socket

    def _disconnect(self, connection: Connection) -> None:
        self._connections.discard(connection)
        for one in self._sessions.values():
            if one.connection is connection:
                one.connection = None
        self._changes.happened()

    async def _receive(self, connection: Connection, frame: Payload) -> None:
        if frame["op"] == HEARTBEAT:
            connection.send(HEARTBEAT_ACK)
        elif frame["op"] in (IDENTIFY, RESUME) and frame["d"]["token"] != self.token:
            await connection.socket.close(code=AUTHENTICATION_FAILED)
        elif frame["op"] == IDENTIFY:
            await self._identify(connection, frame["d"])
        elif frame["op"] == RESUME:
            self._resume(connection, frame["d"])

    async def _identify(self, connection: Connection, data: Payload) -> None:
        if data["intents"] & MESSAGE_CONTENT and not self._world.message_content:
            await connection.socket.close(code=DISALLOWED_INTENTS)
            return
        self._sessions = {key: one for key, one in self._sessions.items() if one.connection is not None}
        session = Session(secrets.token_hex(16), data["intents"], connection)
        self._sessions[session.id] = session
        session.hear("READY", self._ready(session, data))
        for guild_id in self._world.guilds:
            session.hear("GUILD_CREATE", self._world.guild_create(guild_id))
        self.identified += 1
        self._changes.happened()

    def _resume(self, connection: Connection, data: Payload) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None:
            connection.send(INVALID_SESSION, False)
            return
        session.replay(connection, data["seq"])
        self.resumed += 1
        self._changes.happened()

    def _ready(self, session: Session, data: Payload) -> Payload:
        return {
            "v": 10,
            "user": self._world.bot,
            "guilds": [{"id": one, "unavailable": True} for one in self._world.guilds],
            "session_id": session.id,
            "resume_gateway_url": self._world.url.replace("http", "ws", 1) + "/gateway",
            "shard": data.get("shard", [0, 1]),
            "application": {"id": self._world.application_id, "flags": self._world.flags},
        }
