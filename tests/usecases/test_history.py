"""Channels too long to be read at once: they are read to their end, piece by piece, and nothing is taken for gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.core.conversations import Deleted, History
from bot.core.people import Person, Post, Said, Space
from bot.store import _values as v
from bot.usecases import _history, conversations, missed
from tests.usecases.conftest import MAYA, PAPER, Desk, Paper

ANA = Person(PAPER, "", "ana")
PAGE, PAGES = 3, 2  # messages of a page, pages of a piece


class Paged(Paper):
    """Paper that is read in pages, and may fail at one of them."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.fails_at = 0  # which read fails, from 1
        self.begins: list[str] = []  # where each read began

    async def written(
        self, to: Person | Space, channel: str, after: str, since: datetime | None = None
    ) -> History | None:
        self.begins.append(after)
        if len(self.begins) == self.fails_at:
            return None
        read = await super().written(to, channel, after, since)
        assert read is not None
        page = [one for one in read.said if since or int(one.post.id) > int(after or 0)][: PAGE + 1]
        return History(page[:PAGE], page[PAGE - 1].post.id if len(page) > PAGE else "")

    def under(self, post: Post, text: str, at: datetime) -> Said:
        """Ana replies to a post in its channel; without `text` somebody chats there about something else."""
        said = self.says(ANA, text or "chat", at, post.id if text else "")
        self.said[-1] = said._replace(post=post._replace(id=said.post.id))
        return self.said[-1]


class LongDesk(Desk):
    """A desk whose channels are read in small pages; Maya's week is posted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.paged = self.paper = Paged(lambda: self.now)

    async def heard(self) -> set[str]:
        """What friends said that is kept."""
        return {v.unseal(row["text"]) for row in await self.app.db.reading.all("SELECT text FROM words")}

    def read(self) -> list[str]:
        """Where each read began since this was last asked."""
        begins, self.paged.begins = self.paged.begins, []
        return begins


@pytest.fixture
async def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LongDesk]:
    """A week is posted in a channel that will be long."""
    monkeypatch.setattr(_history, "MOST_READS", PAGES)
    made = LongDesk(tmp_path / "cairn.sqlite3")
    await made.open()
    yield made
    await made.close()


async def test_a_channel_of_any_length_is_read_to_its_end_and_each_part_once(long: LongDesk) -> None:
    post = await long.posted()
    for number in range(4 * PAGES * PAGE):
        long.paged.under(post, f"reply {number}" if number % 5 == 0 else "", long.now)

    await missed.catch_up(long.app)

    assert await long.heard() == {f"reply {number}" for number in range(0, 4 * PAGES * PAGE, 5)}
    begins = [int(begin) for begin in long.read()]
    assert begins == sorted(set(begins))


async def test_a_read_that_fails_on_its_way_goes_on_where_it_stopped(long: LongDesk) -> None:
    post = await long.posted()
    for number in range(3 * PAGES * PAGE):
        long.paged.under(post, f"reply {number}", long.now)
    long.paged.fails_at = PAGES + 2  # in the second piece

    assert not await missed.catch_up(long.app)
    first = long.read()
    assert len(await long.heard()) == PAGES * PAGE
    long.paged.fails_at = 0
    assert await missed.catch_up(long.app)

    assert long.read()[0] == first[PAGES]
    assert len(await long.heard()) == 3 * PAGES * PAGE


async def test_a_new_session_reads_from_the_beginning_as_what_was_read_may_have_changed(long: LongDesk) -> None:
    post = await long.posted()
    for number in range(2 * PAGES * PAGE):
        long.paged.under(post, f"reply {number}", long.now)
    long.paged.fails_at = PAGES + 1
    assert not await missed.catch_up(long.app)
    long.read()
    long.paged.fails_at = 0
    long.paged.said[0] = long.paged.said[0]._replace(text="Well said")

    await conversations.catch_up(long.app)

    assert "Well said" in await long.heard()
    assert len(await long.heard()) == 2 * PAGES * PAGE


async def test_a_reply_deleted_in_any_part_of_a_long_channel_goes_and_no_other(long: LongDesk) -> None:
    post = await long.posted()
    for number in range(4 * PAGES * PAGE):
        long.paged.under(post, f"reply {number}", long.now)
    await missed.catch_up(long.app)
    for index in (4 * PAGES * PAGE - 1, 7, 0):
        del long.paged.said[index]

    await missed.catch_up(long.app)

    gone = {f"reply {number}" for number in (0, 7, 4 * PAGES * PAGE - 1)}
    assert await long.heard() == {f"reply {number}" for number in range(4 * PAGES * PAGE)} - gone


async def test_a_long_conversation_is_taken_whole_and_a_deletion_in_it_is_asked_about_once(long: LongDesk) -> None:
    await long.begin()
    await long.until(2, 17, 30)
    said = [long.paged.says(MAYA, f"line {n}", long.now + timedelta(seconds=n + 1)) for n in range(20)]
    long.now += timedelta(minutes=1)
    await conversations.catch_up(long.app)
    parts = await long.app.db.reading.all("SELECT message FROM taken ORDER BY length(message), message")
    assert [row["message"] for row in parts] == [one.post.id for one in said]

    del long.paged.said[1]
    long.now += timedelta(hours=2)
    await conversations.catch_up(long.app)
    await conversations.catch_up(long.app)

    asked = [what for what in long.paged.answers.values() if isinstance(what, Deleted)]
    assert [question.message for question in asked] == [said[1].post.id]


async def test_a_read_that_hangs_is_given_up_and_done_again(long: LongDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    post = await long.posted()
    long.paged.under(post, "Well done", long.now)
    with monkeypatch.context() as hanging:
        hanging.setattr(_history, "READ_WITHIN", 0.0)
        hanging.setattr(long.paged, "written", lambda *_: asyncio.Event().wait())
        await conversations.catch_up(long.app)
    assert (missed.POSTS in long.app.reading.failed, await long.heard()) == (True, set())

    await conversations.catch_up_again(long.app)

    assert await long.heard() == {"Well done"}
