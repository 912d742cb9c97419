"""How the end or the turn of a journey looks to its seeker: the choice, the draft, the lines of thanks."""

from __future__ import annotations

from typing import Any

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.idea import Sort as Gift
from bot.core.landing import LandingDraft, Phase, Sort
from bot.core.thanks import ON_PAGE, Line, Standing, mark_of_all, page_of
from bot.usecases.landing import MOOD, NUMBERS
from cogs import _hidden, _thanks
from cogs._closing import HEADS, from_friends, pictures, span, way
from cogs._layout import Message, Row, layout, name_of, say
from cogs._press import button, menu
from cogs._text import as_said

SHOWN = 160  # characters of the seeker's words in the draft
KINDLY = {
    Sort.LANDED: "What a way that was. I ask nothing more, and nothing is lost.",
    Sort.STOPPED: "To stop is a landing too. I ask nothing more, and nothing is lost.",
    Sort.CHANGED: "Knowing better what you want is part of the way. All goes on as before.",
}
QUIET = "A quiet one, with nothing written down."
STATUS = {
    Phase.DRAFT: "Only you see this. Nothing goes out until you press Post.",
    Phase.POSTED: "Posted. Your friends see what you let out.",
    Phase.TAKEN: "Taken down, and only you see this. You can post it again.",
    Phase.KEPT: "It stays with you. You can still post it.",
}
STANDS = {Standing.OPEN: "Waits for your word", Standing.CONFIRMED: "Goes in", Standing.LEFT_OUT: "Left out"}


def choices() -> ui.LayoutView:
    """`/landed`: where somebody is on their way."""
    return layout(
        [
            "## Where has your way led you?\nEach of these is a good place to be, and none of them has to be told.",
            "-# The next step asks for a few words. Then I show you the journey, and nothing goes out by itself.",
        ],
        [
            button("landas", Sort.LANDED, "I have landed", ButtonStyle.primary),
            button("landas", Sort.STOPPED, "I stopped searching"),
            button("landas", Sort.CHANGED, "I want something else now"),
        ],
    )


def landed(sort: Sort) -> ui.LayoutView:
    """The answer to the form, once the draft has come."""
    again = "" if sort is Sort.CHANGED else "\n-# /start begins again, whenever you like."
    return say(f"Thank you for telling me. {KINDLY[sort]} The journey is in our direct messages.{again}")


def went_on() -> ui.LayoutView:
    """The journey goes on after all."""
    return say("Good to know. All goes on as before, and your friends' ideas are kept. I ask again at the usual times.")


# ------------------------------------------------------------------ the draft


def draft(what: LandingDraft) -> Message:
    """The seeker's view: the journey in numbers and as a picture, and what to do about its post."""
    landing, sort = what.landing, what.landing.sort
    head = f"## {HEADS[sort][0]}\n-# {span(what.journey)}"
    kindly = KINDLY[sort] if landing.phase is Phase.DRAFT else ""
    words = as_said(texts.shorten(landing.words, SHOWN))
    friends = from_friends(what.journey)
    told = f"**The way** {way(what.journey) or QUIET}" + (f"\n**From your friends** {friends}" if friends else "")
    told += "\n-# /ideas trail draws what became of each idea." if what.journey.ideas + what.journey.offers else ""
    told += f"\nYou accepted: {name_of(what.accepted)}." if what.accepted else ""
    if what.led_by:
        gave = "idea" if what.led_by.sort is Gift.IDEA else "introduction"
        told += f"\n{name_of(what.led_by.friend or UNNAMED)}'s {gave} led here."
    blocks = [
        head,
        kindly,
        words,
        told,
        _hidden.unread((*what.unread.hidden, *what.unread.logged), logged=bool(what.unread.logged)),
        f"{_in_post(what)}\n-# {_status(what)}".strip(),
    ]
    files, shown = pictures(what)
    return Message(layout(blocks, *_rows(what), pictures=shown, apart=True), files)


def _in_post(what: LandingDraft) -> str:
    if not what.lines:
        return ""
    confirmed = sum(line.standing is Standing.CONFIRMED for line in what.lines)
    goes = f"{confirmed} of {len(what.lines)}" if confirmed else "None yet"
    waits = f" {texts.count(what.open, 'waits', 'wait').capitalize()} for your word." if what.open else ""
    return f"**Thanks in the post** {goes}.{waits}"


def _status(what: LandingDraft) -> str:
    names = texts.listing([f"#{name_of(circle.name)}" for circle in what.circles])
    if what.waits:
        return f"I can't write in {names} at the moment. It goes out by itself as soon as I may."
    status = STATUS[what.landing.phase]
    if what.landing.phase is Phase.POSTED:
        return status
    if what.lost:
        return f"I could not post it in {names}: the channel is gone, or I may not write there. {status}"
    return f"{status} It goes to {names}." if names else status


