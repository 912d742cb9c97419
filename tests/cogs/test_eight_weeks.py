"""The loop over eight weeks: one seeker, four friends, every button by every role, and an end to all that was given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import discord
import pytest

from bot.charts import Studio
from bot.config import Config
from bot.core.idea import ENDS
from tests.cogs import _forged
from tests.cogs.conftest import World, ids_of, words_of

ROBOTS = {"what": "Spend a day at a robotics lab", "why": "You take everything apart"}
QUESTION = "Would I like the pace there?"
LEARNED = "I liked the noise of it"
ALEX = {"what": "Alex, who leads a lab", "why": "We shared a flat", "through": "yes", "named": "no"}
REGRETTED = "Become a lion tamer"
CHOIR = "Sing in a choir"
WALK = "Walk along the river each morning"
HUSHED = "Move to the sea"
LONG = "A long day with many small steps, and every one of them counted. " * 6
OF_WHO_PRESSES = {"conversations", "consents", "deliveries", "friends", "people"}  # what accepting messages changes
OWN_TO_ALL = {"helpme", "quiet", "minepage", "ideaspage", "trustnobody"}  # whoever presses turns, or ends, their own
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
        self.shown: dict[str, Shown] = {}  # by verb
        self.pressed: set[tuple[str, str]] = set()  # which verb, by whom

    # ------------------------------------------------------------- what they do

    async def go(self, verb: str, *values: str, by: Any = None, words: dict[str, str] | None = None) -> Any:
        """Press the newest button (or pick in the newest menu) of that verb; fill in the form that opens."""
        who = by or self.maya
        self.look_around()
        shown = self.shown[verb]
        actor = who if getattr(shown.at, "message", shown.at).guild else who.user
        if shown.values is None:
            result = await actor.click(shown.at, custom_id=shown.custom_id)
        else:
            result = await actor.select(shown.at, list(values or shown.values), custom_id=shown.custom_id)
        self.pressed.add((verb, who.name))
        self._seen(result, who)
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
                self.shown[verb] = Shown(item.custom_id, options[:1] or None, owner, at or message)

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
        for verb, shown in self.shown.items():
            if verb == "quiet":  # whoever presses it is not written to any more
                continue
            before = await _forged.rows(self, *OF_WHO_PRESSES)
            for who in self.people:
                if who is not shown.owner and (verb, who.name) not in self.pressed:
                    result = await _forged.press(self, who, shown.custom_id, shown.values)
                    self._check(result, f"{verb} by {who.name}", own=shown.owner is None or verb in OWN_TO_ALL)
                    self.pressed.add((verb, who.name))
            assert await _forged.rows(self, *OF_WHO_PRESSES) == before, verb

    def _check(self, result: Any, about: str, *, own: bool) -> None:
        words, answers = _forged.told(result), _forged.answers(result)
        assert result.modal or answers, about
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


@pytest.fixture
async def journey(config: Config, studio: Studio) -> AsyncIterator[Journey]:
    """The running world of the five."""
    made = Journey(config, studio)
    await made.open()
    yield made
    await made.close()


async def first_week(journey: Journey) -> None:
    """Two friends accept messages; Maya asks for something, posts, and friends answer each in their way."""
    await journey.begin()
    for friend in (journey.jonas, journey.tom):
        await journey.go("writeme", by=friend)
    await journey.types(journey.maya, "ask set", words="Read my CV")
    for verb in ("keepnote", "keepcheckin", "letgo"):
        await journey.wait(minutes=20)
        await journey.maya.user.send_dm("A thought in between")
        await journey.go(verb)
    await journey.checkin(2, 1, mood="4", energy="7", done="Wrote two applications")
    await journey.week_goes_out(4, 1)
    assert "Read my CV" in words_of(journey.post)

    await journey.aisha.react(journey.post, "🎉")
    await journey.lena.send(journey.channel, "Go on like this", reply_to=journey.post)
    await journey.go("cheer", by=journey.jonas, words={"words": "Prod of you"})
    await journey.go("recheer", by=journey.jonas, words={"words": "Proud of you"})
    await journey.go("cheer", by=journey.tom, words={"words": "Oops"})
    await journey.go("uncheer", by=journey.tom)
    await journey.until(5, 9)
    digest = words_of(journey.prompt("readnote"))
    assert all(name in digest for name in ("Jonas", "Aisha", "Lena"))
    assert "Proud of you" in digest
    assert "Oops" not in digest
    await journey.go("readnote")
    await journey.go("thankcheer")
    [jonas] = [row["id"] for row in await journey.app.db.reading.all("SELECT id FROM people WHERE name = 'Jonas'")]
    await journey.submit(await journey.go("thankwhom", str(jonas)), {"words": "That carried me"})
    await journey.tick()
    assert "That carried me" in words_of(journey.dms_of(journey.jonas)[-1])


async def second_week(journey: Journey) -> None:
    """A heavy week; an idea, an offer, one that is taken back and two that are not for her."""
    await journey.checkin(9, 1, mood="1", energy="1", done="Nothing went well, and I went for a walk")
    await journey.week_goes_out(11, 1)
    assert "Nothing went well" in words_of(journey.post)

    await journey.go("idea", by=journey.jonas, words={"what": "A day at a lab"})
    await journey.go("reword", by=journey.jonas, words=ROBOTS)
    await journey.go("offer", by=journey.tom, words=ALEX)
    await journey.go("idea", by=journey.lena, words={"what": CHOIR})
    await journey.go("idea", by=journey.aisha, words={"what": HUSHED})
    await journey.go("idea", by=journey.aisha, words={"what": REGRETTED})
    await journey.until(12, 8, 30)
    assert REGRETTED in words_of(journey.came(REGRETTED))

    await journey.go("unidea", by=journey.aisha)
    await journey.tick()
    assert not [message for message in journey.dms if REGRETTED in words_of(message)]
    await journey.about(ALEX["what"], "yesplease")
    await journey.about(ROBOTS["what"], "keepidea")
    await journey.about(CHOIR, "notforme")
    await journey.go("decline", words={"words": "My voice says no, thank you"})
    await journey.about(HUSHED, "notforme")
    await journey.go("hush")


async def third_week(journey: Journey) -> None:
    """The idea becomes an experiment; the offer an introduction."""
    await journey.until(14, 12)
    await journey.about(ROBOTS["what"], "tryidea", on="22 January", question=QUESTION)
    await journey.about(ALEX["what"], "introduced")
    await journey.types(journey.maya, "ideas list")
    await journey.go("openidea")
    await journey.checkin(16, 1, mood="3", energy="5", done="Called the lab")
    await journey.until(18, 18)
    await journey.go("skipweek")
    await journey.go("ask", words={"words": "A walk on Friday"})
    await journey.go("post")
    await journey.go("idea", by=journey.jonas, words={"what": WALK, "why": LONG * 2})
    await journey.tick()
    await journey.about(WALK, "readidea")


async def fourth_week(journey: Journey) -> None:
    """On its day she is asked whether it happened, and says what she learned."""
    await journey.until(22, 9)
    assert QUESTION in words_of(journey.prompt("happened"))
    await journey.go("happened", words={"learned": LEARNED})
    await journey.go("askopen")
    await journey.go("askchange", words={"words": "Read my letter"})
    await journey.go("askclose")
    await journey.about(WALK, "tryidea", on="27 January", question="Does it help?", what=LONG * 2)
    await journey.checkin(23, 1, mood="5", energy="9", done="A day at the lab")
    await journey.week_goes_out(25, 1)
    told = _forged.told(await journey.types(journey.jonas, "circle mine"))
    assert "learned from it" in told
    assert LEARNED not in told
    await journey.go("openmine", by=journey.jonas)


async def fifth_week(journey: Journey) -> None:
    """She has talked to the friend of a friend, and says thanks for it; a day of rest."""
    await journey.until(27, 9)
    await journey.go("readtrial")
    await journey.go("notyet", words={"on": "28 January"})
    await journey.until(28, 12)
    await journey.go("dropit")
    await journey.about(ALEX["what"], "talked")
    await journey.about(ALEX["what"], "thank", words="Alex was kind")
    await journey.tick()
    assert "Alex was kind" in words_of(journey.came("Alex was kind", journey.tom))
    for day, verb in ((28, "skip"), (30, "rest")):
        await journey.until(day, 17, 30)
        await journey.go("nottoday")
        await journey.go(verb)
    await journey.until(1, 18, month=2)
    await journey.go("edit", words={"words": "I rested, and that was right"})
    await journey.go("look")
    await journey.go("post")
    await journey.go("takedown")
    await journey.go("post")


async def sixth_week(journey: Journey) -> None:
    """Silence: she is asked how she is, lets Jonas know, and takes a pause, in which nothing is asked."""
    await journey.types(journey.maya, "rhythm silence", days=3)
    await journey.types(journey.maya, "rhythm trusted", friend=journey.jonas.user)
    await journey.until(4, 17, 30, month=2)
    await journey.until(8, 9, month=2)
    await journey.go("carepause")
    await journey.go("letknow")
    await journey.go("letword", words={"words": "I could use a walk"})
    await journey.go("letsend")
    await journey.tick()
    assert "I could use a walk" in words_of(journey.dms_of(journey.jonas)[-1])
    assert "I could use a walk" not in "".join(words_of(message) for message in journey.channel.history())
    await journey.go("pausefor")
    before = len(journey.dms)
    await journey.until(8, 20, month=2)
    assert len(journey.dms) == before


async def seventh_week(journey: Journey) -> None:
    """One friend wants no more messages and another leaves the server; the loop goes on."""
    await journey.types(journey.maya, "rhythm resume")
    await journey.types(journey.maya, "rhythm set", posting="itself")
    await journey.go("quiet", by=journey.tom)
    await journey.until(11, 17, 30, month=2)
    await journey.maya.user.send_dm("A plain answer")
    await journey.go("rate", "3")
    await journey.until(13, 17, 30, month=2)
    await journey.go("later")
    await journey.go("snooze")
    await journey.until(13, 17, 50, month=2)
    await journey.go("answer", words={"mood": "4", "energy": "6", "done": LONG})
    await journey.go("numbers", words={"applications": "many"})
    await journey.go("tryagain", words={"applications": "2"})
    await journey.go("change", words={"done": LONG * 2})
    await journey.go("readall")
    await journey.go("share")
    await journey.go("hide")
    await journey.until(15, 18, month=2)
    await journey.go("choose")
    await journey.go("chosen", "numbers", "mood")
    await journey.go("readdraft")
    await journey.go("stop")
    await journey.go("post")
    await journey.go("cheer", by=journey.lena, words={"words": "Nearly there"})


WEEKS = (first_week, second_week, third_week, fourth_week, fifth_week, sixth_week, seventh_week)


async def test_an_idea_of_week_two_is_tried_learned_from_and_thanked_at_landing(journey: Journey) -> None:
    for week in WEEKS:
        await week(journey)
        await journey.all_press()
        assert await journey.open_ended() == [], week.__name__
