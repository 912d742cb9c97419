"""Three seekers of one circle share a post: kill -9 while it goes out and is revised, at random moments and at steps.

They press *Post* before the circle's hour, about it and after it; one edits an answer, one takes its section down. At
the end one joint post stands in each circle, with each section that is posted, as it was last edited, and no other.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.faults._bench import Bench
from tests.faults._deaths import REVISIONS, STEPS
from tests.faults._people import Chat, button, text_of
from tests.faults._table import Fault, main

SEEKERS, KILLS = 3, 2  # of one circle; in one run
FAULTY = {
    "error_share": 0.025,
    "dropped_share": 0.025,
    "lost_share": 0.05,
    "on": "(POST|PATCH|DELETE) /channels/.*/messages",
}
SETTLED_WITHIN = 180.0  # the world's seconds
PRESSES_AGAIN_AFTER = 2.0  # the world's seconds, as people do where nothing happened
LOOKS_EVERY = 0.05
WORD = re.compile(r"\bw\d+\.")
WEEK = "SELECT phase FROM weeks JOIN people ON people.id = person_id WHERE external_id = ?"
LEFT = (
    "SELECT 1 FROM deliveries WHERE state IN ('owed', 'sending', 'unknown') AND try_at <= ?1"
    " OR stale > 0 AND post_id IS NOT NULL UNION ALL SELECT 1 FROM schedules WHERE next_at <= ?1 LIMIT 1"
)
Dies = Callable[[Bench, "Circle", asyncio.Task[None]], Awaitable[None]]


class Seeker(NamedTuple):
    """One of the three: all that their answer ever read, where it stands, when they press *Post* and whether that."""

    chat: Chat
    versions: list[str]
    message: str
    posts_at: datetime
    edits: bool
    takes_down: bool


class Circle(NamedTuple):
    """The three of one circle, and its channel."""

    channel: str
    seekers: list[Seeker]


class Circles:
    """All that sat together in one bench."""

    def __init__(self, bench: Bench) -> None:
        self.all: list[Circle] = []
        self._bench = bench
        self._words = 0

    def seat(self) -> Circle:
        """Three new seekers, each with an answer for their friends; their drafts are due, their hour is soon."""
        bench, now = self._bench, self._bench.clock.now()
        hour = (now + timedelta(minutes=bench.chance.uniform(1.5, 3))).replace(second=0, microsecond=0)
        offsets = [-3.0, bench.chance.uniform(-0.5, 0.5), bench.chance.uniform(0.2, 1)]
        roles = bench.chance.sample([(True, False), (False, True), (False, False)], SEEKERS)
        seekers = [
            self._answered(Chat(bench.discord, user), hour + timedelta(minutes=offset), *role)
            for user, offset, role in zip(bench.sit(SEEKERS), offsets, roles, strict=True)
        ]
        self.all.append(Circle(bench.circles[-1], seekers))
        _write_down(bench, self.all[-1], now, hour)
        return self.all[-1]

    async def live(self, circle: Circle) -> None:
        """Each presses *Post* in their time, edits and takes down, whether the bot is there or not."""
        async with asyncio.TaskGroup() as together:
            for seeker in circle.seekers:
                together.create_task(self._week_of(seeker))

    async def _week_of(self, one: Seeker) -> None:
        chance = self._bench.chance
        if one.edits and chance.random() < 0.5:
            self._edit(one)
        await self._until(one.posts_at)
        await self._insist(one, "post", "posted")
        await self._until(self._bench.clock.now() + timedelta(minutes=chance.uniform(0, 1)))
        if one.edits:
            self._edit(one)
        if one.takes_down:
            await self._insist(one, "takedown", "taken")

    def _answered(self, chat: Chat, posts_at: datetime, edits: bool, takes_down: bool) -> Seeker:
        words = self._new_words()
        said = self._bench.discord.say(chat.user, words)
        return Seeker(chat, [words], said["id"], posts_at, edits, takes_down)

    def _edit(self, one: Seeker) -> None:
        one.versions.append(self._new_words())
        self._bench.discord.reword(one.chat.channel, one.message, one.versions[-1])

    async def _insist(self, one: Seeker, verb: str, phase: str) -> None:
        """Press a button of the draft until the week is what the button makes of it."""
        while not self._is(one, phase):
            message = one.chat.newest(verb)
            if message and self._bench.bot.runs:
                self._bench.discord.press(one.chat.user, one.chat.channel, message["id"], button(message, verb))
                await self._wait_for(one, phase)
            await asyncio.sleep(LOOKS_EVERY)

    async def _wait_for(self, one: Seeker, phase: str) -> None:
        for _ in range(round(PRESSES_AGAIN_AFTER / LOOKS_EVERY)):
            if self._is(one, phase) or not self._bench.bot.runs:
                return
            await asyncio.sleep(LOOKS_EVERY)

    def _is(self, one: Seeker, phase: str) -> bool:
        return self._bench.look(WEEK, one.chat.user) == [(phase,)]

    async def _until(self, moment: datetime) -> None:
        await self._bench.clock.wait((moment - self._bench.clock.now()).total_seconds())

    def _new_words(self) -> str:
        self._words += 1
        return f"w{self._words}."


def _write_down(bench: Bench, circle: Circle, now: datetime, hour: datetime) -> None:
    """Their answers, their drafts that are due, their circle's hour."""
    at = now.isoformat(timespec="milliseconds")
    monday = f"{now - timedelta(days=now.weekday()):%Y-%m-%d}"
    with closing(sqlite3.connect(bench.bot.database)) as database, database:
        database.execute(
            "UPDATE circles SET council_day = ?, council_time = ?, council_zone = 'UTC' WHERE external_id = ?",
            (hour.weekday(), f"{hour:%H:%M}", circle.channel),
        )
        for one in circle.seekers:
            [(person,)] = database.execute("SELECT id FROM people WHERE external_id = ?", (one.chat.user,))
            database.execute(
                "INSERT INTO schedules (id, person_id, ask, days, at, next_on, next_at)"
                " SELECT coalesce(max(id), 0) + 1, ?, 'week', ?, ?, ?, ? FROM schedules",
                (person, str(now.weekday()), f"{now:%H:%M}", f"{now:%Y-%m-%d}", at),
            )
            entry = database.execute(
                "INSERT INTO entries (person_id, exercise, entry_on, week_on, answers, numbers, visibility,"
                " created_at, updated_at) VALUES (?, 'note', ?, ?, ?, '{}', 'friends', ?, ?)",
                (person, f"{now:%Y-%m-%d}", monday, json.dumps({"note": one.versions[0]}), at, at),
            ).lastrowid
            database.execute(
                "INSERT INTO taken (channel, message, person_id, said_at, taken_at) VALUES (?, ?, ?, ?, ?)",
                (one.chat.channel, one.message, person, at, at),
            )
            database.execute(
                "INSERT INTO entry_parts (channel, message, person_id, entry_id, text, said_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (one.chat.channel, one.message, person, entry, one.versions[0], at),
            )


