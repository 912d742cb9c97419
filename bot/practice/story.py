"""The example: two weeks of Maya's search and of her friends' help. Names and words are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.exercise import CHECKIN
from bot.core.idea import Given, Sort, Step
from bot.core.search import Act
from bot.practice._simcord import Cast
from bot.usecases.search import Wish

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


@dataclass(frozen=True, slots=True)
class Asking:
    """Maya asks her friends for something, until she has it."""

    at: datetime
    words: str
    has_it: bool = False


@dataclass(frozen=True, slots=True)
class Giving:
    """A friend gives Maya an idea, or offers an introduction."""

    at: datetime
    friend: str
    sort: Sort
    given: Given


@dataclass(frozen=True, slots=True)
class Going:
    """Something that a friend gave takes a step, and Maya may say thanks for it."""

    at: datetime
    idea_id: int  # in the order in which they were given, from 1
    to: Step
    thanks: str = ""


@dataclass(frozen=True, slots=True)
class Logging:
    """A line in the log of Maya's search, and how it was for her."""

    at: datetime
    wish: Wish
    energy: str = ""


Scene = Answer | Posting | Cheer | Morning | Choosing | Asking | Giving | Going | Logging

ROBOTS = "Half an hour with somebody who designs for robots"

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
    Logging(
        _at("2026-11-12 17:50"),
        Wish(
            Act.APPLIED,
            "Lantern Maps",
            "Map Designer",
            link="https://jobs.example.com/lantern/map-designer",
            source="a newsletter",
            kind="remote",
        ),
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
    Logging(_at("2026-11-13 17:40"), Wish(Act.APPLIED, "Field & Note", "Product Designer", source="a job board")),
    Asking(_at("2026-11-15 17:40"), ROBOTS),
    Posting(
        _at("2026-11-15 18:00"),
        _at("2026-11-15 18:21"),
        "Three days at my mother's without a laptop, then two good ones. I would like to see robotics from the inside.",
    ),
    Cheer(_at("2026-11-15 18:40"), "Jonas", emoji="💪"),
    Cheer(_at("2026-11-15 19:05"), "Aisha", emoji="❤️"),
    Giving(
        _at("2026-11-15 19:06"),
        "Aisha",
        Sort.OFFER,
        Given(
            "My old flatmate Lena draws robot arms in Augsburg. I asked her: she is free on Tuesday.",
            "We shared a kitchen for three years.",
            through=True,
        ),
    ),
    Cheer(_at("2026-11-15 19:08"), "Aisha", words="Robots! I know just the person, and she draws like you."),
    Going(_at("2026-11-15 19:30"), 1, Step.ACCEPTED),
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
    Logging(
        _at("2026-11-16 17:43"),
        Wish(Act.APPLIED, "Harbour Hospital", "Interface Designer", source="a job board", kind="in an office"),
    ),
    Logging(
        _at("2026-11-16 17:45"),
        Wish(Act.APPLIED, "Canal Robotics", "Robot Interface Designer", source="their website", kind="in an office"),
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
    Asking(_at("2026-11-17 17:56"), ROBOTS, has_it=True),
    Going(_at("2026-11-17 17:58"), 1, Step.TALKED, "That hour with Lena was the best of my month. Thank you."),
    Logging(
        _at("2026-11-17 18:01"),
        Wish(Act.CONVERSATION, whom="Lena", words="We drew on the same sheet for an hour"),
        energy="1",
    ),
    Logging(
        _at("2026-11-17 18:04"),
        Wish(Act.APPLIED, "Armature", "Tool Designer", words="Lena's studio", source="a friend", origin="idea.1"),
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
    Logging(_at("2026-11-18 17:41"), Wish(Act.LOST, "Harbour Hospital", words="A form letter")),
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
    Logging(
        _at("2026-11-19 17:46"),
        Wish(Act.INTERVIEW, "Canal Robotics", whom="Mr Brandt", words="They showed me the workshop"),
        energy="1",
    ),
    Logging(_at("2026-11-19 17:48"), Wish(Act.APPLIED, "Quiet Machines", "UX Designer", source="a job board")),
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
    Logging(_at("2026-11-20 17:35"), Wish(Act.INTERVIEW, "Canal Robotics", whom="Ms Okafor"), energy="1"),
    Logging(
        _at("2026-11-20 17:36"),
        Wish(Act.INTERVIEW, "Canal Robotics", when="2026-11-24 10:00", whom="the whole team", words="Two stories"),
    ),
    Logging(_at("2026-11-20 17:38"), Wish(Act.APPLIED, "Moss & Motion", "Design Lead", source="a newsletter")),
    Giving(
        _at("2026-11-21 11:20"),
        "Jonas",
        Sort.IDEA,
        Given(
            "Draw together on purpose: the open workshop by the station has a drawing table on Wednesday evenings.",
            "You said alone at your desk it is only half of it.",
        ),
    ),
    Asking(_at("2026-11-22 17:10"), "An hour on Monday with a stern interviewer. I bring cake"),
    Choosing(NOW, "The studio invited me back for Tuesday."),
)
