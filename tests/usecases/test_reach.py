"""Who and what cannot be reached: nobody is bothered twice, the host is told once, and it goes on by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.alert import Topic, Unreached
from bot.core.delivery import Cause, Kind, Unknown, Unreachable
from bot.core.journal import Prompt
from bot.core.people import Person
from bot.core.rhythm import Hello
from bot.core.summary import Draft
from bot.store import alerts, conversations
from bot.store import delivery as rows
from bot.store import people as people_rows
from bot.usecases import _reach, host, journal, people, privacy, rhythm
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, SAM, Desk, alerted, in_channel, prompts

pytestmark = pytest.mark.usefixtures("hosted")

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


def tries(desk: Desk) -> int:
    return desk.paper.count("deliver")


async def close(desk: Desk, day: int = 2) -> None:
    """Maya's direct messages close before she is asked on a day; the host is told in the round after."""
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(day, 17, 30)
    await desk.tick()


# ------------------------------------------------------------------ closed direct messages


async def test_closed_messages_end_as_unreachable_and_the_host_is_told_without_a_name(desk: Desk) -> None:
    await close(desk)

    assert await desk.states("prompt") == ["unreachable"]
    [alert] = alerted(desk)
    assert (alert.topic, alert.detail, alert.over) == (Topic.CLOSED, "", False)


async def test_who_is_closed_is_not_tried_again_and_the_host_not_told_again(desk: Desk) -> None:
    await close(desk)
    before = tries(desk)

    await desk.until(5, 17, 30)
    await desk.until(6, 17, 30)

    assert await desk.states("prompt") == ["unreachable"] * 3
    assert tries(desk) == before
    assert len(alerted(desk)) == 1


async def test_a_command_tells_once_since_when_and_the_next_one_tries_again_at_once(desk: Desk) -> None:
    await close(desk)
    closed_at = desk.now
    await desk.wait(hours=1)

    assert await people.here(desk.app, MAYA) == closed_at
    await people.read_of_it(desk.app, MAYA)
    assert await people.here(desk.app, MAYA) is None  # within the same answer

    desk.paper.refuses.clear()
    await desk.wait(minutes=5)
    assert await people.here(desk.app, MAYA) is None
    [prompt] = prompts(desk)
    assert prompt.late
    assert prompt.occurrence.on.day == 2

    await desk.tick()
    assert [alert.over for alert in alerted(desk)] == [True]
    assert await people.here(desk.app, MAYA) is None


async def test_a_try_that_fails_again_is_told_anew_and_no_second_alert_comes(desk: Desk) -> None:
    await close(desk)
    await people.read_of_it(desk.app, MAYA)
    await desk.wait(hours=1)

    assert await people.here(desk.app, MAYA) == desk.now
    await desk.tick()
    assert len(alerted(desk)) == 1


async def test_where_nothing_is_in_time_any_more_a_greeting_is_the_try(desk: Desk) -> None:
    await close(desk)
    await people.read_of_it(desk.app, MAYA)
    desk.paper.refuses.clear()
    await desk.until(4, 12)

    assert await people.here(desk.app, MAYA) is None
    assert [type(sheet.what) for sheet in desk.paper.at(MAYA)] == [Hello, Hello]


async def test_a_greeting_that_has_to_wait_is_tried_by_a_round_although_they_are_known_to_be_closed(desk: Desk) -> None:
    await close(desk)
    desk.paper.refuses.clear()
    async with desk.app.db.writing() as tx:
        seeker = await people_rows.seeker(tx, MAYA)
        assert seeker
        await rows.owe(tx, Kind.HELLO, MAYA, seeker.id, desk.now, person_id=seeker.id, turn=1)
    await desk.tick()

    assert await desk.states("hello") == ["sent", "sent"]


async def test_a_direct_message_of_theirs_tries_again_too(desk: Desk) -> None:
    await close(desk)
    before = tries(desk)
    await people.wrote(desk.app, MAYA)
    assert tries(desk) == before  # they closed just now

    await desk.wait(minutes=1)
    desk.paper.refuses.clear()
    await people.wrote(desk.app, MAYA)

    assert len(prompts(desk)) == 1


async def test_what_was_answered_meanwhile_is_not_asked_after_all(desk: Desk) -> None:
    await close(desk)
    await people.read_of_it(desk.app, MAYA)
    desk.paper.refuses.clear()
    await desk.wait(hours=1)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})

    await people.here(desk.app, MAYA)

    assert not [sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Prompt) and sheet.what.entry is None]


async def test_a_draft_that_could_not_arrive_comes_when_it_can(desk: Desk) -> None:
    await close(desk, 4)
    await desk.until(4, 18)
    assert await desk.states("draft") == ["unreachable"]
    await people.read_of_it(desk.app, MAYA)
    desk.paper.refuses.clear()
    await desk.wait(minutes=5)

    await people.here(desk.app, MAYA)

    assert [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]


async def test_strangers_and_who_can_be_reached_are_told_nothing(desk: Desk) -> None:
    assert await people.here(desk.app, Person(PAPER, "", "nobody")) is None
    assert await people.here(desk.app, MAYA) is None
    await people.wrote(desk.app, MAYA)
    assert tries(desk) == 2  # the welcome and the greeting


async def test_the_hosts_own_closed_messages_are_no_alert_of_their_own(desk: Desk) -> None:
    desk.paper.refuses[SAM.id] = CLOSED
    await close(desk)

    assert await desk.states("alert") == ["unreachable"]
    assert [trouble.topic for trouble in (await host.look(desk.app)).troubles] == [Topic.CLOSED]


