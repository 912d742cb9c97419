"""The drill: a copy is made in the middle of writing, life goes on, the bot is killed, the copy is put back.

After `cairn restore` the database knows nothing of what came after the copy: questions that stand, a posted week, what
people wrote. Nothing that stands may be sent again, what was written in the chats is read again, and only what people
sent by form or by button since is gone, as docs/backups.md says.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Callable
from typing import NamedTuple

from bot.store import backup
from tests.faults._bench import Bench
from tests.faults._bot import ROOT, Ended
from tests.faults._people import Chat, Message, owe_draft
from tests.faults._sound import answers_of, unsound
from tests.faults._table import Fault, main

PEOPLE = 3  # asked before the copy, and as many who are asked at about the time of the copy
FORM = {"mood": ["4"], "done": "Sent the form"}
WEEK = {"words": "A week of small steps"}
AHEAD, POSTS_AHEAD = 15.0, 30.0  # seconds from the seeding; the process needs a few for its start
CHECKED_WITHIN = 120.0  # the world's seconds
FORGETS = 60.0  # seconds; what is sent again after the drill would stand twice
ASKED = "SELECT 1 FROM deliveries WHERE to_id = ? AND state IN ('sent', 'late')"
WAITS = "SELECT 1 FROM deliveries WHERE state IN ('owed', 'sending', 'unknown') AND kind <> 'recall' LIMIT 1"


class Drill(NamedTuple):
    """One run: who writes plain messages, and what; who fills a form after the copy; who posts their week after it."""

    bench: Bench
    lines: dict[Chat, list[str]]
    filler: Chat
    poster: Chat


async def drill(bench: Bench) -> None:
    """Put a copy back in each run; at the end every copy that was made."""
    for _ in range(bench.runs):
        await _once(bench)
    bench.wrong += unsound(bench)
    await _put_back(bench)


async def _once(bench: Bench) -> None:
    early = [Chat(bench.discord, one.user) for one in bench.owe(PEOPLE)]
    filler, poster, *late = [Chat(bench.discord, one.user) for one in bench.owe(PEOPLE + 2, late=-AHEAD)]
    one = Drill(bench, {chat: [] for chat in (*early, *late)}, filler, poster)
    bench.owed = [owed for owed in bench.owed if owed.user != poster.user]  # two are owed to them on one day
    bench.owe_posts(1, late=-POSTS_AHEAD)
    owe_draft(bench, poster.user, late=-AHEAD)
    posts = len(_posts(bench))
    await bench.bot.begin_and_be_ready()
    copy = await _copied_while_they_write(one, early)
    await asyncio.gather(*(_write(one, chat) for chat in one.lines), _fill(one), _post(one))
    await bench.until(lambda: len(_posts(bench)) == posts + 2)
    await bench.bot.kill()
    await _cairn(bench, "restore", copy, "--yes")
    await bench.bot.begin_and_be_ready()
    await _check(one, posts + 2)
    await bench.bot.stop()


# ------------------------------------------------------------------ before


async def _copied_while_they_write(one: Drill, early: list[Chat]) -> str:
    """Have a copy made while people write one message after the other; its name."""
    written = one.bench.chance.randint(1, 3 * PEOPLE)
    copied = asyncio.Event()

    async def on_and_on(chat: Chat) -> None:
        while not copied.is_set():
            await _write(one, chat)

    async with asyncio.TaskGroup() as together:
        for chat in early:
            together.create_task(on_and_on(chat))
        await one.bench.until(lambda: sum(map(len, one.lines.values())) >= written)
        await _cairn(one.bench, "backup")
        copied.set()
    return max((one.bench.bot.data / "backups").glob("*-by-hand.sqlite3")).name


async def _write(one: Drill, chat: Chat) -> None:
    await one.bench.until(lambda: one.bench.look(ASKED, chat.user))
    line = str(len(one.lines[chat]))
    one.lines[chat].append(line)
    await chat.write(line)


async def _fill(one: Drill) -> None:
    await one.filler.fill(await one.filler.until("answer"), "answer", FORM)


async def _post(one: Drill) -> None:
    await one.poster.fill(await one.poster.until("edit"), "edit", WEEK)
    await one.poster.press(await one.poster.until("post"), "post")


async def _cairn(bench: Bench, *command: str) -> None:
    """Run a command of `cairn` on the bot's folder, at the time of the run."""
    launch = ("tests.faults._launch", "--api", bench.discord.url, "--clock", str(bench.clock.path), "--")
    config = ("--config", str(bench.bot.config))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *launch, *command, *config, cwd=ROOT, stdout=PIPE, stderr=STDOUT
    )
    told, _ = await process.communicate()
    if process.returncode:
        raise Ended(f"cairn {' '.join(command)}: {told.decode()}")


# ------------------------------------------------------------------ after


async def _check(one: Drill, posts: int) -> None:
    """Wait until all is as it has to be; what is not, after a while, is lost."""
    await _comes(
        one, "what was written in a chat", lambda: all(_said(one, chat) == one.lines[chat] for chat in one.lines)
    )
    await _comes(one, "the end of what was owed", lambda: not one.bench.look(WAITS))
    if await _comes(one, "the question whose form is gone", lambda: one.filler.newest("answer")):
        await _fill(one)
    if await _comes(one, "the draft of a week that is not known as posted", lambda: one.poster.newest("edit")):
        await _post(one)
    if [answer.get("done") for answer in answers_of(one.bench, one.filler.user)] != [FORM["done"]]:
        one.bench.wrong.append("lost: a form that was sent again")
    if (found := len(_posts(one.bench))) != posts:
        one.bench.wrong.append(f"{'twice' if found > posts else 'lost'}: {found} weekly posts instead of {posts}")


async def _comes(one: Drill, what: str, condition: Callable[[], object]) -> bool:
    try:
        await one.bench.until(condition, CHECKED_WITHIN)
    except TimeoutError:
        one.bench.wrong.append(f"lost: {what}")
        return False
    return True


def _said(one: Drill, chat: Chat) -> list[str]:
    answers = answers_of(one.bench, chat.user)
    return str(answers[0].get("done", "")).split("\n") if len(answers) == 1 else []


def _posts(bench: Bench) -> list[Message]:
    return [one for channel in bench.circles for one in bench.discord.messages(channel) if one["attachments"]]


async def _put_back(bench: Bench) -> None:
    """Put every copy that was made in an empty place, which checks it."""
    for copy in backup.listed(bench.bot.data / backup.FOLDER):
        try:
            await backup.restore(copy.path, bench.folder / copy.why / "cairn.sqlite3", bench.clock.now())
        except backup.CannotRestore as error:
            bench.wrong.append(f"lost: a copy ({copy.why}): {error}")


FAULTS = (
    Fault(
        "restore drill",
        "a copy is made in the middle of writing; then questions, answers and weekly posts, kill -9, `cairn restore`",
        drill,
        forgets=FORGETS,
    ),
)

if __name__ == "__main__":
    main(FAULTS)
