"""A delivery's states, whatever happens in whatever order; `--hypothesis-profile=long` tries a thousand lives.

Things are owed, time passes, answers are lost or refused, the process dies, an older database is put back, and people
go on meanwhile. No message ever stands twice, no end is ever undone, every step is one that the page about reliability
draws, and once the platform is well everything ends.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bot.core.delivery import WAITING, CannotTell, Cause, Later, State, Unknown, Unreachable
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.usecases import _pump, circle, journal, people, rhythm, summary
from bot.usecases.rhythm import Change
from tests.usecases._machine import OnDesk
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, PAPER, ZONE, Reply

ANA = Person(PAPER, "", "ana")
CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)
FORBIDDEN = Unreachable("a permission is missing", cause=Cause.LOST)
STUMBLES = st.builds(RuntimeError, st.just("the face stumbled"))
REPLIES = (
    st.sampled_from([ARRIVES_UNHEARD, LOST, Later(7), Later(900), Unknown("the line broke")])
    | st.sampled_from([CLOSED, FORBIDDEN, Unreachable("refused")])
    | STUMBLES
    | st.builds(TimeoutError)
)
LOOKS = st.just(CannotTell("the history is closed")) | STUMBLES
EDITS = st.sampled_from([Unknown("the line broke"), Later(30)]) | STUMBLES
SPANS = [{"seconds": 1}, {"seconds": 6}, {"seconds": 25}, {"minutes": 2}, {"minutes": 40}, {"hours": 5}, {"days": 1}]
HEALS_IN_DAYS = 9
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
DRAWN = set(re.findall(r"^    (\S+) --> (\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
WATCH = (
    "CREATE TABLE steps (before TEXT, after TEXT)",
    "CREATE TRIGGER begins AFTER INSERT ON deliveries BEGIN INSERT INTO steps VALUES ('[*]', new.state); END",
    "CREATE TRIGGER goes_on AFTER UPDATE OF state ON deliveries WHEN old.id = new.id AND old.state <> new.state"
    " BEGIN INSERT INTO steps VALUES (old.state, new.state); END",
)


class Life(OnDesk):
    """Everything that can happen to what Maya is sent."""

    @initialize()
    def begin(self) -> None:
        self.copies: list[Path] = []
        self.ended: dict[str, str] = {}
        self.open()
        self.do(self._watch_the_steps())
        self.do(self.desk.begin())

    def teardown(self) -> None:
        try:
            if hasattr(self, "desk"):
                self.do(self._heal())
                assert {("[*]", "owed")} <= self.do(self._steps()) <= DRAWN
        finally:
            super().teardown()

    def _maya(self, what: Coroutine[Any, Any, object]) -> Any:
        """What Maya does; where her direct messages were closed, she has opened them."""
        self.do(people.wrote(self.desk.app, MAYA))
        return self.do(what)

    # -------------------------------------------------------------- time and the platform

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: dict[str, float]) -> None:
        self.do(self.desk.wait(**span))

    @rule()
    def a_question_is_due(self) -> None:
        local = self.desk.now.astimezone(ZoneInfo(ZONE))
        due = local.replace(hour=17, minute=30, second=0)
        self.do(self.desk.wait(seconds=((due - local) % timedelta(days=1)).total_seconds()))

    @rule(reply=REPLIES)
    def a_question_is_due_and_goes_badly(self, reply: Reply) -> None:
        self.desk.paper.replies.appendleft(reply)
        self.a_question_is_due()

    @rule(replies=st.lists(REPLIES, min_size=1, max_size=4))
    def the_platform_answers_badly(self, replies: list[Reply]) -> None:
        self.desk.paper.replies.extend(replies)

    @rule(look=LOOKS, edit=EDITS)
    def the_platform_cannot_be_asked(
        self, look: CannotTell | RuntimeError, edit: Unknown | Later | RuntimeError
    ) -> None:
        self.desk.paper.looks.append(look)
        self.desk.paper.edits.append(edit)

    # -------------------------------------------------------------- the process

    @rule()
    def the_process_dies_while_it_sends(self) -> None:
        self.do(self._die())

    @rule()
    def the_process_starts_anew(self) -> None:
        self.do(self.desk.restart())
        self.do(_pump.release(self.desk.app))

    @rule()
    def the_database_is_copied(self) -> None:
        copy = self.desk.copied(Path(self.folder.name) / "copies")
        self.copies.append(self.runner.run(copy))

    @precondition(lambda self: bool(self.copies))
    @rule(data=st.data())
    def an_older_database_is_put_back(self, data: st.DataObject) -> None:
        copy = data.draw(st.sampled_from(self.copies))
        self.do(self._put_back(copy))
        self.ended = {}

    # -------------------------------------------------------------- people

    @rule()
    def maya_checks_in(self) -> None:
        self._maya(journal.checkin(self.desk.app, MAYA, {"mood": "4", "done": "A walk"}, {}))

    @rule(choice=st.sampled_from(["20m", "1h", "tomorrow"]))
    def maya_puts_it_off(self, choice: str) -> None:
        self._maya(self._put_off(choice))

    @rule()
    def maya_is_asked_at_once(self) -> None:
        owed = self._maya(rhythm.ask_now(self.desk.app, MAYA))
        self._maya(_pump.send_now(self.desk.app, owed or []))

    @rule(days=st.sampled_from(["every day", "Mon, Wed"]), at=st.sampled_from(["9:00", "21:59"]))
    def maya_changes_her_rhythm(self, days: str, at: str) -> None:
        self._maya(rhythm.change(self.desk.app, MAYA, Change(ask=Ask.REFLECTION, days=days, at=at)))

    @rule(words=st.sampled_from(["A line", "A long story. " * 20]))
    def maya_posts_her_week(self, words: str) -> None:
        draft = self._maya(summary.draft(self.desk.app, MAYA))
        if draft:
            self._maya(summary.edit(self.desk.app, MAYA, draft.week.id, words))
            self._maya(summary.post(self.desk.app, MAYA, draft.week.id))

    @rule()
    def maya_takes_her_week_down(self) -> None:
        draft = self._maya(summary.draft(self.desk.app, MAYA))
        if draft:
            self._maya(summary.take_down(self.desk.app, MAYA, draft.week.id))

    @rule()
    def ana_cheers(self) -> None:
        posts = [post for post, sheet in self.desk.paper.sheets.items() if sheet.to == CHANNEL]
        if posts:
            self.do(circle.react(self.desk.app, posts[-1], ANA, "Ana", "\N{PARTY POPPER}", added=True))

    # -------------------------------------------------------------- what always holds

    @invariant()
    def no_message_stands_twice(self) -> None:
        if hasattr(self, "desk"):
            twice = {key: n for key, n in Counter(s.key for s in self.desk.paper.sheets.values()).items() if n > 1}
            assert not twice

    @invariant()
    def no_end_is_ever_undone(self) -> None:
        if hasattr(self, "desk"):
            states = self.do(self._states())
            changed = {key: (was, states[key]) for key, was in self.ended.items() if states.get(key, was) != was}
            assert not changed
            self.ended |= {key: state for key, state in states.items() if state not in WAITING}

    # -------------------------------------------------------------- how

    async def _die(self) -> None:
        paper = self.desk.paper
        paper.silent = True
        paper.knocked.clear()
        dying, knocked = asyncio.create_task(self.desk.tick()), asyncio.create_task(paper.knocked.wait())
        await asyncio.wait({dying, knocked}, return_when=asyncio.FIRST_COMPLETED)
        for task in (dying, knocked):
            task.cancel()
        await asyncio.wait({dying, knocked})
        paper.silent = False
        await self.desk.restart()
        await _pump.release(self.desk.app)

    async def _put_back(self, copy: Path) -> None:
        await self.desk.put_back(copy)
        await _pump.release(self.desk.app)

    async def _put_off(self, choice: str) -> None:
        row = await self.desk.app.db.reading.one("SELECT id FROM deliveries WHERE kind = 'prompt' ORDER BY due_at DESC")
        if row:
            await rhythm.later(self.desk.app, MAYA, row["id"], choice)

    async def _states(self) -> dict[str, str]:
        return {
            row["id"]: row["state"] for row in await self.desk.app.db.reading.all("SELECT id, state FROM deliveries")
        }

    async def _watch_the_steps(self) -> None:
        async with self.desk.app.db.writing() as tx:
            for sql in WATCH:
                await tx.run(sql)

    async def _steps(self) -> set[tuple[str, str]]:
        """From which state to which deliveries went."""
        return {
            (row["before"], row["after"])
            for row in await self.desk.app.db.reading.all("SELECT DISTINCT before, after FROM steps")
        }

    async def _heal(self) -> None:
        """The platform is well, and time passes: all that was owed until now has ended."""
        paper = self.desk.paper
        for script in (paper.replies, paper.looks, paper.edits):
            script.clear()
        owed = await self._states()
        for _ in range(HEALS_IN_DAYS * 4):
            await self.desk.wait(hours=6)
        states = await self._states()
        assert not {key: states[key] for key in owed if key in states and State(states[key]) in WAITING}
        self.no_message_stands_twice()


QUICK = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestLife = Life.TestCase
TestLife.settings = settings.get_profile("long") if settings.get_current_profile_name() == "long" else QUICK
