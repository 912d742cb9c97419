"""Files as tests send them, and what comes of them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.core.archive import Archive
from bot.core.board import Step
from bot.core.people import Person
from bot.core.search import Act, Loss
from bot.store import archive as archives
from bot.store import board as board_rows
from bot.store import follow_up as follow_up_rows
from bot.usecases import importing, search
from bot.usecases.importing import Shown
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk

ORA = Person(PAPER, "", "ora")
BERLIN = ZoneInfo("Europe/Berlin")
LIST = "Company,Role,Date,Status\nGlobex,Cook,3.11.2025,Rejected\nInitech,Clerk,4.11.2025,Interview\n"


async def sent(desk: Desk, data: bytes | str, name: str = "list.csv", who: Person = MAYA) -> Shown:
    """Somebody sends a file."""
    content = data.encode() if isinstance(data, str) else data

    async def fetch() -> bytes:
        return content

    return await importing.begin(desk.app, who, name, len(content), fetch)


async def taken(desk: Desk, data: bytes | str, name: str = "list.csv", who: Person = MAYA) -> None:
    """They import it at once."""
    await importing.keep(desk.app, who, (await sent(desk, data, name, who)).id)


async def waiting(desk: Desk) -> int:
    """How many files wait."""
    return len(await desk.app.db.reading.all("SELECT id FROM imports"))


async def whole(desk: Desk, person_id: int = 1) -> Archive:
    """All that a person keeps of their search."""
    return await archives.whole(desk.app.db.reading, person_id)


async def lived(desk: Desk) -> None:
    """A search with what is undone, amended, corrected, about nobody's application, and begun anew."""
    await applied(
        desk, "Acme", "Engineer", when="1.12.2025", link="https://acme.example/7", source="a fair", kind="remote"
    )
    await logged(desk, Act.INTERVIEW, "Acme", when="8.12.2025 14:00", whom="Anna")
    offer = await logged(desk, Act.OFFER, "Acme", words="=SUM(A1) @everyone שלום 🎉 **bold**")
    await search.undo(desk.app, MAYA, offer.event.id)
    note = await logged(desk, Act.NOTE, "Acme", words="Frst")
    await search.amend(desk.app, MAYA, note.event.id, {"words": "First\n\nsecond", "energy": "-1"})
    await logged(desk, Act.LOST, "Acme", loss=Loss.GHOSTED)
    await applied(desk, "Acme", "Engineer", when="yesterday")
    await logged(desk, Act.OFFER, "Acme")
    await logged(desk, Act.APPLIED, "Acme", "Engineer", right=True)
    await logged(desk, Act.CONVERSATION, whom="-Ben, at a fair")
    globex = await applied(desk, "Globex", "Cook")
    async with desk.app.db.writing() as tx:
        await board_rows.plan(tx, globex.id, Step(date(2026, 1, 9), "Send references"))
    initech = await applied(desk, "Initech", "Clerk")
    async with desk.app.db.writing() as tx:
        await follow_up_rows.hush(tx, initech.id)