def _rows(what: LandingDraft) -> list[Row]:
    landing, number = what.landing, what.landing.id
    row = [button("landlines", f"{number}.0", "Whom to thank")] if what.lines else []
    row += [button("landedit", number, "Edit"), button("landchoose", number, "What friends see")]
    first: list[ui.Item[Any]] = [button("landpost", number, "Post", ButtonStyle.primary), *row]
    first.append(button("landlook", number, "Preview"))
    second: list[ui.Item[Any]] = []
    if landing.phase is Phase.POSTED:
        first = [*row, button("landtake", number, "Take down", ButtonStyle.danger)]
    elif landing.phase is not Phase.KEPT:
        second.append(button("landkeep", number, "Keep private"))
    second += [button("landthank", number, "Thank by message")] if what.lines else []
    second.append(button("mystory", 0, "My story"))
    if landing.ends and landing.phase is not Phase.POSTED:
        second.append(button("landgoon", number, "I am still on my way"))
    return [first, second]


def chooser(what: LandingDraft) -> ui.LayoutView:
    """What friends see beside the words and the thanks."""
    numbers = discord.SelectOption(
        label="The numbers of the search",
        value=NUMBERS,
        description="How often you answered, what you tried and counted, and where applications went, unnamed",
        default=what.landing.share_numbers,
    )
    mood = discord.SelectOption(
        label="Mood, energy and days of rest",
        value=MOOD,
        description="Else the picture shows a plain stone for each day that you shared",
        default=what.landing.share_mood,
    )
    anyway = "Your words, how long the way was, what friends gave and the thanks are in it anyway."
    return layout(
        [f"**What may your friends see besides?**\n{anyway}"],
        [menu("landchosen", what.landing.id, [numbers, mood], "Nothing more")],
    )


# ------------------------------------------------------------------ whom to thank


def lines(what: LandingDraft, page: int) -> ui.LayoutView:
    """The lines of thanks, a page of them, each with what can be decided about it."""
    if not what.lines:
        return say("Nobody is to be thanked here: what friends had given was taken back.")
    last = (len(what.lines) - 1) // ON_PAGE
    page = min(page, last)
    here, number = page_of(what.lines, page), what.landing.id
    view = layout(["## Whom you thank\n-# The closing post thanks each in these words. Only what you confirm goes in."])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for line in here:
        container.add_item(ui.TextDisplay(_line(line)))
        container.add_item(ui.ActionRow(*_decisions(number, line)))
    row: list[ui.Item[Any]] = []
    if sum(line.standing is Standing.OPEN for line in here) > 1:
        every = f"{number}.{page}.{mark_of_all(here)}"
        row.append(button("linesok", every, "These are all right", ButtonStyle.primary))
    row += [button("landlines", f"{number}.{page - 1}", "Back")] if page else []
    row += [button("landlines", f"{number}.{page + 1}", "More")] if page < last else []
    if row:
        container.add_item(ui.ActionRow(*row))
    return view


def page_with(what: LandingDraft, friend_id: int, *, unnamed: bool) -> int:
    """The page on which a friend's line is."""
    at = [(line.friend_id, line.unnamed) for line in what.lines]
    return at.index((friend_id, unnamed)) // ON_PAGE if (friend_id, unnamed) in at else 0


def _line(line: Line) -> str:
    aside = STANDS[line.standing]
    if line.unnamed:
        aside += f". It is {name_of(line.friend or 'somebody')}, whom the circle is not to hear of"
    return f"**{name_of(line.named)}**, for {as_said(line.words)}\n-# {aside}"


def _decisions(landing_id: int, line: Line) -> list[ui.Item[Any]]:
    ref = f"{landing_id}.{line.friend_id}.{int(line.unnamed)}"
    row: list[ui.Item[Any]] = []
    if line.standing is not Standing.CONFIRMED:
        label = "That is right" if line.standing is Standing.OPEN else "Put it in"
        row.append(button("lineok", f"{ref}.{line.mark}", label))
    row.append(button("linesay", ref, "Other words"))
    if line.standing is not Standing.LEFT_OUT:
        row.append(button("lineout", f"{ref}.{line.mark}", "Leave out"))
    return row


def whom(what: LandingDraft) -> ui.LayoutView:
    """Whom to thank by direct message."""
    friends = {line.friend_id: line.friend for line in what.lines}
    if not friends:
        return say("Nobody is to be thanked here: what friends had given was taken back.")
    asked = "Whom would you like to thank, in your own words and for their eyes alone?"
    named = [(number, name, _thanked(what, number)) for number, name in friends.items()]
    return _thanks.whom(asked, "landthankwhom", what.landing.id, named)


def _thanked(what: LandingDraft, friend_id: int) -> str:
    if friend_id in what.thanked:
        return "Thanked already"
    return "Your thanks are on their way" if friend_id in what.thanking else ""
