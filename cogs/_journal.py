"""How questions and answers look: the message that asks, what was kept, and what came of words that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping

from discord import ButtonStyle, ui

from bot.core import dates
from bot.core import rhythm as times
from bot.core.conversations import Answer, CaughtUp, Deleted, Refusal
from bot.core.exercise import Scale
from bot.core.journal import Entry, Held, Kept, Prompt
from bot.core.rhythm import Standing
from cogs import (
    _mention,
    _pages,
    _reader,
)
from cogs._layout import layout, say, when
from cogs._pages import Part
from cogs._press import button
from cogs._text import escape

SHOWN = 280  # characters of one answer before "Read all"


def prompt(what: Prompt) -> ui.LayoutView:
    """The message that asks, or what became of it."""
    if what.entry:
        return _kept(
            Kept(what.entry, what.exercise, posted=what.posted, readers=what.readers, goals=what.goals), _asked_on(what)
        )
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
        blocks.append(_aims(what))
        return layout(blocks, [] if what.entry.shared else [_share(what)], _mention.row(what.mentions))
    step = what.exercise.step(what.ask)
    assert isinstance(step, Scale)
    blocks.append(f"**{step.ask}**")
    rating = [_rating(what.entry, step, value) for value in step.quick()]
    return layout(blocks, rating, _mention.row(what.mentions))


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
    return layout([title, "\n".join(lines), _aims(what), f"-# {seen}"], row, _mention.row(what.mentions))


def _aims(what: Kept) -> str:
    """How the week stands to what is aimed for, for the seeker's eyes."""
    return "\n".join(["**This week**", *what.goals]) if what.goals else ""


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


def whole_entry(what: Kept) -> list[str]:
    """An entry without any shortening, in messages."""
    title = Part(f"### {what.exercise.title} · {dates.day(what.entry.on)}")
    return _pages.whole([title, *_pages.of_entry(what.entry, what.exercise)])
