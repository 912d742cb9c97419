"""The /log commands: what can be picked, and what waits where a line has to be asked about."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from bot.core.dates import BadDate
from bot.core.errors import Told
from bot.core.journal import Gone
from bot.core.people import Person
from bot.core.search import Act, Backwards, Known, Loss, NoTime, NotYet, Stage, WhichOne
from bot.store import held as held_rows
from bot.store import search as rows
from bot.usecases import held, origin, search
from bot.usecases._applications import BEGIN
from bot.usecases.app import App
from bot.usecases.search import Logged, Wish

LOG = "log"  # what is kept waiting is a wish to log something
MOST = 25  # that can be offered
TYPED = ("which", "role", "when", "whom", "words", "link", "source", "kind", "origin")
ASKED = (BadDate, NotYet, NoTime, WhichOne, Backwards)  # refusals that one more press can settle


class Question(NamedTuple):
    """What has to be asked before something is noted, and where its words wait."""

    held_id: str
    why: Told


async def log(app: App, who: Person, wish: Wish) -> Logged | Question:
    """Note what happened, or what is to be asked first; raises what cannot be asked about."""
    try:
        return await origin.told(app, await search.log(app, who, wish))
    except ASKED as why:
        kept = await held.hold(app, who, LOG, f"{LOG}:{secrets.token_hex(8)}", _words(wish))
        return Question(kept.id, why)


async def waiting(app: App, who: Person, held_id: str) -> Wish:
    """One's own wish that waits; raises Gone or NotYours."""
    kept = await held.words_of(app, who, held_id)
    if kept.purpose != LOG:
        raise Gone("Those words wait for something else.")
    return _wish(kept.words)


async def go_on(
    app: App, who: Person, held_id: str, *, which: str = "", when: str = "", right: bool = False
) -> Logged | Question:
    """Note what waited, with what was answered; raises Gone or NotYours, and what cannot be asked about."""
    wish = await waiting(app, who, held_id)
    wish = wish._replace(which=which or wish.which, when=when or wish.when, right=right or wish.right)
    try:
        return await origin.told(app, await search.log(app, who, wish, held_id))
    except ASKED as why:
        async with app.db.writing() as tx:
            await held_rows.rewrite(tx, held_id, _words(wish))
        return Question(held_id, why)


def _words(wish: Wish) -> dict[str, str]:
    return {name: str(value) for name, value in wish._asdict().items() if value}


def _wish(words: Mapping[str, str]) -> Wish:
    typed = {name: words.get(name, "") for name in TYPED}
    loss = Loss(words["loss"]) if "loss" in words else None
    round_, right, moved = int(words.get("round", 0)), "right" in words, "moved" in words
    return Wish(Act(words["act"]), **typed, loss=loss, round=round_, right=right, moved=moved)


# ------------------------------------------------------------------ what can be picked


async def companies(app: App, who: Person, act: Act, typed: str) -> list[tuple[str, str]]:
    """One's own applications as (words, "#number"), open and recent ones first; to apply, companies by name too."""
    known = await rows.known(app.db.reading, who)
    if act in BEGIN:
        wished = [one for one in known if one.stage is Stage.WISHLIST]
        names = dict.fromkeys(one.company for one in known)
        offered = [*map(_picked, wished), *((name, name) for name in names)]
    else:
        offered = [_picked(one) for one in known]
    return _matching(offered, typed)


async def roles(app: App, who: Person, typed: str) -> list[tuple[str, str]]:
    """The roles that somebody applied for, by name."""
    known = await rows.known(app.db.reading, who)
    return _matching([(role, role) for role in dict.fromkeys(one.role for one in known)], typed)


def _picked(known: Known) -> tuple[str, str]:
    return f"{known.company} · {known.role} ({known.stage})", f"#{known.id}"


def _matching(offered: list[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    sought = typed.casefold().split()
    return [one for one in offered if all(word in one[0].casefold() for word in sought)][:MOST]
