"""What a week's messages say follows each change of it, also where the database fails right after the change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.core.summary import Draft, Phase, WeekPost
from bot.store.trouble import Refused
from bot.usecases import summary
from tests.usecases.conftest import CHANNEL, MAYA, Desk


async def edited(desk: Desk) -> None:
    await summary.edit(desk.app, MAYA, 1, "A better line")


async def skipped(desk: Desk) -> None:
    await summary.skip(desk.app, MAYA, 1)


async def posted(desk: Desk) -> None:
    await summary.post(desk.app, MAYA, 1)


def draft_of(desk: Desk) -> Draft:
    return next(sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft))


async def after_a_failure(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk], Awaitable[None]]
) -> None:
    """Change something while the database takes the change and nothing that follows from it."""
    writing = desk.app.db.writing

    def failing(*, reserve: bool = False) -> Any:
        if reserve:
            raise Refused("The disk is out of order.")
        return writing()

    with monkeypatch.context() as broken:
        broken.setattr(desk.app.db, "writing", failing)
        await change(desk)
    for _ in range(3):
        await desk.wait(minutes=2)


@pytest.mark.parametrize(
    ("change", "phase"), [(edited, Phase.DRAFTED), (skipped, Phase.SKIPPED), (posted, Phase.POSTED)]
)
async def test_the_draft_says_what_was_changed_although_the_database_failed_right_after(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk], Awaitable[None]], phase: Phase
) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")

    await after_a_failure(desk, monkeypatch, change)

    words = "A better line" if change is edited else "A line"
    assert (draft_of(desk).week.phase, draft_of(desk).week.words) == (phase, words)


async def test_a_post_that_was_changed_says_so_although_the_database_failed_right_after(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)

    await after_a_failure(desk, monkeypatch, edited)

    posts = [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, WeekPost)]
    assert [post.summary.words for post in posts] == ["A better line"]
