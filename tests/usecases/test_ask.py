"""What a seeker asks their friends for: in the draft and the post, until it is closed."""

from __future__ import annotations

import pytest

from bot.core.ask import AlreadyClosed, AskTooLong, NoSuchAsk, NoWords, TooManyOpen
from bot.core.errors import Told
from bot.core.journal import Gone, NotYours
from bot.core.postable import NothingChosen
from bot.core.summary import WeekPost
from bot.usecases import ask, people, summary
from bot.usecases.people import NotSeeking
from tests.usecases._ask import AISHA, CV, INTRO, JONAS, WALK, draft_of, local, posts, rows, told
from tests.usecases.conftest import MAYA, Desk
from tests.usecases.test_plans import scans, spoken

# ------------------------------------------------------------------ asking


async def test_an_open_ask_stands_in_the_draft_the_preview_and_the_post(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")

    assert [request.words for request in draft_of(desk).summary.asks] == [CV]
    _, (preview,) = await summary.previewed(desk.app, MAYA)
    await summary.post(desk.app, MAYA, 1)
    assert isinstance(preview, WeekPost)
    assert told(posts(desk)[0]) == told(preview) == [(CV, False)]
    read = await summary.read(desk.app, MAYA, (await desk.delivery("post", turn=1)).id)
    assert [request.words for request in read.asks] == [CV]


async def test_the_words_of_an_ask_are_there_to_be_changed_after_one_read_and_for_its_seeker_alone(desk: Desk) -> None:
    await desk.begin()
    request = await ask.add(desk.app, MAYA, CV)
    said = await spoken(desk.app.db)
    assert await ask.words_of(desk.app, MAYA, request.id) == CV
    assert len(said) == 1

    with pytest.raises(NotYours):
        await ask.words_of(desk.app, JONAS, request.id)
    with pytest.raises(Gone):
        await ask.words_of(desk.app, MAYA, 77)
    await ask.close(desk.app, MAYA, CV)
    with pytest.raises(AlreadyClosed):
        await ask.words_of(desk.app, MAYA, request.id)


async def test_a_draft_that_stands_follows_a_new_ask(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await ask.add(desk.app, MAYA, CV)

    assert [request.words for request in draft_of(desk).material.asks] == [CV]


async def test_a_week_can_be_posted_for_an_ask_alone(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    with pytest.raises(NothingChosen):
        await summary.post(desk.app, MAYA, 1)
    await ask.add(desk.app, MAYA, CV)
    await summary.post(desk.app, MAYA, 1)

    assert told(posts(desk)[0]) == [(CV, False)]


async def test_what_is_asked_for_can_be_left_out_of_a_week_and_put_in_again(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)

    await summary.choose(desk.app, MAYA, 1, ["asks"], [])
    assert told(posts(desk)[0]) == []
    await summary.choose(desk.app, MAYA, 1, ["asks"], ["asks"])
    assert told(posts(desk)[0]) == [(CV, False)]


async def test_what_is_asked_after_a_post_goes_into_the_next_one(desk: Desk) -> None:
    await desk.posted()
    await desk.wait(hours=1)
    await ask.add(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == []

    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    assert [told(post) for post in posts(desk)] == [[], [(CV, False)]]


@pytest.mark.parametrize(
    ("words", "error"), [("", NoWords), (" \n ", NoWords), ("\u200b", NoWords), ("x" * 201, AskTooLong)]
)
async def test_what_cannot_be_asked_is_told_and_changes_nothing(desk: Desk, words: str, error: type[Told]) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    before = await rows(desk)
    with pytest.raises(error):
        await ask.add(desk.app, MAYA, words)
    assert await rows(desk) == before


async def test_a_fourth_ask_is_refused_until_one_is_closed(desk: Desk) -> None:
    await desk.begin()
    for words in (CV, WALK, INTRO):
        await ask.add(desk.app, MAYA, words)
    with pytest.raises(TooManyOpen):
        await ask.add(desk.app, MAYA, "Coffee")
    with pytest.raises(TooManyOpen):
        await ask.check_room(desk.app, MAYA)
    await ask.close(desk.app, MAYA, WALK)
    await ask.add(desk.app, MAYA, "Coffee")
    assert [request.words for request in await ask.opened(desk.app, MAYA)] == [CV, INTRO, "Coffee"]


async def test_whether_more_may_be_asked_for_is_known_after_one_indexed_read(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(AISHA)
    hers, own = [(await summary.draft(desk.app, who)).week.id for who in (AISHA, MAYA)]
    said = await spoken(desk.app.db)
    for week_id in (0, own):
        await ask.check_room(desk.app, MAYA, week_id)
    assert len(said) == 2
    assert await scans(desk.app.db, list(said)) == set()

    for who in (MAYA, JONAS):
        with pytest.raises(NotYours, match="This week belongs to somebody else"):
            await ask.check_room(desk.app, who, hers)
        with pytest.raises(Gone, match="That week is no longer here"):
            await ask.check_room(desk.app, who, 77)
    with pytest.raises(NotSeeking, match="You have not started yet"):
        await ask.check_room(desk.app, JONAS)
    for words in (CV, WALK, INTRO):
        await ask.add(desk.app, MAYA, words)
    with pytest.raises(TooManyOpen):
        await ask.check_room(desk.app, MAYA, own)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking, match="You have left"):
        await ask.check_room(desk.app, MAYA, own)


# ------------------------------------------------------------------ closing


async def test_a_closed_ask_is_settled_where_it_stands_and_gone_from_the_next_post(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await ask.add(desk.app, MAYA, WALK)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(hours=20)

    await ask.close(desk.app, MAYA, CV)

    assert told(posts(desk)[0]) == [(CV, True), (WALK, False)]
    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    assert told(posts(desk)[-1]) == [(WALK, False)]


async def test_every_post_that_shows_an_ask_is_revised_the_older_ones_by_the_next_round(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    for day in (4, 11, 18):
        await local(desk, 1, day, 18)
        await summary.post(desk.app, MAYA, draft_of(desk).week.id)
        await desk.wait(hours=1)
    await ask.close(desk.app, MAYA, "")
    await desk.tick()
    assert [told(post) for post in posts(desk)] == [[(CV, True)]] * 3


async def test_a_post_of_one_settled_ask_stays_and_posted_anew_it_is_left_out(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(minutes=1)
    await ask.close(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == [(CV, True)]

    await summary.take_down(desk.app, MAYA, 1)
    await summary.post(desk.app, MAYA, 1)
    assert [told(post) for post in posts(desk)] == [[]]


async def test_what_is_asked_or_closed_at_the_instant_of_a_post_comes_after_it(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await ask.add(desk.app, MAYA, WALK)
    await ask.close(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == [(CV, True)]

    await summary.take_down(desk.app, MAYA, 1)
    await summary.post(desk.app, MAYA, 1)
    assert [told(post) for post in posts(desk)] == [[(WALK, False)]]


async def test_an_ask_is_closed_once(desk: Desk) -> None:
    await desk.begin()
    number = (await ask.add(desk.app, MAYA, CV)).id
    await ask.close(desk.app, MAYA, str(number))
    before = await rows(desk)
    await desk.wait(minutes=1)
    with pytest.raises(AlreadyClosed):
        await ask.close(desk.app, MAYA, str(number))
    assert await rows(desk) == before


async def test_somebody_elses_ask_cannot_be_closed(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(AISHA)
    number = (await ask.add(desk.app, MAYA, CV)).id
    before = await rows(desk)
    for wish in (str(number), CV):
        with pytest.raises(NoSuchAsk):
            await ask.close(desk.app, AISHA, wish)
        with pytest.raises(NotSeeking):
            await ask.close(desk.app, JONAS, wish)
    assert await rows(desk) == before
    assert await ask.choices(desk.app, AISHA) == await ask.choices(desk.app, JONAS) == []


async def test_who_left_can_close_an_ask_but_not_make_one(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(minutes=1)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking):
        await ask.add(desk.app, MAYA, WALK)
    await ask.close(desk.app, MAYA, "")
    assert told(posts(desk)[0]) == [(CV, True)]
