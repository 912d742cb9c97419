"""The loop over eight weeks: one seeker, four friends, every button by every role, and an end to all that was given."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.charts import Studio
from bot.config import Config
from cogs._press import PRESSES
from tests.cogs import _forged
from tests.cogs._journey import Journey
from tests.cogs.conftest import words_of

ROBOTS = {"what": "Spend a day at a robotics lab", "why": "You take everything apart"}
QUESTION = "Would I like the pace there?"
LEARNED = "I liked the noise of it"
ALEX = {"what": "Alex, who leads a lab", "why": "We shared a flat", "through": "yes", "named": "no"}
REGRETTED = "Become a lion tamer"
CHOIR = "Sing in a choir"
WALK = "Walk along the river each morning"
HUSHED = "Move to the sea"
LONG = "A long day with many small steps, and every one of them counted. " * 6
# Of several seekers, long lists and long weeks, deleted messages and erasing; of hosts, and of posts of old.
NOT_IN_THESE_WEEKS = {
    "cheerto", "cheerwhom", "ideato", "ideawhom", "offerto", "offerwhom", "readof", "readwhom", "uninvite",
    "minepage", "landthankwhom", "onlywhich", "readend", "readweek",
    "forget", "spare", "erase", "status", "say",
}  # fmt: skip

OF_THE_SEARCH = {  # which is told in test_six_months
    "appedit", "appevent", "applost", "appmove", "appnote", "appopen", "apppage", "appplace", "appread", "appstep",
    "appundo", "boardpage", "felt", "followdone", "followin", "followlater", "followlost", "follownext", "follownot",
    "followon", "followstop", "importcolumns", "importdays", "importdo", "importholds", "importlook", "importmeans",
    "importnot", "importopen", "importquiet", "importstages", "logback", "logday", "logfrom", "logit", "logmore",
    "lognot", "logown", "logwhen", "logwhich", "unlog",
}  # fmt: skip


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
    await journey.types(journey.maya, "help")
    await journey.go("helpon")
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
    await journey.types(journey.lena, "cheer")
    await journey.go("cheeron", by=journey.lena, words={"words": "I think of you"})
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
    await journey.go("editpart")
    await journey.go("editwhich", words={"done": "A slow walk"})
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
    await journey.go("onlyfor")
    await journey.go("onlyto")
    await journey.until(15, 18, month=2)
    await journey.go("choose")
    await journey.go("chosen", "numbers", "mood")
    await journey.go("readdraft")
    await journey.go("stop")
    await journey.go("post")
    await journey.go("cheer", by=journey.lena, words={"words": "Nearly there"})


async def look_back(journey: Journey) -> None:
    """She turns the pages of what she was given, plans one more thing, and looks at where each led."""
    await journey.types(journey.maya, "ideas list")
    await journey.go("settledpage")
    await journey.go("ideaspage")
    form = await journey.types(journey.maya, "experiment new")
    await journey.submit(form, {"what": "Draw the lab", "on": "1 March"}, by=journey.maya)
    await journey.types(journey.maya, "ideas trail")
    await journey.go("trailpage")
    await journey.go("trailtext")


async def eighth_week(journey: Journey) -> None:
    """She lands: the closing post thanks by name as she confirmed it, and the story has the turning points."""
    await journey.until(18, 12, month=2)
    await look_back(journey)
    told = await journey.types(journey.maya, "landed")
    form = await journey.maya.click(told.response.message, custom_id="landas:landed")
    journey.pressed.add(("landas", journey.maya.name))
    [lab] = await journey.app.db.reading.all("SELECT idea_id FROM experiments WHERE phase = 'learned'")
    await journey.submit(form, {"words": "I start at the lab in March", "idea": str(lab["idea_id"])}, by=journey.maya)
    await journey.tick()
    await journey.go("landlines")
    await journey.go("lineok")
    await journey.go("linesay", words={"words": "for singing with me"})
    await journey.go("linesok")
    await journey.go("mystory")
    await journey.go("landchoose")
    await journey.go("landchosen")
    await journey.go("landlook")
    await journey.go("landpost")
    await journey.go("landtake")
    await journey.go("landedit", words={"words": "I start at the lab in March"})
    await journey.go("landpost")
    await journey.tick()

    closing = words_of(journey.posts()[-1])
    assert "I start at the lab in March" in closing
    assert f"**Jonas**, for the idea that led here, “{ROBOTS['what']}”" in closing
    assert REGRETTED not in closing
    assert LEARNED not in closing
    assert "**Tom**" not in closing  # who did not wish the circle to know
    await journey.go("cheer", by=journey.lena, words={"words": "I knew it"})
    story = await journey.types(journey.maya, "story export", private=True)
    [file] = _forged.answers(story)[0].message.attachments
    text = (await file.read()).decode()
    assert "## January 2026" in text
    assert all(words in text for words in (LEARNED, ROBOTS["what"], "I start at the lab in March"))
    assert REGRETTED not in text


WEEKS = (first_week, second_week, third_week, fourth_week, fifth_week, sixth_week, seventh_week, eighth_week)


async def test_an_idea_of_week_two_is_tried_learned_from_and_thanked_at_landing(journey: Journey) -> None:
    for week in WEEKS:
        await week(journey)
        await journey.all_press()
        assert await journey.open_ended() == [], week.__name__
    await journey.leave_nothing_unpressed()

    shown = {verb for verb, _ in journey.shown}
    assert set(PRESSES) - shown == NOT_IN_THESE_WEEKS | OF_THE_SEARCH
    assert {(verb, who.name) for verb in shown for who in journey.people} == journey.pressed
