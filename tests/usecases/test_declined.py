"""A kind no to a friend, and what becomes of any reply when somebody leaves, is erased, or a copy is put back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.consent import Consent
from bot.core.delivery import Later
from bot.core.idea import CannotStep, Sort, Step
from bot.core.reply import KINDLY, NoWay, SaidAlready
from bot.usecases import consent, idea, people, privacy, reply
from bot.usecases.people import Start
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_reply import ANA, IDEA, given, heard, number, posted, state, told


async def test_a_kind_no_puts_the_idea_aside_and_is_told_to_nobody_else(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")

    await reply.decline(desk.app, MAYA, idea_id, KINDLY)

    assert [what.reply.words for what in heard(desk)] == [KINDLY]
    found = await idea.given(desk.app, MAYA, idea_id)
    assert (found.step, found.known) == (Step.DECLINED, Step.DECLINED)
    assert await told(desk, idea_id) == ("Ana was told kindly.",)
    assert posted(desk) == []


async def test_a_no_that_waits_is_let_go_when_the_seeker_thinks_better_of_it(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.decline(desk.app, MAYA, idea_id, KINDLY)
    assert await state(desk) == "owed"

    await idea.step(desk.app, MAYA, idea_id, Step.KEPT)
    await consent.accept(desk.app, ANA, "Ana")
    await desk.wait(days=1)

    assert await state(desk) == "dropped"
    assert heard(desk) == []
    assert await told(desk, idea_id) == ()


async def test_somebody_is_told_once_that_it_is_not_for_the_seeker(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")

    done = await asyncio.gather(
        *(reply.decline(desk.app, MAYA, idea_id, words) for words in ("No", "Not now")), return_exceptions=True
    )

    assert sorted(isinstance(one, SaidAlready) for one in done) == [False, True]
    assert len(heard(desk)) == 1


async def test_what_has_come_to_an_end_is_not_declined(desk: Desk) -> None:
    idea_id = await given(desk, sort=Sort.OFFER)
    await idea.step(desk.app, MAYA, idea_id, Step.ACCEPTED)
    await idea.step(desk.app, MAYA, idea_id, Step.TALKED)

    with pytest.raises(CannotStep):
        await reply.decline(desk.app, MAYA, idea_id, KINDLY)

    assert await desk.states("reply") == []


async def test_to_a_friend_who_ended_messages_a_no_is_refused_and_nothing_moves(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.quiet(desk.app, ANA, "Ana")

    with pytest.raises(NoWay, match="wants no messages"):
        await reply.decline(desk.app, MAYA, idea_id, KINDLY)

    assert (await idea.given(desk.app, MAYA, idea_id)).step is Step.NEW


# ------------------------------------------------------------------ leaving, erasing, restoring


async def test_a_seeker_who_leaves_takes_what_waits_along(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    await people.leave(desk.app, MAYA)
    await consent.accept(desk.app, ANA, "Ana")
    await desk.wait(days=1)

    assert await state(desk) == "dropped"
    assert heard(desk) == []


async def test_an_erased_seekers_words_are_taken_down_everywhere(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    await reply.thank(desk.app, MAYA, idea_id, "To you")
    await reply.thank(desk.app, MAYA, idea_id, "To all", "1")
    assert (len(heard(desk)), len(posted(desk))) == (1, 1)

    await privacy.erase(desk.app, MAYA, await number(desk, MAYA))

    assert (len(heard(desk)), len(posted(desk))) == (0, 0)
    assert await desk.app.db.reading.all("SELECT 1 FROM replies") == []
    assert await consent.standing(desk.app, ANA) is Consent.GIVEN


async def test_erasing_a_friend_takes_their_name_out_of_the_channel(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.thank(desk.app, MAYA, idea_id, "Thank you", "1")

    await privacy.erase(desk.app, ANA, await number(desk, ANA))

    assert posted(desk) == []
    assert await desk.app.db.reading.all("SELECT 1 FROM replies") == []


async def test_a_new_reply_after_an_erasure_is_no_other_ones(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    first = await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    await privacy.erase(desk.app, MAYA, await number(desk, MAYA))
    await people.start(desk.app, MAYA, "Maya", Start("Europe/Berlin"), [CHANNEL])
    seeker = await number(desk, MAYA)
    given_anew = await idea.give_to(desk.app, ANA, "Ana", seeker, CHANNEL, [CHANNEL], Sort.IDEA, IDEA)

    again = await reply.thank(desk.app, MAYA, given_anew.id, "Thank you")

    assert again.id != first.id
    assert [what.reply.id for what in heard(desk)] == [again.id]


async def test_an_older_database_put_back_does_not_send_thanks_again(desk: Desk, tmp_path: Path) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    desk.paper.replies.append(Later(60))
    await reply.thank(desk.app, MAYA, idea_id, "Thank you")
    copy = await desk.copied(tmp_path / "copies")
    await desk.wait(minutes=2)
    assert len(heard(desk)) == 1

    await desk.put_back(copy)
    for _ in range(3):
        await desk.wait(minutes=5)

    assert len(heard(desk)) == 1
    assert await told(desk, idea_id) == ("You thanked Ana.",)
