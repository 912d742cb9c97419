"""Five people who walk together: what each of them sees, presses and is told."""

from __future__ import annotations

from typing import Any, NamedTuple

import discord

from bot.core.idea import ENDS
from tests.cogs import _forged
from tests.cogs.conftest import World, ids_of, words_of

OF_WHO_PRESSES = {"conversations", "consents", "deliveries", "friends", "people"}  # what accepting messages changes
OWN_TO_ALL = {"helpme", "helpon", "quiet", "minepage", "ideaspage", "trustnobody", "cheeron"}  # of whoever presses
REFUSALS = ("somebody else", "not started", "your own week", "yourself", "taken back already", "no longer wait")


class Shown(NamedTuple):
    """A button or menu that appeared."""

    custom_id: str
    values: list[str] | None  # of a menu: one of its options
    owner: Any  # whoever alone sees it; None where it stands in the channel
    at: Any  # the message, or the answer, that it stands under


class Journey(World):
    """Maya and four friends: Jonas has ideas, Tom knows people, Aisha changes her mind, Lena cheers."""

    async def open(self) -> None:
        """The world with two more friends."""
        await super().open()
        self.lena = self.guild.add_member(self.env.create_user("lena", global_name="Lena"))
        self.tom = self.guild.add_member(self.env.create_user("tom", global_name="Tom"))
        self.people = (self.maya, self.jonas, self.aisha, self.lena, self.tom)
        self.shown: dict[tuple[str, str], Shown] = {}  # by verb, and by whose it is: "" where it is all the circle's
        self.pressed: set[tuple[str, str]] = set()  # which verb, by whom

    # ------------------------------------------------------------- what they do

    async def go(self, verb: str, *values: str, by: Any = None, words: dict[str, str] | None = None) -> Any:
        """Press the newest button (or pick in the newest menu) of that verb; fill in the form that opens."""
        who = by or self.maya
        self.look_around()
        own, circles = self.shown.get((verb, who.name)), self.shown.get((verb, ""))
        shown = max((one for one in (own, circles) if one), key=lambda one: int(one.at.id))
        actor = who if getattr(shown.at, "message", shown.at).guild else who.user
        if shown.values is None:
            result = await actor.click(shown.at, custom_id=shown.custom_id)
        else:
            result = await actor.select(shown.at, list(values or shown.values), custom_id=shown.custom_id)
        self.pressed.add((verb, who.name))
        self._seen(result, who)
        if hasattr(shown.at, "message") and result.response:
            self._remember(result.response.message, who, result.response)  # an answer that was turned by its own press
        return result if words is None else self._seen(await self.submit(result, words, by=actor), who)

    async def types(self, who: Any, command: str, **options: Any) -> Any:
        """Type a command, and see what it answers."""
        return self._seen(await who.slash(self.channel, command, **options), who)

    async def checkin(self, day: int, month: int, **words: str) -> None:
        """Maya answers the evening's question and shares it."""
        await self.until(day, 17, 30, month=month)
        await self.go("answer", words=words)
        await self.go("share")

    async def week_goes_out(self, day: int, month: int) -> None:
        """Sunday evening's draft is posted."""
        await self.until(day, 18, month=month)
        await self.go("post")
        await self.tick()

    # ------------------------------------------------------------- what they see

    def _seen(self, result: Any, who: Any) -> Any:
        for answer in _forged.answers(result):
            self._remember(answer.message, who, answer)
        return result

    def _remember(self, message: discord.Message, owner: Any, at: Any = None) -> None:
        for item in discord.ui.LayoutView.from_message(message).walk_children():
            if isinstance(item, discord.ui.Button | discord.ui.Select) and item.custom_id:
                options = [option.value for option in getattr(item, "options", ())]
                verb = item.custom_id.partition(":")[0]
                whose = owner.name if owner else ""
                self.shown[verb, whose] = Shown(item.custom_id, options[:1] or None, owner, at or message)

    def look_around(self) -> None:
        """See all that stands in the channel and in everybody's direct messages."""
        for message in self.channel.history():
            if message.author == self.bot.user and not message.flags.ephemeral:
                self._remember(message, None)
        for person in self.people:
            for message in self.dms_of(person):
                if message.author == self.bot.user:
                    self._remember(message, person)

    def dms_of(self, member: Any) -> list[discord.Message]:
        """All that stands in somebody's direct messages."""
        channel = member.user.dm_channel
        return channel.history(viewer=member.user) if channel else []

    @property
    def welcome(self) -> discord.Message:
        """The first message in the circle."""
        return self.channel.history()[0]

    @property
    def post(self) -> discord.Message:
        """The newest week's post."""
        return next(message for message in reversed(self.posts()) if "cheer" in ids_of(message))

    def came(self, words: str, to: Any = None) -> discord.Message:
        """The newest direct message with these words."""
        return next(message for message in reversed(self.dms_of(to or self.maya)) if words in words_of(message))

    async def about(self, told: str, verb: str, **form: str) -> Any:
        """Maya presses a button of what came with these words, and fills in the form that opens."""
        message = next(m for m in reversed(self.dms) if told in words_of(m) and verb in ids_of(m))
        result = self._seen(await self.maya.user.click(message, custom_id=ids_of(message)[verb]), self.maya)
        self.pressed.add((verb, self.maya.name))
        return self._seen(await self.submit(result, form), self.maya) if form else result

    # ------------------------------------------------------------- what holds

    async def all_press(self) -> None:
        """Everybody presses everything that has appeared so far: what is not theirs is refused and changes nothing."""
        self.look_around()
        for (verb, _), shown in self.shown.items():
            if verb == "quiet":  # whoever presses it is not written to any more
                continue
            before = await _forged.rows(self, *OF_WHO_PRESSES)
            for who in self.people:
                if who is not shown.owner and (verb, who.name) not in self.pressed:
                    result = await _forged.press(self, who, shown.custom_id, shown.values)
                    self._check(result, f"{verb} by {who.name}", own=shown.owner is None or verb in OWN_TO_ALL)
                    self.pressed.add((verb, who.name))
            assert await _forged.rows(self, *OF_WHO_PRESSES) == before, verb

    async def leave_nothing_unpressed(self) -> None:
        """Everybody presses what is theirs and was left alone so far; each gets words or a form."""
        for (verb, whose), shown in self.shown.items():
            if whose and (verb, whose) not in self.pressed:
                actor = next(who for who in self.people if who.name == whose)
                self._check(await _forged.press(self, actor, shown.custom_id, shown.values), verb, own=True)
                self.pressed.add((verb, whose))

    def _check(self, result: Any, about: str, *, own: bool) -> None:
        words, answers = _forged.told(result), _forged.answers(result)
        assert result.modal or answers or (own and result.acknowledged), about
        assert all(answer.ephemeral for answer in answers), about
        assert own or any(refusal in words for refusal in REFUSALS), f"{about}: {words}"

    async def open_ended(self) -> list[str]:
        """What was given or planned and has neither an end nor a date on which it is asked about."""
        tx = self.app.db.reading
        ideas = await tx.all("SELECT id, step FROM ideas WHERE next_at IS NULL")
        dated = await tx.all("SELECT idea_id FROM experiments WHERE phase = 'planned' AND ask_at IS NOT NULL")
        tried = {row["idea_id"] for row in dated}
        trials = await tx.all("SELECT what FROM experiments WHERE ended_at IS NULL AND ask_at IS NULL")
        return [row["step"] for row in ideas if row["step"] not in ENDS and row["id"] not in tried] + [
            row["what"] for row in trials
        ]
