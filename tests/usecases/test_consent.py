"""A friend is written to only after accepting it; they are greeted first, and ended is ended."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.consent import Consent, Greeting
from bot.core.delivery import Cause, Later, Sent, Unreachable
from bot.core.people import Person
from bot.core.reply import Brought
from bot.store import people as people_rows
from bot.usecases import consent, people, privacy, reply
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, PAPER, Desk
from tests.usecases.test_reply import ANA, given, heard, state, told

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


def greetings(desk: Desk, who: Person = ANA) -> list[Greeting]:
    """The first messages that stand in somebody's direct messages."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Greeting)]


async def test_accepting_is_answered_at_once_by_a_first_message(desk: Desk) -> None:
    done = await consent.accept(desk.app, ANA, "Ana")

    assert isinstance(done.greeting, Sent)
    assert (done.consent, done.new) == (Consent.GIVEN, True)
    assert [what.name for what in greetings(desk)] == ["Ana"]


async def test_nobody_is_written_to_who_has_not_said_anything(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    for _ in range(6):
        await desk.wait(days=7)

    assert desk.paper.at(ANA) == []
    assert [key for call, key in desk.paper.calls if call == "deliver"].count((await desk.delivery("reply")).id) == 0


async def test_two_presses_at_once_are_one_yes_and_one_greeting(desk: Desk) -> None:
    done = await asyncio.gather(*(consent.accept(desk.app, ANA, "Ana") for _ in range(2)))

    assert sorted(one.new for one in done) == [False, True]
    assert len(greetings(desk)) == 1


async def test_what_waited_follows_the_greeting_and_never_precedes_it(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    desk.paper.replies.append(Later(60))
    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()
    assert desk.paper.at(ANA) == []

    await desk.wait(minutes=2)
    await desk.wait(minutes=2)

    assert [type(sheet.what) for sheet in desk.paper.at(ANA)] == [Greeting, Brought]
    assert await told(desk, idea_id) == ("You thanked Ana.",)


@pytest.mark.parametrize("fate", [LOST, ARRIVES_UNHEARD])
async def test_a_greeting_whose_answer_is_lost_comes_once(desk: Desk, fate: str) -> None:
    desk.paper.replies.append(fate)
    await consent.accept(desk.app, ANA, "Ana")
    for _ in range(4):
        await desk.wait(minutes=5)

    assert len(greetings(desk)) == 1
    assert await desk.states("consent") in (["sent"], ["late"])


async def test_closed_messages_are_said_at_once_and_a_later_press_tries_again(desk: Desk) -> None:
    desk.paper.refuses["ana"] = CLOSED
    done = await consent.accept(desk.app, ANA, "Ana")
    assert isinstance(done.greeting, Unreachable)
    assert done.consent is Consent.CLOSED
    await desk.wait(days=1)
    assert desk.paper.count("deliver") == 1

    del desk.paper.refuses["ana"]
    done = await consent.accept(desk.app, ANA, "Ana")

    assert (done.consent, done.new, len(greetings(desk))) == (Consent.GIVEN, True, 1)


async def test_quiet_drops_what_is_owed_in_sight_of_the_seeker_and_is_never_tried_again(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.replies.append(Later(3600))
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    assert await told(desk, idea_id) == ("Your thanks are on the way to Ana.",)

    assert await consent.quiet(desk.app, ANA, "Ana") is Consent.GIVEN
    await desk.wait(days=2)

    assert await desk.states("reply") == ["dropped"]
    assert heard(desk) == []
    assert await told(desk, idea_id) == ("Your thanks were not sent: Ana wants no messages from me.",)
    assert [what.consent for what in greetings(desk)] == [Consent.QUIET]


async def test_what_may_have_been_sent_is_not_sent_again_after_quiet(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.replies.append(LOST)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    await consent.quiet(desk.app, ANA, "Ana")
    for _ in range(4):
        await desk.wait(minutes=10)

    assert heard(desk) == []
    assert await desk.states("reply") == ["dropped"]


async def test_quiet_before_any_yes_is_a_no_that_stays(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")

    assert await consent.quiet(desk.app, ANA, "Ana") is Consent.NEVER

    assert await state(desk) == "dropped"
    assert await consent.standing(desk.app, ANA) is Consent.QUIET


async def test_a_yes_after_quiet_greets_anew_and_the_first_greeting_says_so(desk: Desk) -> None:
    await consent.accept(desk.app, ANA, "Ana")
    await consent.quiet(desk.app, ANA, "Ana")
    await desk.wait(minutes=5)
    await consent.accept(desk.app, ANA, "Ana")

    assert [what.consent for what in greetings(desk)] == [Consent.GIVEN, Consent.GIVEN]


async def test_quiet_while_the_greeting_is_on_its_way_leaves_it_unsent(desk: Desk) -> None:
    desk.paper.replies.append(Later(60))
    await consent.accept(desk.app, ANA, "Ana")
    await consent.quiet(desk.app, ANA, "Ana")
    await desk.wait(minutes=5)

    assert desk.paper.at(ANA) == []
    assert await desk.states("consent") == ["dropped"]


@pytest.mark.parametrize("why", ["direct messages are closed", "no server in common"])
async def test_a_friend_who_closed_or_left_is_written_to_once_and_never_again(desk: Desk, why: str) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.refuses["ana"] = Unreachable(why, cause=Cause.CLOSED)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    tried = desk.paper.count("deliver")
    for _ in range(3):
        await desk.wait(days=1)

    assert await state(desk) == "unreachable"
    assert await told(desk, idea_id) == (
        "Your thanks were not sent: Ana's direct messages are closed to me, or they left.",
    )
    assert [call for call in desk.paper.calls[tried:] if call[1] == (await desk.delivery("reply")).id][1:] == []
    with pytest.raises(reply.NoWay, match="closed to me"):
        await reply.thank(desk.app, MAYA, idea_id, "Once more")


async def test_leaving_ends_messages_too(desk: Desk) -> None:
    await consent.accept(desk.app, ANA, "Ana")
    await people.leave(desk.app, ANA)

    assert await consent.standing(desk.app, ANA) is Consent.QUIET


async def test_leaving_says_nothing_for_whoever_never_accepted(desk: Desk) -> None:
    await desk.begin()
    await people.leave(desk.app, MAYA)

    assert await consent.standing(desk.app, MAYA) is Consent.NEVER


async def test_an_erased_friend_has_said_nothing_any_more(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    await consent.accept(desk.app, ANA, "Ana")
    number = await people_rows.number_of(desk.app.db.reading, ANA)
    assert number

    await privacy.erase(desk.app, ANA, number)
    await desk.wait(days=1)

    assert await consent.standing(desk.app, ANA) is Consent.NEVER
    assert await desk.app.db.reading.all("SELECT 1 FROM replies") == []
    assert await desk.app.db.reading.all("SELECT 1 FROM deliveries WHERE kind IN ('consent', 'reply')") == []


async def test_after_a_restart_what_waits_still_waits_and_then_comes_once(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    await desk.restart()
    await desk.wait(days=1)
    assert desk.paper.at(ANA) == []

    await consent.accept(desk.app, ANA, "Ana")
    await desk.restart()
    for _ in range(3):
        await desk.wait(minutes=5)

    assert len(heard(desk)) == 1


async def test_a_seeker_may_be_a_friend_too_and_says_yes_like_anybody(desk: Desk) -> None:
    await desk.begin()
    await people.start(desk.app, ANA, "Ana", people.Start("Europe/Berlin"), [CHANNEL])

    assert await consent.standing(desk.app, ANA) is Consent.NEVER
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.refuses["ana"] = CLOSED
    await consent.quiet(desk.app, ANA, "Ana")

    assert await consent.standing(desk.app, ANA) is Consent.QUIET
    assert ANA.platform == PAPER
