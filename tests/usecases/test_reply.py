"""What a seeker answers a friend: sent once, to nobody else, with an end that the seeker can read."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core import idea as rules
from bot.core.circle import Note
from bot.core.delivery import Cause, Later, Unreachable
from bot.core.exercise import TooLong
from bot.core.idea import Arrival, Given, Sort
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.reply import PRIVATELY, Brought, NoWay, NoWords, SaidAlready
from bot.store import people as people_rows
from bot.usecases import _replies, circle, consent, hidden, idea, people, reply
from bot.usecases.people import NotSeeking, Start
from tests.usecases._search import applied
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")
BEN = Person(PAPER, "", "ben")
IDEA = Given("Teach an evening class", "You explain so that it sticks")


async def given(desk: Desk, what: Given = IDEA, sort: Sort = Sort.IDEA) -> int:
    """Maya's week stands, and Ana has given her something, which has arrived; its number."""
    await desk.posted()
    key = (await desk.delivery("post", turn=1)).id
    idea_id = (await idea.give(desk.app, ANA, "Ana", key, sort, what)).id
    await desk.tick()
    return idea_id


async def cheered(desk: Desk) -> str:
    """Maya's week stands, and a note has brought her Ana's cheer and Ben's; its delivery."""
    post = await desk.posted()
    await circle.react(desk.app, post, ANA, "Ana", "*", added=True)
    await circle.react(desk.app, post, BEN, "Ben", "*", added=True)
    await desk.until(5, 12)
    return (await desk.delivery("note")).id


