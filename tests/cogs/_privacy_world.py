"""Who is in the world of the table of roles, which words are whose, and what the bot showed to whom."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import discord

from cogs._reply import REFUSED
from tests.cogs import _forged
from tests.cogs.conftest import World

BOT = "TestBot"
SEEKER, NAMED, FRIEND, OTHER, STRANGER = ROLES = ("maya", "jonas", "aisha", "ora", "pax")
CIRCLE = {SEEKER, NAMED, FRIEND, "quill", "ben", "omar", "sam", "sam-host"}
THEIRS = {OTHER, "vera"}


class Secret(NamedTuple):
    """A word that stands for something private: what it is, and the names of those who may read it."""

    what: str
    readers: set[str]


SECRETS: Mapping[str, Secret] = {
    "obsidian": Secret("An answer that is private, as all are at first", {SEEKER}),
    "charcoal": Secret("Words that wait to be kept", {SEEKER}),
    "lavender": Secret("The question that something tried should answer", {SEEKER}),
    "sepia": Secret("What was learned from trying it", {SEEKER}),
    "cerise": Secret("What the seeker logs of their search", {SEEKER}),
    "Zephyrine": Secret("A name that the seeker hides", {SEEKER}),
    "celadon": Secret("An answer for one chosen friend", {SEEKER, NAMED}),
    "russet": Secret("Thanks to one friend by direct message", {SEEKER, NAMED}),
    "ochre": Secret("That the seeker has gone silent, for the one friend whom they let know", {SEEKER, NAMED}),
    "cobalt": Secret("Whom that friend knows", {SEEKER, NAMED}),
    "turquoise": Secret("What another friend writes when they cheer", {SEEKER, FRIEND}),
    "magenta": Secret("The idea of another friend", {SEEKER, FRIEND}),
    "vermilion": Secret("The idea of a friend who is not to be named", {SEEKER, "quill"}),
    "Quill": Secret("Whose idea that is", {SEEKER, "quill"}),
    "marigold": Secret("An answer for all friends, once posted", CIRCLE),
    "saffron": Secret("What the seeker asks their friends for", CIRCLE),
    "amber": Secret("What somebody else in the circle tells in the joint post", CIRCLE),
    "Maya": Secret("That the seeker uses me at all", CIRCLE),
    "maya-and-friends": Secret("The name of the circle's channel", CIRCLE),
    "sienna": Secret("A private answer of somebody else in the circle", {"ben"}),
    "indigo": Secret("A private answer in another server", {OTHER}),
    "crimson": Secret("What is for all friends there", THEIRS),
}


class Place(NamedTuple):
    """Where somebody is when they press something; stands for a world in `_forged`."""

    env: Any
    guild: Any
    channel: Any


class Shown(NamedTuple):
    """One request of the bot that somebody could read."""

    to: set[str]  # names
    text: str

    def leaks(self, let_out: Collection[str] = ()) -> list[str]:
        """The secrets in it that not all of its readers may read."""
        return [
            f"{secret.what!r} ({word}) was read by {sorted(self.to - secret.readers)} in {self.text[:400]}"
            for word, secret in SECRETS.items()
            if word in self.text and word not in let_out and self.to - secret.readers
        ]


class Lived:
    """The world, the numbers of what is in it, and how to look at it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.refs: dict[str, str] = {}
        self._askers: dict[str, str] = {}  # who is answered, by the interaction's token
        self.stands: dict[str, set[int]] = defaultdict(set)  # the channels of each kind of message
        self.interactions: list[discord.Interaction[Any]] = []
        world.bot.add_listener(self._remember, "on_interaction")

    async def _remember(self, interaction: discord.Interaction[Any]) -> None:
        self.interactions.append(interaction)

    # -------------------------------------------------------------- who is there

    async def people(self) -> None:
        """Three more of the circle, another server with a seeker of its own, and somebody who shares none."""
        world, env = self.world, self.world.env
        self.together, self.later = (world.guild.create_text_channel(name) for name in ("together", "later"))
        self.quill, self.ben, self.omar = (
            world.guild.add_member(env.create_user(name.lower(), global_name=name)) for name in ("Quill", "Ben", "Omar")
        )
        owner = env.create_user("vera", global_name="Vera")
        self.elsewhere = env.create_guild("Ora's friends", owner=owner)
        self.there = self.elsewhere.create_text_channel("ora-and-friends")
        self.beyond = self.elsewhere.create_text_channel("beyond")
        host = self.elsewhere.create_role("Host", permissions=discord.Permissions(manage_guild=True))
        self.vera = self.elsewhere.add_member(owner, roles=[host])
        self.ora = self.elsewhere.add_member(env.create_user("ora", global_name="Ora"))
        self.pax = env.create_user("pax", global_name="Pax")
        self.here = Place(env, world.guild, world.channel)
        self.joint = Place(env, world.guild, self.together)
        self.yonder = Place(env, self.elsewhere, self.there)

    def member(self, role: str) -> Any:
        """Somebody where others are as well; whoever shares no server is in their direct messages."""
        return getattr(self.world if role in (SEEKER, NAMED, FRIEND) else self, role)

    def place(self, role: str) -> Place:
        """Where a role is by itself."""
        return {OTHER: self.yonder}.get(role, self.here)

    # -------------------------------------------------------------- what was shown

    def shown(self, since: int = 0) -> Iterator[Shown]:
        """All that the bot sent from its request number `since` on, and who could read it."""
        for request in self.world.env.http_requests[since:]:
            if request.json and request.method in ("POST", "PATCH"):
                text = json.dumps(request.json, ensure_ascii=False)
                yield Shown(self._readers(request.path), text)

    def _readers(self, path: str) -> set[str]:
        backend, parts = self.world.env.backend, path.strip("/").split("/")
        if parts[0] == "channels":
            return self.readers_of(int(parts[1]))
        if parts[0] not in ("interactions", "webhooks"):
            return set()
        if parts[2] not in self._askers:
            self._askers = {r.token: backend.get_user(r.user_id).name for r in backend.interactions.values()}
        return {self._askers[parts[2]]}

    def readers_of(self, channel_id: int) -> set[str]:
        """Who can read a channel."""
        backend = self.world.env.backend
        channel = backend.get_channel(channel_id)
        if channel.guild_id is None:
            return {backend.get_user(user).name for user, dm in backend.dm_channels.items() if dm == channel_id}
        members = backend.get_guild(channel.guild_id).members
        return {backend.get_user(user).name for user in members} - {BOT}

    # -------------------------------------------------------------- how it came to be

    async def number(self, sql: str, *values: Any) -> str:
        """The one value that a query finds."""
        row = await self.world.app.db.reading.one(sql, *values)
        assert row is not None, sql
        return str(row[0])

    async def delivery(self, kind: str, person: str = "Maya") -> str:
        """The newest message of a kind that carries somebody's data."""
        return await self.number(
            "SELECT d.id FROM deliveries d JOIN people p ON p.id = d.person_id"
            " WHERE d.kind = ? AND p.name = ? AND d.post_id IS NOT NULL ORDER BY d.rowid DESC LIMIT 1",
            kind, person,
        )  # fmt: skip

    async def newest(self, table: str, person: str) -> str:
        """The number of somebody's newest row."""
        return await self.number(
            f"SELECT t.id FROM {table} t JOIN people p ON p.id = t.person_id WHERE p.name = ? ORDER BY 1 DESC", person
        )

    async def person(self, name: str) -> str:
        """Somebody's number."""
        return await self.number("SELECT id FROM people WHERE name = ?", name)

    async def form(self, who: Any, custom_id: str, **words: str) -> None:
        """Somebody sends a form."""
        place = self.here if getattr(who, "guild", None) else self.yonder
        place = self.yonder if getattr(who, "guild", None) is self.elsewhere else place
        done = await _forged.submit(place, who, custom_id, words)
        self._check(custom_id, done)

    async def press(self, who: Any, custom_id: str, values: list[str] | None = None) -> None:
        """Somebody presses a button, or picks in a menu."""
        done = await _forged.press(self.here, who, custom_id, values)
        self._check(custom_id, done)

    def _check(self, what: str, done: Any) -> None:
        assert not self.refused, f"{what}: {_forged.told(done)}"

    @property
    def refused(self) -> bool:
        """Whether the newest interaction was refused in words."""
        return bool(self.interactions[-1].extras.get(REFUSED))
