"""What friends leave under a closing post while the bot is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.landing import Phase
from bot.core.people import Comes, Person, Post
from bot.store import people as people_rows
from bot.usecases import circle, closing, missed, privacy, rhythm
from tests.usecases._journey import ANA, drafts, landed, walked
from tests.usecases.conftest import MAYA, Desk


async def closed(desk: Desk) -> Post:
    """Maya's journey is over, and its closing post stands; she hears of cheers the next morning."""
    await walked(desk)
    await rhythm.friends(desk.app, MAYA, Comes.DAILY, None)
    await closing.post(desk.app, MAYA, (await landed(desk)).landing.id)
    post = (await desk.delivery("closing", turn=1)).post
    assert post
    return post


def left_under(desk: Desk, closing: Post) -> None:
    """Ana replies to a post and reacts to it, and nobody hears of it."""
    desk.now += timedelta(minutes=5)
    said = desk.paper.says(ANA, "So glad", desk.now, closing.id)
    desk.paper.said[-1] = said._replace(post=closing._replace(id=said.post.id))

    async def reactions(post: Post) -> Sequence[tuple[Person, str, str]]:
        return [(ANA, "Ana", "*")] if post == closing else []

    desk.paper.reactions = reactions


async def test_what_was_left_under_a_closing_post_while_away_still_comes(desk: Desk) -> None:
    left_under(desk, await closed(desk))

    assert await missed.catch_up(desk.app)
    assert await missed.catch_up(desk.app)

    await desk.until(6, 12)
    note = await circle.read_note(desk.app, MAYA, (await desk.delivery("note")).id)
    assert [(one.name, one.emoji, one.words) for one in note.cheers] == [("Ana", ("*",), ("So glad",))]


async def test_a_closing_post_that_was_deleted_while_away_is_noticed(desk: Desk) -> None:
    del desk.paper.sheets[await closed(desk)]

    await missed.catch_up(desk.app)

    assert drafts(desk)[0].landing.phase is Phase.TAKEN


async def test_nobody_is_remembered_anew_who_may_have_been_erased_since(desk: Desk) -> None:
    post = await closed(desk)
    friend = await people_rows.number_of(desk.app.db.reading, ANA)
    assert friend
    left_under(desk, post)
    desk.now += timedelta(minutes=1)
    await privacy.erase(desk.app, ANA, friend)

    await missed.catch_up(desk.app)

    assert await people_rows.number_of(desk.app.db.reading, ANA) is None
