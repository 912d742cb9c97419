"""What friends gave on a journey, and what its seeker decided about thanking each."""

from __future__ import annotations

from bot.core.idea import Step
from bot.core.landing import Landing
from bot.core.thanks import Decision, Gift, Standing
from bot.store import _values as v
from bot.store.db import Row, Tx

_IDEAS = """
    SELECT ideas.id, ideas.person_id, friends.name, ideas.sort, what, unnamed, step FROM landings
    JOIN ideas ON seeker_id = landings.person_id AND given_at BETWEEN began_at AND landings.at
    JOIN people AS friends ON friends.id = ideas.person_id
    WHERE landings.id = ?1 AND step <> 'withdrawn' ORDER BY ideas.id
"""
_CHEERS = """
    SELECT reactions.person_id, 0 AS unnamed FROM landings JOIN weeks ON weeks.person_id = landings.person_id
    JOIN reactions ON reactions.week_id = weeks.id AND added_at BETWEEN began_at AND landings.at WHERE landings.id = ?1
    UNION ALL SELECT words.person_id, unnamed FROM landings JOIN weeks ON weeks.person_id = landings.person_id
    JOIN words ON words.week_id = weeks.id AND said_at BETWEEN began_at AND landings.at WHERE landings.id = ?1
"""
GIVERS = f"SELECT person_id FROM ({_IDEAS}) UNION ALL SELECT person_id FROM ({_CHEERS})"  # on the journey of landing ?1
_CAME_OF_IT = (Step.LEARNED, Step.TALKED)


async def gifts(tx: Tx, landing: Landing) -> list[Gift]:
    """What each friend gave on the journey; what they gave without their name is apart."""
    found: dict[tuple[int, bool], Gift] = {}
    ideas = await tx.all(_IDEAS, landing.id)
    for row in sorted(ideas, key=lambda row: row["step"] not in _CAME_OF_IT):
        gift = _gift(found, row)
        found[gift.friend_id, gift.unnamed] = _with(gift, row, led=row["id"] == landing.idea_id)
    cheers = f"SELECT person_id, name, unnamed, count(*) AS many FROM ({_CHEERS}) JOIN people ON people.id = person_id"
    for row in await tx.all(f"{cheers} GROUP BY person_id, unnamed", landing.id):
        gift = _gift(found, row)
        found[gift.friend_id, gift.unnamed] = gift._replace(cheers=row["many"])
    return list(found.values())


def _with(gift: Gift, row: Row, *, led: bool) -> Gift:
    """A gift with one more idea or offer."""
    if row["sort"] == "offer":
        return gift._replace(led_by_offer=True) if led else gift._replace(offers=gift.offers + 1)
    what = v.unseal(row["what"])
    return gift._replace(led=what) if led else gift._replace(ideas=(*gift.ideas, what))


def _gift(found: dict[tuple[int, bool], Gift], row: Row) -> Gift:
    friend_id, unnamed = row["person_id"], bool(row["unnamed"])
    return found.get((friend_id, unnamed), Gift(friend_id, row["name"], unnamed))


async def decide(tx: Tx, landing: Landing, friend_id: int, decision: Decision, *, unnamed: bool) -> None:
    """What the seeker decided about a friend's line."""
    await tx.run(
        "INSERT INTO thanks_lines (landing_id, person_id, friend_id, unnamed, standing, words, mark)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (landing_id, friend_id, unnamed)"
        " DO UPDATE SET standing = excluded.standing, words = excluded.words, mark = excluded.mark",
        landing.id, landing.person_id, friend_id, int(unnamed), decision.standing, v.seal(decision.words),
        decision.mark,
    )  # fmt: skip


async def decided(tx: Tx, landing_id: int) -> dict[tuple[int, bool], Decision]:
    """What the seeker decided about each line."""
    rows = await tx.all("SELECT * FROM thanks_lines WHERE landing_id = ?", landing_id)
    return {
        (row["friend_id"], bool(row["unnamed"])): Decision(
            Standing(row["standing"]), v.unseal(row["words"]), row["mark"]
        )
        for row in rows
    }


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
