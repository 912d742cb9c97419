"""How the core's things look on Discord: Components V2, one accent colour, a few short blocks, a row of buttons."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import discord
from discord import ButtonStyle, ui

from bot.core import dates
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.alert import Alert, Unreached
from bot.core.ask import StillOpen
from bot.core.care import Confided, StillThere
from bot.core.circle import Cheer, Note, Welcome
from bot.core.consent import Greeting
from bot.core.conversations import Answer, CaughtUp, Deleted, Refusal
from bot.core.council import Invitation, JointPost
from bot.core.exercise import Scale
from bot.core.experiment import Trial
from bot.core.idea import Arrival
from bot.core.introduction import Introduction
from bot.core.journal import Entry, Held, Kept, Prompt
from bot.core.landing import ClosingPost, LandingDraft
from bot.core.people import Comes, IdeasCome, Seeker
from bot.core.reply import Brought
from bot.core.rhythm import Ask, Hello, Rhythm, Standing
from bot.core.summary import Draft, Portion, Summary, WeekPost, span
from bot.usecases.app import Thing
from cogs import (
    _ask,
    _care,
    _closing,
    _council,
    _experiment,
    _host,
    _idea,
    _introduction,
    _landing,
    _pages,
    _post,
    _reader,
    _thanks,
)
from cogs._draft import chooser, draft, whole_draft
from cogs._layout import ALT_LIMIT, Message, Row, layout, name_of, say, when
from cogs._mark import mark
from cogs._pages import Part
from cogs._press import button
from cogs._text import escape

SHOWN = 280  # characters of one answer before "Read all"
BROUGHT = 220  # characters of a friend's words in a note
EMOJI_IN_LINE = 30
ASKS = {Ask.CHECKIN: "Check-in", Ask.REFLECTION: "Reflection", Ask.WEEK: "Weekly summary"}

__all__ = [
    "answer",
    "answered",
    "chooser",
    "draft",
    "kept",
    "later",
    "layout",
    "message",
    "not_today",
    "rhythm",
    "say",
    "try_again",
    "upcoming",
    "week_post",
    "when",
    "whole_draft",
    "whole_entry",
    "whole_note",
    "whole_summary",
]


def message(what: Thing) -> Message:
    """Render anything that the core hands over; the delivery's id is in it, whatever it says."""
    rendered = _message(what)
    mark(rendered.view, what.delivery_id)
    return rendered


def _message(what: Thing) -> Message:
    match what:
        case Hello():
            return Message(hello(what))
        case Prompt():
            return Message(prompt(what))
        case Draft():
            return Message(draft(what))
        case WeekPost():
            return week_post(what)
        case Portion():
            return Message(_reader.portion(what))
        case JointPost():
            return _council.joint_post(what)
        case Invitation():
            return Message(_council.invitation(what))
        case Note():
            return Message(note(what))
        case Arrival():
            return Message(_idea.arrival(what))
        case Trial():
            return Message(_experiment.trial(what))
        case Introduction():
            return Message(_introduction.introduction(what))
        case Greeting():
            return Message(_thanks.greeting(what))
        case Brought():
            return Message(_thanks.brought(what))
        case Welcome():
            return Message(welcome(what))
        case Alert():
            return Message(_host.alert(what))
        case Unreached():
            return Message(unreached(what))
        case StillThere():
            return Message(_care.still_there(what))
        case Confided():
            return Message(_care.confided(what))
        case LandingDraft():
            return _landing.draft(what)
        case ClosingPost():
            return _closing.closing_post(what)
        case StillOpen():
            return Message(_ask.still_open(what))


# ------------------------------------------------------------------ first words


def hello(what: Hello) -> ui.LayoutView:
    """The test message at the end of `/start`."""
    return layout(
        [
            f"## Hello {name_of(what.name)}",
            "This is where I write to you. Press a button, or just write back: both work.\n"
            "Everything stays between us until you share it.",
            upcoming(what.upcoming),
        ],
        [button("helpme", what.delivery_id, "How this works")],
    )


