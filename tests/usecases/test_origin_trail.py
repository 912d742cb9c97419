"""The way on from a friend's idea: an application, an interview, an offer, and at landing the thanks."""

from __future__ import annotations

from datetime import timedelta

from bot.core.idea import Step
from bot.core.landing import Sort as Ending
from bot.core.search import Act
from bot.core.trail import Standing, stops
from bot.usecases import idea, landing, reply, search, trail
from bot.usecases.search import Wish
from tests.usecases._experiment import given
from tests.usecases._origin import ACME, came_of_idea, noted, words
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, Desk
from tests.usecases.test_plans import scans, spoken


async def test_the_trail_leads_from_the_idea_to_the_landing_in_one_query(desk: Desk) -> None:
    await came_of_idea(desk)
    await desk.wait(days=2)
    await logged(desk, Act.INTERVIEW, "Acme", when="in 2 days 14:00")
    [path], zone = await trail.paths(desk.app, MAYA)
    assert [(stop.words, stop.standing) for stop in path.further] == [
        ("applied", Standing.DONE),
        ("interview", Standing.AHEAD),
    ]
    await desk.wait(days=5)
    await logged(desk, Act.OFFER, "Acme")
    await logged(desk, Act.ACCEPTED, "Acme")
    await landing.land(desk.app, MAYA, Ending.LANDED, "", (await landing.leads(desk.app, MAYA)).chosen)

    said = await spoken(desk.app.db)
    [path], zone = await trail.paths(desk.app, MAYA)
    assert len([sql for sql in said if "FROM ideas" in sql]) == 1
    assert await scans(desk.app.db, list(said)) == set()
    assert [stop.words for stop in stops(path, zone)] == [
        *("given", "learned", "applied", "interview", "offer", "accepted", "landed"),
    ]
    assert path.further[1].on
    assert path.further[0].on
    assert path.further[1].on - path.further[0].on == timedelta(days=4)


async def test_what_was_taken_back_or_put_right_is_no_stop(desk: Desk) -> None:
    await came_of_idea(desk)
    accepted = await logged(desk, Act.ACCEPTED, "Acme")
    interview = await logged(desk, Act.INTERVIEW, "Acme", when="today 10:00", right=True)
    assert await words(desk) == ["given", "learned", "applied", "interview"]
    await search.undo(desk.app, MAYA, interview.event.id)
    assert await words(desk) == ["given", "learned", "applied", "accepted"]
    await search.undo(desk.app, MAYA, accepted.event.id)
    assert await words(desk) == ["given", "learned", "applied"]


async def test_two_applications_of_one_idea_are_one_stop(desk: Desk) -> None:
    await came_of_idea(desk)
    await noted(desk, Wish(Act.APPLIED, "Globex", "Engineer", origin="idea.1"))
    await logged(desk, Act.LOST, "Globex")
    assert await words(desk) == ["given", "learned", "two applications"]


async def test_when_it_goes_well_thanks_are_offered_until_they_are_said(desk: Desk) -> None:
    await came_of_idea(desk)
    came = await noted(desk, Wish(Act.OFFER, "Acme"))
    assert came.origin
    assert not came.origin.thanked
    await reply.thank(desk.app, MAYA, 1, "You were right")
    came = await noted(desk, Wish(Act.ACCEPTED, "Acme"))
    assert came.origin
    assert came.origin.thanked


async def test_at_landing_what_was_accepted_last_counts_though_another_is_written_of_later(desk: Desk) -> None:
    await given(desk)
    await idea.step(desk.app, MAYA, 1, Step.KEPT)
    await applied(desk, "Globex")
    await logged(desk, Act.ACCEPTED, "Globex")
    await desk.wait(days=1)
    await noted(desk, ACME._replace(origin="idea.1"))
    await logged(desk, Act.ACCEPTED, "Acme")
    await desk.wait(days=1)
    await logged(desk, Act.NOTE, "Globex", words="They wrote once more")

    ideas, led = await landing.leads(desk.app, MAYA)
    assert ([one.id for one in ideas], led) == ([1], 1)
    draft = (await landing.land(desk.app, MAYA, Ending.LANDED, "", led)).draft
    assert draft.accepted == "Engineer at Acme"


async def test_at_landing_the_idea_behind_what_was_accepted_is_known_and_its_friend_thanked_first(desk: Desk) -> None:
    await given(desk)
    await idea.step(desk.app, MAYA, 1, Step.KEPT)
    await noted(desk, ACME._replace(origin="idea.1"))
    assert (await landing.leads(desk.app, MAYA)).chosen is None
    await logged(desk, Act.ACCEPTED, "Acme")

    ideas, led = await landing.leads(desk.app, MAYA)
    assert led == 1
    assert [one.id for one in ideas] == [1]
    draft = (await landing.land(desk.app, MAYA, Ending.LANDED, "", led)).draft
    assert draft.accepted == "Engineer at Acme"
    assert draft.lines[0].words.startswith("the idea that led here")


async def test_what_led_to_the_first_landing_is_not_taken_to_have_led_to_the_second(desk: Desk) -> None:
    await came_of_idea(desk)
    await logged(desk, Act.ACCEPTED, "Acme")
    await landing.land(desk.app, MAYA, Ending.LANDED, "", (await landing.leads(desk.app, MAYA)).chosen)
    await desk.wait(days=30)
    await desk.begin()
    ideas, led = await landing.leads(desk.app, MAYA)
    assert ([one.id for one in ideas], led) == ([1], None)

    await noted(desk, Wish(Act.APPLIED, "Globex", "Engineer", origin="idea.1"))
    await logged(desk, Act.ACCEPTED, "Globex")
    assert (await landing.leads(desk.app, MAYA)).chosen == 1
