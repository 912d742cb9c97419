"""How a journey ends or turns: what is told, what is asked no more, and what begins again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.idea import Given, Step, told
from bot.core.idea import Sort as Gift
from bot.core.journal import Gone, NotYours
from bot.core.landing import AlreadyPosted, NotOver, Sort
from bot.core.rhythm import monday_of
from bot.core.trail import stops
from bot.store import idea as idea_rows
from bot.usecases import (
    ask,
    closing,
    experiment,
    landing,
    people,
    rhythm,
    summary,
    trail,
)
from bot.usecases import idea as ideas
from bot.usecases.people import NotSeeking, Start
from tests.usecases._journey import ANA, JONAS, LAB, drafts, landed, walked
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk
from tests.usecases.test_plans import scans, spoken


async def test_the_journey_is_told_in_numbers_that_happened(desk: Desk) -> None:
    await walked(desk)

    journey = (await landed(desk)).journey

    assert (journey.weeks, journey.entries, journey.ideas, journey.offers, journey.tried) == (2, 1, 1, 0, 0)
    assert journey.cheers == 2
    assert journey.numbers == {"applications": 2}
    assert journey.rests == 3  # the day on which she began, and the weekend


async def test_after_landing_nothing_is_asked_any_more_and_all_that_was_open_has_an_end(desk: Desk) -> None:
    idea = await walked(desk)
    other = await ideas.give_to(desk.app, JONAS, "Jonas", 1, CHANNEL, [CHANNEL], Gift.IDEA, Given("Teach", ""))
    await experiment.try_idea(desk.app, MAYA, other.id, {"what": "Teach", "on": "friday"})
    await ask.add(desk.app, MAYA, "Read my CV")
    await desk.tick()

    await landed(desk)
    before = len(desk.paper.at(MAYA))
    await desk.wait(days=40)

    assert len(desk.paper.at(MAYA)) == before
    assert await desk.states("trial") == []
    steps = {one.step for one in await idea_rows.for_seeker(desk.app.db.reading, 1)}
    assert steps == {Step.SETTLED}
    assert await experiment.planned(desk.app, MAYA) == []
    assert await ask.opened(desk.app, MAYA) == []
    assert (await ideas.own(desk.app, JONAS, idea.id)).next_at is None


async def test_friends_read_that_the_journey_ended_only_once_their_seeker_told_them(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk)
    assert told(await ideas.own(desk.app, JONAS, idea.id)) == "Maya keeps it"

    await closing.post(desk.app, MAYA, draft.landing.id)

    assert told(await ideas.own(desk.app, JONAS, idea.id)) == "the journey is over, and Maya keeps it"
    with pytest.raises(Gone, match="takes no new ideas"):
        await ideas.give_to(desk.app, ANA, "Ana", 1, CHANNEL, [CHANNEL], Gift.IDEA, Given("Teach", ""))


async def test_a_turn_leaves_all_as_it_was(desk: Desk) -> None:
    idea = await walked(desk)

    draft = await landed(desk, Sort.CHANGED, "I want to teach", idea.id)
    await desk.until(6, 17, 30)

    assert draft.led_by
    assert draft.led_by.id == idea.id
    assert "the idea that led here" in draft.lines[0].words
    assert await desk.states("prompt") != []
    assert (await ideas.own(desk.app, JONAS, idea.id)).step is Step.KEPT
    assert await landing.over(desk.app, MAYA) is None


async def test_the_trail_leads_from_an_idea_to_where_it_led_in_one_query(desk: Desk) -> None:
    idea = await walked(desk)
    tried = await experiment.try_idea(desk.app, MAYA, idea.id, {"what": LAB, "on": "today"})
    await experiment.learn(desk.app, MAYA, tried.id, "I love it")
    await landed(desk, idea_id=idea.id)

    [path], zone = await trail.paths(desk.app, MAYA)

    assert [stop.words for stop in stops(path, zone)] == ["given", "learned", "landed"]
    assert path.further[0].on == date(2026, 1, 5)


async def test_the_same_form_sent_twice_ends_a_journey_once(desk: Desk) -> None:
    await walked(desk)
    first = await landing.land(desk.app, MAYA, Sort.LANDED, "", None)
    again = await landing.land(desk.app, MAYA, Sort.LANDED, "", None)
    assert again.draft.landing.id == first.draft.landing.id
    assert len(drafts(desk)) == 1
    with pytest.raises(NotOver):
        await landing.land(desk.app, MAYA, Sort.CHANGED, "", None)


async def test_other_words_in_the_form_sent_again_are_kept_as_an_edit_would_and_none_go_out_by_it(desk: Desk) -> None:
    idea = await walked(desk)
    first = await landing.land(desk.app, MAYA, Sort.LANDED, "I start in May", idea.id)

    again = await landing.land(desk.app, MAYA, Sort.LANDED, "I start in June", None)
    assert (again.draft.landing.words, again.draft.landing.idea_id) == ("I start in June", idea.id)
    assert drafts(desk)[-1].landing.words == "I start in June"

    await closing.post(desk.app, MAYA, first.draft.landing.id)
    with pytest.raises(AlreadyPosted, match="You can edit it"):
        await landing.land(desk.app, MAYA, Sort.LANDED, "I start in July", None)
    assert (await landing.written(desk.app, MAYA, first.draft.landing.id)).words == "I start in June"


# ------------------------------------------------------------------ beginning again


async def test_who_is_still_on_their_way_goes_on_as_before(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk)

    await landing.go_on(desk.app, MAYA, draft.landing.id)
    await desk.until(6, 17, 30)

    assert drafts(desk) == []
    assert await desk.states("prompt") != []
    now_is = await ideas.own(desk.app, JONAS, idea.id)
    assert now_is.step is Step.KEPT
    assert now_is.next_at
    with pytest.raises(Gone):
        await landing.go_on(desk.app, MAYA, draft.landing.id)


async def test_a_pause_goes_on_for_who_is_still_on_their_way(desk: Desk) -> None:
    await walked(desk)
    await rhythm.pause(desk.app, MAYA, "2026-01-12")
    draft = await landed(desk)
    await desk.until(7, 12)

    await landing.go_on(desk.app, MAYA, draft.landing.id)

    assert (await rhythm.show(desk.app, MAYA)).seeker.paused_until == date(2026, 1, 12)
    before = await desk.states("prompt")
    await desk.until(11, 20)
    assert await desk.states("prompt") == before
    await desk.until(12, 17, 30)
    assert len(await desk.states("prompt")) == len(before) + 1


async def test_a_pause_that_would_have_ended_meanwhile_is_over(desk: Desk) -> None:
    await walked(desk)
    await rhythm.pause(desk.app, MAYA, "2026-01-07")
    draft = await landed(desk)
    await desk.until(8, 12)

    await landing.go_on(desk.app, MAYA, draft.landing.id)

    assert not (await rhythm.show(desk.app, MAYA)).seeker.rests_on(date(2026, 1, 8))


async def test_what_was_asked_for_and_planned_goes_on_as_well(desk: Desk) -> None:
    idea = await walked(desk)
    await ask.add(desk.app, MAYA, "Read my CV")
    await ask.add(desk.app, MAYA, "A walk on Friday")
    await ask.close(desk.app, MAYA, "2")
    await experiment.try_idea(desk.app, MAYA, idea.id, {"what": "Go there", "on": "friday"})
    await experiment.try_own(desk.app, MAYA, {"what": "Draw", "on": "today"})
    await desk.wait(hours=1)
    before = await experiment.planned(desk.app, MAYA)
    draft = await landed(desk)
    assert await ask.opened(desk.app, MAYA) == []
    assert await experiment.planned(desk.app, MAYA) == []

    await landing.go_on(desk.app, MAYA, draft.landing.id)
    await desk.until(9, 9)

    assert [request.words for request in await ask.opened(desk.app, MAYA)] == ["Read my CV"]
    after = await experiment.planned(desk.app, MAYA)
    assert [(one.what, one.try_on) for one in after] == [(one.what, one.try_on) for one in before]
    assert len(await desk.states("trial")) == 2
    assert (await ideas.own(desk.app, JONAS, idea.id)).step is Step.TRYING


@pytest.mark.parametrize("by", ["start", "resume"])
async def test_a_new_journey_counts_its_own_weeks_and_the_old_posts_keep_theirs(desk: Desk, by: str) -> None:
    await walked(desk)
    await landed(desk)
    await desk.wait(days=21)

    if by == "start":
        await people.start(desk.app, MAYA, "Maya", Start(ZONE), [CHANNEL])
    else:
        await rhythm.resume(desk.app, MAYA)
    await desk.until(27, 17, 30)

    new = await summary.draft(desk.app, MAYA, 0)
    old = await summary.draft_of(desk.app, MAYA, 1)
    assert (old.material.number, new.material.number) == (1, 1)
    assert await desk.states("prompt") != []
    draft = await landed(desk)
    assert draft.journey.weeks == 1
    assert (draft.journey.entries, draft.lines) == (0, ())
    assert monday_of(draft.journey.began_on) == new.week.monday


# ------------------------------------------------------------------ whose it is


async def test_nobody_else_can_touch_it(desk: Desk) -> None:
    await walked(desk)
    number = (await landed(desk)).landing.id
    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])

    for act in (closing.post, closing.take_down, closing.keep_private, landing.go_on, closing.preview):
        with pytest.raises(NotYours):
            await act(desk.app, ANA, number)


async def test_the_form_of_a_landing_is_filled_in_after_one_indexed_read_for_its_seeker_alone(desk: Desk) -> None:
    led = await walked(desk)
    other = await ideas.give_to(desk.app, JONAS, "Jonas", 1, CHANNEL, [CHANNEL], Gift.IDEA, Given("Teach", ""))
    draft = await landed(desk, Sort.CHANGED, "Teaching it is", led.id)
    said = await spoken(desk.app.db)
    sort, words, (offered, chosen) = await landing.written(desk.app, MAYA, draft.landing.id)
    assert len(said) == 1
    assert await scans(desk.app.db, list(said)) == set()
    assert (sort, words, chosen) == (Sort.CHANGED, "Teaching it is", led.id)
    assert [one.id for one in offered] == [led.id, other.id]

    await ideas.take_back(desk.app, JONAS, led.id)
    assert (await landing.written(desk.app, MAYA, draft.landing.id)).leads.chosen is None
    for number in (0, 77):
        with pytest.raises(Gone, match="/landed is there"):
            await landing.written(desk.app, MAYA, number)
    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])
    with pytest.raises(NotYours, match="belongs to somebody else"):
        await landing.written(desk.app, ANA, draft.landing.id)
    with pytest.raises(NotSeeking, match="not started"):
        await landing.written(desk.app, JONAS, draft.landing.id)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking, match="have left"):
        await landing.written(desk.app, MAYA, draft.landing.id)


async def test_an_idea_of_somebody_elses_journey_did_not_lead_here(desk: Desk) -> None:
    await walked(desk)
    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])
    theirs = await ideas.give_to(desk.app, JONAS, "Jonas", 3, CHANNEL, [CHANNEL], Gift.IDEA, Given("Sing", ""))

    assert (await landed(desk, idea_id=theirs.id)).led_by is None


async def test_landing_late_at_night_is_told_at_once(desk: Desk) -> None:
    await walked(desk)
    desk.now += timedelta(hours=12)

    assert (await landing.land(desk.app, MAYA, Sort.LANDED, "", None)).arrived
