"""How an interview is told of: the day before, shortly before, and afterwards."""

from __future__ import annotations

from discord import ButtonStyle, ui
from discord.utils import format_dt

from bot.core import text as texts
from bot.core.interview import Turn, Upcoming
from cogs import _board, _pages
from cogs._layout import layout, name_of, when
from cogs._log import ENERGY
from cogs._pages import Part
from cogs._press import button

SHOWN = 600  # characters of a note
WHOM = 80
HEADS = {Turn.EVE: "## An interview is coming", Turn.SOON: "## Your interview is near", Turn.AFTER: "## How was it?"}


def upcoming(what: Upcoming) -> ui.LayoutView:
    """A reminder of an interview, or the question how it was."""
    more = button("logmore", what.event.id, "Add detail")
    if what.moved:
        return layout([f"## It was moved\n{_named(what)}", _at(what)], [more])
    if what.application.standing.ended and what.turn is not Turn.AFTER:
        return layout([f"## This one has ended\n{_named(what)}"], [more])
    notes, _ = _pages.shown([Part("", what.event.words)] if what.event.words else [], SHOWN)
    if what.turn is Turn.AFTER:
        return layout([f"{HEADS[what.turn]}\n{_named(what)}", _felt(what)], [*_energy(what), more])
    return layout([f"{HEADS[what.turn]}\n{_named(what)}", _at(what), "\n".join(notes)], [more])


def _named(what: Upcoming) -> str:
    round_ = f"round {what.round}" if what.round > 1 else ""
    whom = f"with {name_of(texts.shorten(what.event.whom, WHOM))}" if what.event.whom else ""
    return " · ".join(words for words in (_board.named(what.application), round_, whom) if words)


def _at(what: Upcoming) -> str:
    starts_at = what.interview.starts_at
    return f"{when(starts_at)}, {format_dt(starts_at, 'R')}"


def _felt(what: Upcoming) -> str:
    if what.event.energy is None:
        return "One press is enough. A short thank-you within a day is often remembered."
    return f"{ENERGY.get(what.event.energy, 'All right')}. That is kept."


def _energy(what: Upcoming) -> list[ui.Item[ui.LayoutView]]:
    chosen = what.event.energy
    return [
        button(
            "felt", f"{what.interview.id}.{key}", label, ButtonStyle.primary if key == chosen else ButtonStyle.secondary
        )
        for key, label in ENERGY.items()
    ]
