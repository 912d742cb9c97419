"""What the host sees: counts of what is due and what ended, what lasts, and nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.alert import Alert, Topic
from bot.core.circle import CouldNotPost
from bot.core.delivery import Cause, Unknown, Unreachable
from bot.core.host import Counts, Disk, Line, NotTheHost, Status, Trouble, is_well
from bot.usecases import _reach, host, journal, people, rhythm, summary
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, SAM, Desk
from tests.usecases.test_plans import scans, spoken

pytestmark = pytest.mark.usefixtures("hosted")


async def counts(desk: Desk) -> Counts:
    return (await host.status(desk.app, SAM)).counts


async def test_only_the_host_sees_it(desk: Desk) -> None:
    with pytest.raises(NotTheHost, match="Only whoever hosts me"):
        await host.status(desk.app, MAYA)
    desk.app.settings = desk.app.settings._replace(host=None)
    with pytest.raises(NotTheHost, match="Nobody is set"):
        await host.status(desk.app, MAYA)


async def test_what_is_due_and_how_it_ended_is_counted(desk: Desk) -> None:
    assert await counts(desk) == Counts(sent=2)

    desk.paper.replies.append(Unknown("no answer"))
    await desk.until(2, 17, 30)
    found = await counts(desk)
    assert (found.unknown, found.due) == (1, 0)

    desk.move(2, 18)
    assert (await counts(desk)).due == 1
    assert (await host.status(desk.app, SAM)).behind > timedelta(minutes=29)
    await desk.tick()
    found = await counts(desk)
    assert (found.late, found.due, found.unknown) == (1, 0, 0)


async def test_days_that_were_not_asked_count_as_neither_sent_nor_lost(desk: Desk) -> None:
    await desk.until(20, 12)

    found = await counts(desk)

    assert found.unknown == found.due == 0


async def test_who_is_closed_is_counted_and_not_named(desk: Desk) -> None:
    desk.paper.refuses[MAYA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await desk.until(2, 17, 30)

    found = await host.status(desk.app, SAM)

    assert (found.counts.closed, found.counts.unreachable) == (1, 1)
    assert "maya" not in str(found).lower()


async def test_the_busiest_minute_and_the_versions_are_told(desk: Desk) -> None:
    found = await host.status(desk.app, SAM)

    assert found.rush
    assert (found.rush.many, found.rush.lateness) == (1, timedelta())
    assert {name for name, _ in found.versions} == {"Cairn", "Python", "SQLite", "tzdata"}
    assert found.disk.database > 0


async def test_a_rest_from_sending_is_told_once_and_its_end(desk: Desk) -> None:
    rests = Line(desk.now, rests_until=desk.now + timedelta(minutes=5))
    for _ in range(3):
        await host.follow(desk.app, rests)
        await desk.tick()
    [alert] = [sheet.what for sheet in desk.paper.at(SAM)]
    assert isinstance(alert, Alert)
    assert (alert.topic, alert.over) == (Topic.REFUSALS, False)

    await host.follow(desk.app, Line(desk.now))
    await desk.tick()

    [alert] = [sheet.what for sheet in desk.paper.at(SAM)]
    assert isinstance(alert, Alert)
    assert alert.over


# ------------------------------------------------------------------ is all well?


def seen(desk: Desk, *troubles: Topic, counts: Counts | None = None) -> Status:
    lasting = tuple(Trouble(topic, "", desk.now) for topic in troubles)
    return Status(desk.now, counts or Counts(), lasting, (), None, Disk(1, 2, 3), schema=2, versions=())


async def test_all_is_well_unless_something_asks_for_the_host(desk: Desk) -> None:
    line, waiting = Line(desk.now), Counts(due=3, oldest=desk.now - timedelta(minutes=4))

    assert is_well(seen(desk), line)
    assert is_well(seen(desk, Topic.CLOSED), line)  # theirs to open
    assert is_well(seen(desk, counts=waiting), line)
    assert not is_well(seen(desk, counts=waiting._replace(oldest=desk.now - timedelta(minutes=6))), line)
    assert not is_well(seen(desk, Topic.LOST), line)
    assert not is_well(seen(desk), Line(None))
    assert not is_well(seen(desk), line._replace(rests_until=desk.now))


# ------------------------------------------------------------------ by indexes alone


async def test_nothing_of_it_reads_a_whole_table(desk: Desk) -> None:
    app, said = desk.app, await spoken(desk.app.db)
    await rhythm.change(app, MAYA, Change(tell_circle=True))
    desk.paper.refuses[MAYA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await desk.until(2, 17, 30)
    await desk.tick()
    await people.here(app, MAYA)
    await people.read_of_it(app, MAYA)
    await desk.wait(minutes=5)
    desk.paper.refuses = {CHANNEL.id: Unreachable("not allowed", cause=Cause.LOST)}
    await people.here(app, MAYA)
    await journal.checkin(app, MAYA, {"mood": "4"}, {})
    week = (await summary.draft(app, MAYA)).week.id
    await summary.edit(app, MAYA, week, "A line")
    with pytest.raises(CouldNotPost):
        await summary.post(app, MAYA, week)
    await host.try_again(app, PAPER, CHANNEL.workspace)
    desk.paper.refuses.clear()
    await desk.wait(minutes=10)
    async with app.db.writing() as tx:
        await _reach.raise_alert(app, tx, Topic.BACKUP, "copy")
    await host.status(app, SAM)
    await host.ended_in(app, desk.now, desk.now)
    await people.leave(app, MAYA)

    assert len(set(said)) > 100
    assert await scans(app.db, list(said)) == set()
