"""Experiments: planned from an idea or of one's own, asked about on their date, learned from, moved or let go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from bot.core.dates import BadDate
from bot.core.delivery import Cause, Unreachable
from bot.core.exercise import TooLong
from bot.core.experiment import MOST_PLANNED, Experiment, NothingLearned, NothingToTry, Over, Phase, TooMany, Trial
from bot.core.idea import CannotStep, Given, Idea, Sort, Step
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.store import backup
from bot.store import people as people_rows
from bot.usecases import experiment, idea, people, privacy, rhythm
from bot.usecases.app import App
from bot.usecases.people import NotSeeking, Start
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk

ANA = Person(PAPER, "", "ana")
COFFEE = "Have a coffee with somebody who builds robots"
WISH = {"what": COFFEE, "on": "thursday", "question": "What does a day look like there?"}
CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


async def given(desk: Desk, sort: Sort = Sort.IDEA) -> Idea:
    """Maya has begun, and Ana gave her an idea."""
    await desk.posted()
    post = await desk.delivery("post", turn=1)
    return await idea.give(desk.app, ANA, "Ana", post.id, sort, Given(COFFEE, "You like to ask"))


async def trying(desk: Desk, **wish: str) -> Experiment:
    """Maya plans Ana's idea, for Thursday the 8th unless a wish says otherwise."""
    return await experiment.try_idea(desk.app, MAYA, (await given(desk)).id, WISH | wish)


async def own(desk: Desk, on: str = "thursday") -> Experiment:
    """Maya plans something of her own on Sunday the 4th."""
    await desk.begin()
    await desk.until(4, 18)
    return await experiment.try_own(desk.app, MAYA, {"what": "A walk with the recruiter", "on": on})


async def now_is(desk: Desk, number: int = 1) -> Experiment:
    return await experiment.read(desk.app, MAYA, number)


async def of_ana(desk: Desk) -> Idea:
    return (await idea.mine(desk.app, ANA))[0]


