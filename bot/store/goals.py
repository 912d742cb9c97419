"""Goals: how much of an activity somebody aims for in a week, and since which Monday."""

from __future__ import annotations

from datetime import date

from bot.core.goals import Activity, Goal
from bot.store.db import Row, Tx


async def of_person(tx: Tx, person_id: int) -> list[Goal]:
    """All that a person ever aimed for, the oldest first."""
    rows = await tx.all(
        "SELECT activity, per_week, from_on, set_on FROM goals WHERE person_id = ? ORDER BY from_on, activity",
        person_id,
    )
    return [_goal(row) for row in rows]


async def aim(tx: Tx, person_id: int, goal: Goal) -> None:
    """From its Monday on this is the goal, whatever was to be it from then or later."""
    await tx.run(
        "DELETE FROM goals WHERE person_id = ? AND activity = ? AND from_on >= ?",
        person_id, goal.activity, goal.from_on.isoformat(),
    )  # fmt: skip
    await tx.run(
        "INSERT INTO goals (person_id, activity, from_on, per_week, set_on) VALUES (?, ?, ?, ?, ?)",
        person_id, goal.activity, goal.from_on.isoformat(), goal.per_week, goal.set_on.isoformat(),
    )  # fmt: skip


def _goal(row: Row) -> Goal:
    from_on, set_on = (date.fromisoformat(row[name]) for name in ("from_on", "set_on"))
    return Goal(Activity(row["activity"]), row["per_week"], from_on, set_on)
