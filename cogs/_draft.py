"""The seeker's own view of their week: what goes out, what stays, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.circle import Circle
from bot.core.dates import DAY_NAMES
from bot.core.journal import Entry, totals
from bot.core.summary import MOODS, Draft, Phase, day_in, span, tells
from cogs import _pages
from cogs._layout import Row, layout, name_of, say, when
from cogs._pages import Part
from cogs._press import button, menu
from cogs._text import escape

GIST = 70  # characters of an answer in the draft
LISTED = 2800  # characters of the whole list
PICKED = 23  # answers in one menu of 25, beside the numbers and the mood

PHASES = {
    Phase.OPEN: "Not posted yet. Only you see this.",
    Phase.DRAFTED: "Only you see this. Nothing goes out until you press Post.",
    Phase.POSTED: "Posted. Your friends see what is shared above. What comes now goes into your next week.",
    Phase.SKIPPED: "Skipped, and only you see this. You can still post it.",
    Phase.CLOSED: "This draft is closed, and only you see this. You can still post it.",
    Phase.TAKEN: "Taken down, and only you see this. You can post it again.",
}


class _Item(NamedTuple):
    """One part of the week: its name, how it begins, and whether friends see it."""

    name: str
    words: str
    shared: bool


def draft(what: Draft) -> ui.LayoutView:
    """What goes out and what stays, each under its own heading, with what to do about it."""
    week = what.week
    title = "## Your week is still here" if what.recall and week.phase is Phase.DRAFTED else "## Your week"
    status = PHASES[week.phase]
    if week.posts_at and week.phase is Phase.DRAFTED:
        status = f"What is shared posts by itself {when(week.posts_at)}. Stop keeps it here."
        if what.summary.empty:
            status = "Only you see this. Nothing is shared yet, so nothing posts by itself."
    if what.waits_for:
        names = _names(what.waits_for)
        status = f"I can't write in {names} at the moment. Your week goes out by itself as soon as I may."
    listed, cut = _listed(what)
    head = f"{title}\n-# Week {what.material.number} · {span(week.monday)}"
    return layout([head, listed, f"-# {status}{_where(what)}{_missed(what)}{_late(what)}"], *_rows(what, cut))


def _missed(what: Draft) -> str:
    if what.missed is None or what.week.phase is not Phase.DRAFTED:
        return ""
    return f"\n-# I could not bring you the draft of {span(what.missed)} in time."


def _late(what: Draft) -> str:
    """When its post came, where that was late: said to the seeker alone, for it is nobody's fault."""
    return f"\n-# I could not post it before {when(what.late)}." if what.late else ""


def _where(what: Draft) -> str:
    """Where it goes, once it goes; or why it cannot."""
    if what.week.phase is Phase.POSTED:
        return ""
    if not what.circles:
        return "\n**There is no circle to post to any more.** /start lets you choose another."
    names = _names(what.circles)
    if what.lost:
        return f"\n**I could not post it in {names}.** The channel is gone, or I may not write there any more."
    return f" It goes to {names}."


def _names(circles: Iterable[Circle]) -> str:
    return texts.listing([f"#{name_of(circle.name)}" for circle in circles])


def _rows(what: Draft, cut: bool) -> list[Row]:
    week, phase, key = what.week.id, what.week.phase, what.delivery_id
    choose = button("choose", week, "Choose what goes in")
    edit = button("edit", week, "Edit", key=key)
    if phase is Phase.POSTED:
        first, second = [edit, choose], [button("takedown", week, "Take down", ButtonStyle.danger)]
    else:
        first = [button("post", week, "Post", ButtonStyle.primary), choose, edit, button("look", week, "Preview")]
        second = []
    if what.week.posts_at:
        second.append(button("stop", week, "Stop"))
    if phase is Phase.DRAFTED:
        second.append(button("skipweek", week, "Skip this week"))
    if cut:
        second.append(button("readdraft", week, "Read all"))
    return [first, second] if len(first) + len(second) > 5 else [[*first, *second]]


def _listed(what: Draft) -> tuple[str, bool]:
    items = _items(what)
    if not items:
        return "A quiet week, with nothing written down. Edit lets you tell your friends in a line.", False
    room = LISTED // 2
    out, cut_out = _group("Shared with friends", [i for i in items if i.shared], room)
    kept, cut_kept = _group("Private, only you", [i for i in items if not i.shared], room)
    nothing = "**Shared with friends**\nNothing yet. Choose what goes in."
    return "\n\n".join(group for group in (out or nothing, kept) if group), cut_out or cut_kept


