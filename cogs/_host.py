"""What the host reads: alerts, and how all is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import discord
from discord import ui

from bot.core import text as texts
from bot.core.alert import Alert, Topic
from bot.core.host import BEHIND, Counts, Line, Status, Trouble, is_well
from cogs._layout import layout, name_of, when
from cogs._press import button

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AGAIN = "again"  # looks from the view itself, which then shows what is new
MOST_NAMED = 5  # channels, or things that last


def alert(what: Alert) -> ui.LayoutView:
    """One thing that the host is told; once it works again the same message says so."""
    title, words = (_over if what.over else _lasting)(what)
    since = f"-# {'It began' if what.over else 'Since'} {when(what.raised_at)}."
    return layout([f"### {title}", words, since], [button("status", what.delivery_id, "How all is")])


def _lasting(what: Alert) -> tuple[str, str]:
    """What is wrong, and what the host can do."""
    match what.topic:
        case Topic.CLOSED:
            return "I can't write to somebody", (
                "Their direct messages are closed to me. They read how to open them at their next command. "
                "There is nothing that you need to do."
            )
        case Topic.LOST:
            return f"I can't write in #{name_of(what.detail)}", (
                "The channel is gone, or I am missing a permission there: View Channel, Send Messages, Attach Files, "
                "Read Message History. What is for it waits up to three days, and I try again every ten minutes."
            )
        case Topic.DISK_LOW:
            return (
                "My disk is filling up",
                f"{_sentence(what.detail)}Please make room: once it is full I can't keep answers.",
            )
        case Topic.DISK_FULL:
            return "My disk takes nothing", (
                f"It is full, or out of order: {_sentence(what.detail)}I can't keep what people write until it takes "
                "it again. They are told so, and I read their messages then."
            )
        case Topic.BACKUP:
            return (
                "Something is wrong with the copies of my data",
                f"{_sentence(what.detail)}I try again. `cairn backup` makes one by hand.",
            )
        case Topic.REFUSALS:
            return "Discord refuses too much of what I ask", (
                f"{_sentence(what.detail)}I rest from sending by myself for a while. Whoever writes to me is answered."
            )


def _over(what: Alert) -> tuple[str, str]:
    """What works again."""
    match what.topic:
        case Topic.CLOSED:
            return "I can write to them again", "Somebody's direct messages were closed to me. That is over."
        case Topic.LOST:
            return f"I can write in #{name_of(what.detail)} again", "What waited for it is on its way."
        case Topic.DISK_LOW:
            return "There is room on my disk again", "Everything is kept as before."
        case Topic.DISK_FULL:
            return "My disk takes everything again", "What people write is kept as before."
        case Topic.BACKUP:
            return "My data is copied again", "The newest copy was made and checked."
        case Topic.REFUSALS:
            return "Discord takes what I send again", "What waited is on its way."


def _sentence(detail: str) -> str:
    """What is known beside the topic, as a sentence with a space after it; nothing where that is nothing."""
    return f"{detail.rstrip('. ')}. " if detail else ""


# ------------------------------------------------------------------ how all is


def status(what: Status, line: Line, library: str) -> ui.LayoutView:
    """How all is: the answer first, then a line for each thing."""
    title = "All is well" if is_well(what, line) else "Something needs you"
    worries = [f"- **{words}**" for words in _delays(what, line)]
    worries += [f"- **{_title(worry)}**, {ago(worry.since)}" for worry in what.worries[:MOST_NAMED]]
    more = len(what.worries) - MOST_NAMED
    worries += [f"- and {more} more"] if more > 0 else []
    versions = " · ".join(f"{name} {version}" for name, version in (*what.versions, ("discord.py", library)))
    return layout(
        [
            f"## {title}",
            "\n".join(worries),
            "\n".join(_lines(what, line)),
            f"-# {versions} · tables {what.schema}",
        ],
        [button("status", AGAIN, "Look again")],
    )


def _title(worry: Trouble) -> str:
    return _lasting(Alert("", worry.topic, worry.detail, worry.since))[0]


def _delays(what: Status, line: Line) -> Iterator[str]:
    if line.since is None:
        yield "I am not connected to Discord"
    if line.rests_until:
        yield f"I rest from sending until {clock(line.rests_until)}"
    if what.behind > BEHIND:
        yield f"I am {span_of(what.behind)} behind"


def _lines(what: Status, line: Line) -> Iterator[str]:
    counts = what.counts
    oldest = f", the oldest for {span_of(what.behind)}" if counts.due and what.behind >= MINUTE else ""
    unknown = f" · {counts.unknown} in doubt, looked up next" if counts.unknown else ""
    yield f"**Due now** {counts.due}{oldest}{unknown}"
    yield f"**Last 24 hours** {_ended(counts)}"
    yield f"**Out of reach** {_out_of_reach(what)}"
    if counts.left:
        yield f"**Left as they stand** {texts.count(counts.left, 'message', 'messages')} that I could not change"
    yield f"**Copy of the data** {ago(what.backed_up_at) if what.backed_up_at else 'none yet'}"
    yield f"**Disk** {size(what.disk.free)} free of {size(what.disk.total)} · my data {size(what.disk.database)}"
    if line.since:
        answers = f" · answers in {line.latency * 1000:.0f} ms" if line.latency else ""
        yield f"**Discord** connected {ago(line.since)}{answers}"
    if what.rush and what.rush.many > 1:
        last = f", the last one {span_of(what.rush.lateness)} later" if what.rush.lateness >= SECOND else ""
        yield f"**Busiest minute ahead** {when(what.rush.at)}: {what.rush.many} due{last}"


def _ended(counts: Counts) -> str:
    """What became of the messages of a day; what did not happen is left out."""
    arrived = counts.sent + counts.late
    ended = [
        f"{arrived} sent" + (f", {counts.late} of them late" if counts.late else ""),
        f"{counts.expired} too late to send" if counts.expired else "",
        f"{counts.unreachable} could not arrive" if counts.unreachable else "",
    ]
    return " · ".join(filter(None, ended))


def _out_of_reach(what: Status) -> str:
    people = texts.count(what.counts.closed, "person with closed direct messages", "people with closed direct messages")
    names = [f"#{name_of(name)}" for name in what.lost[:MOST_NAMED]]
    more = len(what.lost) - len(names)
    places = [texts.listing(names)] if names else []
    places += [f"{more} more"] if more else []
    return " · ".join([*([people] if what.counts.closed else []), *places]) or "nobody"


def ago(moment: datetime) -> str:
    """How long ago, as each reader's own Discord tells it."""
    return discord.utils.format_dt(moment, "R")


def clock(moment: datetime) -> str:
    """A time of day in each reader's own zone."""
    return discord.utils.format_dt(moment, "t")


def span_of(span: timedelta) -> str:
    """A length of time in its largest whole unit."""
    for unit, one, many in ((DAY, "day", "days"), (HOUR, "hour", "hours"), (MINUTE, "minute", "minutes")):
        if span >= unit:
            return texts.count(span // unit, one, many)
    return texts.count(span // SECOND, "second", "seconds")


def size(amount: float) -> str:
    """An amount of bytes in a unit that reads well."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit in ("bytes", "kB") or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
