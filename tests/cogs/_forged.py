"""Presses, forms and commands that no screen offers, dispatched where Discord hands them over."""

from __future__ import annotations

from sqlite3 import Row
from typing import Any, Protocol

from simcord import actors
from simcord.backend import serializers

from tests.cogs.conftest import World, words_of

BUTTON, MENU = 2, 3
COMMAND, COMPONENT, FORM = 2, 3, 5
SIGNS = {"heard_at", "watch_at"}  # columns of seekers


class Where(Protocol):
    """A channel, and what it is in: a world, or a place in one."""

    @property
    def env(self) -> Any: ...

    @property
    def guild(self) -> Any: ...

    @property
    def channel(self) -> Any: ...


async def press(world: Where, actor: Any, custom_id: str, values: list[str] | None = None) -> Any:
    """A press of a button (or of a menu, with `values`) that somebody put under a message that they can see."""
    part: dict[str, Any] = {"type": BUTTON, "style": 2, "label": "forged", "custom_id": custom_id}
    data: dict[str, Any] = {"custom_id": custom_id, "component_type": BUTTON}
    if values is not None:
        options = [{"label": value, "value": value} for value in values]
        part = {"type": MENU, "custom_id": custom_id, "options": options, "min_values": 0, "max_values": len(values)}
        data = {"custom_id": custom_id, "component_type": MENU, "values": values}
    return await _dispatch(world, actor, COMPONENT, data, [{"type": 1, "components": [part]}])


async def submit(world: Where, actor: Any, custom_id: str, words: dict[str, str]) -> Any:
    """A form that comes back without ever having been opened."""
    fields = [{"type": 18, "component": {"type": 4, "custom_id": k, "value": v}} for k, v in words.items()]
    return await _dispatch(world, actor, FORM, {"custom_id": custom_id, "components": fields}, None)


async def command(world: Where, actor: Any, name: str, /, **options: Any) -> Any:
    """A command that Discord does not offer to this person."""
    first, *path = name.split()
    root = world.env.backend.find_command(first, world.guild.id, type=1)
    assert root is not None
    leaf, nesting = actors._interactions.walk_to_subcommand(root, path)
    given, resolved = actors._interactions.build_options(actor, name, leaf, options, channel_id=world.channel.id)
    data: dict[str, Any] = {
        "id": root["id"],
        "name": root["name"],
        "type": 1,
        "options": actors._interactions.nest_options(root, nesting, given),
        "resolved": resolved,
    }
    return await actors._dispatch_actor_interaction(actor, COMMAND, world.channel, data)


async def _dispatch(world: Where, actor: Any, kind: int, data: dict[str, Any], components: Any) -> Any:
    in_server = getattr(actor, "guild", None) is not None
    channel = world.channel if in_server else actor.dm_channel
    stored = next(m for m in world.env.backend.messages[channel.id].values() if not m.is_ephemeral)
    message: dict[str, Any] = dict(serializers.message_payload(world.env.backend, stored))
    if components is not None:
        message["components"] = components
    extra = {"message": message}
    return await actors._dispatch_actor_interaction(
        actor, kind, channel, data, extra=extra, source_message_id=stored.id
    )


def answers(result: Any) -> list[Any]:
    """What an interaction was answered with; the message that was pressed is no answer."""
    pressed = result._interaction.source_message_id
    return [a for a in (result.response, *result.followups) if a is not None and a.id != pressed]


def told(result: Any) -> str:
    """The words of those answers."""
    return "\n".join(words_of(answer.message) for answer in answers(result))


async def rows(world: World, *without: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the tables `without` and the signs that somebody was heard."""
    tx = world.app.db.reading
    tables = [row["name"] for row in await tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    wanted = [table for table in tables if table not in without]
    found = {table: await tx.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in wanted}
    return {table: [without_signs(row) for row in found[table]] for table in found}


def without_signs(row: Row) -> tuple[Any, ...]:
    """The values of a row, but for the signs that somebody was heard."""
    return tuple(value for name, value in zip(row.keys(), row, strict=True) if name not in SIGNS)
