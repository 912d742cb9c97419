"""What seekers answer their friends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from bot.core.circle import Circle
from bot.core.consent import Consent
from bot.core.delivery import State
from bot.core.idea import Idea
from bot.core.people import Person, Seeking, Space
from bot.core.reply import UNSENT, Reply, Sort
from bot.store import _values as v
from bot.store import idea as ideas
from bot.store import thanks
from bot.store.db import Row, Tx
from bot.store.people import SEEKING, seeking_of

_REPLIES = (
    "SELECT replies.*, friends.name AS friend, seeking.name AS seeker, ideas.unnamed AS idea_unnamed, deliveries.state,"
    " consents.standing,"
    " EXISTS (SELECT 1 FROM words WHERE words.note_id = replies.note_id AND words.person_id = friend_id"
    " AND words.unnamed) AS word_unnamed"
    " FROM replies JOIN people AS friends ON friends.id = friend_id"
    " JOIN people AS seeking ON seeking.id = replies.person_id"
    " LEFT JOIN ideas ON ideas.id = idea_id LEFT JOIN consents ON consents.person_id = friend_id"
    " LEFT JOIN deliveries ON deliveries.kind = 'reply' AND deliveries.subject = replies.id"
)
# Somebody (?2 to ?4), the `friends` of what is {given} (?1), and each circle of the former: a row for every pair.
_BEFORE = f"""
    SELECT {SEEKING}, friends.id AS friend_id, friends.name AS friend, friends.platform, friends.workspace,
        friends.external_id, standing, circles.id AS circle_id, circles.name AS circle, lost_at,
        circles.platform AS at_platform, circles.workspace AS at_workspace, circles.external_id AS at_id,
        circles.id IN (SELECT circle_id FROM friends AS known WHERE known.person_id = friends.id
            UNION ALL SELECT circle_id FROM memberships AS own WHERE own.person_id = friends.id)
        OR circles.external_id IN (SELECT channel FROM reactions WHERE reactions.person_id = friends.id
            UNION ALL SELECT channel FROM words WHERE words.person_id = friends.id) AS seen, {{columns}}
    FROM (SELECT 1)
    LEFT JOIN people AS seeking ON seeking.platform = ?2 AND seeking.workspace = ?3 AND seeking.external_id = ?4
    LEFT JOIN seekers ON seekers.person_id = seeking.id {{given}}
    LEFT JOIN consents ON consents.person_id = friends.id
    LEFT JOIN memberships ON memberships.person_id = seeking.id
    LEFT JOIN circles ON circles.id = memberships.circle_id AND removed_at IS NULL
    ORDER BY {{order}}circles.id
"""
_UNSENT = ", ".join(f"'{state}'" for state in UNSENT if state)
_BEFORE_IDEA = _BEFORE.format(
    columns=f"""{ideas.COLUMNS}, seeker_id AS owner_id,
        EXISTS (SELECT 1 FROM replies CROSS JOIN deliveries ON kind = 'reply' AND subject = replies.id
            WHERE replies.idea_id = ?1 AND replies.sort = 'decline' AND state NOT IN ({_UNSENT})) AS declined""",
    given="LEFT JOIN ideas ON ideas.id = ?1 LEFT JOIN people AS friends ON friends.id = ideas.person_id",
    order="",
)
_NOTE = "(SELECT subject FROM deliveries WHERE id = ?1 AND kind = 'note')"
_BEFORE_NOTE = _BEFORE.format(
    columns="note.subject AS note_id, note.person_id AS owner_id, unnamed",
    given=f"""
    LEFT JOIN deliveries AS note ON note.id = ?1 AND note.kind = 'note'
    LEFT JOIN (SELECT person_id AS giver_id, min(at) AS since, max(unnamed) AS unnamed FROM (
            SELECT person_id, added_at AS at, 0 AS unnamed FROM reactions WHERE note_id = {_NOTE}
            UNION ALL SELECT person_id, said_at, unnamed FROM words WHERE note_id = {_NOTE}) GROUP BY person_id)
    LEFT JOIN people AS friends ON friends.id = giver_id""",
    order="since, giver_id, ",
)
_BEFORE_LANDING = _BEFORE.format(
    columns="landings.person_id AS owner_id, 1 AS unnamed",
    given=f"""
    LEFT JOIN landings ON landings.id = ?1
    LEFT JOIN people AS friends ON friends.id = ?5 AND friends.id IN ({thanks.GIVERS})""",
    order="",
)


class Giver(NamedTuple):
    """A friend who gave something, and where an answer may reach them."""

    id: int
    person: Person
    name: str  # may be empty
    consent: Consent
    unnamed: bool  # the circle does not hear whose it is
    circles: Sequence[tuple[Circle, bool]]  # of whoever answers, and whether the friend showed themselves there


class Before(NamedTuple):
    """What is looked at before somebody answers their friends: who they are, whose it is, and who gave it."""

    seeker: Seeking | None
    owner_id: int | None  # None where what was given is not there
    givers: Sequence[Giver]  # of a note or a journey, those whose gift still stands
    idea: Idea | None = None
    declined: bool = False  # the friend was told, or is to be, that the idea is not for the seeker
    note_id: int | None = None


async def add(
    tx: Tx, sort: Sort, seeker_id: int, friend_id: int, words: str, now: datetime,
    *, in_circle: bool, idea_id: int | None = None, note_id: int | None = None,
) -> int:  # fmt: skip
    """Something that a seeker says to a friend; its number."""
    return await tx.insert(
        "INSERT INTO replies (sort, person_id, friend_id, idea_id, note_id, way, words, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        sort, seeker_id, friend_id, idea_id, note_id, "circle" if in_circle else "person", v.seal(words), v.at(now),
    )  # fmt: skip


async def get(tx: Tx, reply_id: int) -> Reply | None:
    """One reply, or None."""
    row = await tx.one(f"{_REPLIES} WHERE replies.id = ?", reply_id)
    return None if row is None else _reply(row)


async def about_idea(tx: Tx, idea_id: int) -> list[Reply]:
    """What was answered to an idea or offer, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE idea_id = ? ORDER BY replies.id", idea_id)]


