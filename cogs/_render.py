"""How the core's things look on Discord: Components V2, one accent colour, one row of buttons."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import discord
from discord import ButtonStyle, ui

from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.circle import Cheer, Note, Welcome
from bot.core.exercise import Choice, Exercise, Scale, Text
from bot.core.journal import Entry, Held, Kept, Prompt, counted
from bot.core.rhythm import Ask, Hello, Rhythm
from bot.core.summary import Draft, Phase, Summary, WeekPost, span
from cogs import _post
from cogs._press import Press, button, menu
from cogs._text import escape

ACCENT = discord.Colour(0xD19A66)
QUIET = discord.Colour(0x8AA57B)
MESSAGE_LIMIT = 4000  # characters of all text in one message
SHOWN = 280  # characters of one answer before "Read all"
ASKS = {Ask.CHECKIN: "Check-in", Ask.REFLECTION: "Reflection", Ask.WEEK: "Weekly summary"}

Thing = Hello | Prompt | Draft | WeekPost | Note | Welcome
Row = Sequence[Press]


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered message: its view and the files that come with it."""

    view: ui.LayoutView
    files: list[discord.File] = field(default_factory=list[discord.File])


def layout(
    blocks: Iterable[str], *rows: Row, colour: discord.Colour = ACCENT, picture: tuple[str, str] | None = None
) -> ui.LayoutView:
    """A container of text blocks, a picture (file name, alt text) and rows of buttons."""
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=colour)
    for block in blocks:
        if block:
            container.add_item(ui.TextDisplay(block))
    if picture:
        gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery()
        gallery.add_item(media=f"attachment://{picture[0]}", description=picture[1][:1024])
        container.add_item(gallery)
    for row in rows:
        if row:
            container.add_item(ui.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    view.stop()  # buttons are found by their ids; nothing is kept in memory for a message
    return view


def say(text: str, *rows: Row) -> ui.LayoutView:
    """A short message."""
    return layout([text], *rows)


def when(moment: datetime) -> str:
    """A date and time that each reader sees in their own zone."""
    return discord.utils.format_dt(moment, "F")


def message(what: Thing) -> Message:
    """Render anything that the core hands over."""
    match what:
        case Hello():
            return Message(hello(what))
        case Prompt():
            return Message(prompt(what))
        case Draft():
            return Message(draft(what))
        case WeekPost():
            return week_post(what)
        case Note():
            return Message(note(what))
        case Welcome():
            return Message(welcome(what))


# ------------------------------------------------------------------ first words


def hello(what: Hello) -> ui.LayoutView:
    """The test message at the end of `/start`."""
    return layout(
        [
            f"## Hello {escape(what.name)}",
            "This is where I will write to you. Answer with a button, or just write back: both work.\n"
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
            "**How you can take part.** React to a post, press *Say something* under it, or reply to it. "
            "I carry it back to them.",
            f"**Among us**\n{rules}",
            "-# Looking yourself? /start takes a minute. /help tells more.",
        ],
        [button("helpme", what.delivery_id, "What is this?")],
    )


# ------------------------------------------------------------------ asking and answering


def prompt(what: Prompt) -> ui.LayoutView:
    """The message that asks, or what became of it."""
    if what.entry:
        kept_blocks, rows = _kept(Kept(what.entry, what.exercise), title=_asked_on(what))
        return layout(kept_blocks, *rows, colour=QUIET)
    key = what.delivery_id
    match what.occurrence.state:
        case "open" if what.again_at:
            line = f"Later, then. I ask again {when(what.again_at)}."
        case "open" if what.moved:
            line = "I asked again further down."
        case "rested":
            line = "A day of rest. It counts as one."
        case "skipped" | "expired":
            line = "Not today, that is fine."
        case _:
            return _open_prompt(what)
    return layout([_asked_on(what), line], [button("answer", key, "Answer after all")], colour=QUIET)


def _asked_on(what: Prompt) -> str:
    return f"### {what.exercise.title} · {times.day(what.occurrence.on)}"


def _open_prompt(what: Prompt) -> ui.LayoutView:
    first = what.exercise.steps[0]
    late = f"-# A little late, this is for {times.day(what.occurrence.on)}." if what.late else ""
    key = what.delivery_id
    return layout(
        [_asked_on(what), f"**{first.ask}**\n{what.exercise.why}", "-# Press Answer, or just write back.", late],
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
    title = f"### {what.exercise.title} · {times.day(what.entry.on)}"
    blocks, rows = _kept(what, title=title)
    return layout(blocks, *rows, colour=QUIET)


def answered(what: Kept) -> ui.LayoutView:
    """The short reply to a plain message: it is kept; one scale that it lacks."""
    day = times.day(what.entry.on)
    blocks = [f"Kept for {day}."]
    if what.files:
        blocks.append("-# I keep your words, not files: the attachment stays only in this chat.")
    if what.ask is None:
        return layout(blocks, [button("share", what.entry.id, "Share with friends")] if not what.entry.shared else [])
    step = what.exercise.step(what.ask)
    assert isinstance(step, Scale)
    blocks.append(f"**{step.ask}**")
    return layout(blocks, [_rating(what.entry, step, value) for value in step.quick()])


def _rating(entry: Entry, step: Scale, value: int) -> Press:
    word = step.word(value)
    return button("rate", f"{entry.id}.{step.id}.{value}", f"{value} {word}".strip())


def _kept(what: Kept, *, title: str) -> tuple[list[str], list[Row]]:
    entry = what.entry
    lines, cut = entry_lines(entry, what.exercise, SHOWN)
    seen = "Your friends see this in your next post." if entry.shared else "Only you see this."
    row = [button("change", entry.id, "Change")]
    if entry.shared:
        row.append(button("hide", entry.id, "Keep private"))
    else:
        row.append(button("share", entry.id, "Share with friends"))
    if what.exercise.numbers:
        row.append(button("numbers", entry.id, "Change numbers" if entry.numbers else "Add numbers"))
    if cut:
        row.append(button("readall", entry.id, "Read all"))
    return [title, "\n".join(lines), f"-# {seen}"], [row]


def entry_lines(entry: Entry, exercise: Exercise, limit: int) -> tuple[list[str], bool]:
    """An entry as lines of Discord text, and whether an answer was shortened to `limit` characters."""
    lines: list[str] = []
    cut = False
    for step in exercise.steps:
        value = entry.answers.get(step.id)
        if value is None:
            continue
        shown = texts.shorten(str(value), limit)
        cut |= isinstance(step, Text) and shown != str(value)
        lines.append(f"**{step.label}** {_value(step, value, shown)}")
    if entry.numbers:
        lines.append(" · ".join(counted(name, count) for name, count in entry.numbers.items()))
    return lines, cut


def _value(step: Text | Scale | Choice, value: str | int, shown: str) -> str:
    if not isinstance(step, Scale):
        return escape(shown)
    word = step.word(int(value))
    return f"{word} ({value} of {step.high})" if word else f"{value} of {step.high}"


def stray(held: Held) -> ui.LayoutView:
    """A message with no open question: what shall become of it?"""
    return say(
        "I have no open question. What shall I do with this?",
        [
            button("keepnote", held.id, "Keep as a note", ButtonStyle.primary),
            button("keepcheckin", held.id, "Check in"),
            button("letgo", held.id, "Forget it"),
        ],
    )


def deleted(entry: Entry, channel: str, message_id: str) -> ui.LayoutView:
    """A message of an answer was deleted: the answer too?"""
    return say(
        f"You deleted a message that is part of your answer for {times.day(entry.on)}. Shall I forget it too?",
        [
            button("forget", f"{entry.id}.{channel}/{message_id}", "Forget it", ButtonStyle.danger),
            button("spare", entry.id, "Keep it"),
        ],
    )


def try_again(words: str, held: Held) -> ui.LayoutView:
    """A refusal that keeps the person's words behind a button."""
    return say(escape(words), [button("tryagain", held.id, "Try again", ButtonStyle.primary)])


# ------------------------------------------------------------------ the week

PHASES = {
    Phase.OPEN: "Not posted yet.",
    Phase.DRAFTED: "Only you see this. Nothing goes out until you press Post.",
    Phase.POSTED: "Posted. Your friends can see what is marked as shared.",
    Phase.SKIPPED: "Skipped. You can still post it.",
    Phase.CLOSED: "This draft is closed. You can still post it.",
    Phase.TAKEN: "Taken down. You can post it again.",
}


def draft(what: Draft) -> ui.LayoutView:
    """The seeker's view of their week, with what to do about it."""
    week = what.week
    title = "## Your week is still here" if what.recall and week.phase is Phase.DRAFTED else "## Your week"
    status = PHASES[week.phase]
    if week.posts_at and week.phase is Phase.DRAFTED:
        status = f"This posts by itself {when(week.posts_at)}, with what is marked as shared."
    blocks = [f"{title}\n-# Week {what.material.number} · {span(week.monday)}", _parts(what), f"-# {status}"]
    return layout(blocks, _draft_row(what))


def _draft_row(what: Draft) -> Row:
    week = what.week.id
    if what.week.phase is Phase.POSTED:
        return [
            button("edit", week, "Edit"),
            button("choose", week, "Choose what goes in"),
            button("takedown", week, "Take down", ButtonStyle.danger),
        ]
    row = [
        button("post", week, "Post", ButtonStyle.primary),
        button("edit", week, "Edit"),
        button("choose", week, "Choose what goes in"),
        button("look", week, "Preview"),
    ]
    if what.week.posts_at:
        row.append(button("stop", week, "Stop"))
    elif what.week.phase is Phase.DRAFTED:
        row.append(button("skipweek", week, "Skip this week"))
    return row


def _parts(what: Draft) -> str:
    lines = (
        [f"{_mark(bool(what.week.words))} Your words: {escape(texts.shorten(what.week.words, 120))}"]
        if (what.week.words)
        else []
    )
    for entry in what.material.entries[:30]:
        lines.append(f"{_mark(entry.shared)} {_entry_name(entry, what)}: {escape(texts.shorten(_gist(entry), 70))}")
    if len(what.material.entries) > 30:
        lines.append(f"… and {len(what.material.entries) - 30} more")
    if any(entry.numbers for entry in what.material.entries):
        lines.append(f"{_mark(what.week.share_numbers)} The numbers of the week")
    if what.has_mood:
        lines.append(f"{_mark(what.week.share_mood)} Mood and energy, and days of rest")
    return "\n".join(lines) or "A quiet week, with nothing written down. You could still tell your friends in a line."


def _mark(shared: bool) -> str:
    return "**shared**" if shared else "private"


def _entry_name(entry: Entry, what: Draft) -> str:
    return f"{times.DAY_NAMES[entry.on.weekday()][:3]} {what.summary.exercises[entry.exercise].title.lower()}"


def _gist(entry: Entry) -> str:
    words = [value for value in entry.answers.values() if isinstance(value, str)]
    return " ".join(words).replace("\n", " ") or "mood and energy"


def chooser(what: Draft) -> ui.LayoutView:
    """What goes in: one menu over all parts; what is picked is shared, the rest is not."""
    options = [
        discord.SelectOption(
            label=texts.shorten(_entry_name(entry, what), 100),
            value=str(entry.id),
            description=texts.shorten(_gist(entry), 100),
            default=entry.shared,
        )
        for entry in what.material.entries[-23:]
    ]
    if any(entry.numbers for entry in what.material.entries):
        options.append(
            discord.SelectOption(label="The numbers of the week", value="numbers", default=what.week.share_numbers)
        )
    if what.has_mood:
        options.append(
            discord.SelectOption(
                label="Mood and energy",
                value="mood",
                description="Of each day, and the days of rest",
                default=what.week.share_mood,
            )
        )
    if not options:
        return say("There is nothing to choose from yet. “Edit” writes a line of your own.")
    older = len(what.material.entries) - 23
    hint = f"-# The oldest {older} stay as they are; Change beside each answer shares them." if older > 0 else ""
    return layout(
        ["**What may your friends see?**\nPick all that goes in; the rest stays private.", hint],
        [menu("chosen", what.week.id, options, "Nothing")],
    )


def week_post(what: WeekPost) -> Message:
    """One message of the weekly post; the first carries the picture, the last the buttons."""
    pages = _post.pages(what.summary)
    page = pages[min(what.part, len(pages) - 1)]
    files: list[discord.File] = []
    picture = None
    if what.picture:
        name = f"week-{what.delivery_id}.png"
        files = [discord.File(io.BytesIO(what.picture), name, description=what.alt[:1024])]
        picture = (name, what.alt)
    row: list[Press] = []
    if what.part == len(pages) - 1 and what.delivery_id != "preview":
        row = [button("say", what.delivery_id, "Say something", ButtonStyle.primary)]
        if page.cut:
            row.append(button("readweek", what.delivery_id, "Read all"))
    return Message(layout(page.blocks, row, picture=picture), files)


# ------------------------------------------------------------------ back to the seeker


def note(what: Note) -> ui.LayoutView:
    """What friends brought."""
    lines: list[str] = []
    cut = False
    for cheer in what.cheers:
        line, short = _cheer(cheer, 220)
        if sum(map(texts.length, lines)) + texts.length(line) > MESSAGE_LIMIT - 600:
            cut = True
            break
        lines.append(line)
        cut |= short
    row = [button("readnote", what.delivery_id, "Read all" if cut else "Read again")]
    head = f"## From your friends\n-# About your week of {span(what.monday)}"
    return layout([head, "\n".join(lines)], row)


def whole_note(what: Note) -> list[str]:
    """A note without any shortening, in messages."""
    return texts.split("\n".join(_cheer(cheer, MESSAGE_LIMIT)[0] for cheer in what.cheers), MESSAGE_LIMIT - 100)


def _cheer(cheer: Cheer, limit: int) -> tuple[str, bool]:
    name = f"**{escape(cheer.name)}**"
    lines = [f"{name} {' '.join(cheer.emoji)}"] if cheer.emoji else []
    shown = [texts.shorten(words, limit) for words in cheer.words]
    lines += [f"{name} wrote: {escape(words)}" for words in shown]
    lines += [f"{name} wrote under your post: {link}" for link in cheer.links]
    return "\n".join(lines), shown != list(cheer.words)


# ------------------------------------------------------------------ rhythm


def rhythm(what: Rhythm, note: str = "") -> ui.LayoutView:
    """A seeker's rhythm."""
    seeker = what.seeker
    lines = [
        f"**{ASKS[s.ask]}**: {times.days_in_words(s.days)}"
        + (f" at {s.at:%H:%M}" if s.days else "")
        + (f", next {when(s.next_at)}" if s.next_at else "")
        for s in what.schedules
    ]
    quiet = seeker.quiet
    hours = "none" if quiet.start == quiet.end else f"{quiet.start:%H:%M} to {quiet.end:%H:%M}"
    posting = "by itself, two hours after the draft" if seeker.autopost else "when you press Post"
    pause = ""
    if seeker.paused_from and seeker.paused_until is None:
        pause = "Paused. /rhythm resume starts again."
    elif seeker.paused_until and any(s.next_at for s in what.schedules) and _still(what):
        pause = f"Paused until {times.day(seeker.paused_until)}."
    about = f"Zone: {seeker.zone}\nQuiet hours: {hours}\nYour week is posted {posting}, in {escape(what.circle)}."
    return layout([f"## Your rhythm\n{escape(note)}".strip(), "\n".join(lines), about, pause])


def _still(what: Rhythm) -> bool:
    upcoming = [s.next_on for s in what.schedules if s.next_on]
    until = what.seeker.paused_until
    return until is not None and bool(upcoming) and min(upcoming) >= until


# ------------------------------------------------------------------ reading whole


def whole_entry(what: Kept) -> list[str]:
    """An entry without any shortening, in messages."""
    title = f"### {what.exercise.title} · {times.day(what.entry.on)}"
    lines, _ = entry_lines(what.entry, what.exercise, MESSAGE_LIMIT)
    return texts.split("\n".join([title, *lines]), MESSAGE_LIMIT - 100)


def whole_summary(summary: Summary) -> list[str]:
    """All that a week shares, in messages."""
    return texts.split("\n\n".join(_post.blocks(summary, MESSAGE_LIMIT)[0]), MESSAGE_LIMIT - 100)
