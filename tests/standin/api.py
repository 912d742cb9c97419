"""Discord's HTTP API v10: the routes that a bot of this kind calls."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import BodyPartReader, web

from . import payloads
from .interactions import Interactions
from .limits import Limits
from .payloads import Payload
from .refusals import RefusedError
from .world import File, World

PREFIX = "/api/v10"
Body = tuple[Payload, list[File]]
Endpoint = Callable[[web.Request], Awaitable[Any]]


class Api:
    """Routes over a world. `answers` counts them by (method, route, status)."""

    def __init__(self, world: World, interactions: Interactions, token: str) -> None:
        self.limits = Limits()
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self._world = world
        self._interactions = interactions
        self.token = token

    def routes(self) -> list[web.RouteDef]:
        """Every route below the API's prefix."""
        channel, guild = "/channels/{channel}", "/guilds/{guild}"
        message, commands = f"{channel}/messages/{{message}}", "/applications/{application}"
        reaction, hook = f"{message}/reactions/{{emoji}}", "/webhooks/{application}/{token}"
        table: list[tuple[str, str, Endpoint]] = [
            ("GET", "/gateway", self._gateway),
            ("GET", "/gateway/bot", self._gateway),
            ("GET", "/users/@me", self._me),
            ("GET", "/users/@me/guilds", self._guilds),
            ("GET", "/users/{user}", self._user),
            ("POST", "/users/@me/channels", self._open_direct),
            ("GET", "/applications/@me", self._application),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", f"{commands}/commands", self._commands),
            ("PUT", f"{commands}/commands", self._sync),
            ("GET", f"{commands}/guilds/{{guild}}/commands", self._commands),
            ("PUT", f"{commands}/guilds/{{guild}}/commands", self._sync),
            ("GET", guild, self._guild),
            ("GET", f"{guild}/channels", self._guild_channels),
            ("GET", f"{guild}/members", self._members),
            ("GET", f"{guild}/members/{{user}}", self._member),
            ("GET", channel, self._channel),
            ("POST", f"{channel}/typing", self._typing),
            ("GET", f"{channel}/messages", self._history),
            ("POST", f"{channel}/messages", self._post),
            ("GET", message, self._message),
            ("PATCH", message, self._edit),
            ("DELETE", message, self._delete),
            ("GET", reaction, self._reacted),
            ("PUT", f"{reaction}/@me", self._react),
            ("DELETE", f"{reaction}/@me", self._unreact),
            ("POST", "/interactions/{interaction}/{token}/callback", self._answer),
            ("POST", hook, self._follow_up),
            ("GET", f"{hook}/messages/{{message}}", self._find_answer),
            ("PATCH", f"{hook}/messages/{{message}}", self._revise_answer),
            ("DELETE", f"{hook}/messages/{{message}}", self._delete_answer),
            ("*", "/{rest:.*}", self._nothing),
        ]
        return [web.route(method, PREFIX + path, self._answering(do)) for method, path, do in table]

    def _answering(self, do: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            headers: dict[str, str] = {}
            try:
                response = self._admit(request, headers) or as_json(await do(request))
            except RefusedError as refused:
                response = as_json({"message": str(refused), "code": refused.code}, refused.status)
            response.headers.update(headers)
            self.answers[request.method, _route(request), response.status] += 1
            return response

        return answer

    def _admit(self, request: web.Request, headers: dict[str, str]) -> web.Response | None:
        """None if the request may pass; otherwise its answer: a wrong token or too many requests."""
        if "token" in request.match_info:
            return None
        if request.headers.get("Authorization") != f"Bot {self.token}":
            return as_json({"message": "401: Unauthorized", "code": 0}, 401)
        major = request.match_info.get("channel") or request.match_info.get("guild") or ""
        found, seconds, everywhere = self.limits.take(f"{request.method} {_route(request)}", major)
        headers.update(found)
        return None if seconds is None else too_many(seconds, everywhere)

    # Who and where

    async def _gateway(self, request: web.Request) -> Payload:
        url = self._world.url.replace("http", "ws", 1) + "/gateway"
        left = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": url, "shards": 1, "session_start_limit": left}

    async def _me(self, request: web.Request) -> Payload:
        return self._world.bot

    async def _user(self, request: web.Request) -> Payload:
        return _known(self._world.users, request.match_info["user"], 10013)

    async def _open_direct(self, request: web.Request) -> Payload:
        body, _ = await _body(request)
        self._world.admit(str(body["recipient_id"]))
        return self._world.direct(str(body["recipient_id"]))

    async def _application(self, request: web.Request) -> Payload:
        world = self._world
        owner = next((one for one in world.users.values() if not one["bot"]), world.bot)
        return payloads.application(world.bot, owner, world.flags)

    async def _commands(self, request: web.Request) -> list[Payload]:
        return self._world.commands.get(request.match_info.get("guild", ""), [])

    async def _sync(self, request: web.Request) -> list[Payload]:
        wanted = cast("list[Payload]", await request.json())
        own = {"application_id": self._world.application_id, "version": "1"}
        defaults = {"type": 1, "description": "", "options": []}
        synced = [{**defaults, **one, **own, "id": self._world.new_id()} for one in wanted]
        self._world.commands[request.match_info.get("guild", "")] = synced
        return synced

    async def _guild(self, request: web.Request) -> Payload:
        return _known(self._world.guilds, request.match_info["guild"], 10004)

    async def _guilds(self, request: web.Request) -> list[Payload]:
        world = self._world
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 200))
        guilds = [
            {**guild, "owner": False, "permissions": str(world.permissions(guild_id, world.bot["id"]))}
            for guild_id, guild in world.guilds.items()
            if int(guild_id) > after
        ]
        return guilds[:limit]

    async def _guild_channels(self, request: web.Request) -> list[Payload]:
        guild = await self._guild(request)
        return [one for one in self._world.channels.values() if one.get("guild_id") == guild["id"]]

    async def _members(self, request: web.Request) -> list[Payload]:
        guild = await self._guild(request)
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 1))
        members = sorted(self._world.members[guild["id"]].items(), key=lambda one: int(one[0]))
        return [member for user_id, member in members if int(user_id) > after][:limit]

    async def _member(self, request: web.Request) -> Payload:
        guild = await self._guild(request)
        return _known(self._world.members[guild["id"]], request.match_info["user"], 10007)

    async def _channel(self, request: web.Request) -> Payload:
        return self._world.channel(request.match_info["channel"])

    async def _typing(self, request: web.Request) -> None:
        await self._channel(request)

    # Messages

    async def _history(self, request: web.Request) -> list[Payload]:
        channel = await self._channel(request)
        limit, query = int(request.query.get("limit", 50)), request.query
        found = self._world.history(channel["id"])
        if "after" in query:
            found = [one for one in found if int(one["id"]) > int(query["after"])][:limit]
        elif "around" in query:
            at = sum(int(one["id"]) < int(query["around"]) for one in found)
            found = found[max(0, at - limit // 2) :][:limit]
        elif "before" in query:
            found = [one for one in found if int(one["id"]) < int(query["before"])]
        return sorted(found, key=lambda one: int(one["id"]), reverse=True)[:limit]

    async def _post(self, request: web.Request) -> Payload:
        body, files = await _body(request)
        return self._world.post(self._world.bot["id"], await self._channel(request), body, files)

    async def _message(self, request: web.Request) -> Payload:
        channel = await self._channel(request)
        return self._world.message(channel["id"], request.match_info["message"])

    async def _edit(self, request: web.Request) -> Payload:
        message = await self._message(request)
        if message["author"]["id"] != self._world.bot["id"]:
            raise RefusedError(50005)
        return self._world.revise(message["channel_id"], message["id"], *await _body(request))

    async def _delete(self, request: web.Request) -> None:
        message = await self._message(request)
        self._world.delete(message["channel_id"], message["id"])

    async def _reacted(self, request: web.Request) -> list[Payload]:
        channel = await self._channel(request)
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 25))
        info = request.match_info
        users = self._world.reacted(channel["id"], info["message"], info["emoji"])
        return [one for one in users if int(one["id"]) > after][:limit]

    async def _react(self, request: web.Request) -> None:
        info, channel = request.match_info, await self._channel(request)
        self._world.react(self._world.bot["id"], channel["id"], info["message"], info["emoji"])

    async def _unreact(self, request: web.Request) -> None:
        info, channel = request.match_info, await self._channel(request)
        self._world.unreact(self._world.bot["id"], channel["id"], info["message"], info["emoji"])

    # Interactions

    async def _answer(self, request: web.Request) -> Payload | None:
        info = request.match_info
        receipt = self._interactions.answer(info["interaction"], info["token"], *await _body(request))
        return receipt if request.query.get("with_response") in ("1", "true") else None

    async def _follow_up(self, request: web.Request) -> Payload:
        return self._interactions.follow_up(request.match_info["token"], *await _body(request))

    async def _find_answer(self, request: web.Request) -> Payload:
        return self._interactions.find(request.match_info["token"], request.match_info["message"])

    async def _revise_answer(self, request: web.Request) -> Payload:
        info = request.match_info
        return self._interactions.revise(info["token"], info["message"], *await _body(request))

    async def _delete_answer(self, request: web.Request) -> None:
        self._interactions.delete(request.match_info["token"], request.match_info["message"])

    async def _nothing(self, request: web.Request) -> None:
        raise RefusedError(0)


def too_many(seconds: float, everywhere: bool = False) -> web.Response:
    """A 429 that asks to wait for `seconds`."""
    body = {"message": "You are being rate limited.", "retry_after": round(seconds, 3), "global": everywhere}
    response = as_json(body, 429)
    response.headers.update({"Retry-After": f"{seconds:.3f}", "Via": "1.1 standin"})
    return response


def _known(table: dict[str, Payload], key: str, code: int) -> Payload:
    if key not in table:
        raise RefusedError(code)
    return table[key]


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return (resource.canonical if resource else request.path).removeprefix(PREFIX)


def as_json(data: Any, status: int = 200) -> web.Response:
    """An answer with exactly the content type that discord.py takes for JSON; 204 if there is no data."""
    if data is None:
        return web.Response(status=204)
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json")


async def _body(request: web.Request) -> Body:
    if not request.content_type.startswith("multipart/"):
        return await request.json(), []
    body: Payload = {}
    files: list[File] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise RefusedError(50035, "a part of the form has no name")
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append(File(part.name, part.filename or part.name, content))
    return body, files
