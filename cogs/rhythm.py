"""The rhythm: seeing it, changing it, pausing it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core import dates
from bot.core.care import MOST_DAYS as MOST_SILENT_DAYS
from bot.core.care import MOST_TELL_DAYS
from bot.core.errors import Told
from bot.core.people import Comes, IdeasCome
from bot.core.rhythm import Ask
from bot.usecases import care, rhythm
from cogs import _care, _render, _reply
from cogs.people import time_choices, zone_choices

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

WHAT = [app_commands.Choice(name=name, value=ask.value) for ask, name in _render.ASKS.items()]
POSTING = [
    app_commands.Choice(name="when I press Post", value="press"),
    app_commands.Choice(name="by itself, two hours after the draft", value="itself"),
]
UNREACHABLE = [
    app_commands.Choice(name="only here", value="here"),
    app_commands.Choice(name="tell me in my circle's channel", value="circle"),
]
CHEERS = [
    app_commands.Choice(name="once a week, on Monday morning", value=Comes.WEEKLY.value),
    app_commands.Choice(name="each morning", value=Comes.DAILY.value),
    app_commands.Choice(name="at once", value=Comes.AT_ONCE.value),
]
INVITED = [app_commands.Choice(name="yes, once a week", value="yes"), app_commands.Choice(name="no", value="no")]
IDEAS = [
    app_commands.Choice(name="at once", value=IdeasCome.AT_ONCE.value),
    app_commands.Choice(name="together with the cheers", value=IdeasCome.WITH_CHEERS.value),
]
DAYS = ("weekdays", "every day", "Mon, Wed, Fri", "Tue, Thu", "weekend", "Wednesday", "Sunday", "never")
QUIET = ("22:00-08:00", "21:00-09:00", "23:00-07:00", "20:00-10:00", "off")
MOST_DAYS = 25


class Rhythm(commands.GroupCog, name="rhythm", description="When I ask you, and when I don't"):
    """/rhythm show, set, friends, pause, resume, silence, trusted"""

    @app_commands.command(description="When you are asked, and what comes next")
    async def show(self, interaction: Interaction) -> None:
        """Show the rhythm."""
        await _reply.acknowledge(interaction)
        view = _render.rhythm(await rhythm.show(interaction.client.app, _reply.person(interaction.user)))
        await _reply.show(interaction, view)

    @app_commands.command(description="Change when and what you are asked, from the next time on")
    @app_commands.describe(
        what="Which one to change",
        time="At what time, such as 17:30",
        days="On which days, such as weekdays or Mon, Wed",
        exercise="What the reflection asks",
        zone="Where you are: type a city",
        quiet="Hours in which nothing comes, such as 22:00-08:00",
        posting="Whether your week waits for you",
        unreachable="Where you hear of it when your direct messages are closed to me",
    )
    @app_commands.choices(what=WHAT, posting=POSTING, unreachable=UNREACHABLE)
    async def set(
        self,
        interaction: Interaction,
        what: app_commands.Choice[str] | None = None,
        time: str = "",
        days: str = "",
        exercise: str = "",
        zone: str = "",
        quiet: str = "",
        posting: app_commands.Choice[str] | None = None,
        unreachable: app_commands.Choice[str] | None = None,
    ) -> None:
        """Change the rhythm."""
        await _reply.acknowledge(interaction)
        ask = Ask(what.value) if what else None
        autopost = posting.value == "itself" if posting else None
        tell_circle = unreachable.value == "circle" if unreachable else None
        wish = rhythm.Change(ask, time, days, exercise, zone, quiet, autopost, tell_circle)
        changed = await rhythm.change(interaction.client.app, _reply.person(interaction.user), wish)
        await _reply.show(interaction, _render.rhythm(changed, "Changed, from the next time on."))

    @set.autocomplete("time")
    async def times(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Half hours of the day."""
        return time_choices(typed)

    @set.autocomplete("days")
    async def days(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Common choices of days."""
        return _matching(DAYS, typed, dates.parse_days)

    @set.autocomplete("quiet")
    async def quiet(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Common quiet hours."""
        return _matching(QUIET, typed, dates.parse_quiet)

    @set.autocomplete("zone")
    async def zones(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Zones with their time now."""
        return zone_choices(interaction, typed)

    @set.autocomplete("exercise")
    async def exercises(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The reflections, and taking turns."""
        turns = app_commands.Choice(name="a different one each week", value=rhythm.IN_TURN)
        return [turns, *exercise_choices(interaction, typed)]

    @app_commands.command(description="When you hear what friends left for you")
    @app_commands.describe(
        cheers="When cheers and kind words come",
        ideas="When ideas and offers to introduce you come",
        asks="Whether I tell you once a week what others in your circle ask for",
    )
    @app_commands.choices(cheers=CHEERS, ideas=IDEAS, asks=INVITED)
    async def friends(
        self,
        interaction: Interaction,
        cheers: app_commands.Choice[str] | None = None,
        ideas: app_commands.Choice[str] | None = None,
        asks: app_commands.Choice[str] | None = None,
    ) -> None:
        """Change when cheers and ideas come, or show what holds now."""
        await _reply.acknowledge(interaction)
        come, ideas_come = Comes(cheers.value) if cheers else None, IdeasCome(ideas.value) if ideas else None
        who, invited = _reply.person(interaction.user), asks.value == "yes" if asks else None
        told = await rhythm.friends(interaction.client.app, who, come, ideas_come, invited=invited)
        changed = "Changed; what waits moves with it." if come or ideas or asks else ""
        await _reply.show(interaction, _render.rhythm(told, changed))

    @app_commands.command(description="Nothing is asked for a while; days in between are rest")
    @app_commands.describe(until="The day on which I ask again; leave it out to decide later")
    async def pause(self, interaction: Interaction, until: str = "") -> None:
        """Pause."""
        await _reply.acknowledge(interaction)
        paused = await rhythm.pause(interaction.client.app, _reply.person(interaction.user), until)
        await _reply.show(interaction, _render.rhythm(paused, "Rest well."))

    @pause.autocomplete("until")
    async def untils(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The coming days."""
        today = await rhythm.today(interaction.client.app, _reply.person(interaction.user))
        words = typed.strip().lower()
        found = [on for on in dates.coming_days(today) if words in f"{dates.day(on)} {on.isoformat()}".lower()]
        return [app_commands.Choice(name=dates.day(on), value=on.isoformat()) for on in found[:MOST_DAYS]]

    @app_commands.command(description="When I ask how you are, if my questions stay without an answer")
    @app_commands.describe(days="After how many days; 0 turns it off")
    async def silence(self, interaction: Interaction, days: app_commands.Range[int, 0, MOST_SILENT_DAYS]) -> None:
        """Set when a silent seeker is asked."""
        await _reply.acknowledge(interaction)
        kept = await care.set_silence(interaction.client.app, _reply.person(interaction.user), days)
        await _reply.tell(interaction, _care.silence_set(kept))

    @app_commands.command(description="The one friend whom I may let know when you have gone quiet")
    @app_commands.describe(
        friend="Who; I don't tell them that you named them",
        words="What they would read; leave it out for a kind line of mine",
        unanswered="Tell them by itself too, so many days after I asked you and heard nothing; 0: never",
    )
    async def trusted(
        self,
        interaction: Interaction,
        friend: discord.User | None = None,
        words: str | None = None,
        unanswered: app_commands.Range[int, 0, MOST_TELL_DAYS] | None = None,
    ) -> None:
        """Name a trusted friend, or show who it is."""
        await _reply.acknowledge(interaction)
        named = _reply.named(friend) if friend else None
        who = _reply.person(interaction.user)
        trust = await care.trust(interaction.client.app, who, named, words, unanswered)
        await _reply.show(interaction, _care.trust(trust))

    @app_commands.command(description="Be asked again")
    async def resume(self, interaction: Interaction) -> None:
        """End the pause."""
        await _reply.acknowledge(interaction)
        resumed = await rhythm.resume(interaction.client.app, _reply.person(interaction.user))
        await _reply.show(interaction, _render.rhythm(resumed, "Welcome back."))


def exercise_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The listed exercises whose title holds what was typed."""
    listed = [e for e in interaction.client.app.exercises.values() if e.listed and typed.lower() in e.title.lower()]
    return [app_commands.Choice(name=e.title, value=e.id) for e in listed[: MOST_DAYS - 1]]


def _matching(known: tuple[str, ...], typed: str, read: Callable[[str], object]) -> list[app_commands.Choice[str]]:
    """The known answers that hold what was typed, and that itself where it can be read."""
    found = [word for word in known if typed.lower() in word.lower()]
    if typed and not found:
        with suppress(Told):
            read(typed)
            found = [typed]
    return [app_commands.Choice(name=word[:100], value=word[:100]) for word in found]


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Rhythm())
