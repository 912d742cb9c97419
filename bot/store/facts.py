"""What the database knows about itself: single values by name."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from bot.store.db import Tx

TZDATA = "tzdata"  # the version by which every next due instant was computed
ERASED_AT = "erased_at"  # when somebody was last erased: what was said before is never read back
INSTALLATION = "installation"  # a random name, made once: no other Cairn makes the same delivery ids
LOOK_BEFORE = "look_before"  # an instant: what was due by then may stand already, so it is looked for first
BACKED_UP_AT = "backed_up_at"  # when the newest backup was made
KEPT_UP_AT = "kept_up_at"  # when the daily round of upkeep last did all that it should
WELL_AT = "well_at"  # when the database took things again after it had refused some
KEPT_UP_TRY = "kept_up_try"  # when it was last tried


async def get(tx: Tx, name: str) -> str | None:
    """The value of that name, or None."""
    row = await tx.one("SELECT value FROM facts WHERE name = ?", name)
    return None if row is None else row["value"]


async def put(tx: Tx, name: str, value: str) -> None:
    """Keep a value, in place of an earlier one."""
    await tx.run(
        "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value,
    )  # fmt: skip


async def installation(tx: Tx) -> str:
    """The name of this installation, made when it is first asked for."""
    name = await get(tx, INSTALLATION)
    if name is None:
        name = secrets.token_hex(8)
        await put(tx, INSTALLATION, name)
    return name


async def instant(tx: Tx, name: str) -> datetime:
    """The instant of that name; before all others where there is none."""
    found = await get(tx, name)
    return datetime.fromisoformat(found) if found else datetime.min.replace(tzinfo=UTC)
