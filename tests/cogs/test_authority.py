"""Nobody can act for another: forged presses, forms and commands are refused in words, and nothing is changed."""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from bot.core.care import Became
from bot.core.landing import Sort
from bot.core.people import Person
from bot.store import care
from bot.usecases import landing
from cogs._forms import FORMS
from cogs._press import PRESSES, REFS
from tests.cogs import _forged
from tests.cogs.conftest import ZONE, World, ids_of, said, words_of

LONG = "A long day with many small steps, and every one of them counted. " * 6

# What each button of a seeker's would do, forged by somebody else. A new verb belongs here or below.
OWN_PRESSES = {
    **dict.fromkeys(("answer", "later", "nottoday", "rest", "skip"), "{prompt}"),
    "snooze": "{prompt}.1h",
    **dict.fromkeys(("change", "numbers", "share", "hide", "readall", "spare"), "{entry}"),
    "rate": "{entry}.energy.3",
    "forget": "{entry}.{part}",
    **dict.fromkeys(("keepnote", "keepcheckin", "letgo"), "{stray}"),
    "tryagain": "{refused}",
    **dict.fromkeys(("post", "edit", "choose", "chosen", "look", "readdraft"), "{week}"),
    **dict.fromkeys(("skipweek", "stop", "takedown"), "{week}"),
    "readnote": "{note}",
    "ask": "{week}",
    **dict.fromkeys(("onlysome", "onlywhich"), "{week}"),
    "onlyfor": "{entry}",
    "onlyto": "{entry}.0",
    **dict.fromkeys(("askopen", "askclose", "askchange"), "{asked}"),
    **dict.fromkeys(("recheer", "uncheer"), "{cheer}"),
    **dict.fromkeys(("keepidea", "yesplease", "introduced", "talked", "notforme", "readidea", "hush"), "{idea}"),
    **dict.fromkeys(("reword", "unidea", "intouch", "fellthrough"), "{gift}"),
    "tryidea": "{idea}",
    **dict.fromkeys(("happened", "notyet", "readtrial", "dropit"), "{trial}"),
    **dict.fromkeys(("openidea", "openmine"), "0"),
    **dict.fromkeys(("thank", "decline"), "{idea}"),
    **dict.fromkeys(("thankcheer", "thankwhom"), "{note}"),
    **dict.fromkeys(("carefine", "carepause", "lighten", "letknow", "letsend", "letword", "letbe"), "{silence}"),
    "pausefor": "{silence}.7",
    **dict.fromkeys(("landlook", "landchoose", "landchosen", "landedit", "landthank", "landthankwhom"), "{landing}"),
    **dict.fromkeys(("landpost", "landtake", "landkeep", "landgoon"), "{landing}"),
    "landlines": "{landing}.0",
    **dict.fromkeys(("lineok", "lineout"), "{line}.{mark}"),
    "linesay": "{line}",
    "linesok": "{landing}.0.{mark}",
    "erase": "{person}",
}
OWN_FORMS = {
    "answered": "{prompt}",
    "letworded": "{silence}",
    "changed": "{entry}",
    "numbered": "{entry}",
    "worded": "{week}",
    "asked": "{week}",
    "askchanged": "{asked}",
    "recheered": "{cheer}",
    **dict.fromkeys(("thanked", "declined"), "{idea}"),
    "cheerthanked": "{note}.2",
    "reworded": "{gift}",
    "trying": "{idea}",
    **dict.fromkeys(("moved", "learned"), "{trial}"),
    "landworded": "{landing}",
    "linesaid": "{line}.{mark}",
    "helperthanked": "{landing}.2",
}
# What is one's own: whoever presses turns, or clears, theirs.
PAGES = {
    **dict.fromkeys(("ideaspage", "settledpage", "minepage", "trailpage", "trailtext", "trustnobody"), "0"),
    "uninvite": "me",
    "helpon": "week",
}
# What anybody who sees it may press, told in words where it is the host's; forms that only ever keep one's own.
FOR_ALL = {
    **dict.fromkeys(("say", "cheer", "cheeron", "idea", "offer", "readweek", "helpme", "status"), "{post}"),
    **dict.fromkeys(("cheerwhom", "ideawhom", "offerwhom", "readwhom"), "{post}"),
    **dict.fromkeys(("cheerto", "ideato", "offerto", "readof"), "{post}"),
    **dict.fromkeys(("writeme", "quiet"), "me"),
    "readend": "{post}",
    "landas": "landed",
}
OF_WHO_PRESSES = {"conversations", "consents", "deliveries", "friends", "people"}  # what accepting messages changes
FORMS_FOR_ALL = {
    "said",
    "cheered",
    "ideagiven",
    "offergiven",
    "ideafor",
    "offerfor",
    "checkedin",
    "reflected",
    "planned",
    "landing",
}
CHECKIN = {"mood": "1", "done": "Forged"}
WORDS = {
    "answered": CHECKIN,
    "changed": CHECKIN,
    "checkedin": CHECKIN,
    "numbered": {"applications": "7"},
    "worded": {"words": "Forged"},
    "said": {"words": "Forged"},
    "cheered": {"words": "Forged"},
    "recheered": {"words": "Forged"},
    "asked": {"words": "Forged"},
    "letworded": {"words": "Forged"},
    **{verb: {"words": "Forged", "way": "1"} for verb in ("thanked", "declined", "cheerthanked")},
    "askchanged": {"words": "Forged"},
    **{key: {"what": "Forged", "on": "friday"} for key in ("trying", "planned")},
    "moved": {"on": "friday"},
    "learned": {"learned": "Forged"},
    "reflected": {"energy": "Forged"},
    **{verb: {"words": "Forged"} for verb in ("landing", "landworded", "linesaid", "helperthanked")},
    **{verb: {"what": "Forged"} for verb in ("ideagiven", "offergiven", "ideafor", "offerfor", "reworded")},
}


