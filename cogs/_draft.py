"""The seeker's own view of their week: what goes out, what stays, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.ask import MOST_OPEN
from bot.core.circle import Circle
from bot.core.hidden import MARK
from bot.core.streak import TOLD_FROM
from bot.core.summary import Draft, Phase, span
from cogs import _hidden, _pages, _reader, _week
from cogs._layout import Row, layout, name_of, when
from cogs._pages import Part
from cogs._press import button
from cogs._text import escape

GIST = 56  # characters of an answer in the draft
LISTED = 2800  # characters of the whole list

FOR_EXAMPLE = "An introduction to somebody, a look at your CV, a walk on Friday"
PHASES = {
    Phase.OPEN: "Not posted yet. Only you see this.",
    Phase.DRAFTED: "Only you see this. Nothing goes out until you press Post.",
    Phase.POSTED: "Posted. Your friends see what is shared above. What comes now goes into your next week.",
    Phase.SKIPPED: "Skipped, and only you see this. You can still post it.",
    Phase.CLOSED: "This draft is closed, and only you see this. You can still post it.",
    Phase.TAKEN: "Taken down, and only you see this. You can post it again.",
}


def draft(what: Draft) -> ui.LayoutView:
    """What goes out and what stays, each under its own heading, with what to do about it."""
    week = what.week
    title = "## Your week is still here" if what.recall and week.phase is Phase.DRAFTED else "## Your week"
    status = PHASES[week.phase]
    if week.phase is Phase.DRAFTED and not _week.items(what):
        status = "Only you see this. Nothing is owed: it goes out only if you write something and press Post."
    elif week.posts_at and week.phase is Phase.DRAFTED:
        status = f"What is shared posts by itself {when(week.posts_at)}. Stop keeps it here."
        if what.summary.empty and not what.handed:
            status = "Only you see this. Nothing is shared yet, so nothing posts by itself."
    if what.for_some_alone:
        status = _for_some_alone(what)
    if week.phase is Phase.POSTED and any(one.at for one in what.joins):
        status = _ahead(what)
    if what.waits_for:
        names = _names(what.waits_for)
        status = f"I can't write in {names} at the moment. Your week goes out by itself as soon as I may."
    listed, cut = _listed(what)
    listed += _invited(what)
    head = f"{title}\n-# Week {what.material.number} · {span(week.monday)}{_streak(what)}"
    foot = f"-# {status}{_where(what)}{_missed(what)}{_late(what)}"
    return layout([head, listed, _reader.handed(what.handed), masked(what), foot], *_rows(what, cut))


def past(what: Draft) -> ui.LayoutView:
    """What goes with a posted week that was looked up: since when it stands, and what may be done about it."""
    since = f" on {when(what.week.posted_at)}" if what.week.posted_at else ""
    seen = "It went to friends by direct message alone." if what.for_some_alone else "This is what your friends see."
    posted = _ahead(what) if any(one.at for one in what.joins) else f"Posted{since}. {seen}"
    return layout([f"-# {posted}", _reader.handed(what.handed), masked(what)], *_rows(what, False))


def _for_some_alone(what: Draft) -> str:
    """What *Post* does where nothing is for the channel, or did."""
    if what.week.phase is Phase.POSTED:
        return "Posted to those friends alone, by direct message. Nothing stands in the channel."
    if what.week.posts_at and what.week.phase is Phase.DRAFTED:
        return f"It goes to those friends alone {when(what.week.posts_at)}, not to the channel. Stop keeps it here."
    return "Only you see this. Post sends it to those friends alone, by direct message; nothing goes to the channel."


def _streak(what: Draft) -> str:
    """A row of days is told while it goes on; nobody hears when one ends."""
    if what.streak < TOLD_FROM:
        return ""
    return f"\n-# A word from you on {texts.count(what.streak, 'day')} in a row. Rest is a pause in it, not its end."


def masked(what: Draft) -> str:
    """Which names friends do not read, where some stand in what is shared."""
    return _hidden.unread(what.masked, logged=any(name in what.material.logged for name in what.masked))


def _invited(what: Draft) -> str:
    """Each week invites one explicit ask."""
    if what.material.asks or what.week.phase is Phase.POSTED:
        return ""
    return f"\n\n-# What could your friends do for you? {FOR_EXAMPLE}: press Ask for something."


def _missed(what: Draft) -> str:
    if what.missed is None or what.week.phase is not Phase.DRAFTED:
        return ""
    return f"\n-# I could not bring you the draft of {span(what.missed)} in time."


def _late(what: Draft) -> str:
    """When its post came, where that was late: said to the seeker alone, for it is nobody's fault."""
    where = f" in {_names(what.late_in)}" if what.late_in else ""
    return f"\n-# I could not post it{where} before {when(what.late)}." if what.late else ""


def _where(what: Draft) -> str:
    """Where it goes, once it goes; or why it cannot."""
    if what.week.phase is Phase.POSTED or what.for_some_alone:
        return ""
    if not what.circles:
        return "\n**There is no circle to post to any more.** /circle join lets you choose another."
    names = _names(what.circles)
    if what.lost:
        return f"\n**I could not post it in {names}.** The channel is gone, or I may not write there any more."
    return f" It goes to {names}.{_together(what)}"


