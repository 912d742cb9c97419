"""Nothing that was given or planned is without an end or a next date, whatever people do in whatever order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bot.core.delivery import Cause, Unreachable
from bot.core.experiment import Phase
from bot.core.idea import ENDS, Given, Sort, Step
from bot.core.people import Person
from bot.store import people as people_rows
from bot.usecases import experiment, idea, people, privacy, reply, rhythm
from bot.usecases.people import Start
from tests.usecases._machine import OnDesk
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE

ANA, BEN = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
FRIENDS = st.sampled_from([ANA, BEN])
ANY = st.integers(0, 3)  # idea or experiment, counted from the newest open one on
DATES = st.sampled_from(["", "today", "tomorrow", "friday", "20 March", "soon"])
STEPS = st.sampled_from([Step.KEPT, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED, Step.DECLINED])
SPANS = st.sampled_from([{"minutes": 10}, {"hours": 7}, {"days": 1}, {"days": 3}, {"days": 8}, {"days": 30}])
CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)
OWED = "SELECT 1 FROM deliveries WHERE kind IN (?, ?) AND subject = ? AND state IN ('owed', 'sending', 'unknown')"


class Ends(OnDesk):
    """Everything that friends and Maya can do with ideas and experiments."""

    @initialize()
    def begin(self) -> None:
        self.open()
        self.do(self.desk.posted())
        for friend, sort in ((ANA, Sort.IDEA), (BEN, Sort.IDEA), (BEN, Sort.OFFER)):
            self.a_friend_gives(friend, sort, unnamed=False)

    # -------------------------------------------------------------- friends

    @rule(friend=FRIENDS, sort=st.sampled_from(Sort), unnamed=st.booleans())
    def a_friend_gives(self, friend: Person, sort: Sort, unnamed: bool) -> None:
        given = Given("Try robots", "You like them", unnamed=unnamed)
        self.do(idea.give_to(self.desk.app, friend, friend.id.title(), 1, CHANNEL, [CHANNEL], sort, given))

    @rule(friend=FRIENDS, which=ANY)
    def a_friend_changes_it(self, friend: Person, which: int) -> None:
        self.do(idea.change(self.desk.app, friend, self._one("ideas", which), Given("Try drones", "")))

    @rule(friend=FRIENDS, which=ANY)
    def a_friend_takes_it_back(self, friend: Person, which: int) -> None:
        self.do(idea.take_back(self.desk.app, friend, self._one("ideas", which)))

    @rule()
    def a_friend_is_erased(self) -> None:
        self.do(self._erase(BEN))

    # -------------------------------------------------------------- Maya

    @rule(which=ANY, to=STEPS, hushed=st.booleans())
    def maya_says_what_becomes_of_it(self, which: int, to: Step, hushed: bool) -> None:
        self.do(idea.step(self.desk.app, MAYA, self._one("ideas", which), to, hushed=hushed))

    @rule(which=ANY)
    def maya_says_kindly_that_it_is_not_for_her(self, which: int) -> None:
        self.do(reply.decline(self.desk.app, MAYA, self._one("ideas", which), "Not for me"))

    @rule(which=ANY, on=DATES, what=st.sampled_from(["Try robots", "A walk"]))
    def maya_tries_it(self, which: int, on: str, what: str) -> None:
        if not self.do(self._rows("SELECT 1 FROM ideas WHERE step <> 'withdrawn'")):
            self.a_friend_gives(ANA, Sort.IDEA, unnamed=False)
        number = self._one("ideas", which)
        self.do(experiment.try_idea(self.desk.app, MAYA, number, {"what": what, "on": on}))

    @rule(on=DATES)
    def maya_tries_something_of_her_own(self, on: str) -> None:
        self.do(experiment.try_own(self.desk.app, MAYA, {"what": "A swim", "on": on}))

    @rule(which=ANY, on=DATES)
    def maya_moves_it(self, which: int, on: str) -> None:
        self.do(experiment.move(self.desk.app, MAYA, self._one("experiments", which), on))

    @rule(which=ANY)
    def maya_learns(self, which: int) -> None:
        self.do(experiment.learn(self.desk.app, MAYA, self._one("experiments", which), "Much"))

    @rule(which=ANY)
    def maya_lets_it_go(self, which: int) -> None:
        self.do(experiment.let_go(self.desk.app, MAYA, self._one("experiments", which)))

    @rule(until=st.sampled_from(["", "tomorrow", "2026-02-01"]))
    def maya_pauses(self, until: str) -> None:
        self.do(rhythm.pause(self.desk.app, MAYA, until))

    @rule()
    def maya_goes_on(self) -> None:
        self.do(rhythm.resume(self.desk.app, MAYA))

    @rule(zone=st.sampled_from([ZONE, "Pacific/Auckland", "America/Los_Angeles"]))
    def maya_travels(self, zone: str) -> None:
        self.do(rhythm.change(self.desk.app, MAYA, rhythm.Change(zone=zone)))

    @rule(days=st.sampled_from([0, 1, 8, 40]), back=st.booleans())
    def maya_leaves(self, days: int, back: bool) -> None:
        self.do(people.leave(self.desk.app, MAYA))
        self.do(self.desk.wait(days=days))
        self.every_idea_has_ended_or_has_a_date()
        self.every_experiment_has_ended_or_has_a_date()
        if back:
            self.maya_comes_back()

    @rule()
    def maya_comes_back(self) -> None:
        self.do(people.start(self.desk.app, MAYA, "Maya", Start(ZONE), [CHANNEL]))

    @rule(closed=st.booleans())
    def mayas_messages_close_or_open(self, closed: bool) -> None:
        self.desk.paper.refuses.pop(MAYA.id, None)
        if closed:
            self.desk.paper.refuses[MAYA.id] = CLOSED
        self.do(people.wrote(self.desk.app, MAYA))

    # -------------------------------------------------------------- time

    @rule(span=SPANS)
    def time_passes(self, span: dict[str, float]) -> None:
        self.do(self.desk.wait(**span))

    @rule()
    def the_process_starts_anew(self) -> None:
        self.do(self.desk.restart())

    # -------------------------------------------------------------- what always holds

    @invariant()
    def every_idea_has_ended_or_has_a_date(self) -> None:
        if hasattr(self, "desk"):
            for number, step, next_at in self.do(self._rows("SELECT id, step, next_at FROM ideas")):
                assert step in ENDS or self._ahead(next_at) or self._owed("idea", "became", number), (number, step)
                assert (step in ENDS) == (next_at is None), (number, step)

    @invariant()
    def every_experiment_has_ended_or_has_a_date(self) -> None:
        if hasattr(self, "desk"):
            found = self.do(self._rows("SELECT id, phase, ask_at, ended_at FROM experiments"))
            for number, phase, ask_at, ended_at in found:
                planned = phase == Phase.PLANNED
                assert (ended_at is None) == planned == (ask_at is not None), (number, phase)
                assert not planned or self._ahead(ask_at) or self._owed("trial", "trial", number), (number, phase)

    @invariant()
    def an_idea_that_is_tried_has_one_plan_and_one_that_has_a_plan_is_tried(self) -> None:
        if hasattr(self, "desk"):
            tried = self.do(self._rows("SELECT id FROM ideas WHERE step = 'trying'"))
            planned = self.do(
                self._rows(
                    "SELECT ideas.id FROM experiments JOIN ideas ON ideas.id = idea_id"
                    " WHERE phase = 'planned' AND step <> 'withdrawn' AND sort = 'idea' ORDER BY ideas.id"
                )
            )
            assert tried == planned

    # -------------------------------------------------------------- how

    def _one(self, table: str, which: int) -> int:
        """The number of an idea or experiment, open ones first; the last of them where there are fewer."""
        first = {"ideas": "step <> 'withdrawn' AND sort = 'idea'", "experiments": "phase = 'planned'"}[table]
        found = self.do(self._rows(f"SELECT id FROM {table} ORDER BY {first} DESC, id DESC LIMIT ?", which + 1))
        return found[-1][0] if found else 1

    def _owed(self, kind: str, or_kind: str, number: int) -> bool:
        return bool(self.do(self._rows(OWED, kind, or_kind, number)))

    def _ahead(self, at: str | None) -> bool:
        return at is not None and datetime.fromisoformat(at) >= self.desk.now

    async def _rows(self, sql: str, *values: int | str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.desk.app.db.reading.all(sql, *values)]

    async def _erase(self, friend: Person) -> None:
        number = await people_rows.number_of(self.desk.app.db.reading, friend)
        if number:
            await privacy.erase(self.desk.app, friend, number)


QUICK = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestEnds = Ends.TestCase
TestEnds.settings = settings.get_profile("long") if settings.get_current_profile_name() == "long" else QUICK
