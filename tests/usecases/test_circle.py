"""What friends leave, while the platform is being read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.people import Person, Post
from bot.store import circle as rows
from bot.usecases import circle, summary
from tests.usecases.conftest import MAYA, PAPER, Desk, Paper

ANA, BEN = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
HEART, PARTY = "\N{HEAVY BLACK HEART}", "\N{PARTY POPPER}"


class Busy(Paper):
    """A Face on which Ana reacts just after what stands there was read."""

    desk: Desk

    async def reactions(self, post: Post) -> Sequence[tuple[Person, str, str]] | None:
        await circle.react(self.desk.app, post, ANA, "Ana", HEART, added=True)
        return ()


async def posted(desk: Desk) -> Post:
    """A week that stands in the channel."""
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "Hello")
    await summary.post(desk.app, MAYA, 1)
    post = (await desk.delivery("post", turn=1)).post
    assert post
    return post


async def test_reading_anew_drops_what_was_taken_back_and_keeps_what_comes_meanwhile(desk: Desk) -> None:
    busy = Busy(lambda: desk.now)
    busy.desk, desk.paper, desk.app.faces[PAPER] = desk, busy, busy
    post = await posted(desk)
    await circle.react(desk.app, post, BEN, "Ben", PARTY, added=True)
    desk.now += timedelta(minutes=5)

    await circle.catch_up(desk.app)

    assert [emoji for _, emoji in await rows.reactions_at(desk.app.db.reading, post.channel, post.id)] == [HEART]
