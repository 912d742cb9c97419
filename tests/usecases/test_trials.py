"""Being asked whether an experiment happened: on its morning, after leaving, in a new process, its idea gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.delivery import Later
from bot.core.experiment import Phase
from bot.core.idea import Given, Step
from bot.core.journal import Gone
from bot.store import people as people_rows
from bot.usecases import experiment, idea, people, privacy, rhythm
from bot.usecases.people import Start
from tests.usecases._experiment import ANA, COFFEE, WISH, given, now_is, of_ana, own, trials, trying
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk

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


@pytest.mark.parametrize("until", [11, 22])
async def test_a_pause_that_begins_while_it_is_due_holds_it_to_the_first_morning_after(desk: Desk, until: int) -> None:
    await own(desk)
    desk.paper.replies.append(Later(3 * 3600))
    await desk.until(8, 9)
    await rhythm.pause(desk.app, MAYA, f"2026-01-{until}")
    for day in range(8, until):
        await desk.until(day, 9, 1)
        await desk.until(day, 13)
        assert trials(desk) == []

    await desk.until(until, 9)
    await desk.until(until, 12)

    assert [one.experiment.try_on.day for one in trials(desk)] == [8]


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


async def test_words_that_changed_while_the_form_was_open_go_as_well(desk: Desk) -> None:
    number = (await given(desk)).id
    form = await experiment.form_for_idea(desk.app, MAYA, number)
    await idea.change(desk.app, ANA, number, Given("A tea", ""))

    made = await experiment.try_idea(desk.app, MAYA, number, WISH | {"what": form.what}, form.mark)
    await idea.take_back(desk.app, ANA, number)

    assert made.what == "A tea"
    assert (await now_is(desk)).what == ""
    assert COFFEE not in str([tuple(row) for row in await desk.app.db.reading.all("SELECT what FROM experiments")])


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
    copy = await desk.copied(tmp_path / "copies")
    await desk.until(8, 9)
    await desk.wait(minutes=30)
    await desk.put_back(copy)
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
