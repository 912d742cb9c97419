"""What friends leave under posts: read anew, while more of it comes, and followed when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.core.people import Person, Post, Said
from bot.store import circle as rows
from bot.store.trouble import Refused
from bot.usecases import circle, conversations, missed
from tests.usecases.conftest import PAPER, Desk, Paper

ANA, BEN, JONAS = (Person(PAPER, "", name) for name in ("ana", "ben", "jonas"))
HEART, PARTY = "\N{HEAVY BLACK HEART}", "\N{PARTY POPPER}"


class Busy(Paper):
    """A Face on which Ana reacts just after what stands there was read."""

    desk: Desk

    async def reactions(self, post: Post) -> Sequence[tuple[Person, str, str]] | None:
        await circle.react(self.desk.app, post, ANA, "Ana", HEART, added=True)
        return ()


def replies(desk: Desk, post: Post, text: str) -> Said:
    """Jonas replies to a post, and nobody hears of it."""
    desk.now += timedelta(seconds=1)
    said = desk.paper.says(JONAS, text, desk.now, post.id)
    placed = said._replace(post=post._replace(id=said.post.id))
    desk.paper.said[-1] = placed
    return placed


async def words(desk: Desk) -> list[str]:
    return [row["text"] for row in await desk.app.db.reading.all("SELECT text FROM words ORDER BY id")]


async def test_reading_anew_drops_what_was_taken_back_and_keeps_what_comes_meanwhile(desk: Desk) -> None:
    busy = Busy(lambda: desk.now)
    busy.desk, desk.paper, desk.app.faces[PAPER] = desk, busy, busy
    post = await desk.posted()
    await circle.react(desk.app, post, BEN, "Ben", PARTY, added=True)
    desk.now += timedelta(minutes=5)

    await missed.catch_up(desk.app)

    assert [emoji for _, emoji in await rows.reactions_at(desk.app.db.reading, post.channel, post.id)] == [HEART]


async def test_replies_to_a_post_are_taken_once_and_follow_what_became_of_them(desk: Desk) -> None:
    post = await desk.posted()
    first, second = replies(desk, post, "Well done"), replies(desk, post, "Call Ana")
    replies(desk, post._replace(id="another"), "lunch?")
    await conversations.catch_up(desk.app)
    await conversations.catch_up(desk.app)
    assert await words(desk) == ["Well done", "Call Ana"]
    desk.reworded(first, "Very well done")
    desk.paper.said.remove(second)
    await conversations.catch_up(desk.app)
    assert await words(desk) == ["Very well done"]
    assert await desk.states("note") == ["owed"]


async def test_words_that_the_platform_withholds_do_not_empty_those_that_are_known(desk: Desk) -> None:
    post = await desk.posted()
    said = replies(desk, post, "Well done")
    await conversations.catch_up(desk.app)
    desk.reworded(said, "")
    await conversations.catch_up(desk.app)
    assert await words(desk) == ["Well done"]


async def test_a_failed_read_takes_no_friend_s_words_away(desk: Desk) -> None:
    post = await desk.posted()
    replies(desk, post, "Well done")
    await conversations.catch_up(desk.app)
    desk.paper.said.clear()
    desk.paper.unreadable = True
    await conversations.catch_up(desk.app)
    assert await words(desk) == ["Well done"]
    assert missed.POSTS in desk.app.reading.failed


async def test_reactions_that_stumble_are_read_again_and_keep_no_words_waiting(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies(desk, await desk.posted(), "Well done")
    with monkeypatch.context() as broken:
        broken.setattr(desk.paper, "reactions", None)
        await conversations.catch_up(desk.app)
    assert (await words(desk), list(desk.app.reading.failed)) == (["Well done"], [missed.POSTS])
    assert "could not be caught up" in caplog.text
    await conversations.catch_up_again(desk.app)
    assert (desk.app.reading.failed, await words(desk)) == ({}, ["Well done"])


async def test_a_database_that_takes_nothing_has_the_posts_read_again(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies(desk, await desk.posted(), "Well done")
    with monkeypatch.context() as full:
        full.setattr(desk.app.db, "writing", _refused)
        await conversations.catch_up(desk.app)
    assert (await words(desk), missed.POSTS in desk.app.reading.failed) == ([], True)
    assert "could not be caught up" in caplog.text
    await conversations.catch_up_again(desk.app)
    assert await words(desk) == ["Well done"]


def _refused() -> Any:
    raise Refused("The disk is full.")


async def test_a_post_that_was_deleted_meanwhile_counts_as_taken_down(desk: Desk) -> None:
    post = await desk.posted()
    del desk.paper.sheets[post]
    await conversations.catch_up(desk.app)
    row = await desk.app.db.reading.one("SELECT phase FROM weeks WHERE posted_at IS NOT NULL")
    assert row is not None
    assert row["phase"] == "taken"
