"""How a file looks before it is imported: what would be added and what not, and how its table is read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord
from discord import ButtonStyle, SelectOption, ui

from bot.core import text as texts
from bot.core.archive import Remark
from bot.core.cells import Order
from bot.core.dates import day
from bot.core.importing import Incoming, Plan
from bot.core.layout import STATUSES, Holds
from bot.core.sheet import Called
from bot.usecases.importing import Imported, Shown
from bot.usecases.long_quiet import Closed
from cogs._layout import Message, layout, name_of, say
from cogs._log import stage
from cogs._press import button, menu
from cogs._text import as_said, escape

FIRST = 3  # applications that are named
LINES = 6  # of what is told, before it becomes a file
LINE = 110  # characters of each
NAME = "lines.txt"
STAGES = 8  # that are named
ON_STEP = 4  # columns, or stages, in one message
LABEL = 100
COLUMNS_FROM, STAGES_FROM = 1_000, 5_000  # numbers of menus


def looked_at(found: Shown) -> Message:
    """What would be added and what not; with the lines as a file where they are many."""
    asked, told = _asked(found), list(_told(found.plan))
    lines = "\n".join(as_said(texts.shorten(line, LINE)) for line in told[:LINES])
    shown = [asked] if asked else [_counts(found.plan), "\n".join(_first(found.plan.added)), lines]
    view = layout([f"## {escape(found.name)}\n{_from(found)}", *shown, _read_as(found)], *_buttons(found))
    if asked or len(told) <= LINES:
        return Message(view)
    container = view.children[0]
    assert isinstance(container, ui.Container)
    file: ui.File[Any] = ui.File(f"attachment://{NAME}")
    container.add_item(file)
    return Message(view, [discord.File(io.BytesIO("\n".join(told).encode()), NAME)])


def _from(found: Shown) -> str:
    of = f"A table of {found.layout}. " if found.layout else ""
    tab = f"I read the sheet {name_of(found.tab)}. " if found.tab else ""
    return f"-# {of}{tab}Nothing is kept before you press *Import*."


def _asked(found: Shown) -> str:
    """What has to be known first."""
    if found.lacks:
        return f"{_which(found.lacks)}\n{_doubtful(found)}".rstrip()
    if found.unclear:
        ways = f"{_day(found.order, day_first=True)} or {_day(found.order, day_first=False)}"
        return f"Is {as_said(found.order.cell)} in that table {ways}?"
    return ""


def _which(lacks: Sequence[Holds]) -> str:
    named = " and ".join(f"the {one}" for one in lacks)
    if len(lacks) == 1:
        return f"Which column holds {named}? Nothing can be imported without it."
    return f"Which columns hold {named}? Nothing can be imported without them."


def _doubtful(found: Shown) -> str:
    """Which line was taken for the headings, where it names neither of what has to be there."""
    if not found.heading or len(found.lacks) == 1:
        return ""
    return (
        f"-# Line {found.heading} is read as headings. If an application stands there, "
        "put a line of headings above it, and send the file again."
    )


def _day(order: Order, *, day_first: bool) -> str:
    on = order.with_day_first if day_first else order.with_month_first
    return f"{on.day} {on:%B}"


def _counts(plan: Plan) -> str:
    added, events = _number(len(plan.added), "application"), _number(len(plan.events), "event")
    lines = [f"**{added}** with {events} would be added." if plan.events else "Nothing in it would be added."]
    if plan.skipped:
        why = "you have it, or it comes twice" if len(plan.skipped) == 1 else "you have them, or they come twice"
        lines.append(f"{_number(len(plan.skipped), 'application')} skipped: {why}.")
    if plan.refused:
        lines.append(f"{_number(len(plan.refused), 'line')} refused.")
    return "\n".join(lines)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _first(added: Sequence[Incoming]) -> Iterator[str]:
    for one in added[:FIRST]:
        of = one.application
        on = of.standing.stage_on
        yield f"- {name_of(of.role)} at {name_of(of.company)}: {stage(of.standing)}, {day(on)} {on.year}"
    if len(added) > FIRST:
        yield f"- and {len(added) - FIRST:,} more"


def _told(plan: Plan) -> Iterator[str]:
    """What is to be known of single lines, refused ones first."""
    yield from _lines("refused", plan.refused)
    yield from _lines("skipped", plan.skipped)
    yield from _lines("taken", plan.remarks)


def _lines(what: str, remarks: Iterable[Remark]) -> Iterator[str]:
    for line, why in sorted(remarks):
        place = f"Line {line} {what}" if line else what.capitalize()
        yield f"{place}: {' '.join(why.split())}"


def _read_as(found: Shown) -> str:
    """How the table is read: its columns, its stages, its dates."""
    holding = [f"{one.holds} from {_heading(one.heading)}" for one in found.columns if one.holds not in _ASIDE]
    lines = [f"-# Columns: {' · '.join(holding)}"] if holding else []
    for holds in _ASIDE:
        if names := [_heading(one.heading) for one in found.columns if one.holds is holds]:
            lines.append(f"-# {str(holds).capitalize()}: {', '.join(names)}")
    if found.stages:
        lines.append(f"-# Stages: {' · '.join(_stage(one) for one in found.stages[:STAGES])}")
    if found.order.cell and not found.unclear:
        lines.append(f"-# Dates: {as_said(found.order.cell)} is {_day(found.order, day_first=found.first_is_day)}")
    return texts.shorten("\n".join(lines), 1000)


_ASIDE = (Holds.KEPT, Holds.NOTHING)


def _heading(words: str) -> str:
    return as_said(f"“{texts.shorten(words, 30)}”") if words else "a column without a name"


def _stage(one: Called) -> str:
    return (
        f"{_heading(one.words)} is {one.stage}"
        if one.stage
        else f"{_heading(one.words)} is not known to me, so applied"
    )


def _buttons(found: Shown) -> list[list[ui.Item[Any]]]:
    ref = found.id
    rows: list[list[ui.Item[Any]]] = []
    if found.unclear and not found.lacks:
        rows.append(
            [button("importdays", f"{ref}.{key}", _day(found.order, day_first=key == "d")) for key in ("d", "m")]
        )
    elif not found.lacks and found.plan.events:
        label = f"Import {len(found.plan.added):,}" if found.plan.added else "Import"
        rows.append([button("importdo", ref, label, ButtonStyle.primary)])
    change: list[ui.Item[Any]] = []
    if found.columns:
        style = ButtonStyle.primary if found.lacks else ButtonStyle.secondary
        change.append(button("importcolumns", f"{ref}.0", "Change columns", style))
    if found.stages and not found.lacks:
        change.append(button("importstages", f"{ref}.0", "Change stages"))
    if found.order.cell and not found.unclear:
        other = not found.first_is_day
        change.append(button("importdays", f"{ref}.{'d' if other else 'm'}", "Change dates"))
    return [*rows, [*change, button("importnot", ref, "Not now")]]


# ------------------------------------------------------------------ a few at a time


def columns(found: Shown, page: int) -> ui.LayoutView:
    """What some columns hold, to be changed."""
    pages = max(1, -(-len(found.columns) // ON_STEP))
    page = min(page, pages - 1)
    rows: list[Sequence[ui.Item[Any]]] = []
    lines: list[str] = []
    for at, one in list(enumerate(found.columns))[page * ON_STEP : (page + 1) * ON_STEP]:
        lines.append(f"{_heading(one.heading)}: {as_said(texts.shorten(', '.join(one.samples), 90)) or 'empty'}")
        named = [
            (str(holds), f"{texts.shorten(one.heading, 60) or '?'}: {holds}", holds is one.holds) for holds in Holds
        ]
        rows.append([_picked("importholds", f"{found.id}.{at}", named, COLUMNS_FROM + at)])
    return layout(
        [f"## What the columns hold{_of(page, pages)}", "\n".join(lines)],
        *rows,
        _pages("importcolumns", found.id, page, pages),
    )


def stages(found: Shown, page: int) -> ui.LayoutView:
    """What some stages are called, to be changed."""
    pages = max(1, -(-len(found.stages) // ON_STEP))
    page = min(page, pages - 1)
    rows: list[Sequence[ui.Item[Any]]] = []
    lines: list[str] = []
    for at, one in list(enumerate(found.stages))[page * ON_STEP : (page + 1) * ON_STEP]:
        lines.append(f"{_stage(one)} ({_number(one.rows, 'row')})")
        named = [(name, f"{texts.shorten(one.words, 60)}: {name}", name == one.stage) for name in STATUSES]
        rows.append([_picked("importmeans", f"{found.id}.{at}", named, STAGES_FROM + at)])
    return layout(
        [f"## What the stages are called{_of(page, pages)}", "\n".join(lines)],
        *rows,
        _pages("importstages", found.id, page, pages),
    )


def _picked(verb: str, ref: str, named: Iterable[tuple[str, str, bool]], number: int) -> ui.Item[Any]:
    """A menu of a number of its own: one that stands where another stood shows nothing of what was picked there."""
    options = [
        SelectOption(label=texts.shorten(label, LABEL), value=value, default=chosen) for value, label, chosen in named
    ]
    found = menu(verb, ref, options, "Pick one", most=1)
    found.id = number
    return found


def _of(page: int, pages: int) -> str:
    return f"\n-# {page + 1} of {pages}" if pages > 1 else ""


def _pages(verb: str, ref: int, page: int, pages: int) -> list[ui.Item[Any]]:
    found = [button("importlook", ref, "Done", ButtonStyle.primary)]
    if page:
        found.insert(0, button(verb, f"{ref}.{page - 1}", "Earlier"))
    if page + 1 < pages:
        found.append(button(verb, f"{ref}.{page + 1}", "More"))
    return found


# ------------------------------------------------------------------ decided


def imported(done: Imported) -> ui.LayoutView:
    """What is in the log now."""
    added = f"{_number(done.applications, 'application')} with {_number(done.events, 'event')}"
    words = f"Your log has **{added}** more. /search board shows where everything stands."
    if not done.quiet:
        return say(words)
    close = button("importquiet", done.last, "Close it" if done.quiet == 1 else "Close them all")
    return say(f"{words}\n\n{_quiet(done)}", [close])


def _quiet(done: Imported) -> str:
    """What is said of those that nobody heard of for long."""
    if done.quiet == 1:
        return (
            f"{'It has' if done.applications == 1 else 'One of them has'} been quiet for three weeks or more. "
            "I don't bring it up by myself until something new happens. "
            "If no answer came, one press closes it; if you still wait, leave it as it is."
        )
    return (
        f"{done.quiet:,} of them have been quiet for three weeks or more. "
        "I bring up none of these by myself until something new happens with one. "
        "If no answer came, one press closes them all; if you still wait, leave them as they are."
    )


def closed(found: Closed) -> ui.LayoutView:
    """They ended in silence."""
    words = "no answer came. One may still come, and /log takes it up again."
    return say(f"{_are(found.applications)} closed: {words}", [button("importopen", found.first, "Take that back")])


def opened(number: int) -> ui.LayoutView:
    """They wait for an answer again."""
    return say(f"{_are(number)} open again, as before.")


def _are(applications: int) -> str:
    return f"{_number(applications, 'application')} {'is' if applications == 1 else 'are'}"


def left() -> ui.LayoutView:
    """Nothing was kept."""
    return say("All right, nothing was imported, and the file is forgotten.")
