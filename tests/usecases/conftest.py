"""The use cases without any chat platform: a second Face, on paper, whose answers a test can write beforehand."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import bootstrap, exercises
from bot.charts import Picture, Studio
from bot.config import Config
from bot.core.alert import Alert
from bot.core.conversations import Answer, History
from bot.core.delivery import CannotTell, Delivery, Later, Outcome, Sent, Unknown, Unreachable
from bot.core.funnel import FunnelCard
from bot.core.journal import Prompt
from bot.core.landing import JourneyCard
from bot.core.people import Person, Post, Profile, Said, Space
from bot.core.summary import Summary
from bot.core.trail import TrailCard
from bot.core.week_card import WeekCard
from bot.store import backup
from bot.store.db import open_database
from bot.store.delivery import get
from bot.usecases import circle, people, rounds, summary
from bot.usecases.app import App, Thing
from bot.usecases.pace import Pace
from bot.usecases.people import Start
from bot.usecases.tried import Tried
from tests._database import lay, quick_folder

PAPER = "paper"
ZONE = "Europe/Berlin"
MAYA = Person(PAPER, "", "maya")
SAM = Person(PAPER, "", "sam")  # who hosts, where somebody does
CHANNEL = Space(PAPER, "friends", "maya-and-friends")

ARRIVES_UNHEARD = "it stands there, and the answer is lost"
LOST = "it never arrives, and the answer is lost"
Reply = Outcome | CannotTell | Exception | str


async def _nothing() -> None: ...


@dataclass
class Sheet:
    """One message that stands on paper."""

    key: str
    to: Person | Space
    what: Thing
    said: list[Thing] = field(default_factory=list[Thing])  # all that it ever said


class Paper:
    """A Face in memory. `replies` answers the next sends, `looks` the next searches, `edits` the next revisions."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[tuple[str, Person | Space], tuple[datetime, Post]] = {}  # keys, and when they came first
        self.sheets: dict[Post, Sheet] = {}
        self.calls: list[tuple[str, str]] = []  # (what was asked, of which message)
        self.replies: deque[Reply] = deque()
        self.looks: deque[CannotTell | Exception] = deque()
        self.edits: deque[Outcome | Exception] = deque()
        self.refuses: dict[str, Reply] = {}  # by the id of the person or space
        self.while_looking: Callable[[], None] = lambda: None
        self.said: list[Said] = []  # what people wrote, oldest first
        self.answers: dict[str, Answer] = {}  # by key
        self.while_reading: Callable[[], None] = lambda: None
        self.while_revising: Callable[[], Awaitable[None]] = _nothing
        self.unreadable = self.mute = False
        self.gate: asyncio.Event | None = None  # while it is unset, nothing is sent
        self.knocked = asyncio.Event()  # a send has come to the gate, or hangs
        self.silent = False  # no answer ever comes
        self.hangs: set[str] = set()  # persons and spaces whose messages wait for `moved`
        self.moved = asyncio.Event()
        self._stood = asyncio.Event()

    remembers = timedelta(minutes=1)

    async def deliver(self, key: str, to: Person | Space, what: Thing, channel: str = "") -> Outcome:
        self.calls.append(("deliver", key))
        if self.gate:
            self.knocked.set()
            await self.gate.wait()
        while to.id in self.hangs:
            self.knocked.set()
            await self.moved.wait()
        reply = self.refuses.get(to.id) or (self.replies.popleft() if self.replies else None)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Later | Unreachable | Unknown):
            return reply
        if reply == LOST:
            return await self._unheard(LOST)
        post = self._placed(key, to, what)
        if reply == ARRIVES_UNHEARD or self.silent:
            return await self._unheard(ARRIVES_UNHEARD)
        return Sent(post if post in self.sheets else None)

    async def _unheard(self, why: str) -> Unknown:
        if self.silent:
            self.knocked.set()
            await asyncio.Event().wait()
        return Unknown(why)

    def _placed(self, key: str, to: Person | Space, what: Thing) -> Post:
        """The message of a key: the one that stands, or stood, already while the key is remembered; else a new one."""
        at, post = self._known.get((key, to), (None, None))
        if at and post and self._now() - at < self.remembers:
            return post
        post = Post(PAPER, to.workspace, to.id, str(len(self.calls)))
        self._known[key, to] = (self._now(), post)
        self.sheets[post] = Sheet(key, to, what, [what])
        self._stood.set()
        return post

    async def written(
        self, to: Person | Space, channel: str, after: str, since: datetime | None = None
    ) -> History | None:
        self.calls.append(("written", channel))
        self.while_reading()
        if self.unreadable:
            return None
        return History([said for said in self.said if said.post.channel == channel and _is_behind(said, after, since)])

    async def answer(self, key: str, to: Person, channel: str, what: Answer) -> Outcome:
        self.calls.append(("answer", key))
        if self.mute:
            return Unknown(LOST)
        self.answers[key] = what
        return Sent(Post(PAPER, "", channel, str(len(self.calls))))

    def says(self, who: Person, text: str, at: datetime, reply_to: str = "") -> Said:
        """Somebody writes to the bot, below all that stands there."""
        self.calls.append(("says", text))
        post = Post(PAPER, "", who.id, str(len(self.calls)))
        self.said.append(Said(post, who, who.id.title(), text, at, reply_to))
        return self.said[-1]

    async def find(self, key: str, to: Person | Space, since: datetime, channel: str = "") -> Post | CannotTell | None:
        self.calls.append(("find", key))
        self.while_looking()
        if self.looks:
            answer = self.looks.popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        if key in self.answers:
            return Post(PAPER, "", channel, key)
        return next((post for post, sheet in self.sheets.items() if (sheet.key, sheet.to) == (key, to)), None)

    async def revise(self, post: Post, what: Thing) -> Outcome:
        self.calls.append(("revise", post.id))
        await self.while_revising()
        reply = self.edits.popleft() if self.edits else Sent(post)
        if isinstance(reply, Exception):
            raise reply
        if post not in self.sheets:
            return Unreachable("the message was deleted", gone=True)
        if isinstance(reply, Sent):
            self.sheets[post].what = what
            self.sheets[post].said.append(what)
        return reply

    async def retract(self, post: Post) -> Outcome:
        self.calls.append(("retract", post.id))
        if self.silent:
            await self._unheard(LOST)
        reply = self.edits.popleft() if self.edits else Sent(post)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Sent):
            self.sheets.pop(post, None)
        return reply

    async def profile(self, who: Person) -> Profile | None:
        return Profile(who.id)

    async def reactions(self, post: Post) -> Sequence[tuple[Person, str, str]] | None:
        self.calls.append(("reactions", post.id))
        return () if post in self.sheets else None

    def messages(self, summary: Summary) -> int:
        return 2 if len(summary.words) > 100 else 1

    async def stands(self, to: Person | Space, count: int) -> None:
        """Wait until so many messages stand in one place."""
        while len(self.at(to)) < count:
            self._stood.clear()
            await self._stood.wait()

    def at(self, to: Person | Space) -> list[Sheet]:
        """What stands in one place, oldest first."""
        return [sheet for sheet in self.sheets.values() if sheet.to == to]

    def count(self, call: str) -> int:
        """How often the platform was asked for something."""
        return sum(asked == call for asked, _ in self.calls)


