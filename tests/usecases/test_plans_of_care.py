"""What the database does when a seeker asks for help, goes silent, and when a friend is forgotten: by an index."""

from __future__ import annotations

from bot.store.people import number_of
from bot.usecases import ask, care, people, privacy
from tests.usecases._ask import asked as asked_whether_open
from tests.usecases._silence import ANA, asked, go_by, trusts
from tests.usecases.conftest import MAYA, Desk
from tests.usecases.test_plans import answered, scans, shared, spoken

# Erasing asks which tables there are, and ends with one sweep of people whom none of them names any more.
ERASING = ("pragma_table_info", "sqlite_schema", "DELETE FROM people WHERE id")


async def asked_for(desk: Desk) -> None:
    """Something is asked for, stays open, is asked about, changed and closed."""
    app = desk.app
    request = await ask.add(app, MAYA, "Read my CV")
    await go_by(desk, 16)
    about = asked_whether_open(desk)[-1].delivery_id
    await ask.say_open(app, MAYA, about)
    await ask.change_asked(app, MAYA, about, "Read my letter")
    await ask.close(app, MAYA, str(request.id))


async def gone_silent(desk: Desk) -> None:
    """Nothing is answered; the friend who is trusted is let know, and the rhythm gets lighter."""
    app = desk.app
    await trusts(desk)
    await go_by(desk, 12)
    silence = asked(desk)[-1].silence.id
    await care.reword(app, MAYA, silence, "It is quiet here")
    await care.let_know(app, MAYA, silence)
    assert await desk.states("confided") == ["sent"]
    await care.lighten(app, MAYA, silence)
    await care.fine(app, MAYA, silence)


async def test_no_ask_and_no_silence_reads_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await desk.begin()
    await asked_for(desk)
    await gone_silent(desk)
    await people.leave(desk.app, MAYA)
    assert await scans(desk.app.db, list(said)) == set()


async def test_nothing_of_a_friend_who_is_erased_is_looked_for_in_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await desk.begin()
    await answered(desk)
    await shared(desk)
    number = await number_of(desk.app.db.reading, ANA)
    assert number
    await desk.until(5, 12)
    await privacy.erase(desk.app, ANA, number)
    found = await scans(desk.app.db, list(said))
    assert {scan for scan in found if not any(sweep in scan for sweep in ERASING)} == set()