def _group(title: str, items: Sequence[_Item], room: int) -> tuple[str, bool]:
    lines, cut = _pages.shown((_part(item) for item in items), GIST)
    fitting = _fitting(lines, room)
    if fitting < len(lines):
        lines, cut = [*lines[:fitting], f"… and {len(lines) - fitting} more"], True
    return "\n".join([f"**{title}**", *lines]) if lines else "", cut


def _part(item: _Item) -> Part:
    return Part(f"- {item.name}:" if item.words else f"- {item.name}", " ".join(item.words.split()))


def _fitting(lines: Iterable[str], room: int) -> int:
    count = 0
    for line in lines:
        room -= texts.length(line) + 1
        if room < 0:
            break
        count += 1
    return count


def _items(what: Draft) -> list[_Item]:
    week, entries = what.week, what.material.entries
    items = [_Item("Your words", week.words, True)] if week.words else []
    items += [_Item(escape(_name(entry, what)), _gist(entry), entry.shared) for entry in entries]
    if any(entry.numbers for entry in entries):
        items.append(_Item("The numbers of the week", _numbers(what), week.share_numbers))
    if what.has_mood:
        items.append(_Item("Mood and energy, and days of rest", _moods(what), week.share_mood))
    return items


def _name(entry: Entry, what: Draft) -> str:
    on = day_in(what.week.monday, entry.on)
    short = on[:3] if on in DAY_NAMES else on
    return f"{short} {what.summary.exercises[entry.exercise].title.lower()}"


def _gist(entry: Entry) -> str:
    if not tells(entry):
        return "without words; mood and energy have a part of their own"
    return " · ".join(value for value in entry.answers.values() if isinstance(value, str))


def _numbers(what: Draft) -> str:
    return _pages.counts(totals(what.material.entries).items())


def _moods(what: Draft) -> str:
    rated = [entry for entry in what.material.entries if "mood" in entry.answers]
    return " · ".join(f"{DAY_NAMES[e.on.weekday()][:3]} {MOODS[int(e.answers['mood']) - 1]}" for e in rated)


def whole_draft(what: Draft) -> list[str]:
    """All that a week holds, each part marked, in messages."""
    parts = [Part("**Your words** · shared with friends\n", what.week.words)] if what.week.words else []
    for entry in what.material.entries:
        seen = "shared with friends" if entry.shared else "private, only you"
        parts.append(Part(f"**{escape(_name(entry, what))}** · {seen}", opens=True))
        parts += _pages.of_entry(entry, what.summary.exercises[entry.exercise])
    for name, words in (("The numbers of the week", _numbers(what)), ("Mood and energy", _moods(what))):
        parts += [Part(f"**{name}**", words, opens=True)] if words else []
    return _pages.whole(parts)


def chooser(what: Draft) -> ui.LayoutView:
    """What goes in: one menu over all parts; what is picked is shared, the rest is not."""
    entries = what.material.entries
    options = [_option(entry, what) for entry in entries[-PICKED:]]
    if any(entry.numbers for entry in entries):
        options.append(
            discord.SelectOption(
                label="The numbers of the week",
                value="numbers",
                description=texts.shorten(_numbers(what), 100),
                default=what.week.share_numbers,
            )
        )
    if what.has_mood:
        about = "Of each day, and the days of rest"
        options.append(
            discord.SelectOption(label="Mood and energy", value="mood", description=about, default=what.week.share_mood)
        )
    if not options:
        return say("There is nothing to choose from yet. Edit lets you write a line of your own.")
    older = len(entries) - PICKED
    hint = f"\n-# The oldest {older} stay as they are; the buttons under each answer share them." if older > 0 else ""
    return layout(
        [f"**What may your friends see?**\nPick all that goes in. The rest stays private.{hint}"],
        [menu("chosen", what.week.id, options, "Nothing yet")],
    )


def _option(entry: Entry, what: Draft) -> discord.SelectOption:
    return discord.SelectOption(
        label=texts.shorten(_name(entry, what), 100),
        value=str(entry.id),
        description=texts.shorten(" ".join(_gist(entry).split()), 100),
        default=entry.shared,
    )
