"""Follow-ups: the next step of applications, the messages of mornings, and the reminders in each."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from bot.core.board import BY_HAND, Step
from bot.core.follow_up import Line, Reminder, Reply, Sort
from bot.store import _values as v
from bot.store import search
from bot.store.db import Row, Tx


class Plan(NamedTuple):
    """What is planned with an application by hand, and what keeps its rules silent."""

    hand: Step | None
    hushed: bool
    history_to: int  # the last event of a file that told of it, where it was long quiet then, else 0


async def plan_of(tx: Tx, application_id: int) -> Plan | None:
    """What is planned with an application, or None where it is not there."""
    row = await tx.one(
        "SELECT next_on, next_sort, next_words, hushed, history_to FROM applications WHERE id = ?", application_id
    )
    if row is None:
        return None
    by_hand = row["next_on"] and row["next_sort"] == BY_HAND
    hand = Step(date.fromisoformat(row["next_on"]), v.unseal(row["next_words"])) if by_hand else None
    return Plan(hand, bool(row["hushed"]), row["history_to"] or 0)


async def set_next(tx: Tx, application_id: int, step: Step | None, remind_at: datetime | None) -> None:
    """What is next with an application, and when a morning names it."""
    on, sort, words = (step.on.isoformat(), str(step.sort), v.seal(step.words)) if step else (None, "", "")
    await tx.run(
        "UPDATE applications SET next_on = ?, next_sort = ?, next_words = ?, remind_at = ? WHERE id = ?",
        on, sort, words, v.maybe_at(remind_at), application_id,
    )  # fmt: skip


async def hush(tx: Tx, application_id: int) -> None:
    """Let the rules say no more of an application; what was set by hand goes."""
    await tx.run(
        "UPDATE applications SET hushed = 1, next_on = NULL, next_sort = '', next_words = '' WHERE id = ?",
        application_id,
    )


async def unhush(tx: Tx, application_id: int) -> None:
    """Let the rules speak of an application again."""
    await tx.run("UPDATE applications SET hushed = 0 WHERE id = ?", application_id)


async def let_rest(tx: Tx, application_id: int, history_to: int) -> None:
    """Let the rules wait for an event later than the last that a file told of an application."""
    await tx.run("UPDATE applications SET history_to = ? WHERE id = ?", history_to, application_id)


async def resting(tx: Tx, person_id: int, history_to: int) -> list[int]:
    """A person's applications that were long quiet when a file told of them, by number."""
    rows = await tx.all(
        "SELECT id FROM applications WHERE person_id = ? AND history_to = ? ORDER BY id", person_id, history_to
    )
    return [row["id"] for row in rows]


async def put_off(tx: Tx, person_id: int, now: datetime, remind_at: datetime) -> None:
    """Let another morning name what is to be named by now of a person's applications."""
    await tx.run(
        "UPDATE applications SET remind_at = ? WHERE person_id = ? AND remind_at <= ?",
        v.at(remind_at), person_id, v.at(now),
    )  # fmt: skip


async def due(tx: Tx, now: datetime, limit: int = 500) -> list[int]:
    """The people to be reminded of something by now, by number."""
    rows = await tx.all(
        "SELECT person_id, remind_at FROM applications WHERE remind_at <= ? ORDER BY remind_at LIMIT ?",
        v.at(now), limit,
    )  # fmt: skip
    return list(dict.fromkeys(row["person_id"] for row in rows))


async def due_of(tx: Tx, person_id: int, now: datetime) -> list[tuple[int, datetime]]:
    """A person's applications to be named by now, with since when: thanks first, then the oldest, silences last."""
    rows = await tx.all(
        "SELECT id, remind_at, next_on FROM applications"
        " WHERE person_id = ? AND remind_at <= ?"
        " ORDER BY next_sort = ?, next_sort <> ?, next_on, id",
        person_id, v.at(now), Sort.SILENT, Sort.THANKS,
    )  # fmt: skip
    return [(row["id"], v.instant(row["remind_at"])) for row in rows]


async def planned_of(tx: Tx, person_id: int) -> list[int]:
    """A person's applications with a next step, by number."""
    rows = await tx.all("SELECT id FROM applications WHERE person_id = ? AND next_on IS NOT NULL", person_id)
    return [row["id"] for row in rows]


# ------------------------------------------------------------------ mornings


async def newest_morning(tx: Tx, person_id: int) -> tuple[int, date] | None:
    """A person's last message of a morning, and its date."""
    row = await tx.one(
        "SELECT id, local_on FROM mornings WHERE person_id = ? ORDER BY local_on DESC LIMIT 1", person_id
    )
    return None if row is None else (row["id"], date.fromisoformat(row["local_on"]))


async def add_morning(tx: Tx, person_id: int, on: date) -> int:
    """A morning's message, empty; its number."""
    return await tx.insert("INSERT INTO mornings (person_id, local_on) VALUES (?, ?)", person_id, on.isoformat())


async def morning_on(tx: Tx, morning_id: int) -> date | None:
    """The date of a morning's message, or None."""
    row = await tx.one("SELECT local_on FROM mornings WHERE id = ?", morning_id)
    return None if row is None else date.fromisoformat(row["local_on"])


async def add(tx: Tx, reminder: Reminder) -> None:
    """One more reminder; the number that it is given with is not looked at."""
    one = reminder
    await tx.insert(
        "INSERT INTO reminders (morning_id, person_id, application_id, sort, due_on, words, at, again)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        one.morning_id, one.person_id, one.application_id, one.sort, one.due_on.isoformat(), v.seal(one.words),
        v.at(one.at), int(one.again),
    )  # fmt: skip


async def get(tx: Tx, reminder_id: int) -> Reminder | None:
    """The reminder of that number, or None."""
    row = await tx.one("SELECT * FROM reminders WHERE id = ?", reminder_id)
    return None if row is None else _reminder(row)


async def of_application(tx: Tx, application_id: int) -> list[Reminder]:
    """Every reminder of an application, oldest first."""
    rows = await tx.all("SELECT * FROM reminders WHERE application_id = ? ORDER BY at, id", application_id)
    return [_reminder(row) for row in rows]


async def lines(tx: Tx, morning_id: int) -> list[Line]:
    """What a morning's message reminds of, in order."""
    rows = await tx.all("SELECT * FROM reminders WHERE morning_id = ? ORDER BY id", morning_id)
    found = [(_reminder(row), await search.get(tx, row["application_id"])) for row in rows]
    return [Line(reminder, application) for reminder, application in found if application]


async def answer(tx: Tx, reminder_id: int, reply: Reply, until: date | None = None) -> None:
    """What became of a reminder."""
    await tx.run(
        "UPDATE reminders SET reply = ?, until_on = ? WHERE id = ?", str(reply), v.maybe_on(until), reminder_id
    )


def _reminder(row: Row) -> Reminder:
    return Reminder(
        id=row["id"],
        morning_id=row["morning_id"],
        person_id=row["person_id"],
        application_id=row["application_id"],
        sort=Sort(row["sort"]),
        due_on=date.fromisoformat(row["due_on"]),
        words=v.unseal(row["words"]),
        at=v.instant(row["at"]),
        reply=Reply(row["reply"]),
        until=v.maybe_date(row["until_on"]),
        again=bool(row["again"]),
    )