@dataclass(frozen=True, slots=True)
class Refs:
    """What Maya's buttons point to."""

    prompt: str
    entry: str
    part: str
    stray: str
    refused: str
    week: str
    post: str
    note: str
    asked: str
    person: str
    cheer: str
    idea: str  # given to Maya
    gift: str  # an idea of hers for Aisha
    trial: str
    silence: str
    landing: str
    line: str  # of thanks to Jonas
    mark: str


async def lived(world: World) -> Refs:
    """A week of Maya's with one of everything; Aisha is a seeker as well, Jonas is not."""
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=LONG)
    await world.press(world.prompt("share"), "share")
    await world.submit(await world.press(world.prompt("numbers"), "numbers"), {"hours": "many"})
    refused = ids_of(world.dm)["tryagain"]
    await world.maya.user.send_dm("A thought in between")
    stray = ids_of(world.dm)["keepnote"]
    await world.until(4, 18)
    week = ids_of(world.dm)["post"]
    await world.press(world.dm, "post")
    post = world.posts()[0]
    await world.jonas.react(post, "🎉")
    await world.maya.slash(world.channel, "ask set", words="Read my CV")
    async with world.app.db.writing() as tx:
        await tx.run("UPDATE asks SET next_at = '2026-01-05T08:00:00.000+00:00'")
    await world.until(5, 9)
    note, asked = ids_of(world.prompt("readnote"))["readnote"], ids_of(world.prompt("askopen"))["askopen"]
    await world.until(5, 17, 30)
    prompt = ids_of(world.dm)["answer"]
    await world.until(6, 17, 30)
    told = await world.maya.user.send_dm("A plain answer")
    entry = ids_of(world.dm)["rate"].partition(":")[2].partition(".")[0]
    await world.aisha.slash(world.channel, "start", zone=ZONE)
    cheer, idea = await cheered(world), await gave(world, world.jonas, "Maya")
    gift = await gave(world, world.maya, "Aisha")
    trial = await planned(world)
    async with world.app.db.writing() as tx:
        silence = await care.begin(tx, 1, world.now)
        await care.answer(tx, silence, Became.FINE)
    turned = (await landing.land(world.app, Person("discord", "", str(world.maya.id)), Sort.CHANGED, "", None)).draft
    thanks = next(line for line in turned.lines if line.friend == "Jonas")
    tail = [i.partition(":")[2] for i in (prompt, stray, refused, week, ids_of(post)["cheer"], note, asked)]
    return Refs(
        tail[0],
        entry,
        f"{told.channel.id}/{told.id}",
        *tail[1:],
        person="1",
        cheer=cheer,
        idea=idea,
        gift=gift,
        trial=trial,
        silence=str(silence),
        landing=str(turned.landing.id),
        line=f"{turned.landing.id}.{thanks.friend_id}.0",
        mark=thanks.mark,
    )


async def cheered(world: World) -> str:
    """Maya cheers Aisha on; the number of that."""
    shown = await world.maya.slash(world.channel, "cheer", who="Aisha")
    given = await world.submit(shown, {"words": "You too"}, by=world.maya)
    ids = [ids_of(answer.message).get("recheer", "") for answer in _forged.answers(given)]
    return "".join(ids).partition(":")[2]