def trials(desk: Desk) -> list[Trial]:
    """The questions whether something happened that stand in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Trial)]


# ------------------------------------------------------------------ planning


async def test_an_idea_that_is_tried_gets_a_date_and_a_question(desk: Desk) -> None:
    made = await trying(desk)

    assert (made.what, made.try_on, made.friend) == (COFFEE, date(2026, 1, 8), "Ana")
    assert made.question == WISH["question"]
    assert (await of_ana(desk)).step is Step.TRYING
    assert [one.id for one in await experiment.planned(desk.app, MAYA)] == [made.id]


async def test_the_form_is_filled_with_the_ideas_words_and_a_week_from_today(desk: Desk) -> None:
    number = (await given(desk)).id

    assert await experiment.form_for_idea(desk.app, MAYA, number) == experiment.Form(COFFEE, "Sun 11 January")
    await experiment.try_idea(desk.app, MAYA, number, WISH)
    assert await experiment.form_for_idea(desk.app, MAYA, number) == experiment.Form(
        COFFEE, "Thu 8 January", WISH["question"]
    )


async def test_trying_an_idea_twice_changes_the_plan_and_makes_no_second(desk: Desk) -> None:
    first = await trying(desk)

    again = await experiment.try_idea(desk.app, MAYA, 1, WISH | {"what": "Tea with her", "on": "9 January"})

    assert again.id == first.id
    assert (again.what, again.try_on) == ("Tea with her", date(2026, 1, 9))
    assert len(await experiment.planned(desk.app, MAYA)) == 1


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"on": "2026-01-03"}, BadDate),
        ({"on": "next blue moon"}, BadDate),
        ({"on": "2099-01-01"}, BadDate),
        ({"what": " \u200b "}, NothingToTry),
        ({"what": "x" * 1001}, TooLong),
        ({"question": "x" * 1001}, TooLong),
    ],
)
async def test_what_cannot_be_read_is_refused_and_changes_nothing(
    desk: Desk, wish: dict[str, str], refusal: type[Exception]
) -> None:
    await given(desk)

    with pytest.raises(refusal):
        await experiment.try_idea(desk.app, MAYA, 1, WISH | wish)
    with pytest.raises(refusal):
        await experiment.try_own(desk.app, MAYA, WISH | wish)

    assert await experiment.planned(desk.app, MAYA) == []
    assert (await of_ana(desk)).step is Step.NEW


async def test_an_introduction_is_no_experiment(desk: Desk) -> None:
    await given(desk, Sort.OFFER)

    with pytest.raises(CannotStep):
        await experiment.try_idea(desk.app, MAYA, 1, WISH)


async def test_more_than_anybody_keeps_in_mind_is_refused(desk: Desk) -> None:
    await desk.begin()
    for _ in range(MOST_PLANNED):
        await experiment.try_own(desk.app, MAYA, {"what": "A walk"})

    with pytest.raises(TooMany):
        await experiment.try_own(desk.app, MAYA, {"what": "One more"})

    await experiment.let_go(desk.app, MAYA, 1)
    await experiment.try_own(desk.app, MAYA, {"what": "One in its place"})
    with pytest.raises(TooMany):
        await experiment.move(desk.app, MAYA, 1, "friday")


# ------------------------------------------------------------------ somebody else


ACTS: list[Callable[[App], Awaitable[object]]] = [
    lambda app: experiment.form_for_idea(app, ANA, 1),
    lambda app: experiment.form_to_learn(app, ANA, 1),
    lambda app: experiment.form_to_move(app, ANA, 1),
    lambda app: experiment.try_idea(app, ANA, 1, WISH),
    lambda app: experiment.move(app, ANA, 1, "friday"),
    lambda app: experiment.learn(app, ANA, 1, "Mine"),
    lambda app: experiment.let_go(app, ANA, 1),
    lambda app: experiment.read(app, ANA, 1),
]


@pytest.mark.parametrize("act", ACTS)
async def test_somebody_elses_experiment_is_refused(desk: Desk, act: Callable[[App], Awaitable[object]]) -> None:
    before = await trying(desk)
    with pytest.raises((NotYours, NotSeeking)):
        await act(desk.app)

    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])
    with pytest.raises(NotYours):
        await act(desk.app)

    assert await now_is(desk) == before
    assert await experiment.planned(desk.app, ANA) == []


async def test_what_never_was_is_gone(desk: Desk) -> None:
    await desk.begin()
    for act in (
        experiment.form_for_idea(desk.app, MAYA, 9),
        experiment.form_to_learn(desk.app, MAYA, 9),
        experiment.try_idea(desk.app, MAYA, 9, WISH),
        experiment.let_go(desk.app, MAYA, 9),
    ):
        with pytest.raises(Gone):
            await act


# ------------------------------------------------------------------ asking


async def test_on_its_morning_it_is_asked_whether_it_happened(desk: Desk) -> None:
    made = await trying(desk)
    await desk.until(8, 8, 59)
    assert trials(desk) == []

    await desk.until(8, 9)

    [asked] = trials(desk)
    assert (asked.experiment.id, asked.on, asked.again) == (made.id, date(2026, 1, 8), False)
    assert await desk.states("trial") == ["sent"]


async def test_quiet_hours_hold_it_back(desk: Desk) -> None:
    await own(desk)
    await rhythm.change(desk.app, MAYA, rhythm.Change(quiet="22:00-10:30"))
    await desk.until(8, 9)
    assert trials(desk) == []

    await desk.until(8, 10, 30)

    assert len(trials(desk)) == 1


async def test_on_a_day_in_a_pause_it_waits_for_the_first_day_after(desk: Desk) -> None:
    await own(desk)
    await rhythm.pause(desk.app, MAYA, "2026-01-10")
    for day in (8, 9):
        await desk.until(day, 9)
        assert trials(desk) == []

    await desk.until(10, 9)

    assert [(one.on.day, one.experiment.try_on.day) for one in trials(desk)] == [(10, 8)]


async def test_a_day_of_rest_puts_it_off_to_the_next_day(desk: Desk) -> None:
    await own(desk, "monday")
    async with desk.app.db.writing() as tx:
        await people_rows.rest(tx, 1, date(2026, 1, 5))
    await desk.until(5, 9)
    assert trials(desk) == []

    await desk.until(6, 9)

    assert len(trials(desk)) == 1


async def test_planned_for_today_after_the_morning_it_is_asked_tomorrow(desk: Desk) -> None:
    await own(desk, "today")
    await desk.tick()
    assert trials(desk) == []

    await desk.until(5, 9)

    assert len(trials(desk)) == 1


async def test_without_an_answer_it_is_asked_three_times_a_week_apart_and_then_left(desk: Desk) -> None:
    await trying(desk)
    for day in (8, 15, 22):
        await desk.until(day, 9)
    assert [one.again for one in trials(desk)] == [True, True, False]

    await desk.until(29, 9)

    assert len(trials(desk)) == 3
    assert (await now_is(desk)).phase is Phase.LAPSED
    assert (await of_ana(desk)).step is Step.KEPT
    assert trials(desk)[-1].experiment.phase is Phase.LAPSED


async def test_due_while_nothing_ran_is_asked_once_when_it_runs_again(desk: Desk) -> None:
    await own(desk)
    await desk.until(20, 12)
    for _ in range(3):
        await desk.tick()

    assert len(trials(desk)) == 1
    assert await desk.states("trial") == ["late"]


# ------------------------------------------------------------------ what comes of it


async def test_what_was_learned_ends_it_and_the_message_says_so(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    done = await experiment.learn(desk.app, MAYA, 1, "They spend half the day with customers")

    assert (done.phase, done.learned, done.ask_at) == (Phase.LEARNED, "They spend half the day with customers", None)
    assert (await of_ana(desk)).step is Step.LEARNED
    assert trials(desk)[0].experiment == done
    await desk.until(25, 9)
    assert len(trials(desk)) == 1


async def test_what_was_learned_can_be_put_in_other_words(desk: Desk) -> None:
    await trying(desk)
    first = await experiment.learn(desk.app, MAYA, 1, "Much")
    await desk.wait(hours=1)

    again = await experiment.learn(desk.app, MAYA, 1, "Very much")

    assert (again.learned, again.ended_at) == ("Very much", first.ended_at)
    with pytest.raises(NothingLearned):
        await experiment.learn(desk.app, MAYA, 1, "  ")
    assert (await now_is(desk)).learned == "Very much"


async def test_another_day_is_asked_for_again_on_that_day(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    moved = await experiment.move(desk.app, MAYA, 1, "12 January")

    assert moved.try_on == date(2026, 1, 12)
    assert trials(desk)[0].experiment.try_on == date(2026, 1, 12)
    await desk.until(11, 9)
    assert len(trials(desk)) == 1
    await desk.until(12, 9)
    assert [one.again for one in trials(desk)] == [True, False]


async def test_moved_before_it_was_sent_it_is_not_asked_on_the_old_day(desk: Desk) -> None:
    await trying(desk)
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(8, 9)
    desk.paper.refuses.clear()
    await experiment.move(desk.app, MAYA, 1, "12 January")

    await people.wrote(desk.app, MAYA)
    await desk.wait(minutes=1)

    assert trials(desk) == []


async def test_closed_messages_that_open_again_bring_the_question(desk: Desk) -> None:
    await trying(desk)
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(8, 9)
    await desk.wait(hours=1)
    desk.paper.refuses.clear()

    await people.wrote(desk.app, MAYA)
    await desk.tick()

    assert len(trials(desk)) == 1


async def test_let_go_it_is_over_its_idea_is_kept_and_pressing_twice_says_so(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    await experiment.let_go(desk.app, MAYA, 1)

    assert trials(desk)[0].experiment.phase is Phase.LET_GO
    assert (await of_ana(desk)).step is Step.KEPT
    for again in (experiment.let_go(desk.app, MAYA, 1), experiment.learn(desk.app, MAYA, 1, "Much")):
        with pytest.raises(Over):
            await again


async def test_what_was_let_go_can_be_taken_up_again(desk: Desk) -> None:
    await trying(desk)
    await experiment.let_go(desk.app, MAYA, 1)

    again = await experiment.move(desk.app, MAYA, 1, "friday")

    assert (again.phase, again.ended_at) == (Phase.PLANNED, None)
    assert (await of_ana(desk)).step is Step.TRYING


async def test_an_idea_has_one_plan_at_a_time(desk: Desk) -> None:
    await trying(desk)
    await experiment.let_go(desk.app, MAYA, 1)
    second = await experiment.try_idea(desk.app, MAYA, 1, WISH | {"on": "friday"})
    assert second.id == 2

    with pytest.raises(Over, match="Fri 9 January"):
        await experiment.move(desk.app, MAYA, 1, "monday")

    await experiment.learn(desk.app, MAYA, 2, "Much")
    third = await experiment.try_idea(desk.app, MAYA, 1, WISH)
    assert (third.id, third.phase) == (3, Phase.PLANNED)
    with pytest.raises(Over):
        await experiment.move(desk.app, MAYA, 2, "monday")


# ------------------------------------------------------------------ the friend


async def test_a_friend_who_takes_the_idea_back_takes_their_words_and_name_and_no_more(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    await idea.take_back(desk.app, ANA, 1)

    left = await now_is(desk)
    assert (left.what, left.friend, left.question, left.taken_back) == ("", "", WISH["question"], True)
    assert trials(desk)[0].experiment == left
    assert COFFEE not in str([tuple(row) for row in await desk.app.db.reading.all("SELECT * FROM experiments")])
    done = await experiment.learn(desk.app, MAYA, 1, "Much")
    assert done.phase is Phase.LEARNED


async def test_words_that_the_seeker_put_in_their_place_stay(desk: Desk) -> None:
    await trying(desk, what="My own coffee")

    await idea.take_back(desk.app, ANA, 1)

    assert (await now_is(desk)).what == "My own coffee"
    with pytest.raises(Gone):
        await experiment.try_idea(desk.app, MAYA, 1, WISH)


async def test_a_friend_who_has_everything_erased_leaves_the_plan_without_their_words(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)
    row = await desk.app.db.reading.one("SELECT id FROM people WHERE external_id = 'ana'")
    assert row

    await privacy.erase(desk.app, ANA, row["id"])

    left = await now_is(desk)
    assert (left.what, left.friend, left.idea_id) == ("", "", None)
    assert trials(desk)[0].experiment == left
    assert (await experiment.learn(desk.app, MAYA, 1, "Much")).phase is Phase.LEARNED


# ------------------------------------------------------------------ leaving, a new process, an older database


async def test_who_has_left_is_not_asked_and_what_was_planned_ends(desk: Desk) -> None:
    await trying(desk)
    await people.leave(desk.app, MAYA)
    await desk.until(8, 9)

    assert trials(desk) == []
    row = await desk.app.db.reading.one("SELECT phase, ask_at FROM experiments")
    assert row
    assert tuple(row) == ("lapsed", None)


async def test_who_comes_back_before_the_day_is_asked_on_it(desk: Desk) -> None:
    await trying(desk)
    await people.leave(desk.app, MAYA)
    await people.start(desk.app, MAYA, "Maya", Start(ZONE), [CHANNEL])

    await desk.until(8, 9)

    assert len(trials(desk)) == 1


async def test_a_new_process_asks_what_was_planned_before(desk: Desk) -> None:
    await trying(desk)
    await desk.restart()

    await desk.until(8, 9)
    await desk.restart()
    await desk.wait(minutes=5)

    assert len(trials(desk)) == 1


async def test_a_process_that_dies_while_asking_asks_once(desk: Desk) -> None:
    await trying(desk)
    desk.move(8, 9)
    await desk.die_sending()
    for _ in range(3):
        await desk.wait(minutes=2)

    assert len(trials(desk)) == 1


async def test_an_older_database_finds_the_question_that_stands(desk: Desk, tmp_path: Path) -> None:
    await trying(desk)
    copy = await backup.copy_now(desk.path, tmp_path / "copies", desk.now)
    await desk.until(8, 9)
    await desk.wait(minutes=30)
    await desk.close()
    await backup.restore(copy, desk.path, desk.now)
    await desk.open()
    for _ in range(3):
        await desk.wait(minutes=10)

    assert len(trials(desk)) == 1
    await experiment.learn(desk.app, MAYA, 1, "Much")
    assert trials(desk)[0].experiment.phase is Phase.LEARNED


async def test_erasing_a_seeker_leaves_nothing_of_what_they_tried(desk: Desk) -> None:
    await trying(desk, what="My own words")
    await desk.until(8, 9)
    await people.leave(desk.app, MAYA)

    await privacy.erase(desk.app, MAYA, 1)

    assert await desk.app.db.reading.all("SELECT * FROM experiments") == []
    assert await desk.states("trial") == []