def upcoming(schedule: Iterable[tuple[Ask, datetime]]) -> str:
    """What is asked next, a line each."""
    return "\n".join(f"{ASKS[ask]}: {when(at)}" for ask, at in schedule)


def welcome(what: Welcome) -> ui.LayoutView:
    """The first message in a circle's channel."""
    rules = "\n".join(f"- {rule}" for rule in what.rules)
    return layout(
        [
            "## A circle for the road",
            "Once a week, somebody who is looking for their next work tells here how the week went: a few words, a "
            "picture, only what they chose to share.",
            "**How you can take part.** React to a post, press *Cheer* under it, or reply to it. "
            "I carry it back to them.\n"
            "If they answer you, I can bring it by direct message: press *Yes, write to me* once.",
            f"**Among us**\n{rules}",
            "-# Looking yourself? /start takes a minute. /help tells more.",
        ],
        [_thanks.accept_button(), button("helpme", what.delivery_id, "What is this?")],
    )


def unreached(what: Unreached) -> ui.LayoutView:
    """A line in the circle to somebody who cannot be written to, and who chose to hear of it there; no mention."""
    words = (
        f"{name_of(what.name)}, I can't write to you: your direct messages are closed to me. "
        "When you want me back, allow direct messages in this server's privacy settings and run /rhythm show."
    )
    return layout([words], [button("helpme", what.delivery_id, "What is this?")])


# ------------------------------------------------------------------ asking and answering


def prompt(what: Prompt) -> ui.LayoutView:
    """The message that asks, or what became of it."""
    if what.entry:
        return _kept(Kept(what.entry, what.exercise, posted=what.posted, readers=what.readers), _asked_on(what))
    key = what.delivery_id
    match what.occurrence.state:
        case Standing.OPEN if what.again_at:
            line = f"Later, then. I ask again {when(what.again_at)}."
        case Standing.OPEN if what.moved:
            line = "I asked again further down."
        case Standing.RESTED:
            line = "A day of rest. It counts as one."
        case Standing.FORGOTTEN:
            line = "What was here is forgotten."
        case Standing.SKIPPED | Standing.EXPIRED:
            line = "Not today, that is fine."
        case _:
            return _open_prompt(what)
    row = [button("answer", key, "Answer after all")]
    if what.again_at:
        row.append(button("nottoday", key, "Not today"))
    return layout([_asked_on(what), line], row)


def _asked_on(what: Prompt) -> str:
    return f"### {what.exercise.title} · {dates.day(what.occurrence.on)}"


def _open_prompt(what: Prompt) -> ui.LayoutView:
    first = what.exercise.steps[0]
    plain = what.exercise.step(what.exercise.plain)
    how = "Press Answer, or just write back" + ("." if plain is first else f": {plain.ask}.")
    if what.late:
        how = f"A little late: this is for {dates.day(what.occurrence.on)}. {how}"
    asides = [how]
    if what.missed:
        asides.append(dates.missed_in_words(what.missed, what.occurrence.on))
    if what.gap:
        asides.append(times.gap_in_words(what.gap))
    key = what.delivery_id
    return layout(
        [_asked_on(what), f"**{first.ask}**\n{what.exercise.why}", "\n".join(f"-# {aside}" for aside in asides)],
        [
            button("answer", key, "Answer", ButtonStyle.primary),
            button("later", key, "Later"),
            button("nottoday", key, "Not today"),
        ],
    )


def later(delivery_id: str) -> ui.LayoutView:
    """The choices of *Later*."""
    choices = [("20m", "20 minutes"), ("1h", "1 hour"), ("3h", "3 hours"), (times.TOMORROW, "Tomorrow")]
    return say("When shall I ask again?", [button("snooze", f"{delivery_id}.{c}", label) for c, label in choices])


def not_today(delivery_id: str) -> ui.LayoutView:
    """The choices of *Not today*."""
    return say(
        "That is fine. Shall this be a day of rest, or just without this one?",
        [button("rest", delivery_id, "I rest today"), button("skip", delivery_id, "Just skip it")],
    )