async def planned(world: World) -> str:
    """Maya plans something of her own; the number of that."""
    shown = await world.maya.slash(world.channel, "experiment new")
    made = await world.submit(shown, {"what": "A walk"}, by=world.maya)
    return next(ids_of(a.message)["dropit"] for a in _forged.answers(made)).partition(":")[2]


async def gave(world: World, friend: Any, who: str) -> str:
    """Somebody gives an idea; the number of that."""
    shown = await friend.slash(world.channel, "idea", who=who)
    given = await world.submit(shown, {"what": "Teach a class"}, by=friend)
    return next(ids_of(a.message)["reword"] for a in _forged.answers(given)).partition(":")[2]


def values_for(verb: str, refs: Refs) -> list[str] | None:
    picked = {
        "chosen": [refs.entry, "mood", "numbers"],
        "onlywhich": [refs.entry],
        "onlyto": ["2"],
        "openidea": [refs.idea],
        "thankwhom": ["2"],
        "landthankwhom": ["2"],
        "landchosen": ["mood"],
        "openmine": [refs.gift],
    }
    return picked.get(verb)


async def test_every_verb_says_who_may_use_it(world: World) -> None:
    assert world.bot.cogs
    assert set(OWN_PRESSES) | set(FOR_ALL) | set(PAGES) == set(PRESSES)
    assert set(OWN_FORMS) | FORMS_FOR_ALL == set(FORMS)
    assert set(PRESSES) | set(FORMS) == set(REFS)


async def test_a_forged_press_is_refused_in_words_and_changes_nothing(world: World) -> None:
    refs = await lived(world)
    before, shown = await _forged.rows(world), [words_of(message) for message in world.dms]

    for friend, verb in itertools.product((world.jonas, world.aisha), OWN_PRESSES):
        custom_id = f"{verb}:{OWN_PRESSES[verb].format(**asdict(refs))}"
        result = await _forged.press(world, friend, custom_id, values_for(verb, refs))

        refused(result, f"{verb} by {friend.name}", seeker=friend is world.aisha)
        assert await _forged.rows(world) == before, verb
    assert [words_of(message) for message in world.dms] == shown


async def test_the_same_presses_by_their_owner_do_something(world: World) -> None:
    refs = await lived(world)
    told = []
    for verb in OWN_PRESSES:
        if verb in ("erase", "forget"):
            continue
        custom_id = f"{verb}:{OWN_PRESSES[verb].format(**asdict(refs))}"
        result = await _forged.press(world, world.maya.user, custom_id, values_for(verb, refs))
        told.append(_forged.told(result))
    assert not [words for words in told if "somebody else" in words or "another version" in words]


async def test_a_forged_form_is_refused_in_words_and_changes_nothing_of_its_owner(world: World) -> None:
    refs = await lived(world)
    held = set((await _forged.rows(world))["held"])
    before, shown = await _forged.rows(world, "held", "people"), [words_of(message) for message in world.dms]

    for friend, verb in itertools.product((world.jonas, world.aisha), OWN_FORMS):
        custom_id = f"{verb}:{OWN_FORMS[verb].format(**asdict(refs))}"
        result = await _forged.submit(world, friend, custom_id, WORDS[verb])

        refused(result, f"{verb} by {friend.name}", seeker=friend is world.aisha)
        assert await _forged.rows(world, "held", "people") == before, verb
        assert held <= set((await _forged.rows(world))["held"]), verb
    assert [words_of(message) for message in world.dms] == shown


def refused(result: Any, about: str, *, seeker: bool) -> None:
    words = _forged.told(result)
    assert result.modal is None, about
    assert "somebody else" in words or (not seeker and "not started" in words), f"{about}: {words!r}"
    assert all(answer.ephemeral for answer in _forged.answers(result)), about


async def test_what_is_for_all_shows_friends_only_what_stands_in_the_channel(world: World) -> None:
    refs = await lived(world)
    before = await _forged.rows(world, *OF_WHO_PRESSES)

    for verb, ref in FOR_ALL.items():
        result = await _forged.press(world, world.jonas, f"{verb}:{ref.format(post=refs.post)}")

        shown = _forged.answers(result)
        assert result.modal or (shown and all(answer.ephemeral for answer in shown)), verb
        assert "A thought in between" not in _forged.told(result)
        assert "A plain answer" not in _forged.told(result)
        assert await _forged.rows(world, *OF_WHO_PRESSES) == before, verb


