"""Whom a closing post thanks, and for what: each line is confirmed, reworded or left out by its seeker."""

from __future__ import annotations

import re

from bot.core import thanks as thanking
from bot.core.exercise import checked_text
from bot.core.journal import Gone, owned
from bot.core.landing import LandingDraft
from bot.core.people import Person
from bot.core.thanks import (
    LINE_LIMIT,
    Decision,
    Line,
    LineChanged,
    LineTooLong,
    NothingToSay,
    Standing,
    mark_of_all,
    page_of,
)
from bot.store import thanks as rows
from bot.store.db import Tx
from bot.usecases import _landing, landing
from bot.usecases.app import App
from bot.usecases.people import still_seeking

CHANGED = "They changed what they gave meanwhile, so I did not confirm it. Have a look at how it reads now."


async def line_of(app: App, who: Person, landing_id: int, friend_id: int, *, unnamed: bool) -> Line:
    """One line of thanks, by one read; raises NotSeeking, NotYours, or Gone where nothing given still stands."""
    return await _line(app.db.reading, who, landing_id, friend_id, unnamed=unnamed)


async def decide(
    app: App, who: Person, landing_id: int, friend_id: int, standing: Standing, *, unnamed: bool, mark: str
) -> LandingDraft:
    """Confirm a line as it was shown, or leave it out; raises LineChanged, or what `line_of` does."""
    async with app.db.writing() as tx:
        line = await _line(tx, who, landing_id, friend_id, unnamed=unnamed)
        if line.mark != mark and standing is Standing.CONFIRMED:
            raise LineChanged(CHANGED)
        await _keep(app, tx, landing_id, line, standing)
    return await landing.draft_of(app, who, landing_id)


async def reword(
    app: App, who: Person, landing_id: int, friend_id: int, text: str, *, unnamed: bool, mark: str
) -> LandingDraft:
    """Thank a friend in other words than were shown, which confirms them.

    Raises NothingToSay, LineTooLong, LineChanged, or what `line_of` does.
    """
    words = _read(text)
    async with app.db.writing() as tx:
        line = await _line(tx, who, landing_id, friend_id, unnamed=unnamed)
        if words != line.words:
            _check_short(words)
        if line.mark != mark:
            raise LineChanged(CHANGED)
        worded = line._replace(words=words, own=words != line.words or line.own)
        await _keep(app, tx, landing_id, worded, Standing.CONFIRMED)
    return await landing.draft_of(app, who, landing_id)


async def confirm_page(app: App, who: Person, landing_id: int, page: int, mark: str) -> LandingDraft:
    """Confirm the open lines that were shown on one page; raises LineChanged, Gone or NotYours."""
    async with app.db.writing() as tx:
        _, own = await landing.mine(tx, who, landing_id)
        lines = page_of(await _landing.lines(tx, own), page)
        if mark_of_all(lines) != mark:
            raise LineChanged(CHANGED)
        for line in lines:
            if line.standing is Standing.OPEN:
                await _keep(app, tx, landing_id, line, Standing.CONFIRMED)
    return await landing.draft_of(app, who, landing_id)


async def _line(tx: Tx, who: Person, landing_id: int, friend_id: int, *, unnamed: bool) -> Line:
    found = still_seeking(await rows.before(tx, who, landing_id))
    owned(found.owner_id, lambda owner_id: owner_id == found.person_id, landing.GONE, landing.NOT_YOURS)
    for line in thanking.lines(*found.given):
        if (line.friend_id, line.unnamed) == (friend_id, unnamed):
            return line
    raise Gone("They took back what they had given, so there is nothing to thank for any more.")


async def _keep(app: App, tx: Tx, landing_id: int, line: Line, standing: Standing) -> None:
    """Write the decision; the message to the seeker follows with the next round, as many are decided in a row."""
    words = line.words if line.own else ""
    await rows.decide(tx, landing_id, line.friend_id, Decision(standing, words, line.mark), unnamed=line.unnamed)
    await _landing.mark(tx, [landing_id], app.now())


def _read(text: str) -> str:
    words = " ".join(checked_text(text, "Your words").split())
    words = re.sub(r"^(?i:for) ", "", words)  # the line says that already
    if not words:
        raise NothingToSay("There were no words in that. Say in a few what you thank them for, or leave them out.")
    return words


def _check_short(words: str) -> None:
    if len(words) > LINE_LIMIT:
        raise LineTooLong(
            f"That has {len(words):,} characters, and a line of thanks holds {LINE_LIMIT}. "
            "Shorten it a little; *Thank by message* has room for more. Nothing was changed."
        )