# ------------------------------------------------------------------ what is broken


def while_they_post(dies: Dies) -> Callable[[Bench], Awaitable[None]]:
    """In each run three others sit together, and the bot dies while they do."""

    async def make(bench: Bench) -> None:
        circles = Circles(bench)
        for _ in range(bench.runs):
            await once(bench, circles, dies)
        await settle(bench, circles)

    return make


async def once(bench: Bench, circles: Circles, dies: Dies) -> None:
    """Three others sit together; the bot dies meanwhile, and is killed once each has done what they do."""
    circle = circles.seat()
    await bench.bot.begin_and_be_ready()
    living = asyncio.create_task(circles.live(circle))
    try:
        await dies(bench, circle, living)
        await asyncio.wait_for(living, SETTLED_WITHIN)
    finally:
        living.cancel()
    await bench.bot.kill()


async def at_random(bench: Bench, _circle: Circle, _living: asyncio.Task[None]) -> None:
    """It is killed at moments that nothing chose, and begins again."""
    for _ in range(KILLS):
        await _killed_in_a_while(bench)


async def at_random_with_faulty_answers(bench: Bench, circle: Circle, living: asyncio.Task[None]) -> None:
    """The same, with every tenth answer faulty."""
    for _ in range(KILLS):
        await once_with_faulty_answers(bench, circle, living)


