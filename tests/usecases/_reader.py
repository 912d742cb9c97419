"""An answer that Maya keeps for some friends, and what they have of it."""

from __future__ import annotations

from bot.core.journal import Visibility
from bot.core.people import Person
from bot.core.summary import Draft, Phase, Portion
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.usecases import consent, journal, reader, summary
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk

ANA, BEN = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
SECRET = "I fear the interview at Acme"
OPEN = "Wrote two applications"


async def number(desk: Desk, who: Person) -> str:
    """The number of somebody known."""
    found = await people_rows.number_of(desk.app.db.reading, who)
    return str(found)


async def written(desk: Desk, *accepting: Person) -> tuple[int, int]:
    """Maya has a check-in and a note in her week's draft; the entries' numbers. Some friends accepted messages."""
    await desk.begin()
    for friend in accepting:
        await consent.accept(desk.app, friend, friend.id.title(), CHANNEL)
    desk.move(2, 18)
    first = await journal.checkin(desk.app, MAYA, {"done": OPEN}, {"hours": 2})
    second = await journal.reflect(desk.app, MAYA, "note", {"note": SECRET})
    await desk.until(4, 18)
    return first.entry.id, second.entry.id


async def known(desk: Desk, friend: Person) -> None:
    """A friend is known in the circle, and has not accepted messages."""
    async with desk.app.db.writing() as tx:
        friend_id = await people_rows.remember(tx, friend, friend.id.title())
        await tx.run("INSERT INTO friends (circle_id, person_id) VALUES (1, ?)", friend_id)


async def name(desk: Desk, entry_id: int, *friends: Person) -> None:
    """Maya names exactly these friends for an answer."""
    naming = await reader.naming(desk.app, MAYA, entry_id)
    chosen = [await number(desk, friend) for friend in friends]
    await reader.name(desk.app, MAYA, entry_id, [str(one.id) for one in naming.known], chosen)


async def posted(desk: Desk, *accepting: Person) -> tuple[int, int]:
    """The check-in is for all, the note for Ana alone, and the week stands."""
    checkin, note = await written(desk, ANA, *accepting)
    await name(desk, note, ANA)
    await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
    await summary.post(desk.app, MAYA, 1)
    return checkin, note


def parts(desk: Desk, who: Person = ANA) -> list[Portion]:
    """What stands in somebody's direct messages of weeks."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Portion)]


def words(portion: Portion) -> list[object]:
    """What is told of the answers in a part."""
    return [value for entry in portion.summary.entries for value in entry.answers.values()]


async def phase(desk: Desk) -> Phase:
    """Where Maya's first week stands."""
    week = await summary_rows.get(desk.app.db.reading, 1)
    assert week
    return week.phase


async def visibility(desk: Desk, entry_id: int) -> Visibility:
    """Who may see an entry."""
    entry = await journal_rows.get(desk.app.db.reading, entry_id)
    assert entry
    return entry.visibility


async def draft(desk: Desk) -> Draft:
    """Maya's first week as she sees it."""
    return await summary.draft_of(desk.app, MAYA, 1)


async def said(desk: Desk) -> str:
    """Everything that ever stood in the channel."""
    return str([sheet.said for sheet in desk.paper.at(CHANNEL)])