def _ahead(what: Draft) -> str:
    """When a posted week goes out with the others, where that lies ahead."""
    ahead = {one.circle.id: one.at for one in what.joins if one.at}
    posted = [circle for circle in what.circles if circle.id not in ahead]
    goes = [f"goes out in #{name_of(one.circle.name)} with the others {when(one.at)}" for one in what.joins if one.at]
    before = f"Posted in {_names(posted)}, and it " if posted else "Yours is in. It "
    return f"{before}{texts.listing(goes)}. Until then you can change it or take it down."


def _together(what: Draft) -> str:
    """Where it goes out in a joint post, and when."""
    times = [(one.circle, f" {when(one.at)}" if one.at else ", in the post of this week") for one in what.joins]
    return "".join(f"\n-# In #{name_of(circle.name)} it goes out with the others{at}." for circle, at in times)


def _names(circles: Iterable[Circle]) -> str:
    return texts.listing([f"#{name_of(circle.name)}" for circle in circles])


def _rows(what: Draft, cut: bool) -> list[Row]:
    week, phase, key = what.week.id, what.week.phase, what.delivery_id
    choose = button("choose", week, "Choose what goes in")
    edit = button("edit", week, _line_label(what), key=key)
    some = [button("onlysome", week, "Only for some")] if what.material.entries else []
    part = [button("editpart", week, "Edit an answer")] if what.material.entries else []
    asks = [button("ask", week, "Ask for something")] if len(what.material.asks) < MOST_OPEN else []
    if phase is Phase.POSTED:
        first, second = [edit, choose, *part, *some], [button("takedown", week, "Take down", ButtonStyle.danger)]
    elif not _week.items(what):
        first, second = [button("edit", week, _line_label(what), ButtonStyle.primary, key=key)], asks
    else:
        look = button("look", week, "Preview")
        first = [button("post", week, "Post", ButtonStyle.primary), choose, edit, *part, look]
        second = [*asks, *some]
    if what.week.posts_at:
        second.append(button("stop", week, "Stop"))
    if phase is Phase.DRAFTED:
        second.append(button("skipweek", week, "Skip this week"))
    if cut:
        second.append(button("readdraft", week, "Read all"))
    return [first, second] if len(first) + len(second) > 5 else [[*first, *second]]


def _line_label(what: Draft) -> str:
    return "Edit your line" if what.week.words else "Write a line"


def _listed(what: Draft) -> tuple[str, bool]:
    items = _week.items(what)
    if not items:
        return "A quiet week, with nothing written down. Write a line, if you like, to tell your friends.", False
    some, private = ([i for i in items if not i.shared and bool(i.readers) is named] for named in (True, False))
    room = (LISTED - texts.length(_reader.handed(what.handed))) // (3 if some else 2)
    out, cut_out = _group("Shared with friends", [i for i in items if i.shared], room)
    named, cut_named = _group("Only for some", some, room)
    kept, cut_kept = _group("Private, only you", private, room)
    nothing = "**Shared with friends**\nNothing yet. Choose what goes in."
    groups = [group for group in (out or nothing, named, kept) if group]
    return "\n\n".join(groups), cut_out or cut_named or cut_kept


def _group(title: str, items: Sequence[_week.Item], room: int) -> tuple[str, bool]:
    lines, cut = _pages.shown((_line(item) for item in items), GIST)
    fitting = _fitting(lines, room)
    if fitting < len(lines):
        lines, cut = [*lines[:fitting], f"… and {len(lines) - fitting} more"], True
    return "\n".join([f"**{title}**", *lines]) if lines else "", cut


def _line(item: _week.Item) -> Part:
    name = f"{item.name}, {_reader.only(item.readers)}" if item.readers else item.name
    if item.whole:
        return Part(f"- {name}: {item.words}")
    return Part(f"- {name}:" if item.words else f"- {name}", " ".join(item.words.split()))


def _fitting(lines: Iterable[str], room: int) -> int:
    count = 0
    for line in lines:
        room -= texts.length(line) + 1
        if room < 0:
            break
        count += 1
    return count


def whole_draft(what: Draft) -> list[str]:
    """All that a week holds, each part marked, in messages."""
    parts = [Part(f"*{what.summary.opening}* · shared with friends", opens=True)] if what.summary.opening else []
    if what.week.words:
        parts.append(Part("**Your words** · shared with friends\n", what.summary.words, opens=True))
    for entry in _week.as_seen(what):
        parts.append(Part(f"**{escape(_week.name(entry, what))}** · {_week.seen(entry, what)}", opens=True))
        parts += _pages.of_entry(entry, what.summary.exercises[entry.exercise])
    for request in _week.asks(what):
        seen = "shared with friends" if what.week.share_asks else "private, only you"
        parts.append(Part(f"**{_week.asking(request)}** · {seen}\n", request.words, opens=True))
    for name, words in _beside(what):
        parts += [Part(f"**{name}**", words, opens=True)] if words else []
    if what.masked:
        parts.append(Part(f"-# Your friends read “{MARK}” for:", texts.listing(what.masked), opens=True))
    return _pages.whole(parts)


def _beside(what: Draft) -> list[tuple[str, str]]:
    """What there is beside words, answers and asks."""
    return [
        ("The numbers of the week", _week.numbers(what)),
        ("Rejections", _week.rejections(what)),
        ("Your goals", _week.goals(what)),
        ("Mood and energy", _week.moods(what)),
    ]
