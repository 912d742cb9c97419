"""How a circle's joint post looks, with a fair share of the room for each, and what goes with it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.circle import Circle
from bot.core.council import Hour, Invitation, JointPost, Section, Sitting, fair, in_words
from bot.core.summary import span
from bot.usecases.membership import Belonging
from cogs import _pages, _post
from cogs._layout import ALT_LIMIT, Message, Row, label_of, layout, name_of, say, when
from cogs._pages import Part
from cogs._post import Page
from cogs._press import button, menu
from cogs._text import as_said, escape

ROOM = 3000  # characters of all sections together, of the 4,000 that Discord takes
MOST = 15  # sections that are shown; all can be read whole
LIMITS = (4000, 2400, 1600, 1000, 600, 400, 250, 150, 100)  # of one answer, tried in this order
MOST_CHOICES = 25
IN_INVITATION = 3000


def joint_post(what: JointPost) -> Message:
    """The joint post: a section for each seeker, their pictures, and one row of buttons."""
    if what.own is not None:
        return _preview(what)
    found = sections(what.sections[:MOST])
    left = len(what.sections) - MOST
    more = [f"-# And {left} more; press Read all."] if left > 0 else []
    if not more and any(page.cut for page in found):
        more = ["-# Shortened, so that all fit; press Read all."]
    return _message(what, [*(page.text for page in found), *more], _row(what, cut=bool(more)))


def _preview(what: JointPost) -> Message:
    """One's own section as it will stand in the joint post, and nothing of the others'."""
    place = next(at for at, section in enumerate(what.sections) if section.week_id == what.own)
    room = what.sections[:MOST] if place < MOST else (*what.sections[: MOST - 1], what.sections[place])
    page = sections(room)[min(place, MOST - 1)]
    more = "-# Your part of the joint post; the weeks of others stand beside it."
    if page.cut:
        more += " Shortened, so that all fit; Read all shows the whole."
    return _message(what, [page.text, more], [])


def _message(what: JointPost, told: Sequence[str], row: Row) -> Message:
    files, pictures = _pictures(what)
    head = f"## This week among us\n-# {span(what.monday)}"
    return Message(layout([head, *told], row, pictures=pictures, divided=True), files)


def sections(told: Sequence[Section]) -> list[Page]:
    """The text of each section: whole where there is room, else each as long as every other that is shortened."""
    parts = [_parts(section) for section in told]
    needs = [texts.length(_text(one)) for one in parts]
    return [_fitted(one, share) for one, share in zip(parts, fair(needs, ROOM), strict=True)]


def _parts(section: Section) -> list[Part]:
    _, *parts = _post.all_parts(section.summary)
    return [Part(f"### {name_of(section.summary.name)}, week {section.summary.number}"), *parts]


def _text(parts: Sequence[Part]) -> str:
    return "\n".join(_pages.line(part) for part in parts)


def _fitted(parts: list[Part], share: int) -> Page:
    """A section in its share of the room: its answers shortened, and at last left out from the end."""
    for limit in LIMITS:
        short = _pages.shortened(parts, limit)
        if sum(texts.length(part.words) for part in short) > share:
            continue  # escaped it only grows
        text = _text(short)
        if texts.length(text) <= share:
            return Page(text, cut=short != parts)
    lines: list[str] = []
    for part in _pages.shortened(parts, LIMITS[-1]):
        line = _pages.line(part)
        if texts.length("\n".join([*lines, line])) > share:
            break
        lines.append(line)
    return Page("\n".join(lines), cut=True)


def _pictures(what: JointPost) -> tuple[list[discord.File], list[tuple[str, str]]]:
    files: list[discord.File] = []
    pictures: list[tuple[str, str]] = []
    for place, (png, words) in enumerate(what.pictures):
        name, alt = f"week-{what.delivery_id}-{place}.png", texts.shorten(words, ALT_LIMIT)
        files.append(discord.File(io.BytesIO(png), name, description=alt))
        pictures.append((name, alt))
    return files, pictures


def _row(what: JointPost, *, cut: bool) -> Row:
    key = what.delivery_id
    row = [
        button("cheerwhom", key, "Cheer", ButtonStyle.primary),
        button("ideawhom", key, "I have an idea"),
        button("offerwhom", key, "I know someone"),
    ]
    return [*row, button("readwhom", key, "Read all")] if cut else row


# ------------------------------------------------------------------ whom it is for


def whom(verb: str, key: str, found: Sequence[tuple[int, str]], ask: str) -> ui.LayoutView:
    """Asks whom something is for, of those a joint post tells of, as (week, name)."""
    options = [discord.SelectOption(label=label_of(name), value=str(week)) for week, name in found[:MOST_CHOICES]]
    more = "\n-# /cheer and /idea find everybody by name." if len(found) > MOST_CHOICES else ""
    return say(f"{ask}{more}", [menu(verb, key, options, "Pick a name", most=1)])


def invitation(what: Invitation) -> ui.LayoutView:
    """What others of the circle ask for, to one who may know somebody."""
    key = what.delivery_id
    lines = [
        line
        for one in what.asking
        for line in (f"\n**{name_of(one.name)}**", *(f"> {as_said(words)}" for words in one.asks))
    ]
    first, *more = _pages.paged(lines, IN_INVITATION)
    aside = "There is more in the post. " if more else ""
    return layout(
        ["### What others in your circle ask for", first, f"-# {aside}You may know somebody. It is fine if not."],
        [
            button("ideawhom", key, "I have an idea"),
            button("offerwhom", key, "I know someone"),
            button("uninvite", "me", "Don't send me these"),
        ],
    )


def uninvited() -> ui.LayoutView:
    """The answer to *Don't send me these*."""
    return say("I won't. What they ask for still stands in the joint post, and /rhythm friends brings these back.")


# ------------------------------------------------------------------ where one's week goes


def hour_of(what: Sitting) -> ui.LayoutView:
    """When a circle's joint post goes out, and of which week the next one tells."""
    return say(
        f"In #{name_of(what.circle.name)} the joint post goes out {_hour(what.hour)}, "
        "as soon as three or more people there look for work. Until then each has a post of their own.\n"
        "It tells the week whose drafts came before it, and whoever posts later is added. "
        f"The next hour is {when(what.at)}, for the week of {span(what.monday)}."
    )


def _hour(hour: Hour) -> str:
    return escape(in_words(hour))


def belonging(what: Belonging) -> ui.LayoutView:
    """Where a seeker's week goes, after joining or leaving, or just so."""
    done = ""
    if what.joined:
        done = f"Joined #{name_of(what.joined.name)}, from your next post on."
    if what.left:
        done = f"Left #{name_of(what.left.name)}. What stands there stays; *Take down* in its draft removes it."
    goes = f"Your week goes to {_names(what.circles)}." if what.circles else "Your week goes to no circle at present."
    joint = [f"In #{name_of(circle.name)} you share one post, {_hour(hour)}." for circle, hour in what.hours]
    others = f"-# /circle join also offers {_names(what.others)}." if what.others else ""
    return layout([done, "\n".join([goes, *joint]), others])


def _names(circles: Sequence[Circle]) -> str:
    named = [f"#{name_of(circle.name)}" for circle in circles[:MOST]]
    return texts.listing([*named, *([f"{len(circles) - MOST} more"] if len(circles) > MOST else [])])
