"""What the bot says about itself: after /start, after /leave, in /help, and to strangers."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.delivery import Sent, Unreachable
from bot.core.help_lines import WhereToTurn
from bot.core.journal import Gone
from bot.core.rhythm import gap_in_words
from bot.usecases.people import Left, Role, Started
from cogs._care import WHAT_I_AM_NOT, where_to_turn
from cogs._layout import Row, layout, name_of, say
from cogs._press import button
from cogs._render import upcoming
from cogs._topics import TOPICS

FOR_SEEKERS = """I ask how your days go, and once a week help you tell your friends.

**In short**
- Press *Answer* under my questions, or just write back.
- Once a week comes a draft; friends read it once you press *Post*.
- Too much? /rhythm pause. All of it ends with /leave.
- Everything is private until you share it."""

FOR_FRIENDS = """Somebody here is looking for their next work, and lets you walk along.

**In short**
- Once a week they post how it went. A cheer is always enough.
- *I have an idea* and *I know someone* stand under each post.
- Looking yourself? /start takes a minute."""

FOR_HOSTS = """**For whoever hosts me**
- /circle setup makes a circle of a channel.
- /host status shows whether all is well."""

SHORT = "short"  # the first page
ROW = 5  # buttons
NO_TOPIC = "I know no such topic. /help shows those there are."


def help_for(roles: Sequence[Role], turn: WhereToTurn) -> ui.LayoutView:
    """The first page: what matters most, by who asks; what Cairn is not, and where to turn; a button for each topic."""
    told = {Role.SEEKER: FOR_SEEKERS, Role.FRIEND: FOR_FRIENDS, Role.HOST: FOR_HOSTS}
    first, *more = [told[role] for role in roles]
    return layout([f"## Cairn\n{first}", *more, WHAT_I_AM_NOT, where_to_turn(turn)], *_rows(roles))


def topic(roles: Sequence[Role], key: str) -> ui.LayoutView:
    """One topic's page, with the buttons of the others; raises Gone for a topic that there is not."""
    if key not in TOPICS:
        raise Gone(NO_TOPIC)
    return layout([f"### {TOPICS[key].label}\n{TOPICS[key].words}"], *_rows(roles, key))


def _rows(roles: Sequence[Role], shown: str = SHORT) -> list[Row]:
    offered = [(key, one.label) for key, one in TOPICS.items() if one.roles & set(roles)]
    pages = [(SHORT, "In short"), *offered]
    buttons = [button("helpon", key, label) for key, label in pages if key != shown]
    return [buttons[at : at + ROW] for at in range(0, len(buttons), ROW)]


def started(what: Started) -> ui.LayoutView:
    """The end of `/start`."""
    match what.hello:
        case Sent():
            last = "I have just sent you a direct message; everything else happens there."
        case Unreachable():
            last = (
                "**I could not write to you.** Please let members of this server send you direct messages: "
                "the server's name, Privacy Settings, Direct Messages. Then run /start again."
            )
        case _:
            last = "A direct message is on its way to you; everything else happens there."
    names = texts.listing([f"#{name_of(circle.name)}" for circle in what.circles])
    circle = f"Your week will go to {names}, once you press Post."
    asides = [f"In the zone {what.zone}", *map(gap_in_words, what.gaps)]
    times = "\n".join([upcoming(what.upcoming), *(f"-# {aside}" for aside in asides)])
    return layout(["## You are set up", times, circle, last, WHAT_I_AM_NOT, where_to_turn(what.turn)])


def left(what: Left) -> ui.LayoutView:
    """The end of `/leave`: what stays, and the button that erases."""
    if what.sought:
        weeks = texts.count(what.posted, "of your weeks still stands", "of your weeks still stand")
        posts = f", and {weeks} in the channel" if what.posted else ""
        title = "## You have left"
        stays = (
            "I no longer ask, and your drafts are withdrawn. "
            f"Your answers stay here, for you alone{posts}. /start picks up where you were."
        )
        offer = "Or I erase everything, your posts as well. That cannot be undone."
    else:
        title = "## What I keep of you"
        stays = "Your name, your reactions under posts, and what you said and gave there. I never asked you anything."
        offer = "I can erase that. It cannot be undone; what stands in the channel itself is yours to delete."
    return layout([title, stays, offer], [button("erase", what.person_id, "Erase everything", ButtonStyle.danger)])


def erased(out_of_reach: int, copies_forget_within: int) -> ui.LayoutView:
    """Everything is gone, but for posts in channels that are closed to us, and for some days in the host's copies."""
    posts = texts.count(out_of_reach, "message of yours still stands", "messages of yours still stand")
    still = f"But {posts} in a channel that I can no longer reach; ask whoever looks after that server to delete it."
    copies = f"-# My host's copies forget it within {texts.count(copies_forget_within, 'day', 'days')}."
    return layout(
        [
            "Everything I kept about you is erased. Take care of yourself.",
            still if out_of_reach else "",
            copies,
        ]
    )


def stranger() -> ui.LayoutView:
    """To somebody who writes without having started."""
    return say(
        "Hello. I am Cairn: I ask people who look for work how it goes, and once a week help them tell their friends. "
        "If that is you, /start takes a minute. What you just wrote was not kept."
    )
