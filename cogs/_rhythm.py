"""How a seeker's rhythm looks: what is asked when, and when what friends left comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from discord import ui

from bot.core import dates
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.people import Comes, IdeasCome, Seeker
from bot.core.rhythm import Ask, Rhythm
from cogs._layout import layout, name_of, when
from cogs._text import escape

ASKS = {Ask.CHECKIN: "Check-in", Ask.REFLECTION: "Reflection", Ask.WEEK: "Weekly summary"}


def upcoming(schedule: Iterable[tuple[Ask, datetime]]) -> str:
    """What is asked next, a line each."""
    return "\n".join(f"{ASKS[ask]}: {when(at)}" for ask, at in schedule)


def rhythm(what: Rhythm, note: str = "") -> ui.LayoutView:
    """A seeker's rhythm."""
    seeker = what.seeker
    lines = [
        f"**{ASKS[s.ask]}** {dates.days_in_words(s.days)}"
        + (f" at {s.at:%H:%M}" if s.days else "")
        + (f", next {when(s.next_at)}" if s.next_at else "")
        for s in what.schedules
    ]
    quiet = seeker.quiet
    hours = "none" if quiet.start == quiet.end else f"{quiet.start:%H:%M} to {quiet.end:%H:%M}"
    posting = "by itself, two hours after the draft" if seeker.autopost else "when you press Post"
    pause = ""
    if what.resting:
        until = f" until {dates.day(seeker.paused_until)}" if seeker.paused_until else ""
        pause = f"Paused{until}. /rhythm resume starts again."
    circle = f"#{name_of(what.circle)}" if what.circle else ""
    told = f" and in {circle}" if circle and seeker.tell_circle else " only"
    about = (
        f"**Your zone** {seeker.zone}\n**Quiet hours** {hours}\n"
        f"**Your week** is posted {posting}{f', in {circle}' if circle else ''}.\n"
        f"**If I can't write to you** I say so at your next command{told}."
    )
    about += f"\n**From your friends** {_friends_come(seeker)}"
    if seeker.silent_days:
        after = texts.count(seeker.silent_days, "day", "days")
        about += f"\n**If it gets quiet** I ask how you are, after {after} without an answer."
    lines += [f"-# {times.gap_in_words(gap)}" for gap in what.gaps]
    return layout([f"## Your rhythm\n{escape(note)}".strip(), "\n".join([*lines, pause]).strip(), about])


def _friends_come(seeker: Seeker) -> str:
    cheers = {Comes.WEEKLY: "on Monday mornings", Comes.DAILY: "each morning", Comes.AT_ONCE: "at once"}
    asks = "" if seeker.invited else " You don't hear what others in your circle ask for."
    together = seeker.ideas_come is IdeasCome.WITH_CHEERS or seeker.cheers_come is Comes.AT_ONCE
    if together:
        return f"cheers, ideas and offers come {cheers[seeker.cheers_come]}.{asks} /rhythm friends changes that."
    return f"cheers come {cheers[seeker.cheers_come]}, ideas and offers at once.{asks} /rhythm friends changes that."
