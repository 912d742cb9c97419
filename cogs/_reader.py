"""How naming friends for an answer looks, what they get, and how it stands with each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.core import text as texts
from bot.core.consent import Consent
from bot.core.journal import Kept, Visibility
from bot.core.reader import Handed, Reader, standing
from bot.core.summary import Draft, Portion
from bot.usecases.reader import Naming
from cogs import _post
from cogs._layout import Row, label_of, layout, name_of, say
from cogs._press import button, menu
from cogs._thanks import end_button, from_to

MOST_NAMES = 4  # in one line
NAME = 30  # characters of each
ROOM = 700  # characters of how it stands with all of them
IN_MENU = 25  # that Discord shows in one
MENUS = 4
ACCEPTS = {  # short enough to be read in a menu on a phone
    Consent.NEVER: "Not yet accepted",
    Consent.GIVEN: "Accepts messages from me",
    Consent.QUIET: "Wishes no messages from me",
    Consent.CLOSED: "Messages closed to me",
}


def names(readers: Iterable[Reader]) -> str:
    """Who they are: "Jonas and Aisha"; of many the first, and how many more."""
    known = [name_of(texts.shorten(reader.name, NAME)) for reader in readers]
    if len(known) > MOST_NAMES:
        known = [*known[:MOST_NAMES], f"{len(known) - MOST_NAMES} more"]
    return texts.listing(known)


def only(readers: Iterable[Reader]) -> str:
    """For whom alone an answer is: "only Jonas"."""
    return f"only {names(readers)}"


def handed(found: Sequence[Handed]) -> str:
    """How it stands with each friend for whom alone something of a week is, a small line each."""
    lines = [f"-# {names(readers)}: {how}" for readers, how in standing(found)]
    while sum(map(texts.length, lines)) > ROOM:
        lines.pop()
    return "\n".join(lines)


def _unsent(readers: Iterable[Reader]) -> str:
    """To whom of some friends nothing is sent as it stands, and why."""
    return handed([Handed(reader) for reader in readers if reader.consent is not Consent.GIVEN])


# ------------------------------------------------------------------ what a friend gets


def portion(what: Portion) -> ui.LayoutView:
    """What of a week is meant for one friend; in a preview without buttons, and for whom it is."""
    [page] = _post.pages(what.summary, most=1)
    seeker, preview = name_of(what.summary.name), what.delivery_id == "preview"
    if preview:
        return layout([f"**For {names(what.readers)}**, by direct message:", _unsent(what.readers), page.text])
    key = what.delivery_id
    row: Row = [
        button("cheer", key, "Cheer", discord.ButtonStyle.primary),
        button("idea", key, "I have an idea"),
        *([button("readweek", key, "Read all")] if page.cut else []),
        end_button(),
    ]
    aside = (
        f"-# {seeker} chose who gets this, and did not tell it in the circle.\n"
        "-# To answer, press below: what you write back here goes to nobody."
    )
    return layout([page.text, aside], row)


# ------------------------------------------------------------------ naming friends


def naming(what: Naming) -> ui.LayoutView:
    """Who reads an answer, and menus of all who can be named."""
    known = what.known[: MENUS * IN_MENU]
    entry, blocks = what.kept.entry, [_now(what.kept), _missing(what)]
    menus = [_menu(what, known[at : at + IN_MENU], at // IN_MENU) for at in range(0, len(known), IN_MENU)]
    row: Row = []
    if entry.visibility is not Visibility.FRIENDS:
        row = [button("share", entry.id, "All friends")]
    if entry.visibility is not Visibility.PRIVATE:
        row = [*row, button("hide", entry.id, "Only me")]
    return layout(blocks, *menus, row)


def _now(kept: Kept) -> str:
    title = f"**Who reads this?**\n{kept.exercise.title} · {kept.entry.on:%A}"
    if kept.readers:
        waits = _unsent(kept.readers)
        when = "with your post" if kept.posted else "once you post your week"
        seen = f"{names(kept.readers)} alone, by direct message, {when}."
        return "\n".join(line for line in (title, seen, waits) if line)
    seen = "All your friends. Picking somebody makes it theirs alone." if kept.entry.shared else "Only you."
    return f"{title}\n{seen}"


def _missing(what: Naming) -> str:
    channels = texts.listing([f"#{name_of(circle.name)}" for circle in what.circles]) or "your circle"
    if not what.known:
        return f"I know nobody there yet. Once a friend presses *Yes, write to me* in {channels}, they stand here."
    return f"-# Somebody missing? Once they press *Yes, write to me* in {channels}, they stand here."


def _menu(what: Naming, known: Sequence[Reader], page: int) -> Row:
    options = [
        discord.SelectOption(
            label=label_of(reader.name),
            value=str(reader.id),
            description=ACCEPTS[reader.consent],
            default=reader in what.kept.readers,
        )
        for reader in known
    ]
    placeholder = "Nobody yet" if len(what.known) <= IN_MENU else f"Nobody yet, {from_to(options)}"
    return [menu("onlyto", f"{what.kept.entry.id}.{page}", options, placeholder)]


def which(what: Draft, options: Sequence[discord.SelectOption]) -> ui.LayoutView:
    """Which answer is only for some?"""
    if not options:
        return say("There is no answer in this week yet.")
    older = len(what.material.entries) - len(options)
    hint = "\n-# For older ones, press the button under the answer itself." if older > 0 else ""
    return layout(
        [f"**Which answer is only for some friends?**{hint}"],
        [menu("onlywhich", what.week.id, options, "Pick one", most=1)],
    )
