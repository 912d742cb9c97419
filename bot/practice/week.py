"""The example: two weeks of Maya's search, told by the real use cases. Names and words are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.exercise import CHECKIN
from bot.core.journal import Visibility
from bot.core.people import Person, Space
from bot.practice._simcord import Cast, World
from bot.usecases import circle, journal, people, rhythm, rounds, summary
from bot.usecases.app import App

ZONE = ZoneInfo("Europe/Berlin")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


CAST = Cast(
    server="Maya's friends",
    channel="maya-and-friends",
    topic="How Maya's search goes, and what we can do",
    seeker="Maya",
    friends=("Jonas", "Aisha"),
    zone=ZONE.key,
    starts_at=_at("2026-10-12 10:04"),
    host="Jonas",
)
AWAY_UNTIL = "2026-11-12"
NOW = _at("2026-11-22 17:20")  # Sunday of the sixth week, before its evening


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of Maya's, twelve minutes or so after she was asked."""

    asked: datetime
    at: datetime
    words: Mapping[str, str]
    exercise: str = CHECKIN
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Posting:
    """Maya looks at her draft and posts it, with a few words above it."""

    asked: datetime
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Cheer:
    """A friend reacts to the newest post, or replies to it."""

    at: datetime
    friend: str
    emoji: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Morning:
    """A morning on which what is due goes out."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Choosing:
    """Maya prepares her week before the draft comes."""

    at: datetime
    words: str


Scene = Answer | Posting | Cheer | Morning | Choosing

STORY: tuple[Scene, ...] = (
    Answer(
        _at("2026-11-12 17:30"),
        _at("2026-11-12 17:48"),
        {
            "mood": "3",
            "energy": "5",
            "done": "Back at the desk. Rewrote the first page of my portfolio: one project instead of nine.",
            "next": "Show it to somebody who will be honest.",
        },
        numbers={"applications": 1},
    ),
    Answer(
        _at("2026-11-13 17:30"),
        _at("2026-11-13 17:36"),
        {
            "mood": "4",
            "energy": "6",
            "done": "Showed the page to Jonas. He asked what the one thing is that I want people to remember. "
            "Now the page begins with that.",
            "next": "Write to two people whose work I admire.",
        },
        numbers={"applications": 1, "conversations": 1},
    ),
    Posting(
        _at("2026-11-15 18:00"),
        _at("2026-11-15 18:21"),
        "Three days at my mother's without a laptop, then two good ones. I would like to see robotics from the "
        "inside: does anybody know somebody who designs for robots and has half an hour?",
    ),
    Cheer(_at("2026-11-15 18:40"), "Jonas", emoji="💪"),
    Cheer(_at("2026-11-15 19:05"), "Aisha", emoji="❤️"),
    Cheer(
        _at("2026-11-15 19:06"),
        "Aisha",
        words="My old flatmate Lena draws robot arms in Augsburg. I asked her: she is free on Tuesday.",
    ),
    Morning(_at("2026-11-16 09:00")),
    Answer(
        _at("2026-11-16 17:30"),
        _at("2026-11-16 17:41"),
        {
            "mood": "3",
            "energy": "5",
            "done": "Two applications out: the hospital software team, and the robotics studio by the canal.",
            "next": "Three questions for Lena.",
            "stuck": "My cover letters sound like somebody else.",
        },
        numbers={"applications": 2},
    ),
    Answer(
        _at("2026-11-17 17:30"),
        _at("2026-11-17 17:52"),
        {
            "mood": "4",
            "energy": "6",
            "done": "Talked with Lena. We drew on the same sheet for an hour, and she said my sketches look as if "
            "I had held the tool.",
            "next": "Send her the three pages she asked for.",
        },
        numbers={"applications": 1, "conversations": 1},
    ),
    Answer(
        _at("2026-11-18 17:30"),
        _at("2026-11-18 17:39"),
        {
            "mood": "2",
            "energy": "3",
            "done": "A no from the hospital team. Walked along the canal until it got dark.",
            "next": "Sleep first.",
            "stuck": "I keep reading the mail again.",
        },
        shared=False,
    ),
    Answer(
        _at("2026-11-18 19:00"),
        _at("2026-11-18 19:20"),
        {
            "activity": "Drawing with Lena, both of us on one sheet.",
            "engagement": "9",
            "energy": "8",
            "flow": "yes",
            "notice": "It is the drawing together. Alone at my desk it is only half of it.",
        },
        exercise="good-time",
    ),
    Answer(
        _at("2026-11-19 17:30"),
        _at("2026-11-19 17:44"),
        {
            "mood": "4",
            "energy": "7",
            "done": "First interview at the studio. They showed me the workshop, and I forgot to be nervous.",
            "next": "Write down what I liked there while I still know.",
        },
        numbers={"interviews": 1, "conversations": 1, "applications": 1},
    ),
    Answer(
        _at("2026-11-20 17:30"),
        _at("2026-11-20 17:33"),
        {
            "mood": "5",
            "energy": "9",
            "done": "Second interview, the same week. They want to see how I think, on Tuesday. Celebrated with soup.",
            "next": "Two stories for Tuesday, told aloud once.",
        },
        numbers={"interviews": 1, "conversations": 1, "applications": 1},
    ),
    Choosing(
        NOW,
        "The studio invited me back for Tuesday. If one of you has an hour on Monday to be a stern interviewer: "
        "I bring cake.",
    ),
)


def seeker(world: World) -> Person:
    """Maya, as the use cases know her."""
    return Person("discord", "", str(world.seeker.id))


def host(world: World) -> Person:
    """Jonas, who runs the bot for Maya and may ask it /host status."""
    return Person("discord", "", str(world.members[CAST.host].id))


async def live(app: App, world: World) -> None:
    """Let the two weeks happen up to Sunday afternoon: everything asked, answered, posted and cheered."""
    await _begin(app, world)
    for scene in STORY:
        match scene:
            case Answer():
                await _answer(app, world, scene)
            case Posting():
                await _post(app, world, scene)
            case Cheer():
                await _cheer(world, scene)
            case Morning(at):
                await until(app, world, at)
            case Choosing():
                await _choose(app, world, scene)


async def until(app: App, world: World, at: datetime) -> None:
    """Move the clock to an instant and let go out what is due by then."""
    await world.move_to(at)
    async with world.operation():
        await rounds.tick(app)


async def _begin(app: App, world: World) -> None:
    workspace = str(world.guild.id)
    who = seeker(world)
    async with world.operation():
        space = Space("discord", workspace, str(world.channel.id))
        await circle.set_up(app, space, CAST.channel)
        await people.start(app, who, CAST.seeker, people.Start(ZONE.key), [space])
        await rhythm.pause(app, who, AWAY_UNTIL)


async def _answer(app: App, world: World, scene: Answer) -> None:
    await until(app, world, scene.asked)
    await world.move_to(scene.at)
    who = seeker(world)
    async with world.operation():
        if scene.exercise == CHECKIN:
            kept = await journal.checkin(app, who, scene.words, dict(scene.numbers))
        else:
            kept = await journal.reflect(app, who, scene.exercise, scene.words)
        if scene.shared:
            await journal.share(app, who, kept.entry.id, Visibility.FRIENDS)


async def _post(app: App, world: World, scene: Posting) -> None:
    await until(app, world, scene.asked)
    week_id = await _choose(app, world, Choosing(scene.at, scene.words))
    async with world.operation():
        await summary.post(app, seeker(world), week_id)


async def _choose(app: App, world: World, scene: Choosing) -> int:
    await world.move_to(scene.at)
    who = seeker(world)
    async with world.operation():
        draft = await summary.draft(app, who)
        switches = {summary.NUMBERS, summary.MOOD}
        await summary.choose(app, who, draft.week.id, switches, switches)
        await summary.edit(app, who, draft.week.id, scene.words)
    return draft.week.id


async def _cheer(world: World, scene: Cheer) -> None:
    await world.move_to(scene.at)
    if scene.emoji:
        await world.react(scene.friend, scene.emoji)
    if scene.words:
        await world.reply(scene.friend, scene.words)
