"""What friends gave on a journey, and what its seeker decided about thanking each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.idea import Step
from bot.core.people import Person
from bot.core.thanks import Decision, Gift, Standing
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.people import SEEKING

_CHEERS = """
    SELECT reactions.person_id, 0 AS unnamed FROM landings JOIN weeks ON weeks.person_id = landings.person_id
    JOIN reactions ON reactions.week_id = weeks.id AND added_at BETWEEN began_at AND landings.at WHERE landings.id = ?1
    UNION ALL SELECT words.person_id, unnamed FROM landings JOIN weeks ON weeks.person_id = landings.person_id
    JOIN words ON words.week_id = weeks.id AND said_at BETWEEN began_at AND landings.at WHERE landings.id = ?1
"""
_GIVEN = f"""
    SELECT ideas.person_id AS giver_id, unnamed AS nameless, ideas.id AS gift_id, ideas.sort AS gift, what, step,
        ideas.id IS landings.idea_id AS led, 0 AS cheers
    FROM landings JOIN ideas ON seeker_id = landings.person_id AND given_at BETWEEN began_at AND landings.at
    WHERE landings.id = ?1 AND step <> 'withdrawn'
    UNION ALL
    SELECT person_id, unnamed, NULL, NULL, NULL, NULL, 0, count(*) FROM ({_CHEERS}) GROUP BY person_id, unnamed
"""
GIVERS = f"SELECT giver_id FROM ({_GIVEN})"  # on the journey of landing ?1
_COLUMNS = (
    "giver_id, nameless, gift, what, step, led, cheers, friends.name AS friend, standing, thanks_lines.words, mark"
)
_OF_EACH = """
    LEFT JOIN people AS friends ON friends.id = giver_id
    LEFT JOIN thanks_lines ON thanks_lines.landing_id = ?1 AND friend_id = giver_id AND unnamed = nameless
"""
_CAME_OF_IT = (Step.LEARNED, Step.TALKED)


class Given(NamedTuple):
    """What each friend gave on a journey, and what its seeker decided about thanking them."""

    gifts: Sequence[Gift]  # what a friend gave without their name is apart
    decided: Mapping[tuple[int, bool], Decision]


class Before(NamedTuple):
    """What is looked at before somebody words a line of thanks: who they are, whose the landing is, who gave what."""

    person_id: int
    left_at: datetime | None
    owner_id: int | None  # None where the landing is not there
    given: Given


async def given(tx: Tx, landing_id: int) -> Given:
    """What friends gave on the journey that a landing ends."""
    return _given(await tx.all(f"SELECT {_COLUMNS} FROM ({_GIVEN}) {_OF_EACH} ORDER BY gift_id", landing_id))


async def before(tx: Tx, who: Person, landing_id: int) -> Before | None:
    """What is looked at before somebody words a line of a landing; None for no seeker."""
    rows = await tx.all(
        f"SELECT {SEEKING}, landings.person_id AS owner_id, {_COLUMNS} FROM people AS seeking"
        " JOIN seekers ON seekers.person_id = seeking.id LEFT JOIN landings ON landings.id = ?1"
        f" LEFT JOIN ({_GIVEN}) {_OF_EACH}"
        " WHERE seeking.platform = ?2 AND seeking.workspace = ?3 AND seeking.external_id = ?4 ORDER BY gift_id",
        landing_id, *who,
    )  # fmt: skip
    if not rows:
        return None
    row = rows[0]
    found = [one for one in rows if one["giver_id"]]
    return Before(row["own_id"], v.maybe_instant(row["own_left_at"]), row["owner_id"], _given(found))


def _given(rows: Iterable[Row]) -> Given:
    gifts: dict[tuple[int, bool], Gift] = {}
    decided: dict[tuple[int, bool], Decision] = {}
    for row in sorted(rows, key=lambda row: row["step"] not in _CAME_OF_IT):
        key = friend_id, unnamed = row["giver_id"], bool(row["nameless"])
        gifts[key] = _with(gifts.get(key, Gift(friend_id, row["friend"], unnamed)), row)
        if row["standing"]:
            decided[key] = Decision(Standing(row["standing"]), v.unseal(row["words"]), row["mark"])
    return Given(list(gifts.values()), decided)


def _with(gift: Gift, row: Row) -> Gift:
    """A gift with one more idea or offer, or with the cheers."""
    led = bool(row["led"])
    if row["gift"] is None:
        return gift._replace(cheers=row["cheers"])
    if row["gift"] == "offer":
        return gift._replace(led_by_offer=True) if led else gift._replace(offers=gift.offers + 1)
    what = v.unseal(row["what"])
    return gift._replace(led=what) if led else gift._replace(ideas=(*gift.ideas, what))


async def decide(tx: Tx, landing_id: int, friend_id: int, decision: Decision, *, unnamed: bool) -> None:
    """What the seeker of a landing decided about a friend's line."""
    await tx.run(
        "INSERT INTO thanks_lines (landing_id, person_id, friend_id, unnamed, standing, words, mark)"
        " SELECT id, person_id, ?, ?, ?, ?, ? FROM landings WHERE id = ? ON CONFLICT (landing_id, friend_id, unnamed)"
        " DO UPDATE SET standing = excluded.standing, words = excluded.words, mark = excluded.mark",
        friend_id, int(unnamed), decision.standing, v.seal(decision.words), decision.mark, landing_id,
    )  # fmt: skip


async def forget_lines(tx: Tx, seeker_id: int, friend_id: int) -> None:
    """A friend took something back: in no line to them stands any word about it."""
    await tx.run("DELETE FROM thanks_lines WHERE person_id = ? AND friend_id = ?", seeker_id, friend_id)


async def thanking(tx: Tx, friend_id: int) -> list[int]:
    """The landings that tell of a friend: of a decision about thanking them, or of an idea of theirs; by number."""
    rows = await tx.all(
        "SELECT landing_id FROM thanks_lines WHERE friend_id = ?1 UNION SELECT landings.id FROM ideas"
        " JOIN landings ON landings.person_id = seeker_id WHERE ideas.person_id = ?1",
        friend_id,
    )
    return [row["landing_id"] for row in rows]
