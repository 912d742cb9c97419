"""How the core's things look on Discord: Components V2, one accent colour, a few short blocks, a row of buttons."""

from __future__ import annotations

import io

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.alert import Alert, Unreached
from bot.core.ask import StillOpen
from bot.core.care import Confided, StillThere
from bot.core.circle import Note, Welcome
from bot.core.consent import Greeting
from bot.core.council import Invitation, JointPost
from bot.core.experiment import Trial
from bot.core.follow_up import FollowUps
from bot.core.idea import Arrival
from bot.core.interview import Upcoming
from bot.core.introduction import Introduction
from bot.core.journal import Prompt
from bot.core.landing import ClosingPost, LandingDraft
from bot.core.reply import Brought
from bot.core.rhythm import Hello
from bot.core.summary import Draft, Portion, Summary, WeekPost
from bot.usecases.app import Thing
from cogs import (
    _ask,
    _care,
    _closing,
    _council,
    _experiment,
    _follow_up,
    _host,
    _idea,
    _interview,
    _introduction,
    _landing,
    _pages,
    _post,
    _reader,
    _thanks,
)
from cogs._chooser import chooser
from cogs._draft import draft, whole_draft
from cogs._journal import (
    answer,
    answered,
    deleted,
    given_back,
    kept,
    later,
    not_today,
    prompt,
    stray,
    try_again,
    whole_entry,
)
from cogs._layout import ALT_LIMIT, Message, Row, layout, name_of, say, when
from cogs._mark import mark
from cogs._note import note, whole_note
from cogs._press import button
from cogs._rhythm import ASKS, rhythm, upcoming

__all__ = [
    "ASKS",
    "answer",
    "answered",
    "chooser",
    "deleted",
    "draft",
    "given_back",
    "kept",
    "later",
    "layout",
    "message",
    "not_today",
    "note",
    "prompt",
    "rhythm",
    "say",
    "stray",
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


_Pictured = WeekPost | JointPost | LandingDraft | ClosingPost
_ToFriends = Welcome | Portion | Invitation | Introduction | Greeting | Brought | Confided | Unreached
_ToSeeker = Hello | Prompt | Draft | Note | Arrival | Trial | FollowUps | Upcoming | StillOpen | StillThere | Alert


def _message(what: Thing) -> Message:
    if isinstance(what, _Pictured):
        return _pictured(what)
    return Message(_to_friends(what) if isinstance(what, _ToFriends) else _to_seeker(what))


def _pictured(what: _Pictured) -> Message:
    match what:
        case WeekPost():
            return week_post(what)
        case JointPost():
            return _council.joint_post(what)
        case LandingDraft():
            return _landing.draft(what)
        case ClosingPost():
            return _closing.closing_post(what)


def _to_friends(what: _ToFriends) -> ui.LayoutView:
    match what:
        case Welcome():
            return welcome(what)
        case Portion():
            return _reader.portion(what)
        case Invitation():
            return _council.invitation(what)
        case Introduction():
            return _introduction.introduction(what)
        case Greeting():
            return _thanks.greeting(what)
        case Brought():
            return _thanks.brought(what)
        case Confided():
            return _care.confided(what)
        case Unreached():
            return unreached(what)


def _to_seeker(what: _ToSeeker) -> ui.LayoutView:
    """What comes to a seeker, or to the host."""
    match what:
        case Hello():
            return hello(what)
        case Prompt():
            return prompt(what)
        case Draft():
            return draft(what)
        case Note():
            return note(what)
        case Arrival():
            return _idea.arrival(what)
        case Trial():
            return _experiment.trial(what)
        case FollowUps():
            return _follow_up.follow_ups(what)
        case Upcoming():
            return _interview.upcoming(what)
        case StillOpen():
            return _ask.still_open(what)
        case StillThere():
            return _care.still_there(what)
        case Alert():
            return _host.alert(what)


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


def whole_summary(summary: Summary) -> list[str]:
    """All that a week shares, in messages."""
    return _pages.whole(_post.all_parts(summary))
