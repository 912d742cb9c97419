"""The trail: each of a seeker's ways, from what was given or thought of to where it led, in one query."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.core import landing
from bot.core.idea import Sort, Step
from bot.core.rhythm import local_date
from bot.core.search import Act, Event, Stage
from bot.core.trail import Path, Stop, led_to
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
    " CROSS JOIN deliveries ON deliveries.kind = 'reply' AND deliveries.subject = replies.id"
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
_APPLIED = (  # the events of the applications that it led to
    "(SELECT json_group_array(json_array(events.id, application_id, act, happened_on, noted_at, events.stage,"
    " starts_at, about)) FROM applications JOIN events ON application_id = applications.id"
    " WHERE applications.{came} = {of}) AS applied"
)
_PATHS = f"""
    SELECT ideas.id AS given, sort, friends.name AS friend, ideas.what AS theirs, step, given_at AS began_at,
        {_THANKED_AT} AS thanked_at, {_THANKS_WAIT} AS waiting, {_THANKS_HELD} AS held, {_LED},
        {_APPLIED.format(came="idea_id", of="ideas.id")}, {_COLUMNS}
    FROM ideas JOIN people AS friends ON friends.id = ideas.person_id
    LEFT JOIN experiments ON idea_id = ideas.id
    WHERE seeker_id = ?1 AND step <> 'withdrawn'
    UNION ALL SELECT NULL, NULL, '', NULL, NULL, made_at, NULL, NULL, NULL, NULL,
        {_APPLIED.format(came="experiment_id", of="experiments.id")}, {_COLUMNS}
    FROM experiments LEFT JOIN ideas ON ideas.id = idea_id AND step <> 'withdrawn'
    WHERE experiments.person_id = ?1 AND ideas.id IS NULL
    ORDER BY began_at DESC, given DESC, id
"""


async def paths(tx: Tx, person_id: int, zone: ZoneInfo, today: date) -> list[Path]:
    """Every way of a seeker, newest first; what was taken back is on none.

    Where it led stands in `further`: applied, interview, offer, accepted, and the landing.
    """
    rows = await tx.all(_PATHS, person_id)
    return [_path(list(same), zone, today) for _, same in groupby(rows, lambda row: row["given"] or -row["id"])]


def _path(rows: list[Row], zone: ZoneInfo, today: date) -> Path:
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
        further=(*_applied(rows, zone, today), *_led(first["led"], zone)),
    )


def _applied(rows: list[Row], zone: ZoneInfo, today: date) -> tuple[Stop, ...]:
    """How far the applications came that it led to."""
    found = sorted((_event(*told) for told in json.loads(rows[0]["applied"])), key=lambda one: one.application_id or 0)
    return led_to([list(same) for _, same in groupby(found, lambda one: one.application_id)], zone, today)


def _event(
    number: int, of: int, act: str, on: str, noted_at: str, stage: str | None, starts_at: str | None, about: int | None
) -> Event:
    """What of an event is needed to see how far its application came."""
    return Event(
        number, 0, of, Act(act), date.fromisoformat(on), v.instant(noted_at),
        stage=Stage(stage) if stage else None, starts_at=v.maybe_instant(starts_at), about=about,
    )  # fmt: skip


def _led(led: str | None, zone: ZoneInfo) -> tuple[Stop, ...]:
    """The end or the turn of the journey that an idea led to."""
    if led is None:
        return ()
    at, _, sort = led.partition("/")
    return (Stop(LED_TO[landing.Sort(sort)], local_date(v.instant(at), zone)),)