async def test_what_ends_and_comes_again_within_one_instant_is_told_again(desk: Desk) -> None:
    for _ in range(2):
        async with desk.app.db.writing() as tx:
            await _reach.raise_alert(desk.app, tx, Topic.BACKUP, "copy")
            await _reach.end_alert(desk.app, tx, Topic.BACKUP, "copy")
    async with desk.app.db.writing() as tx:
        await _reach.raise_alert(desk.app, tx, Topic.BACKUP, "copy")

    await desk.tick()

    assert await desk.states("alert") == ["dropped", "dropped", "sent"]


async def test_without_a_host_it_is_logged_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.app.settings = desk.app.settings._replace(host=None)

    await close(desk)

    assert await desk.states("alert") == []
    assert len([record for record in caplog.records if "topic=closed" in record.getMessage()]) == 1


# ------------------------------------------------------------------ the line in the circle


async def test_the_circle_hears_nothing_unless_that_was_chosen(desk: Desk) -> None:
    await close(desk)

    assert not in_channel(desk, Unreached)


async def test_the_line_in_the_circle_comes_once_and_goes_when_they_are_reached(desk: Desk) -> None:
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    await close(desk)
    await desk.until(5, 17, 30)
    [line] = in_channel(desk, Unreached)
    assert isinstance(line, Unreached)
    assert line.name == "Maya"

    await people.wrote(desk.app, MAYA)
    await desk.tick()
    assert len(in_channel(desk, Unreached)) == 1
    desk.paper.refuses.clear()
    await desk.wait(minutes=1)
    await people.wrote(desk.app, MAYA)
    await desk.tick()

    assert not in_channel(desk, Unreached)


async def test_the_line_goes_when_it_is_no_longer_wished(desk: Desk) -> None:
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    await close(desk)

    await rhythm.change(desk.app, MAYA, Change(tell_circle=False))
    await desk.tick()

    assert not in_channel(desk, Unreached)


async def test_whoever_leaves_takes_the_line_and_the_alert_with_them(desk: Desk) -> None:
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    await close(desk)

    left = await people.leave(desk.app, MAYA)

    assert not in_channel(desk, Unreached)
    assert not alerted(desk)
    assert await privacy.erase(desk.app, MAYA, left.person_id) == 0
    assert await desk.states("unreached") == []


async def test_erasing_takes_a_line_down_that_could_not_be_when_its_person_left(desk: Desk) -> None:
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    await close(desk)
    desk.paper.edits.extend([Unknown("no answer")] * 2)
    left = await people.leave(desk.app, MAYA)
    assert len(in_channel(desk, Unreached)) == 1

    await privacy.erase(desk.app, MAYA, left.person_id)

    assert not in_channel(desk, Unreached)


# ------------------------------------------------------------------ gone while a message is on its way


async def asking(desk: Desk) -> asyncio.Task[None]:
    """A round in which Maya's question is on its way, and its answer is kept back until `heard`."""
    desk.paper.hangs.add(MAYA.id)
    desk.move(2, 17, 30)
    round_ = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    return round_


async def heard(desk: Desk, round_: asyncio.Task[None]) -> None:
    desk.paper.hangs.clear()
    desk.paper.moved.set()
    await round_
    await desk.tick()


async def test_whoever_left_while_a_message_was_on_its_way_is_nobodys_concern_any_more(desk: Desk) -> None:
    desk.paper.refuses[MAYA.id] = CLOSED
    round_ = await asking(desk)
    await people.leave(desk.app, MAYA)

    await heard(desk, round_)

    assert not alerted(desk)
    assert (await host.look(desk.app)).counts.closed == 0


@pytest.mark.parametrize("refusal", [None, CLOSED])
async def test_what_comes_of_a_message_to_somebody_erased_is_not_said_of_the_next_one(
    desk: Desk, refusal: Unreachable | None
) -> None:
    if refusal:
        desk.paper.refuses[MAYA.id] = refusal
    async with desk.app.db.writing() as tx:
        await conversations.meet(tx, 1, "where she was before")
    round_ = await asking(desk)
    left = await people.leave(desk.app, MAYA)
    await privacy.erase(desk.app, MAYA, left.person_id)
    ana = Person(PAPER, "", "ana")
    await people.start(desk.app, ana, "Ana", people.Start("Europe/Berlin"), [CHANNEL])

    await heard(desk, round_)

    assert await conversations.channel_of(desk.app.db.reading, left.person_id) == ana.id  # the number is hers now
    assert not alerted(desk)


async def test_erasing_takes_an_alert_along_that_came_after_its_person_left(desk: Desk) -> None:
    left = await people.leave(desk.app, MAYA)
    async with desk.app.db.writing() as tx:
        await _reach.raise_alert(desk.app, tx, Topic.CLOSED, "paper//maya", person_id=left.person_id)
    await desk.tick()
    assert len(alerted(desk)) == 1

    await privacy.erase(desk.app, MAYA, left.person_id)

    assert not alerted(desk)


# ------------------------------------------------------------------ what is kept


async def test_a_conversation_is_known_from_its_first_message(desk: Desk) -> None:
    assert await conversations.channel_of(desk.app.db.reading, 1) == MAYA.id


async def test_the_same_alert_lasts_once_and_may_come_again_after_its_end(desk: Desk) -> None:
    async with desk.app.db.writing() as tx:
        first = await alerts.raise_(tx, Topic.DISK_LOW, "disk", "", None, desk.now)
        assert first
        assert await alerts.raise_(tx, Topic.DISK_LOW, "disk", "", None, desk.now) is None
        assert await alerts.lasts(tx, Topic.DISK_LOW, "disk")
        assert await alerts.end(tx, Topic.DISK_LOW, "disk", desk.now) == first
        assert await alerts.end(tx, Topic.DISK_LOW, "disk", desk.now) is None
        assert await alerts.raise_(tx, Topic.DISK_LOW, "disk", "", None, desk.now + timedelta(days=1))