def heard(desk: Desk, who: Person = ANA) -> list[Brought]:
    """The replies that stand in somebody's direct messages."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Brought)]


def posted(desk: Desk) -> list[Brought]:
    """The replies that stand in the channel."""
    return [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, Brought)]


async def told(desk: Desk, idea_id: int) -> tuple[str, ...]:
    """What Maya reads of her replies, on every message that tells of the idea."""
    lines = await _replies.lines(desk.app.db.reading, idea_id=idea_id)
    shown = {sheet.what.answered for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)}
    assert shown == {lines}
    return lines


async def state(desk: Desk) -> str:
    """How the newest reply stands."""
    return (await desk.delivery("reply")).state


async def number(desk: Desk, who: Person) -> int:
    """The number of somebody known."""
    found = await people_rows.number_of(desk.app.db.reading, who)
    assert found
    return found


# ------------------------------------------------------------------ thanks


async def test_thanks_reach_the_friend_alone_in_the_seekers_own_words(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")

    said = await reply.thank(desk.app, MAYA, idea_id, "You saw it before I did")

    [what] = heard(desk)
    assert (what.reply.words, what.reply.seeker, what.about) == ("You saw it before I did", "Maya", IDEA.what)
    assert await reply.told(desk.app, said) == "You thanked Ana."
    assert await told(desk, idea_id) == ("You thanked Ana.",)
    assert posted(desk) == []


async def test_thanks_wait_for_a_yes_with_a_date_and_end_in_sight(desk: Desk) -> None:
    idea_id = await given(desk)

    said = await reply.thank(desk.app, MAYA, idea_id, "Thank you")

    waits = "Your thanks wait: Ana has not accepted messages yet. I keep them until Sun 1 February."
    assert await reply.told(desk.app, said) == waits
    assert await told(desk, idea_id) == (waits,)
    await desk.wait(days=28)
    assert await state(desk) == "expired"
    assert await told(desk, idea_id) == ("Your thanks were not sent: Ana did not accept messages in time.",)
    await consent.accept(desk.app, ANA, "Ana")
    await desk.wait(days=1)
    assert heard(desk) == []


async def test_a_friend_reads_that_they_were_thanked_only_once_it_has_come(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    [waits] = await idea.mine(desk.app, ANA)
    assert rules.told(waits) == "it has arrived. A word of thanks waits for you"

    await consent.accept(desk.app, ANA, "Ana")
    await desk.wait(minutes=2)

    [came] = await idea.mine(desk.app, ANA)
    assert rules.told(came) == "it has arrived. You were thanked"


async def test_what_is_meant_for_one_friend_never_stands_in_the_channel(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "One")
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.refuses["ana"] = Unreachable("closed", cause=Cause.CLOSED)
    for _ in range(5):
        await desk.wait(days=7)

    assert await state(desk) == "unreachable"
    assert posted(desk) == []


async def test_in_the_channel_the_friend_is_named_and_nothing_of_the_idea_is_told(desk: Desk) -> None:
    idea_id = await given(desk)
    to = await reply.addressee(desk.app, MAYA, idea_id)
    assert [(way.value, way.circle) for way in to.ways] == [(PRIVATELY, ""), ("1", "maya-and-friends")]

    await reply.thank(desk.app, MAYA, idea_id, "Thank you", "1")

    [what] = posted(desk)
    assert (what.reply.friend, what.about) == ("Ana", "")
    assert heard(desk) == []
    assert await told(desk, idea_id) == ("You thanked Ana in the channel.",)


async def test_a_friend_who_gave_it_unnamed_is_never_named_in_the_channel(desk: Desk) -> None:
    idea_id = await given(desk, IDEA._replace(unnamed=True))

    assert [way.value for way in (await reply.addressee(desk.app, MAYA, idea_id)).ways] == [PRIVATELY]
    with pytest.raises(NoWay, match="without their name"):
        await reply.thank(desk.app, MAYA, idea_id, "Thank you", "1")

    assert await desk.states("reply") == []


async def test_a_friend_who_takes_their_name_off_later_is_taken_out_of_the_channel(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you", "1")

    await idea.change(desk.app, ANA, idea_id, IDEA._replace(unnamed=True))
    await desk.tick()

    assert posted(desk) == []


async def test_a_channel_that_is_not_the_seekers_takes_no_thanks(desk: Desk) -> None:
    idea_id = await given(desk)
    for way in ("2", "0", "everybody", ""):
        with pytest.raises(NoWay):
            await reply.thank(desk.app, MAYA, idea_id, "Thank you", way)

    assert await desk.states("reply") == []


@pytest.mark.parametrize("logged", [False, True], ids=["by hand", "in the log"])
async def test_hidden_names_are_masked_wherever_others_read_them(desk: Desk, logged: bool) -> None:
    idea_id = await given(desk)
    await (applied(desk) if logged else hidden.hide(desk.app, MAYA, "Acme"))
    await consent.accept(desk.app, ANA, "Ana")

    await reply.thank(desk.app, MAYA, idea_id, "Acme called me")
    await reply.thank(desk.app, MAYA, idea_id, "Acme it is", "1")

    assert [what.reply.words for what in (*heard(desk), *posted(desk))] == ["(a name) called me", "(a name) it is"]


async def test_a_friend_whose_name_is_hidden_is_not_named_in_the_channel(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you", "1")
    assert [what.reply.friend for what in posted(desk)] == ["Ana"]

    await hidden.hide(desk.app, MAYA, "ana")

    assert [what.reply.friend for what in posted(desk)] == ["(a name)"]


async def test_the_same_words_are_never_sent_twice_and_others_may_follow(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")

    done = await asyncio.gather(
        *(reply.thank(desk.app, MAYA, idea_id, "Thank you") for _ in range(2)), return_exceptions=True
    )
    await reply.thank(desk.app, MAYA, idea_id, "And it worked")

    assert sorted(isinstance(one, SaidAlready) for one in done) == [False, True]
    assert [what.reply.words for what in heard(desk)] == ["Thank you", "And it worked"]


@pytest.mark.parametrize("fate", [LOST, ARRIVES_UNHEARD])
@pytest.mark.parametrize("way", [PRIVATELY, "1"])
async def test_thanks_whose_answer_is_lost_come_once(desk: Desk, fate: str, way: str) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.replies.append(fate)

    await reply.thank(desk.app, MAYA, idea_id, "Thank you", way)
    for _ in range(4):
        await desk.wait(minutes=5)

    assert len(heard(desk)) + len(posted(desk)) == 1


async def test_thanks_on_their_way_when_the_process_dies_come_once(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.replies.append(Later(30))
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    desk.now += timedelta(minutes=1)

    await desk.die_sending()
    for _ in range(3):
        await desk.wait(minutes=5)

    assert len(heard(desk)) == 1


@pytest.mark.parametrize("words", ["", "  \n ", "\u200b"])
async def test_no_words_are_no_thanks(desk: Desk, words: str) -> None:
    idea_id = await given(desk)
    with pytest.raises(NoWords):
        await reply.thank(desk.app, MAYA, idea_id, words)
    with pytest.raises(TooLong):
        await reply.thank(desk.app, MAYA, idea_id, "x" * 1001)

    assert await desk.states("reply") == []


async def test_only_the_one_it_was_given_to_says_thanks(desk: Desk) -> None:
    idea_id = await given(desk)
    await people.start(desk.app, BEN, "Ben", Start("Europe/Berlin"), [CHANNEL])

    with pytest.raises(NotSeeking):
        await reply.thank(desk.app, ANA, idea_id, "Thank you")
    with pytest.raises(NotYours):
        await reply.thank(desk.app, BEN, idea_id, "Thank you")
    with pytest.raises(Gone):
        await reply.thank(desk.app, MAYA, idea_id + 1, "Thank you")
    await idea.take_back(desk.app, ANA, idea_id)
    with pytest.raises(Gone, match="Ana took that back"):
        await reply.thank(desk.app, MAYA, idea_id, "Thank you")


# ------------------------------------------------------------------ thanks for a cheer


async def test_each_friend_of_a_note_can_be_thanked_and_the_note_says_so(desk: Desk) -> None:
    key = await cheered(desk)
    assert [friend.name for friend in await reply.cheering(desk.app, MAYA, key)] == ["Ana", "Ben"]
    await consent.accept(desk.app, BEN, "Ben")

    await reply.thank_for_cheer(desk.app, MAYA, key, await number(desk, BEN), "That carried me")

    assert [what.reply.words for what in heard(desk, BEN)] == ["That carried me"]
    assert heard(desk) == []
    [note] = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert note.answered == ("You thanked Ben.",)


async def test_only_the_friends_of_the_note_and_only_its_seeker(desk: Desk) -> None:
    key = await cheered(desk)

    with pytest.raises(Gone):
        await reply.thank_for_cheer(desk.app, MAYA, key, await number(desk, MAYA), "Me")
    with pytest.raises(NotSeeking):
        await reply.cheering(desk.app, ANA, key)
    with pytest.raises(Gone):
        await reply.cheering(desk.app, MAYA, (await desk.delivery("post", turn=1)).id)
