"""What the bot says about itself: after /start, after /leave, in /help, and to strangers."""

from __future__ import annotations

from discord import ButtonStyle, ui

from bot.usecases.people import Left, Role, Started
from cogs._press import button
from cogs._render import layout, say, upcoming
from cogs._text import escape

NOT_A_DOCTOR = (
    "-# I am a notebook with friends, not counselling. If things are dark, please talk to somebody you trust, "
    "a doctor, or your local emergency or crisis line."
)

FOR_SEEKERS = """**Your days.** I ask when you said. Press *Answer*, or just write back to me.
/checkin and /reflect work at any time.
**Your week.** On Sunday I show you a draft. Only what you choose goes to your friends, and only when you press *Post*.
/week preview shows what they would see; /week draft brings the draft back.
**Your rhythm.** /rhythm show, set, pause and resume.
**Your words.** All of it is private until you share it. Edit or delete your message and the entry follows.
/leave stops everything, and can erase everything."""

FOR_FRIENDS = """Somebody here is looking for their next work, and lets you walk along.
**Once a week** they post how it went. React, press *Say something*, or reply: I carry it back to them.
**What helps.** A cheer is always enough. Ask and listen before you advise; tell what you have lived.
Looking yourself? /start takes a minute."""

FOR_HOSTS = """**Set up.** /circle setup makes a circle of a channel; /circle remove undoes it.
**People.** Whoever is looking for work runs /start. Friends need nothing but to read the channel.
**Your part.** Their answers are private: you host the file, please leave it closed.
`cairn doctor` checks that all is well."""


def help_for(role: Role) -> ui.LayoutView:
    """What somebody can do here, by who they are."""
    texts = {Role.SEEKER: FOR_SEEKERS, Role.FRIEND: FOR_FRIENDS, Role.HOST: FOR_HOSTS}
    return layout([f"## Cairn\n{texts[role]}", NOT_A_DOCTOR])


def started(what: Started, *, arrived: bool) -> ui.LayoutView:
    """The end of `/start`."""
    if arrived:
        last = "I have just sent you a direct message; everything else happens there."
    else:
        last = (
            "**I could not write to you.** Please let members of this server send you direct messages: "
            "the server's name, Privacy Settings, Direct Messages. Then run /start again."
        )
    circle = f"Your week will go to **#{escape(what.circle.name)}**, once you press Post."
    return layout(["## You are set up", upcoming(what.upcoming), circle, last])


def left(what: Left) -> ui.LayoutView:
    """The end of `/leave`."""
    posts = f" {what.posted} of your weeks still stand in the channel." if what.posted else ""
    return layout(
        [
            "## You have left",
            f"I no longer ask, and your drafts are withdrawn. Your answers stay here, for you alone.{posts}\n"
            "/start picks up where you were. Or I erase everything, your posts as well; that cannot be undone.",
        ],
        [button("erase", what.person_id, "Erase everything", ButtonStyle.danger)],
    )


def stranger() -> ui.LayoutView:
    """To somebody who writes without having started."""
    return say(
        "Hello. I am Cairn: I ask people who look for work how it goes, and once a week help them tell their friends. "
        "If that is you, /start takes a minute. What you just wrote was not kept."
    )
