"""The trail: each of a seeker's ways, from what was given or thought of to where it led, in one query."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from bot.core import landing
from bot.core.idea import Sort, Step
from bot.core.rhythm import local_date
from bot.core.trail import Path, Stop
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.experiment import experiment_of

LED_TO = {landing.Sort.LANDED: "landed", landing.Sort.STOPPED: "stopped", landing.Sort.CHANGED: "a new course"}
_COLUMNS = (
    "experiments.id AS id, experiments.person_id, idea_id, experiments.what, question, try_on, phase, learned, made_at,"
    " ended_at, ask_at, asked"
)
_THANKS = (
    "(SELECT min(made_at) FROM replies"
    " JOIN deliveries ON deliveries.kind = 'reply' AND deliveries.subject = replies.id"
    " WHERE replies.idea_id = ideas.id AND replies.sort = 'thanks' AND {stand})"
)
_THANKED_AT = _THANKS.format(stand="state IN ('sent', 'late')")
_WAIT = "state IN ('owed', 'sending', 'unknown')"
_THANKS_WAIT = _THANKS.format(stand=_WAIT)
_THANKS_HELD = _THANKS.format(
    stand=f"{_WAIT} AND way = 'person' AND NOT EXISTS"
    " (SELECT 1 FROM consents WHERE consents.person_id = ideas.person_id AND standing = 'given')"
)
_LED = "(SELECT at || '/' || sort FROM landings WHERE landings.idea_id = ideas.id ORDER BY at DESC LIMIT 1) AS led"
_PATHS = f"""
    SELECT ideas.id AS given, sort, friends.name AS friend, ideas.what AS theirs, step, given_at AS began_at,
        {_THANKED_AT} AS thanked_at, {_THANKS_WAIT} AS waiting, {_THANKS_HELD} AS held, {_LED},
        (SELECT zone FROM seekers WHERE person_id = ?1) AS zone, {_COLUMNS}
    FROM ideas JOIN people AS friends ON friends.id = ideas.person_id
    LEFT JOIN experiments ON idea_id = ideas.id
    WHERE seeker_id = ?1 AND step <> 'withdrawn'
    UNION ALL SELECT NULL, NULL, '', NULL, NULL, made_at, NULL, NULL, NULL, NULL, NULL, {_COLUMNS}
    FROM experiments LEFT JOIN ideas ON ideas.id = idea_id AND step <> 'withdrawn'
    WHERE experiments.person_id = ?1 AND ideas.id IS NULL
    ORDER BY began_at DESC, given DESC, id
"""


async def paths(tx: Tx, person_id: int) -> list[Path]:
    """Every way of a seeker, newest first; what was taken back is on none.

    Where it led stands in `further`: the landing; an application is joined here by the experiment's number.
    """
    rows = await tx.all(_PATHS, person_id)
    return [_path(list(same)) for _, same in groupby(rows, lambda row: row["given"] or -row["id"])]


def _path(rows: list[Row]) -> Path:
    first = rows[0]
    experiments = tuple(experiment_of(row) for row in rows if row["id"] is not None)
    return Path(
        sort=Sort(first["sort"]) if first["sort"] else None,
        friend=first["friend"],
        what=v.unseal(first["theirs"]) if first["sort"] else experiments[0].what,
        step=Step(first["step"]) if first["step"] else None,
        began_at=v.instant(first["began_at"]),
        thanked_at=v.maybe_instant(first["thanked_at"]),
        thanks_wait=first["waiting"] is not None,
        thanks_held=first["held"] is not None,
        experiments=experiments,
        further=_led(first["led"], first["zone"]),
    )


def _led(led: str | None, zone: str) -> tuple[Stop, ...]:
    """The end or the turn of the journey that an idea led to."""
    if led is None:
        return ()
    at, _, sort = led.partition("/")
    return (Stop(LED_TO[landing.Sort(sort)], local_date(v.instant(at), ZoneInfo(zone))),)