async def once_with_faulty_answers(bench: Bench, _circle: Circle, _living: asyncio.Task[None]) -> None:
    """It is killed at one such moment, and every tenth answer is faulty from before it on."""
    bench.discord.break_with(**FAULTY, seed=bench.chance.randrange(10**6))
    await _killed_in_a_while(bench)


async def _killed_in_a_while(bench: Bench) -> None:
    await asyncio.sleep(bench.chance.uniform(0, 3))
    await bench.bot.kill()
    await bench.bot.begin_and_be_ready()


async def at_a_step(bench: Bench, circle: Circle, living: asyncio.Task[None]) -> None:
    """It kills itself at some step of sending or of revising, once the drafts have come."""
    await bench.until(lambda: all(one.chat.newest("post") for one in circle.seekers))
    await bench.bot.kill()
    step = bench.chance.choice((*STEPS, *REVISIONS))
    times = bench.chance.randint(1, 3) if step in REVISIONS else 1
    await bench.bot.begin("--die-at", f"{step}:{times}")
    ending = asyncio.create_task(bench.bot.ended())
    await asyncio.wait({ending, living}, return_when=asyncio.FIRST_COMPLETED)
    await ending
    await bench.bot.begin_and_be_ready()


# ------------------------------------------------------------------ what became of it


async def settle(bench: Bench, circles: Circles) -> None:
    """Let it end its work with all well; then note what is wrong."""
    bench.discord.break_with()
    await bench.bot.begin_and_be_ready()
    now = bench.clock.now
    try:
        await bench.until(lambda: not (_left(bench, now()) or wrong(bench, circles.all)), SETTLED_WITHIN)
    except TimeoutError:
        bench.wrong += ["lost: something is never revised"] if _left(bench, now()) else []
    await bench.bot.stop()
    bench.wrong += wrong(bench, circles.all)


def _left(bench: Bench, now: datetime) -> bool:
    return bool(bench.look(LEFT, now.isoformat(timespec="milliseconds")))


def wrong(bench: Bench, circles: list[Circle]) -> list[str]:
    """What is lost, or there twice, at this moment."""
    return [line for circle in circles for line in _of_circle(bench, circle)]


def _of_circle(bench: Bench, circle: Circle) -> list[str]:
    posts = [one for one in bench.discord.messages(circle.channel) if button(one, "cheerwhom")]
    reads = Counter(word for post in posts for word in WORD.findall(text_of(post)))
    found = [f"twice: {len(posts)} joint posts in {circle.channel}"] if len(posts) > 1 else []
    for one in circle.seekers:
        stands = [word for word in one.versions for _ in range(reads[word])]
        if stands != ([] if one.takes_down else one.versions[-1:]):
            found.append(f"{'twice' if len(stands) > 1 or one.takes_down else 'lost'}: {one} reads {stands}")
    return found


HOW = "three of one circle press *Post* before and after its hour, one edits an answer, one takes its section down"
FAULTS = (
    Fault("kill -9 around a joint post", f"twice in each run: {HOW}", while_they_post(at_random)),
    Fault(
        "kill -9 at some step of a joint post",
        f"the same; the process kills itself at one of {len(STEPS)} steps of sending and {len(REVISIONS)} of revising",
        while_they_post(at_a_step),
    ),
    Fault(
        "kill -9 around a joint post, and 10% faulty answers",
        "the same, killed twice in each run; half of the faulty answers are accepted, then lost",
        while_they_post(at_random_with_faulty_answers),
    ),
)


if __name__ == "__main__":
    main(FAULTS)