def _is_behind(said: Said, after: str, since: datetime | None) -> bool:
    """Whether something was said after a message, or after an instant that is earlier."""
    if after and int(said.post.id) > int(after):
        return True
    return said.at > since if since else not after


class BlankStudio(Studio):
    """Pictures are not what these tests are about. While `easel` is unset, no week's is done."""

    def __init__(self) -> None:
        super().__init__()
        self.easel = asyncio.Event()
        self.easel.set()
        self.drawing = asyncio.Event()

    async def week_card(self, card: WeekCard) -> Picture:
        self.drawing.set()
        await self.easel.wait()
        return Picture(b"png", card.name, "week.png")

    async def journey(self, card: JourneyCard) -> Picture:
        return Picture(b"png", card.name, "journey.png")

    async def trail(self, card: TrailCard) -> Picture:
        return Picture(b"png", card.given, "trail.png")

    async def funnel(self, card: FunnelCard) -> Picture:
        return Picture(b"funnel", card.name, "search.png")


class Desk:
    """The App on paper, with a clock to move and a seeker, Maya, in Berlin."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = datetime(2026, 1, 1, 19, tzinfo=UTC)  # a Thursday evening
        self.paper = Paper(lambda: self.now)
        self.app: App

    async def open(self) -> None:
        lay(self.path)
        db = await open_database(self.path)
        settings = bootstrap.settings(Config())
        self.studio, pace = BlankStudio(), Pace(math.inf, clock=self.ticking)
        self.app = App(db, lambda: self.now, exercises.load(), self.studio, settings, pace, {PAPER: self.paper})
        self.app.tried = Tried(self.ticking)

    def ticking(self) -> float:
        """The monotonic clock of a machine whose wall clock is right, in seconds."""
        return self.now.timestamp()

    async def close(self) -> None:
        await self.app.db.close()

    async def restart(self) -> None:
        """A new process on the same file; the platform stays as it is."""
        await self.close()
        await self.open()

    async def copied(self, folder: Path) -> Path:
        """A copy of the database as it is now, among those in a folder."""
        return await backup.copy_now(self.path, folder, self.now)

    async def put_back(self, copy: Path) -> None:
        """A copy takes the database's place, and a new process begins."""
        await self.close()
        await backup.restore(copy, self.path, self.now)
        await self.open()

    async def die_sending(self) -> None:
        """A round in which the process dies before the platform's next answer; then a new one."""
        self.paper.silent = True
        dying = asyncio.create_task(self.tick())
        await self.paper.knocked.wait()
        dying.cancel()
        await asyncio.wait({dying})
        self.paper.silent = False
        await self.restart()

    async def begin(self, who: Person = MAYA, zone: str = ZONE) -> None:
        await circle.set_up(self.app, CHANNEL, "maya-and-friends")
        await people.start(self.app, who, who.id.title(), Start(zone), [CHANNEL])

    async def posted(self) -> Post:
        """Maya has begun, and her first week stands in the channel."""
        await self.begin()
        await self.until(4, 18)
        await summary.edit(self.app, MAYA, 1, "A line")
        await summary.post(self.app, MAYA, 1)
        post = (await self.delivery("post", turn=1)).post
        assert post
        return post

    def reworded(self, said: Said, text: str) -> Said:
        """Somebody edits a message on the platform, and nobody hears of it."""
        self.now += timedelta(seconds=1)
        now = said._replace(text=text, edited_at=self.now)
        self.paper.said[self.paper.said.index(said)] = now
        return now

    def let_clock_run(self) -> None:
        """From now on each look at the clock finds it a millisecond later."""

        def later() -> datetime:
            self.now += timedelta(milliseconds=1)
            return self.now

        self.app.now = later

    async def tick(self) -> None:
        await rounds.tick(self.app)

    def move(self, day: int, hour: int, minute: int = 0) -> None:
        """Move the clock to a local time in January 2026."""
        target = datetime(2026, 1, day, hour, minute, tzinfo=ZoneInfo(ZONE))
        assert target >= self.now, f"{target} has passed"
        self.now = target.astimezone(UTC)

    async def until(self, day: int, hour: int, minute: int = 0) -> None:
        """Move the clock to a local time in January 2026 and do one round."""
        self.move(day, hour, minute)
        await self.tick()

    async def wait(self, **span: float) -> None:
        """Let time pass and do one round."""
        self.now += timedelta(**span)
        await self.tick()

    async def delivery(self, kind: str, turn: int = 0) -> Delivery:
        """The newest delivery of a kind."""
        row = await self.app.db.reading.one(
            "SELECT id FROM deliveries WHERE kind = ? AND turn = ? ORDER BY due_at DESC LIMIT 1", kind, turn
        )
        assert row is not None
        found = await get(self.app.db.reading, row["id"])
        assert found is not None
        return found

    async def states(self, kind: str) -> list[str]:
        """How the deliveries of a kind ended, oldest first."""
        rows = await self.app.db.reading.all("SELECT state FROM deliveries WHERE kind = ? ORDER BY due_at, rowid", kind)
        return [row["state"] for row in rows]

    async def asked(self, ask: str = "checkin") -> dict[str, str]:
        """What was to be asked: its date and how it stands."""
        rows = await self.app.db.reading.all(
            "SELECT local_on, state FROM occurrences WHERE ask = ? ORDER BY local_on, id", ask
        )
        assert len({row["local_on"] for row in rows}) == len(rows)
        return {row["local_on"]: row["state"] for row in rows}


def prompts(desk: Desk) -> list[Prompt]:
    """The questions that stand in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Prompt)]


def alerted(desk: Desk) -> list[Alert]:
    """What stands in the host's direct messages."""
    return [sheet.what for sheet in desk.paper.at(SAM) if isinstance(sheet.what, Alert)]


def in_channel(desk: Desk, kind: type[Thing]) -> list[Thing]:
    """What of a kind stands in the circle's channel."""
    return [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, kind)]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A quick folder: these tests are about no disk."""
    with quick_folder() as folder:
        yield Path(folder)


@asynccontextmanager
async def laid(folder: Path) -> AsyncIterator[Desk]:
    """An open App on paper, with its database in a folder."""
    made = Desk(folder / "cairn.sqlite3")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An open App on paper, before anybody has started."""
    async with laid(tmp_path) as made:
        yield made


@pytest.fixture
async def hosted(desk: Desk) -> None:
    """Sam hosts, and Maya has begun."""
    desk.app.settings = desk.app.settings._replace(host=SAM)
    await desk.begin()
