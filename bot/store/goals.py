"""Goals: how much of an activity somebody aims for in a week, and since which Monday."""

from __future__ import annotations

from datetime import date

from bot.core.goals import Activity, Goal
from bot.store.db import Tx


async def of_person(tx: Tx, person_id: int) -> list[Goal]:
    """All that a person ever aimed for, the oldest first."""
    rows = await tx.all(
        "SELECT activity, per_week, from_on FROM goals WHERE person_id = ? ORDER BY from_on, activity", person_id
    )
    return [Goal(Activity(row["activity"]), row["per_week"], date.fromisoformat(row["from_on"])) for row in rows]


async def aim(tx: Tx, person_id: int, goal: Goal) -> None:
    """From its Monday on this is the goal, whatever was to be it from then."""
    await tx.run(
        "INSERT INTO goals (person_id, activity, from_on, per_week) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (person_id, activity, from_on) DO UPDATE SET per_week = excluded.per_week",
        person_id, goal.activity, goal.from_on.isoformat(), goal.per_week,
    )  # fmt: skip
