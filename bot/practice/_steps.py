"""What the practice page's own buttons do: ask now, end the week, go on to the morning, react."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.errors import Told
from bot.core.rhythm import Ask
from bot.practice import week
from bot.practice._simcord import NoPostYetError, World
from bot.usecases import journal, rhythm
from bot.usecases.app import App

END = "End the week"
MORNING = "On to the morning"
LIVED = "Jonas has given Maya an idea. Try it, ask her about today, or end her sixth week."
EMPTY = "Nothing is here yet. As Maya, type /circle setup in the channel, then /start."


class Steps:
    """The time in practice mode stands still until one of these moves it."""

    def __init__(self, app: App, world: World, greeting: str) -> None:
        self.greeting = greeting
        self._app = app
        self._world = world
        self._zone = ZoneInfo(week.CAST.zone)
        self._who = week.seeker(world)
        self.next_step = END

    def clock(self) -> str:
        """The simulated time where the seeker is, in words."""
        return f"{self._world.now().astimezone(self._zone):%A %-d %B, %H:%M}"

    async def ask(self) -> str:
        """Ask the seeker how today is, unless they have said so."""
        if await journal.has_checkin_today(self._app, self._who):
            return "Maya has answered today. “Change” under her answer edits it."
        async with self._world.operation():
            await rhythm.ask_now(self._app, self._who)
        await week.until(self._app, self._world, self._world.now())
        return "Cairn has asked Maya."

    async def go_on(self) -> str:
        """Bring the evening of the draft, or else the morning after it."""
        if self.next_step == END:
            return await self._end_week()
        return await self._on_to_morning()

    async def _end_week(self) -> str:
        shown = await rhythm.show(self._app, self._who)
        due = next((s.next_at for s in shown.schedules if s.ask is Ask.WEEK), None)
        if due is None:
            raise Told("Maya's rhythm has no weekly summary. /rhythm set or /rhythm resume brings it back.")
        await week.until(self._app, self._world, due)
        self.next_step = MORNING
        return "It is Sunday evening, and Cairn has sent Maya the draft of her week."

    async def _on_to_morning(self) -> str:
        asleep = (await rhythm.show(self._app, self._who)).seeker.quiet
        before = self._world.last_told()
        morning = times.first_morning(self._world.now(), self._app.settings.morning, asleep, self._zone)
        await week.until(self._app, self._world, morning)
        self.next_step = END
        if self._world.last_told() == before:
            return "A new day. Nobody has reacted yet, so there is no note for Maya."
        return "A new day, and Cairn has something for Maya."

    async def react(self, name: str, emoji: str) -> str:
        """React as somebody to the newest weekly post, or take it back."""
        try:
            await self._world.react(name, emoji)
        except NoPostYetError:
            raise Told("There is no weekly post yet. End the week and post it first.") from None
        return ""
