"""The closing post: posted once, with what is let out, and followed until it comes down."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.cheer import Wish
from bot.core.circle import CouldNotPost
from bot.core.delivery import Cause, Unreachable
from bot.core.funnel import FunnelCard, Node
from bot.core.journal import Gone
from bot.core.landing import AlreadyPosted, Phase, Sort
from bot.core.people import Comes
from bot.core.search import Act
from bot.usecases import cheer, circle, closing, hidden, landing, people, privacy, rhythm, search
from tests.usecases._journey import ANA, JONAS, LAB, all_confirmed, closings, drafts, landed, walked
from tests.usecases._search import applied, logged
from tests.usecases.conftest import CHANNEL, MAYA, Desk


async def test_posting_twice_posts_once_and_taking_down_can_be_undone(desk: Desk) -> None:
    await walked(desk)
    number = (await all_confirmed(desk, await landed(desk))).landing.id

    await closing.post(desk.app, MAYA, number)
    with pytest.raises(AlreadyPosted):
        await closing.post(desk.app, MAYA, number)
    assert len(closings(desk)) == 1
    await closing.take_down(desk.app, MAYA, number)
    assert closings(desk) == []
    assert drafts(desk)[0].landing.phase is Phase.TAKEN

    await closing.post(desk.app, MAYA, number)

    assert len(closings(desk)) == 1


async def test_what_is_kept_private_goes_nowhere(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk, Sort.STOPPED, "It was enough")

    await closing.keep_private(desk.app, MAYA, draft.landing.id)
    await desk.wait(days=3)

    assert closings(desk) == []
    assert drafts(desk)[0].landing.phase is Phase.KEPT


async def test_moods_and_numbers_are_in_the_post_only_where_they_were_let_out(desk: Desk) -> None:
    await walked(desk)
    number = (await landed(desk)).landing.id
    quiet = await closing.preview(desk.app, MAYA, number)

    await landing.choose(desk.app, MAYA, number, {landing.NUMBERS, landing.MOOD})
    open_ = await closing.preview(desk.app, MAYA, number)

    assert quiet.closing.journey.numbers == {}
    assert (quiet.closing.journey.entries, quiet.closing.journey.rests) == (0, 0)
    assert (open_.closing.journey.entries, open_.closing.journey.rests) == (1, 3)
    assert [stone for _, stones in quiet.closing.card.weeks for stone in stones] == []
    assert (2, "applications") not in quiet.closing.card.figures
    assert open_.closing.journey.numbers == {"applications": 2}
    assert 4 in [stone.mood for _, stones in open_.closing.card.weeks for stone in stones]
    assert (2, "applications") in open_.closing.card.figures


async def test_where_applications_went_is_a_second_picture_once_numbers_are_let_out(desk: Desk) -> None:
    await walked(desk)
    await applied(desk, "Acme", when="1.6.2025")
    draft = await landed(desk)
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert closings(desk)[0].search is None
    assert drafts(desk)[0].search is None

    await landing.choose(desk.app, MAYA, draft.landing.id, {landing.NUMBERS})

    [post] = closings(desk)
    assert post.search == drafts(desk)[0].search == b"funnel"
    assert post.closing.search == FunnelCard("Maya", {(Node.APPLIED, Node.OPEN): 1}, date(2025, 6, 1), date(2025, 6, 1))


async def test_its_numbers_are_those_of_the_log_too_and_follow_it(desk: Desk) -> None:
    await walked(desk)
    talk = await logged(desk, Act.CONVERSATION)
    await applied(desk, "Acme", when="1.6.2025")
    for company in ("Globex", "Initech", "Umbrella"):
        await applied(desk, company)
    draft = await landed(desk)
    assert draft.journey.numbers == {"applications": 4, "conversations": 1}
    await landing.choose(desk.app, MAYA, draft.landing.id, {landing.NUMBERS})
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert (4, "applications") in closings(desk)[0].closing.card.figures

    await search.undo(desk.app, MAYA, talk.event.id)
    await desk.tick()
    assert closings(desk)[0].closing.journey.numbers == drafts(desk)[0].journey.numbers == {"applications": 4}


async def test_of_a_later_journey_only_what_happened_in_it_is_drawn(desk: Desk) -> None:
    await walked(desk)
    await applied(desk, "Acme", when="1.6.2025")
    await applied(desk, "Globex", when="1.7.2025")
    await landed(desk, Sort.STOPPED)
    await desk.wait(days=7)
    await desk.begin()
    await logged(desk, Act.INTERVIEW, "Globex")
    await applied(desk, "Initech")
    await landing.choose(desk.app, MAYA, (again := await landed(desk)).landing.id, {landing.NUMBERS})
    await desk.wait(days=1)
    await desk.begin()
    await applied(desk, "Umbrella")

    told = (await closing.preview(desk.app, MAYA, again.landing.id)).closing

    assert told.search
    assert (told.search.total, told.search.first) == (2, date(2025, 7, 1))


async def test_a_name_that_is_hidden_is_masked_in_a_post_that_stands(desk: Desk) -> None:
    await walked(desk)
    draft = await all_confirmed(desk, await landed(desk, words="I start at Acme"))
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert LAB in str(closings(desk)[0].closing.lines)

    for name in ("Acme", "robotics lab", "Jonas"):
        await hidden.hide(desk.app, MAYA, name)

    told = closings(desk)[0].closing
    assert told.words == "I start at (a name)"
    assert ("(a name)", "the idea “A day at a (a name)” and a cheer") in told.lines


async def test_a_name_of_the_log_is_masked_in_a_post_that_stands_and_in_its_thanks(desk: Desk) -> None:
    await walked(desk)
    draft = await all_confirmed(desk, await landed(desk, words="I start at Acme"))
    await closing.post(desk.app, MAYA, draft.landing.id)

    await logged(desk, Act.CONVERSATION, "Acme", whom="Robotics Lab")

    told = closings(desk)[0].closing
    assert told.words == "I start at (a name)"
    assert ("Jonas", "the idea “A day at a (a name)” and a cheer") in told.lines


async def test_what_friends_leave_under_the_closing_post_still_comes(desk: Desk) -> None:
    await walked(desk)
    await rhythm.friends(desk.app, MAYA, Comes.DAILY, None)
    draft = await landed(desk)
    await closing.post(desk.app, MAYA, draft.landing.id)
    post = await desk.delivery("closing", turn=1)
    assert post.post
    assert await cheer.for_whom(desk.app, JONAS, CHANNEL.id, post.id) == "Maya"

    await desk.until(6, 12)
    await cheer.give(desk.app, JONAS, "Jonas", post.id, Wish("", "So glad"))
    await circle.react(desk.app, post.post, ANA, "Ana", "*", added=True)
    await desk.until(7, 12)

    note = await circle.read_note(desk.app, MAYA, (await desk.delivery("note")).id)
    assert ["So glad"] in [list(one.words) for one in note.cheers]
    await closing.take_down(desk.app, MAYA, draft.landing.id)
    with pytest.raises(Gone):
        await cheer.give(desk.app, JONAS, "Jonas", post.id, Wish("", "Again"))


async def test_a_closing_post_that_a_moderator_deleted_counts_as_taken_down(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    await closing.post(desk.app, MAYA, draft.landing.id)
    post = (await desk.delivery("closing", turn=1)).post
    assert post

    desk.paper.sheets.pop(post)
    await circle.message_deleted(desk.app, post)

    assert drafts(desk)[0].landing.phase is Phase.TAKEN


async def test_a_channel_that_is_gone_leaves_the_draft_with_its_seeker(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone", gone=True, cause=Cause.LOST)

    with pytest.raises(CouldNotPost):
        await closing.post(desk.app, MAYA, draft.landing.id)

    assert drafts(desk)[0].landing.phase is Phase.DRAFT
    assert drafts(desk)[0].lost


async def test_a_post_that_waits_for_its_channel_is_told_once_it_stands_and_goes_back_when_its_seeker_leaves(
    desk: Desk,
) -> None:
    await walked(desk)
    draft = await landed(desk)
    desk.paper.refuses[CHANNEL.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    with pytest.raises(CouldNotPost, match="as soon as I may"):
        await closing.post(desk.app, MAYA, draft.landing.id)
    assert drafts(desk)[0].waits

    desk.paper.refuses.clear()
    await desk.wait(minutes=11)
    await desk.tick()
    assert len(closings(desk)) == 1
    assert not drafts(desk)[0].waits

    await closing.take_down(desk.app, MAYA, draft.landing.id)
    desk.paper.refuses[CHANNEL.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    with pytest.raises(CouldNotPost):
        await closing.post(desk.app, MAYA, draft.landing.id)
    await people.leave(desk.app, MAYA)
    assert (await landing.draft_of(desk.app, MAYA, draft.landing.id)).landing.phase is Phase.DRAFT


async def test_erasing_takes_the_closing_post_down_and_leaves_nothing(desk: Desk) -> None:
    await walked(desk)
    draft = await all_confirmed(desk, await landed(desk, words="Thank you all"))
    await closing.post(desk.app, MAYA, draft.landing.id)

    await privacy.erase(desk.app, MAYA, 1)

    assert closings(desk) == []
    tx = desk.app.db.reading
    assert await tx.all("SELECT 1 FROM landings UNION ALL SELECT 1 FROM thanks_lines") == []


async def test_a_friend_who_is_erased_is_thanked_no_more(desk: Desk) -> None:
    await walked(desk)
    draft = await all_confirmed(desk, await landed(desk))
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert LAB in str(closings(desk)[0].closing.lines)

    await privacy.erase(desk.app, JONAS, next(line.friend_id for line in draft.lines if line.friend == "Jonas"))

    assert [name for name, _ in closings(desk)[0].closing.lines] == ["A friend"]
