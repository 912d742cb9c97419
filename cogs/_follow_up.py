"""How the message of a morning looks: what to follow up on, each above its buttons."""

from __future__ import annotations

from datetime import date

from discord import ButtonStyle, ui

from bot.core.board import clocks
from bot.core.dates import day
from bot.core.follow_up import LATER, FollowUps, Line, Reply, Sort
from bot.core.search import Loss, Stage
from cogs import _board, _log
from cogs._layout import Row, layout, name_of, say
from cogs._press import button

LABELS = {1: "Tomorrow", 3: "In 3 days", 7: "Next week"}


def follow_ups(what: FollowUps) -> ui.LayoutView:
    """What is due on a morning, oldest first."""
    open_ = [line for line in what.lines if _is_open(line)]
    view = layout(["## Worth a line today" if open_ else "## All looked after"])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for line in what.lines:
        container.add_item(ui.TextDisplay(_words(line, what.on)))
        if row := _row(line):
            container.add_item(ui.ActionRow(*row))
    container.add_item(ui.ActionRow(button("follownext", "me", "What is next")))
    return view


def _is_open(line: Line) -> bool:
    return line.reminder.reply is Reply.OPEN and not line.application.standing.ended


def _words(line: Line, on: date) -> str:
    named, aside = _board.named(line.application), _became(line)
    if _is_open(line):
        return (
            f"{named}\n{name_of(line.reminder.words) if line.reminder.words else 'Follow up'}\n-# {_clocks(line, on)}"
        )
    return f"{named}\n-# {aside}"


def _clocks(line: Line, on: date) -> str:
    return f"{_log.stage(line.application.standing)} · {clocks(line.application.standing, on)}"


def _became(line: Line) -> str:
    standing = line.application.standing
    match line.reminder.reply:
        case Reply.DONE:
            return "Done."
        case Reply.LATER if line.reminder.until and not standing.ended:
            return f"I come back to it on {day(line.reminder.until)}."
        case Reply.STOPPED if not standing.ended:
            return "I say no more of this one."
        case Reply.NOT_YET if not standing.ended:
            return "Not yet, then. I ask again in three weeks."
        case _ if standing.stage is Stage.LOST and standing.loss is Loss.GHOSTED:
            return "Closed: it ended in silence. An answer may still come, and /log takes it up again."
        case _ if standing.ended:
            return f"It is {_log.stage(standing)} now."
        case _:
            return "Something happened since, so this is settled."


def _row(line: Line) -> Row:
    number = line.reminder.id
    if line.reminder.reply is Reply.STOPPED and not line.application.standing.ended:
        return [button("followon", number, "Remind me after all")]
    if not _is_open(line):
        return []
    later, stop = button("followlater", number, "Later"), button("followstop", number, "Stop for this one")
    if line.reminder.sort is Sort.SILENT:
        yes = button("followlost", number, "Yes, it ended", ButtonStyle.primary)
        return [yes, button("follownot", number, "Not yet"), later, stop]
    return [button("followdone", number, "Done", ButtonStyle.primary), later, stop]


def days(reminder_id: int) -> ui.LayoutView:
    """To which day is it put off?"""
    return say("When shall I come back to it?", [button("followin", f"{reminder_id}.{n}", LABELS[n]) for n in LATER])
