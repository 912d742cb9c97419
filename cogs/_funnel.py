"""How the funnel of a search looks: a sentence, the picture, and what sources, kinds, time and energy tell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.core import text as texts
from bot.core.dates import between
from bot.core.funnel import ENOUGH, FELT_ENOUGH, Answers, Felt, Group, Range, Report
from bot.core.search import Act
from bot.usecases.funnel import Drawn
from cogs._layout import ALT_LIMIT, Message, layout, say
from cogs._text import as_said

LISTED = 6  # sources and kinds of which there are enough; of which there are too few
LABEL_LIMIT = 40
NOTHING = (
    "There is nothing to draw yet, and that is fine. /log applied begins an application; "
    "with each that moves on, this picture grows."
)
NOTHING_THEN = "You applied for nothing {when}. Leave the dates out, and I show the whole search."
AT_LEAST = f"-# I tell these only from {ENOUGH} that moved on or ended, energy from {FELT_ENOUGH} times on."
DOINGS = {
    Act.WISHED: "Wishes",
    Act.APPLIED: "Applications",
    Act.OUTREACH: "Outreach",
    Act.CONVERSATION: "Conversations",
    Act.INTERVIEW: "Interviews",
    Act.OFFER: "Offers",
    Act.LOST: "Endings",
    Act.NOTE: "Notes",
    Act.FOLLOWED_UP: "Follow-ups",
}


def drawn(what: Drawn) -> Message:
    """The whole search, or a range of it."""
    report = what.report
    if what.picture is None:
        return Message(say(NOTHING if what.within.whole else NOTHING_THEN.format(when=_range(what.within))))
    alt = texts.shorten(what.picture.alt, ALT_LIMIT)
    view = layout([_head(report, what.within), report.sentence], picture=(what.picture.name, alt))
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for block in _details(report):
        container.add_item(ui.TextDisplay(block))
    return Message(view, [discord.File(io.BytesIO(what.picture.png), what.picture.name, description=alt)])


def _head(report: Report, within: Range) -> str:
    many = texts.count(report.card.total, "application")
    lines = [f"{many[0].upper()}{many[1:]}{'' if within.whole else f' {_range(within)}'}."]
    if report.undated:
        lines.append(f"{texts.count(report.undated, 'more', 'more').capitalize()} without a day of applying left out.")
    return f"## Your search, in one picture\n-# {' '.join(lines)}"


def _range(within: Range) -> str:
    since, until = (on and between(on, on) for on in within)
    if since and until:
        return f"on {since}" if since == until else f"from {since} to {until}"
    if since:
        return f"from {since} on"
    return f"until {until}" if until else ""


def _details(report: Report) -> list[str]:
    blocks = [
        _groups("By where you found them", report.sources),
        _groups("By kind of role", report.kinds),
        _answers(report.answers),
        _energy(report.energy),
    ]
    told = [block for block in blocks if block]
    return [*told, AT_LEAST] if told else []


# ------------------------------------------------------------------ sources and kinds


def _groups(title: str, groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    telling = [group for group in groups if group.step.tells]
    lines = [_share(group) for group in telling[:LISTED]]
    few = [(_label(group), group.step.came) for group in groups if not group.step.tells]
    return "\n".join([f"**{title}**{', to an interview or an offer' if lines else ''}", *lines, *_too_few(few)])


def _share(group: Group) -> str:
    step = group.step
    still = f" ({step.still:,} still open)" if step.still else ""
    return f"{_label(group)} · {step.went_on:,} of {step.came:,}{still}"


def _label(group: Group) -> str:
    return as_said(texts.shorten(" ".join(group.label.split()), LABEL_LIMIT)) if group.label else "not said"


def _too_few(few: Sequence[tuple[str, int]]) -> list[str]:
    """One line for all of which there are too few."""
    if not few:
        return []
    named = [f"{label} ({many:,})" for label, many in few[:LISTED]]
    rest = len(few) - LISTED
    return [f"-# Too few to tell: {texts.listing([*named, f'{rest:,} more'] if rest > 0 else named)}"]


# ------------------------------------------------------------------ time and energy


def _answers(answers: Answers) -> str:
    """How long the first answers took."""
    if not answers.days:
        return ""
    first, last, many = answers.days[0], answers.days[-1], len(answers.days)
    title = f"**Until the first answer** {many:,} of {answers.of:,} had one"
    spread = f"after {_days(first)}" if first == last else f"after {first:,} to {_days(last)}"
    if answers.usual is None:
        return f"{title}, {spread}.\n-# Too few to tell what is usual."
    return f"{title}, {spread}; half of them within {_days(answers.usual)}."


def _days(many: int) -> str:
    return f"{many:,} day" if many == 1 else f"{many:,} days"


def _energy(felt: Iterable[Felt]) -> str:
    """What gave energy and what took it."""
    found = [one for one in felt if one.act in DOINGS]
    if not found:
        return ""
    lines = [_felt(one) for one in found if one.tells]
    few = [(DOINGS[one.act].lower(), one.of) for one in found if not one.tells]
    return "\n".join(["**Energy**", *lines, *_too_few(few)])


def _felt(one: Felt) -> str:
    doing = DOINGS[one.act]
    if not one.gave and not one.took:
        return f"{doing} neither gave nor took energy, {one.of:,} times."
    if one.gave >= one.took:
        took = f", and took it {_times(one.took)}" if one.took else ""
        return f"{doing} gave you energy {_times(one.gave)} of {one.of:,}{took}."
    gave = f", and gave it {_times(one.gave)}" if one.gave else ""
    return f"{doing} took energy {_times(one.took)} of {one.of:,}{gave}."


def _times(many: int) -> str:
    return "once" if many == 1 else f"{many:,} times"