def kept(what: Kept) -> ui.LayoutView:
    """What was kept of an answer that no prompt shows."""
    return _kept(what, f"### {what.exercise.title} · {dates.day(what.entry.on)}")


def answered(what: Kept) -> ui.LayoutView:
    """The short reply to a plain message: it is kept; one scale that it lacks."""
    day = dates.day(what.entry.on)
    title = what.exercise.title
    blocks = [f"Kept as your {title[0].lower()}{title[1:]} for {day}."]
    if what.files:
        blocks.append("-# I keep your words, not files: the attachment stays only in this chat.")
    if what.ask is None:
        return layout(blocks, [] if what.entry.shared else [_share(what)])
    step = what.exercise.step(what.ask)
    assert isinstance(step, Scale)
    blocks.append(f"**{step.ask}**")
    return layout(blocks, [_rating(what.entry, step, value) for value in step.quick()])


def _rating(entry: Entry, step: Scale, value: int) -> ui.Item[ui.LayoutView]:
    return button("rate", f"{entry.id}.{step.id}.{value}", f"{value} {step.word(value)}".strip())


def _share(what: Kept) -> ui.Item[ui.LayoutView]:
    """In a posted week this publishes at once, so it says so."""
    return button("share", what.entry.id, "Add to your post" if what.posted else "Share with friends")


def _kept(what: Kept, title: str) -> ui.LayoutView:
    entry = what.entry
    lines, cut = _pages.shown(_pages.of_entry(entry, what.exercise), SHOWN)
    row = [button("change", entry.id, "Change")]
    if entry.shared:
        seen = "Shared: your friends see this in your next post."
        if what.posted:
            seen = "Your friends see this in your post."
        row.append(button("hide", entry.id, "Keep private"))
    elif what.readers:
        seen = f"For {_reader.names(what.readers)} alone, by direct message, once you post your week."
        if what.posted:
            seen = f"For {_reader.names(what.readers)} alone, by direct message, with your post."
        row += [button("hide", entry.id, "Keep private"), button("onlyfor", entry.id, "Change for whom")]
    else:
        seen = "Private: only you see this."
        if what.posted:
            seen = "Only you see this; it is not in your post."
        row += [_share(what), button("onlyfor", entry.id, "Only for some")]
    if what.exercise.numbers:
        row.append(button("numbers", entry.id, "Change numbers" if entry.numbers else "Add numbers"))
    if cut:
        row.append(button("readall", entry.id, "Read all"))
    return layout([title, "\n".join(lines), f"-# {seen}"], row)


def answer(what: Answer) -> ui.LayoutView:
    """What came of a message that somebody wrote, edited or deleted."""
    match what:
        case Kept():
            return answered(what)
        case Held():
            return say(escape(what.words["why"])) if "why" in what.words else stray(what)
        case Deleted():
            return deleted(what)
        case Refusal():
            return say(escape(what.words))
        case CaughtUp():
            return say(f"I was away and read what you wrote; all {what.kept} are kept.")


def stray(held: Held) -> ui.LayoutView:
    """A message with no open question: what shall become of it?"""
    files = "\n-# Only the words: the attachment stays in this chat." if held.files else ""
    return say(
        f"I have no open question. What shall I do with this?{files}",
        [
            button("keepnote", held.id, "Keep as a note", ButtonStyle.primary),
            button("keepcheckin", held.id, "Check in"),
            button("letgo", held.id, "Forget it"),
        ],
    )


def deleted(what: Deleted) -> ui.LayoutView:
    """A message of an answer was deleted: its words too, or the whole answer where they were changed since?"""
    answer = f"your answer for {dates.day(what.entry.on)}"
    asks = f"You deleted a message that is part of {answer}. Shall I forget its words too?"
    if what.whole:
        asks = f"You deleted a message, and {answer} was changed since. Shall I forget that whole answer?"
    return say(
        asks,
        [
            button("forget", f"{what.entry.id}.{what.channel}/{what.message}", "Forget it", ButtonStyle.danger),
            button("spare", what.entry.id, "Keep it"),
        ],
    )


