"""What is for some friends only follows every change, and comes down when it is for them no more."""

from __future__ import annotations

import pytest

from bot.core.delivery import Cause, State, Unreachable
from bot.core.journal import Visibility
from bot.core.summary import Phase, WeekPost
from bot.usecases import circle, consent, journal, people, privacy, reader, summary
from bot.usecases.people import Start
from tests.usecases._reader import (
    ANA,
    BEN,
    OPEN,
    draft,
    known,
    name,
    number,
    parts,
    phase,
    posted,
    visibility,
    words,
    written,
)
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk, in_channel

# ------------------------------------------------------------------ changes


async def test_an_edit_revises_what_the_friend_has(desk: Desk) -> None:
    _, note = await posted(desk)

    await journal.change(desk.app, MAYA, note, {"note": "It went well"})

    assert words(parts(desk)[0]) == ["It went well"]
    assert len(in_channel(desk, WeekPost)) == 1


@pytest.mark.parametrize("done", ["hidden", "shared", "deleted", "another", "taken", "quiet"])
async def test_it_comes_down_when_it_is_for_the_friend_no_more(desk: Desk, done: str) -> None:
    _, note = await posted(desk, BEN)
    does = {
        "hidden": lambda: journal.share(desk.app, MAYA, note, Visibility.PRIVATE),
        "shared": lambda: journal.share(desk.app, MAYA, note, Visibility.FRIENDS),
        "deleted": lambda: journal.forget(desk.app, MAYA, note),
        "another": lambda: name(desk, note, BEN),
        "taken": lambda: summary.take_down(desk.app, MAYA, 1),
        "quiet": lambda: consent.quiet(desk.app, ANA, "Ana"),
    }

    await does[done]()

    assert parts(desk) == []
    assert len(parts(desk, BEN)) == (done == "another")


async def test_whoever_is_named_again_or_accepts_again_gets_it_again(desk: Desk) -> None:
    _, note = await posted(desk, BEN)
    await name(desk, note, BEN)
    await name(desk, note, ANA, BEN)
    assert (len(parts(desk)), len(parts(desk, BEN))) == (1, 1)

    await consent.quiet(desk.app, ANA, "Ana")
    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert len(parts(desk)) == 1


async def test_whoever_is_named_again_after_weeks_gets_it_again(desk: Desk) -> None:
    _, note = await posted(desk, BEN)
    await name(desk, note, BEN)
    await desk.wait(days=40)

    await name(desk, note, ANA, BEN)
    await desk.tick()

    assert len(parts(desk)) == 1
    assert [one.state for one in (await draft(desk)).handed] == [State.SENT] * 2


async def test_posting_again_after_taking_down_sends_it_anew(desk: Desk) -> None:
    await posted(desk)
    await summary.take_down(desk.app, MAYA, 1)

    await summary.post(desk.app, MAYA, 1)

    assert len(parts(desk)) == 1


async def test_a_post_that_cannot_arrive_takes_the_parts_along(desk: Desk) -> None:
    checkin, note = await written(desk, ANA)
    await name(desk, note, ANA)
    await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone", gone=True, cause=Cause.LOST)

    with pytest.raises(circle.CouldNotPost):
        await summary.post(desk.app, MAYA, 1)
    await desk.tick()

    assert (await phase(desk), parts(desk)) == (Phase.DRAFTED, [])


async def test_closed_messages_are_said_in_the_draft_and_hold_up_nobody(desk: Desk) -> None:
    _, note = await written(desk, ANA, BEN)
    await name(desk, note, ANA, BEN)
    desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)

    await summary.post(desk.app, MAYA, 1)

    found = [(one.reader.name, one.state) for one in (await draft(desk)).handed]
    assert found == [("Ana", State.UNREACHABLE), ("Ben", State.SENT)]
    del desk.paper.refuses[ANA.id]
    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()
    assert len(parts(desk)) == 1


@pytest.mark.parametrize(("days", "gets", "state"), [(2, 1, State.SENT), (40, 0, State.DROPPED)])
async def test_whoever_had_ended_messages_when_it_was_posted_gets_it_if_they_soon_accept_again(
    desk: Desk, days: int, gets: int, state: State
) -> None:
    checkin, note = await written(desk, ANA)
    await name(desk, note, ANA)
    await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
    await consent.quiet(desk.app, ANA, "Ana")
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(days=days)
    assert parts(desk) == []

    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert len(parts(desk)) == gets
    assert [one.state for one in (await draft(desk)).handed] == [state]


# ------------------------------------------------------------------ leaving and erasing


async def test_a_seeker_who_is_erased_leaves_nothing_with_the_friend_nor_their_week_to_the_next(desk: Desk) -> None:
    await posted(desk)
    left = await people.leave(desk.app, MAYA)
    assert (left.posted, len(parts(desk))) == (1, 1)

    await privacy.erase(desk.app, MAYA, left.person_id)

    assert (parts(desk), await desk.states("part")) == ([], [])
    await people.start(desk.app, BEN, "Ben", Start(ZONE), [CHANNEL])
    kept = await journal.reflect(desk.app, BEN, "note", {"note": "Another story"})
    await reader.name(desk.app, BEN, kept.entry.id, [], [await number(desk, ANA)])
    draft = await summary.draft(desk.app, BEN, 0)
    await summary.post(desk.app, BEN, draft.week.id)
    assert [words(part) for part in parts(desk)] == [["Another story"]]


async def test_a_seeker_who_leaves_sends_nothing_any_more(desk: Desk) -> None:
    _, note = await written(desk)
    await known(desk, ANA)
    await name(desk, note, ANA)
    await summary.post(desk.app, MAYA, 1)
    await people.leave(desk.app, MAYA)

    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert parts(desk) == []


async def test_an_erased_friend_takes_their_part_along_and_the_answer_is_private(desk: Desk) -> None:
    checkin, note = await written(desk, ANA, BEN)
    await name(desk, note, ANA)
    await name(desk, checkin, ANA, BEN)
    await summary.post(desk.app, MAYA, 1)

    await privacy.erase(desk.app, ANA, int(await number(desk, ANA)))

    assert parts(desk) == []
    assert await visibility(desk, note) is Visibility.PRIVATE
    assert await visibility(desk, checkin) is Visibility.NAMED
    assert [words(part) for part in parts(desk, BEN)] == [[OPEN]]
    await privacy.erase(desk.app, BEN, int(await number(desk, BEN)))
    assert await phase(desk) is Phase.TAKEN
    assert await visibility(desk, checkin) is Visibility.PRIVATE
