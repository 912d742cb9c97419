"""What the bot says about itself: after /start, after /leave, in /help, and to strangers."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.delivery import Sent, Unreachable
from bot.core.help_lines import WhereToTurn
from bot.core.rhythm import gap_in_words
from bot.usecases.people import Left, Role, Started
from cogs._care import WHAT_I_AM_NOT, where_to_turn
from cogs._layout import layout, name_of, say
from cogs._press import button
from cogs._render import upcoming

FOR_SEEKERS = """**Your days**
- I ask when you said. Press *Answer*, or just write back.
- /checkin and /reflect work at any time.
- Edit or delete a message: the entry follows.

**Your week**
- On Sunday I show you a draft. What you choose goes to all, or *Only for some*, once you press *Post*.
- /week preview shows how; /week draft brings it back, /week show any past week.
- /week hide keeps a name from what friends read.
- /ask tells friends what would help, until closed.

**Your friends**
- Their ideas and introductions come here; /ideas list shows what is open.
- *Try it* and /experiment new give one a day. /ideas trail shows what came of all.

**Your circles**
- /circle join and leave: who reads your week.
- Three or more share one post; /circle hour says when.

**Your rhythm**
- /rhythm show, set, pause and resume.
- /rhythm silence: when I ask how you are. /rhythm trusted: the friend I may let know.
- /rhythm friends: when you hear what friends left.

**Your words**
- All of it is private until you share it.
- /landed ends or turns the journey; /story export hands it to you.
- /leave stops everything, and can erase it."""

FOR_FRIENDS = """Somebody here is looking for their next work, and lets you walk along.

**Once a week**
- They post how it went.
- React, press *Cheer*, or reply: I carry it back to them.
- /cheer works at any time; you can change it or take it back.
- *I have an idea* and *I know someone*, or /idea at any time.
- /circle mine shows what became of it, and whether I write to you.

**What helps**
- A cheer is always enough.
- Ask and listen before you advise.
- Tell what you have lived.

Looking yourself? /start takes a minute."""

FOR_HOSTS = """**Set up**
- /circle setup makes a circle of a channel.
- /circle move takes it to another channel, /circle remove undoes it.

**People**
- Whoever is looking for work runs /start.
- Friends need nothing but to read the channel.

**Your part**
- Their answers are private: you host the file, please leave it closed.
- /host status shows whether all is well. I write to you when something needs you.
- `cairn doctor` checks the settings and the machine."""


def help_for(roles: Sequence[Role], turn: WhereToTurn) -> ui.LayoutView:
    """What somebody can do here, by who they are; what Cairn is not, and where to turn."""
    told = {Role.SEEKER: FOR_SEEKERS, Role.FRIEND: FOR_FRIENDS, Role.HOST: FOR_HOSTS}
    first, *more = [told[role] for role in roles]
    return layout([f"## Cairn\n{first}", *more, WHAT_I_AM_NOT, where_to_turn(turn)])


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