async def test_what_a_friend_says_is_kept_as_theirs_alone(world: World) -> None:
    refs = await lived(world)
    mine = ("words", "notes", "deliveries")
    before = await _forged.rows(world, *mine)

    await _forged.submit(world, world.jonas, f"said:{refs.post}", {"words": "Well walked"})

    assert await _forged.rows(world, *mine) == before
    assert "Well walked" in str((await _forged.rows(world))["words"])


@pytest.mark.parametrize(
    ("custom_id", "words"), [("checkedin:checkin", CHECKIN), ("reflected:looking-back", {"energy": "Forged"})]
)
async def test_a_friends_own_form_keeps_something_of_theirs_alone(
    world: World, custom_id: str, words: dict[str, str]
) -> None:
    await lived(world)
    before = await _forged.rows(world, "entries")

    await _forged.submit(world, world.aisha, custom_id, words)

    after = await _forged.rows(world)
    assert {table: found for table, found in after.items() if table != "entries"} == before
    aisha = next(row[0] for row in after["people"] if "Aisha" in row)
    assert [row[1] for row in after["entries"] if "Forged" in str(row)] == [aisha]


GARBAGE = ("nope", "999", "1.2.3.4", "1.energy.x", "-1", "../..", "٣", "9" * 40, "", "a b")


async def test_a_garbled_ref_is_told_in_words_and_changes_nothing(world: World) -> None:
    await lived(world)
    before = await _forged.rows(world)

    for verb in PRESSES:
        for ref in GARBAGE:
            if verb in PAGES and ref == "999":
                continue  # a page like any other: the last
            values = ["999", "x"] if verb == "chosen" else None
            told_in_words(await _forged.press(world, world.maya.user, f"{verb}:{ref}", values), f"{verb}:{ref}")
        assert await _forged.rows(world) == before, verb


async def test_a_garbled_form_is_told_in_words_and_changes_nothing(world: World) -> None:
    await lived(world)
    before = await _forged.rows(world, "held")

    for verb in FORMS:
        for ref in GARBAGE:
            told_in_words(await _forged.submit(world, world.maya.user, f"{verb}:{ref}", WORDS[verb]), f"{verb}:{ref}")
        assert await _forged.rows(world, "held") == before, verb


def told_in_words(result: Any, about: str) -> None:
    words = _forged.told(result)
    assert words, about
    assert "went wrong" not in words, about


@pytest.mark.parametrize("custom_id", ["juggle:5", "answered:5", "answer", ":", "POST:1", "🎉", "post:1:2", "x" * 100])
async def test_a_button_of_another_version_gets_words(world: World, custom_id: str) -> None:
    await world.begin()

    pressed = await _forged.press(world, world.maya, custom_id)
    sent = await _forged.submit(world, world.maya, f"{custom_id}:1", {"words": "Hello"})

    assert "another version" in _forged.told(pressed)
    assert all(answer.ephemeral for answer in _forged.answers(pressed))
    assert "another version" in _forged.told(sent)


async def test_words_that_wait_open_only_what_they_wait_for(world: World) -> None:
    refs = await lived(world)
    before = await _forged.rows(world)

    again = await _forged.press(world, world.maya.user, f"tryagain:{refs.stray}")
    note = await _forged.press(world, world.maya.user, f"keepnote:{refs.refused}")

    told_in_words(again, "try again with a stray message")
    told_in_words(note, "a note of a refused form")
    assert await _forged.rows(world) == before


@pytest.mark.parametrize("name", ["circle setup", "circle remove", "circle move"])
async def test_a_member_who_may_not_manage_the_server_cannot_touch_circles(world: World, name: str) -> None:
    await world.begin(circle=name != "circle setup")
    if name != "circle setup":
        assert len((await _forged.rows(world))["circles"]) == 1
    before = await _forged.rows(world)
    standing = [words_of(message) for message in world.channel.history()]

    to = {"to": world.guild.create_text_channel("elsewhere")} if name == "circle move" else {}
    result = await _forged.command(world, world.jonas, name, channel=world.channel, **to)

    assert "Manage Server" in said(result)
    assert result.ephemeral
    assert await _forged.rows(world) == before
    assert [words_of(message) for message in world.channel.history()] == standing


async def test_forged_presses_are_refused_after_a_restart_too(world: World) -> None:
    refs = await lived(world)
    await world.restart()
    before = await _forged.rows(world)

    result = await _forged.press(world, world.aisha, f"takedown:{refs.week}")

    refused(result, "takedown", seeker=True)
    assert await _forged.rows(world) == before
    assert len(world.posts()) == 1