def try_again(words: str, held: Held) -> ui.LayoutView:
    """A refusal that keeps the person's words behind a button."""
    return say(escape(words), [button("tryagain", held.id, "Try again", ButtonStyle.primary)])


def given_back(refusal: str, words: Mapping[str, str]) -> list[str]:
    """A refusal, and the words of the form that it was about, to be copied."""
    written = [Part("", text, opens=True) for text in words.values() if text]
    return _pages.whole([Part("", refusal), Part("Your words, to copy and send again:", opens=True), *written])


# ------------------------------------------------------------------ the week


def week_post(what: WeekPost) -> Message:
    """One message of the weekly post; the first carries the picture, the last the buttons."""
    pages = _post.pages(what.summary)
    page = pages[min(what.part, len(pages) - 1)]
    files: list[discord.File] = []
    picture = None
    if what.picture:
        name, alt = f"week-{what.delivery_id}.png", texts.shorten(what.alt, ALT_LIMIT)
        files = [discord.File(io.BytesIO(what.picture), name, description=alt)]
        picture = (name, alt)
    row: Row = []
    if what.part >= len(pages) - 1 and what.delivery_id != "preview":
        row = post_row(what.delivery_id, cut=page.cut)
    return Message(layout([page.text], row, picture=picture), files)


def post_row(delivery_id: str, *, cut: bool) -> Row:
    """The buttons under a weekly post, by which friends answer; `cut` where the post does not show all."""
    row = [
        button("cheer", delivery_id, "Cheer", ButtonStyle.primary),
        button("idea", delivery_id, "I have an idea"),
        button("offer", delivery_id, "I know someone"),
    ]
    return [*row, button("readweek", delivery_id, "Read all")] if cut else row


# ------------------------------------------------------------------ back to the seeker


def note(what: Note) -> ui.LayoutView:
    """What friends brought."""
    lines, cut = _pages.shown(_brought(what.cheers), BROUGHT)
    first, *more = _pages.paged(lines, _pages.PAGE - 200) or [""]
    row = [
        button("readnote", what.delivery_id, "Read all" if cut or more else "Read again"),
        button("thankcheer", what.delivery_id, "Say thanks"),
    ]
    head = f"## From your friends\n-# About your week of {span(what.monday)}"
    aside = "-# There is more; press Read all." if more else ""
    return layout([head, first, aside, _thanks.lines(what.answered)], row)


def _brought(cheers: Iterable[Cheer]) -> list[Part]:
    parts: list[Part] = []
    for cheer in cheers:
        name = f"**{name_of(cheer.name)}**"
        parts += [Part(f"{name} {' '.join(some)}") for some in _in_lines(cheer.emoji)]
        parts += [Part(f"{name} wrote:", words) for words in cheer.words]
        parts += [Part(f"{name} wrote under your post: {link}") for link in cheer.links]
        parts += [Part(f"-# {name_of(cheer.name)} would rather not be named in the circle.")] if cheer.unnamed else []
    return parts


def _in_lines(emoji: Sequence[str]) -> list[Sequence[str]]:
    """A line holds so many at most, however many somebody gave."""
    return [emoji[at : at + EMOJI_IN_LINE] for at in range(0, len(emoji), EMOJI_IN_LINE)]


# ------------------------------------------------------------------ rhythm


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


# ------------------------------------------------------------------ reading whole


def whole_entry(what: Kept) -> list[str]:
    """An entry without any shortening, in messages."""
    title = Part(f"### {what.exercise.title} · {dates.day(what.entry.on)}")
    return _pages.whole([title, *_pages.of_entry(what.entry, what.exercise)])


def whole_summary(summary: Summary) -> list[str]:
    """All that a week shares, in messages."""
    return _pages.whole(_post.all_parts(summary))


def whole_note(what: Note) -> list[str]:
    """A note without any shortening, in messages."""
    return _pages.whole(_brought(what.cheers))