async def after_note(tx: Tx, note_id: int) -> list[Reply]:
    """What was answered to what a note brought, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE replies.note_id = ? ORDER BY replies.id", note_id)]


async def of_seeker(tx: Tx, seeker_id: int) -> list[Reply]:
    """All that a seeker answered, oldest first."""
    rows = await tx.all(f"{_REPLIES} WHERE replies.person_id = ? ORDER BY replies.id", seeker_id)
    return [_reply(row) for row in rows]


async def to_friend(tx: Tx, friend_id: int) -> list[Reply]:
    """All that a friend was answered, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE friend_id = ? ORDER BY replies.id", friend_id)]


async def before_idea(tx: Tx, who: Person, idea_id: int) -> Before:
    """What is looked at before somebody answers an idea or offer."""
    rows = await tx.all(_BEFORE_IDEA, idea_id, *who)
    idea = ideas.idea_of(rows[0]) if rows[0]["id"] else None
    return _before(rows)._replace(idea=idea, declined=bool(rows[0]["declined"]))


async def before_note(tx: Tx, who: Person, delivery_id: str) -> Before:
    """What is looked at before somebody answers the cheers of a note; who left them in the order in which they came."""
    rows = await tx.all(_BEFORE_NOTE, delivery_id, *who)
    return _before(rows)._replace(note_id=rows[0]["note_id"])


async def before_landing(tx: Tx, who: Person, landing_id: int, friend_id: int) -> Before:
    """What is looked at before somebody thanks a friend for all that they gave on a journey, if they gave anything."""
    return _before(await tx.all(_BEFORE_LANDING, landing_id, *who, friend_id))


async def friend(tx: Tx, person_id: int) -> tuple[Person, str] | None:
    """Where a friend is written to, and the name they go by; None for somebody unknown."""
    row = await tx.one("SELECT platform, workspace, external_id, name FROM people WHERE id = ?", person_id)
    return (v.person(row), row["name"]) if row else None


def _before(rows: Sequence[Row]) -> Before:
    by_friend = groupby((row for row in rows if row["friend_id"]), key=lambda row: row["friend_id"])
    givers = [_giver(list(of_friend)) for _, of_friend in by_friend]
    return Before(seeking_of(rows[0]), rows[0]["owner_id"], givers)


def _giver(rows: Sequence[Row]) -> Giver:
    """The friend of some rows, one for each circle."""
    row = rows[0]
    consent = Consent(row["standing"] or Consent.NEVER)
    circles = [(_circle(one), bool(one["seen"])) for one in rows if one["circle_id"]]
    return Giver(row["friend_id"], v.person(row), row["friend"], consent, bool(row["unnamed"]), circles)


def _circle(row: Row) -> Circle:
    space = Space(row["at_platform"], row["at_workspace"], row["at_id"])
    return Circle(row["circle_id"], row["circle"], space, v.maybe_instant(row["lost_at"]))


def _reply(row: Row) -> Reply:
    return Reply(
        id=row["id"],
        sort=Sort(row["sort"]),
        seeker_id=row["person_id"],
        seeker=row["seeker"],
        friend_id=row["friend_id"],
        friend_named=row["friend"],
        idea_id=row["idea_id"],
        note_id=row["note_id"],
        in_circle=row["way"] == "circle",
        unnamed=bool(row["idea_unnamed"] or row["word_unnamed"]),
        words=v.unseal(row["words"]),
        made_at=v.instant(row["made_at"]),
        state=State(row["state"]) if row["state"] else None,
        consent=Consent(row["standing"] or Consent.NEVER),
    )
