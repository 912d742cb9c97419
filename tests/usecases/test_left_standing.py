"""A message that cannot be changed is tried for two weeks, then left, seen by the host, and taken up when it may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import Delivery, Unknown, Unreachable
from bot.core.journal import Visibility
from bot.core.summary import WeekPost
from bot.usecases import host, journal, rhythm, rounds, summary
from tests.usecases.conftest import CHANNEL, MAYA, Desk, prompts
from tests.usecases.test_plans import scans, spoken

REFUSED = Unreachable("refused with 403 50005")


async def taken_down_in_vain(desk: Desk, *, tries: int) -> None:
    """Maya takes a posted week down, and the platform refuses that so many times."""
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    desk.paper.edits.extend([REFUSED] * tries)
    await summary.take_down(desk.app, MAYA, 1)


async def for_days(desk: Desk, days: int) -> None:
    """Let days pass, a round every three hours."""
    for _ in range(days * 8):
        await desk.wait(hours=3)


async def post_of_first_week(desk: Desk) -> Delivery:
    return await desk.delivery("post", turn=1)


def posts(desk: Desk) -> list[WeekPost]:
    return [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, WeekPost)]


async def test_what_may_never_be_changed_is_left_after_two_weeks_and_log_row_and_host_say_so(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await taken_down_in_vain(desk, tries=1000)
    await for_days(desk, 13)
    assert (await host.look(desk.app)).counts.left == 0
    await for_days(desk, 2)
    asked = desk.paper.count("retract")

    await for_days(desk, 5)

    assert desk.paper.count("retract") == asked
    assert (await host.look(desk.app)).counts.left == 2  # the post, and the draft beside it
    [row] = await desk.app.db.reading.all("SELECT why, post_id FROM deliveries WHERE kind = 'post'")
    assert row["why"] == "left as it stands: refused with 403 50005"
    assert row["post_id"] is not None
    told = [one.getMessage() for one in caplog.records if "is left as it stands" in one.getMessage()]
    assert len([words for words in told if "kind=post" in words]) == 1


async def test_what_was_left_is_taken_up_once_something_arrives_in_its_channel(desk: Desk) -> None:
    await taken_down_in_vain(desk, tries=1000)
    await for_days(desk, 15)
    desk.paper.edits.clear()
    assert len(posts(desk)) == 1

    week = (await summary.draft(desk.app, MAYA)).week
    await summary.edit(desk.app, MAYA, week.id, "Another line")
    await summary.post(desk.app, MAYA, week.id)
    await desk.tick()

    assert [post.summary.words for post in posts(desk)] == ["Another line"]
    assert (await host.look(desk.app)).counts.left == 1  # the draft, until something arrives beside it
    await for_days(desk, 7)
    assert (await host.look(desk.app)).counts.left == 0


async def test_a_daily_question_takes_up_what_was_left_as_well(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([REFUSED] * 1000)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await rhythm.pause(desk.app, MAYA, "21 January")
    await for_days(desk, 17)
    assert (await host.look(desk.app)).counts.left == 1
    desk.paper.edits.clear()

    await desk.until(22, 17, 30)
    await desk.tick()

    assert await desk.states("prompt") == ["sent", "sent"]
    assert (await host.look(desk.app)).counts.left == 0
    [row, _] = await desk.app.db.reading.all("SELECT why FROM deliveries WHERE kind = 'prompt' ORDER BY due_at")
    assert row["why"] == ""


async def test_a_clock_that_was_ahead_does_not_hurry_what_could_not_be_changed(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    right = desk.now
    desk.paper.edits.extend([REFUSED] * 1000)
    desk.now += timedelta(days=365)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.now = right
    await rounds.settle_clock(desk.app)
    for _ in range(300):
        await desk.wait(minutes=1)
    assert desk.paper.count("revise") <= 4


async def test_two_weeks_in_which_nothing_ran_leave_nothing(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([Unknown("the line broke")] * 2)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.now += timedelta(days=15)
    await desk.tick()
    assert (await host.look(desk.app)).counts.left == 0
    await desk.wait(hours=1)
    assert prompts(desk)[0].entry is not None


async def test_a_new_change_of_what_was_left_is_tried_again_at_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([REFUSED] * 1000)
    kept = await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await for_days(desk, 16)
    assert (await host.look(desk.app)).counts.left == 1
    desk.paper.edits.clear()

    await journal.share(desk.app, MAYA, kept.entry.id, Visibility.FRIENDS)

    assert prompts(desk)[0].entry is not None
    row = await desk.app.db.reading.one("SELECT stuck_at FROM deliveries WHERE kind = 'prompt' ORDER BY due_at")
    assert row is not None
    assert row["stuck_at"] is None


async def test_what_is_never_answered_is_asked_ever_more_seldom(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([Unknown("the line broke")] * 1000)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})

    for _ in range(60):
        await desk.wait(minutes=1)

    assert 5 <= desk.paper.count("revise") <= 8


async def test_looking_for_what_was_left_reads_no_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await taken_down_in_vain(desk, tries=1000)
    await for_days(desk, 15)
    await host.look(desk.app)
    await summary.edit(desk.app, MAYA, 1, "Another line")
    await summary.post(desk.app, MAYA, 1)

    assert await scans(desk.app.db, [sql for sql in said if "stuck_at" in sql]) == set()
