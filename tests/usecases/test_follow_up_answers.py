"""Answers to follow-ups: done, later, stopped, ended in silence, and each of these taken back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.board import Step
from bot.core.follow_up import Answered, Reply
from bot.core.journal import Gone, NotYours
from bot.core.landing import Sort
from bot.core.people import Person
from bot.core.search import Act, Loss, Stage
from bot.usecases import application, follow_up, landing, search
from tests.usecases._follow_up import acts, applied_at, mornings, named, replies
from tests.usecases._search import kept, logged
from tests.usecases.conftest import MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")


async def test_done_is_noted_and_the_message_says_so(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await desk.until(8, 9)
    found = await follow_up.done(desk.app, MAYA, 1)

    assert found.event.act is Act.FOLLOWED_UP
    assert replies(mornings(desk)[0]) == ["done"]
    assert await acts(desk, acme.id) == [Act.APPLIED, Act.FOLLOWED_UP]
    await desk.until(15, 8)
    assert len(mornings(desk)) == 1
    await desk.until(15, 9)
    assert len(mornings(desk)) == 2


async def test_done_by_mistake_is_taken_back_and_open_again(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "5 January"})
    await desk.until(5, 9)
    found = await follow_up.done(desk.app, MAYA, 1)
    await search.undo(desk.app, MAYA, found.event.id)
    await desk.tick()

    assert replies(mornings(desk)[0]) == ["open"]
    assert (await application.show(desk.app, MAYA, acme.id)).card.step == Step(date(2026, 1, 5), "Send the portfolio")
    assert (await follow_up.done(desk.app, MAYA, 1)).event.words == "Send the portfolio"


async def test_with_a_loss_that_is_undone_its_day_by_hand_and_its_reminder_are_back(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "5 January"})
    await desk.until(5, 9)
    lost = await logged(desk, Act.LOST, "Acme")
    await desk.tick()
    assert replies(mornings(desk)[0]) == ["past"]
    assert (await application.show(desk.app, MAYA, acme.id)).card.step is None

    await search.undo(desk.app, MAYA, lost.event.id)
    await desk.tick()
    assert replies(mornings(desk)[0]) == ["open"]
    assert (await application.show(desk.app, MAYA, acme.id)).card.step == Step(date(2026, 1, 5), "Send the portfolio")


async def test_of_an_interview_that_a_correction_says_there_was_none_of_no_thanks_are_due(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await logged(desk, Act.INTERVIEW, "Acme", when="5 January 14:00")
    await logged(desk, Act.APPLIED, "#1", right=True)
    for day in (5, 6, 8):
        await desk.until(day, 9)

    assert [line.reminder.sort for one in mornings(desk) for line in one.lines] == ["follow"]


async def test_a_day_by_hand_that_was_stopped_is_back_on_request_and_a_newer_one_stays(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "5 January"})
    await desk.until(5, 9)
    await follow_up.stop(desk.app, MAYA, 1)
    await follow_up.go_on(desk.app, MAYA, 1)
    assert replies(mornings(desk)[0]) == ["open"]

    await follow_up.stop(desk.app, MAYA, 1)
    await application.plan(desk.app, MAYA, acme.id, {"words": "Call Anna", "when": "20 January"})
    await follow_up.go_on(desk.app, MAYA, 1)
    assert replies(mornings(desk)[0]) == ["past"]
    assert (await application.show(desk.app, MAYA, acme.id)).card.step == Step(date(2026, 1, 20), "Call Anna")


async def test_what_ended_in_silence_by_mistake_is_asked_about_again_at_once(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    for day in (8, 15, 22):
        await desk.until(day, 9)
    found = await follow_up.ended(desk.app, MAYA, 3)
    await search.undo(desk.app, MAYA, found.event.id)
    await desk.tick()

    assert replies(mornings(desk)[-1]) == ["open"]
    await follow_up.not_yet(desk.app, MAYA, 3)


async def test_an_older_message_takes_nothing_from_the_day_that_was_set_since(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "5 January"})
    await desk.until(5, 9)
    await application.plan(desk.app, MAYA, acme.id, {"words": "Call Anna", "when": "20 January"})
    await desk.tick()

    assert replies(mornings(desk)[0]) == ["past"]
    for press in (follow_up.done(desk.app, MAYA, 1), follow_up.later(desk.app, MAYA, 1, 1)):
        with pytest.raises(Answered):
            await press
    await desk.until(20, 9)
    assert mornings(desk)[-1].lines[0].reminder.words == "Call Anna"


async def test_whoever_lands_while_a_message_waits_gets_none(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(8, 23)
    await landing.land(desk.app, MAYA, Sort.STOPPED, "", None)
    for day in (9, 10):
        await desk.until(day, 9)

    assert mornings(desk) == []


async def test_later_names_it_on_that_day_again_and_moves_no_other(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(8, 9)
    assert await follow_up.later(desk.app, MAYA, 1, 3) == date(2026, 1, 11)

    came = {8}
    for day in range(9, 17):
        before = len(mornings(desk))
        await desk.until(day, 9)
        came |= {day} if len(mornings(desk)) > before else set()
    assert came == {8, 11, 15}


async def test_stop_is_for_that_one_alone_and_can_be_taken_back(desk: Desk) -> None:
    await applied_at(desk, "Acme", "Zephyr")
    await desk.until(8, 9)
    await follow_up.stop(desk.app, MAYA, 1)
    assert replies(mornings(desk)[0]) == ["stopped", "open"]
    await desk.until(15, 9)
    assert named(mornings(desk)[1]) == ["Zephyr"]

    await follow_up.go_on(desk.app, MAYA, 1)
    await desk.until(16, 9)
    assert named(mornings(desk)[2]) == ["Acme"]


async def test_what_ended_in_silence_is_lost_so_and_what_has_not_is_asked_about_again(desk: Desk) -> None:
    await applied_at(desk, "Acme", "Zephyr")
    for day in (8, 15, 22):
        await desk.until(day, 9)
    await follow_up.ended(desk.app, MAYA, mornings(desk)[-1].lines[0].reminder.id)
    await follow_up.not_yet(desk.app, MAYA, mornings(desk)[-1].lines[1].reminder.id)

    assert replies(mornings(desk)[-1]) == ["lost", "not yet"]
    standing = {one.company: one.standing for one in await kept(desk)}
    assert (standing["Acme"].stage, standing["Acme"].loss) == (Stage.LOST, Loss.GHOSTED)
    row = await desk.app.db.reading.one("SELECT next_on, next_sort FROM applications WHERE company = 'Zephyr'")
    assert tuple(row or ()) == ("2026-02-12", "silent")


async def test_a_day_that_is_set_by_hand_wins_and_is_past_once_it_is_done(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "10 January"})
    await desk.until(8, 9)
    assert mornings(desk) == []
    await desk.until(10, 9)
    assert mornings(desk)[0].lines[0].reminder.words == "Send the portfolio"

    done = await follow_up.done(desk.app, MAYA, 1)
    assert done.event.words == "Send the portfolio"
    await desk.until(17, 9)
    assert mornings(desk)[1].lines[0].reminder.words == "Ask how it stands"


async def test_what_is_set_by_hand_can_be_put_off_and_is_named_once_each_time(desk: Desk) -> None:
    (acme,) = await applied_at(desk, "Acme")
    await application.plan(desk.app, MAYA, acme.id, {"words": "Send the portfolio", "when": "5 January"})
    await desk.until(5, 9)
    await follow_up.later(desk.app, MAYA, 1, 1)
    for day in (6, 7, 8, 15):
        await desk.until(day, 9)

    assert [one.on.day for one in mornings(desk)] == [5, 6]


async def test_a_press_is_refused_a_second_time_and_to_others(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.begin(ANA)
    await desk.until(8, 9)
    for act in (follow_up.done, follow_up.stop, follow_up.check, follow_up.go_on):
        with pytest.raises(NotYours):
            await act(desk.app, ANA, 1)
    with pytest.raises(Gone):
        await follow_up.ended(desk.app, MAYA, 1)
    with pytest.raises(Gone):
        await follow_up.later(desk.app, MAYA, 1, 2)
    with pytest.raises(Gone):
        await follow_up.done(desk.app, MAYA, 99)
    await follow_up.stop(desk.app, MAYA, 1)
    with pytest.raises(Answered):
        await follow_up.done(desk.app, MAYA, 1)
    assert replies(mornings(desk)[0]) == [Reply.STOPPED]
